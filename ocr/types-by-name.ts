import { asciiAt } from "./headers/cursor.ts";

export type KnownType =
  | "jpeg"
  | "png"
  | "tiff"
  | "webp"
  | "pdf"
  | "gif"
  | "bmp"
  | "avif"
  | "heic"
  | "jpeg2000"
  | "jpegxl"
  | "svg"
  | "postscript"
  | "html"
  | "zip"
  | "office"
  | "program"
  | "rtf"
  | "bigtiff";

const prefixes: readonly (readonly [string, KnownType])[] = [
  ["\xff\xd8\xff", "jpeg"],
  ["\x89PNG\r\n\x1a\n", "png"],
  ["II*\0", "tiff"],
  ["MM\0*", "tiff"],
  ["II+\0", "bigtiff"],
  ["MM\0+", "bigtiff"],
  ["GIF8", "gif"],
  ["BM", "bmp"],
  ["\0\0\0\x0cjP  ", "jpeg2000"],
  ["\0\0\0\x0cJXL ", "jpegxl"],
  ["\xff\x0a", "jpegxl"],
  ["%!PS", "postscript"],
  ["\xc5\xd0\xd3\xc6", "postscript"],
  ["PK\x03\x04", "zip"],
  ["\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"],
  ["MZ", "program"],
  ["\x7fELF", "program"],
  ["{\\rtf", "rtf"],
];

/** By magic bytes and, for what has none, by the first tag. Null for content of no type known here. */
export function typeOfBytes(bytes: Uint8Array): KnownType | null {
  const head = asciiAt(bytes, 0, 1024);
  const prefix = prefixes.find(([magic]) => head.startsWith(magic));
  if (prefix !== undefined) return prefix[1];
  if (head.startsWith("RIFF") && head.slice(8, 12) === "WEBP") return "webp";
  if (head.slice(4, 8) === "ftyp") return /avi[fs]/.test(head.slice(8, 40)) ? "avif" : "heic";
  if (head.includes("%PDF-")) return "pdf";
  return typeOfMarkup(head);
}

function typeOfMarkup(head: string): KnownType | null {
  const text = head.replace("\u00ef\u00bb\u00bf", "").trimStart().toLowerCase();
  if (!text.startsWith("<")) return null;
  return text.includes("<svg") || text.includes("doctype svg") ? "svg" : "html";
}

const byExtension: Readonly<Record<string, KnownType>> = {
  jpg: "jpeg",
  jpeg: "jpeg",
  jpe: "jpeg",
  jfif: "jpeg",
  png: "png",
  tif: "tiff",
  tiff: "tiff",
  webp: "webp",
  pdf: "pdf",
  gif: "gif",
  bmp: "bmp",
  avif: "avif",
  heic: "heic",
  heif: "heic",
  jp2: "jpeg2000",
  jxl: "jpegxl",
  svg: "svg",
  ps: "postscript",
  eps: "postscript",
  html: "html",
  htm: "html",
  zip: "zip",
};

/** By extension; null for none, or one that says nothing about pictures. The name is used for nothing else. */
export function typeOfFileName(fileName: string | null): KnownType | null {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(fileName ?? "")?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(byExtension, extension) ? (byExtension[extension] ?? null) : null;
}

const byMediaType: Readonly<Record<string, KnownType>> = {
  "image/jpeg": "jpeg",
  "image/jpg": "jpeg",
  "image/pjpeg": "jpeg",
  "image/png": "png",
  "image/tiff": "tiff",
  "image/webp": "webp",
  "application/pdf": "pdf",
  "image/gif": "gif",
  "image/bmp": "bmp",
  "image/avif": "avif",
  "image/heic": "heic",
  "image/svg+xml": "svg",
  "application/postscript": "postscript",
  "text/html": "html",
};

/** By the media type that the sender declared; null for none and for what claims nothing (`application/octet-stream`). */
export function typeOfDeclared(declaredType: string | null): KnownType | null {
  const mediaType = (declaredType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  return Object.hasOwn(byMediaType, mediaType) ? (byMediaType[mediaType] ?? null) : null;
}
