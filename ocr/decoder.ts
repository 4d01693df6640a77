import { type Bytes, fail, ok, type Result } from "../src/core/kernel.ts";
import type { AskLimits, Child } from "./child.ts";
import type { Grey, Look } from "./decode/look.ts";
import type { Corners } from "./decode/plane.ts";
import type { Question } from "./decode/questions.ts";
import type { ReadingPicture } from "./decode/reading-picture.ts";
import type { Frame } from "./frames.ts";
import { readJpegHeader } from "./headers/jpeg.ts";
import { readPngHeader } from "./headers/png.ts";
import { limits } from "./limits.ts";
import type { FinalPage, ReadFailure, Turn, Upload } from "./pages.ts";
import type { Finding } from "./quality/finding.ts";
import { type Fingerprint, unpackFingerprint } from "./quality/fingerprint.ts";
import { readCorners, readFindings } from "./quality/read-findings.ts";
import type { Picture } from "./read-picture.ts";
import { isReasonCode } from "./reason-codes.ts";
import type { TakenType } from "./sniff.ts";
import { typeOfBytes } from "./types-by-name.ts";

export type Looked = Look & {
  readonly blank: boolean;
  /** In shares of the picture as it was sent, before any turn. */
  readonly findings: readonly Finding[];
  readonly corners: Corners | null;
  /** Null of a blank page. */
  readonly fingerprint: Fingerprint | null;
  readonly dpiSource: FinalPage["dpiSource"];
  readonly storedTurn: Turn;
  /** The densest rows, laid across; none of a page that is plainly upright. */
  readonly band: Grey;
};
export type MadeFinal = Pick<FinalPage, "image" | "widthPx" | "heightPx" | "dpi" | "colour" | "keptAsReceived">;

/** One decoder process and one upload. Whatever comes back is parsed as if an attacker wrote it. */
export type Decoder = {
  open(upload: Upload): Promise<Result<{ type: TakenType; pages: number }, ReadFailure>>;
  look(page: number): Promise<Result<Looked, ReadFailure>>;
  make(page: number, turn: Turn): Promise<Result<MadeFinal, ReadFailure>>;
  /** Of a page in which corners were found. */
  straighten(page: number, turn: Turn): Promise<Result<MadeFinal, ReadFailure>>;
  /** The picture for an engine, made from a final page. */
  reading(image: Bytes, fromDpi: number): Promise<Result<ReadingPicture, ReadFailure>>;
  /** The text of a QR code on a final page; null where none is read. */
  code(image: Bytes, fromDpi: number): Promise<Result<{ readonly text: string | null }, ReadFailure>>;
  /** A PNG's pixels; nothing needs to be open. */
  picture(bytes: Bytes): Promise<Result<Picture, ReadFailure>>;
  close(): Promise<void>;
};

export function decoderOf(child: Child, asking: AskLimits): Decoder {
  const ask = (question: Question, parts: readonly Uint8Array[]) => askChild(child, asking, question, parts);
  return {
    open: async ({ bytes, fileName, declaredType }) =>
      parsed(child, await ask({ ask: "open", fileName, declaredType }, [bytes]), readOpened),
    look: async (page) => parsed(child, await ask({ ask: "look", page }, []), readLooked),
    make: async (page, turn) => parsed(child, await ask({ ask: "make", page, turn }, []), readMade),
    straighten: async (page, turn) => parsed(child, await ask({ ask: "straighten", page, turn }, []), readMade),
    reading: async (image, fromDpi) => parsed(child, await ask({ ask: "reading", fromDpi }, [image]), readReading),
    code: async (image, fromDpi) => parsed(child, await ask({ ask: "code", fromDpi }, [image]), readCode),
    picture: async (bytes) => parsed(child, await ask({ ask: "picture" }, [bytes]), readRgba),
    close: async () => {
      if (child.isAlive()) await ask({ ask: "close" }, []);
    },
  };
}

type HeadKey =
  | "refused"
  | "tainted"
  | "type"
  | "pages"
  | "width"
  | "height"
  | "inkShare"
  | "sharpness"
  | "lines"
  | "topHeavy"
  | "blank"
  | "findings"
  | "corners"
  | "scale"
  | "skew"
  | "seals"
  | "dpi"
  | "code";
type PageKey = "dpiSource" | "storedTurn" | "colour" | "keptAsReceived" | "widthPx" | "heightPx";
type Head = { readonly [key in HeadKey | PageKey]?: unknown };
type Heard = { readonly head: Head; readonly parts: Frame["parts"] };

async function askChild(child: Child, limits: AskLimits, question: Question, parts: readonly Uint8Array[]) {
  const answer = await child.ask({ head: question, parts }, limits);
  if (!answer.ok) return answer;
  const head = answer.value.head as Head;
  if (isReasonCode(head.refused)) {
    if (head.tainted === true) child.kill();
    return fail({ code: "upload_refused", reason: head.refused } as const);
  }
  return ok({ head, parts: answer.value.parts });
}

function parsed<T>(child: Child, heard: Result<Heard, ReadFailure>, read: (heard: Heard) => T | null) {
  if (!heard.ok) return heard;
  const value = read(heard.value);
  if (value !== null) return ok(value);
  child.kill();
  return fail({ code: "decoder_died" } as const);
}

const isCount = (value: unknown, most: number): value is number =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 && value <= most;
const isTurn = (value: unknown): value is Turn => value === 0 || value === 90 || value === 180 || value === 270;
const types: readonly unknown[] = ["jpeg", "png", "tiff", "webp", "pdf"] satisfies TakenType[];

function readOpened({ head }: Heard): { type: TakenType; pages: number } | null {
  const { type, pages } = head;
  return types.includes(type) && isCount(pages, 10_000) ? { type: type as TakenType, pages } : null;
}

function readGrey({ head, parts }: Heard): Grey | null {
  const { width, height } = head;
  const [pixels] = parts;
  if (!isCount(width, 100_000) || !isCount(height, 100_000)) return null;
  return pixels?.length === width * height ? { width, height, pixels } : null;
}

function readReading(heard: Heard): ReadingPicture | null {
  const { dpi, scale, skew, corners: told, seals } = heard.head;
  const grey = readGrey(heard);
  const corners = readCorners(told);
  if (grey === null || !isCount(dpi, 2400) || !isCount(scale, 10) || scale === 0) return null;
  if (typeof skew !== "number" || !(Math.abs(skew) <= 45) || corners === undefined) return null;
  const glyphs = readBoxes(heard.parts[1] ?? new Uint8Array());
  return { grey, dpi, scale, skew, corners, glyphs, seals: isCount(seals, 1000) ? seals : null };
}

/** Only compared with words: a box that lies nowhere does no harm. */
function readBoxes(bytes: Bytes): Uint16Array {
  const length = Math.min(bytes.length - (bytes.length % 8), mostBoxBytes);
  return new Uint16Array(Uint8Array.from(bytes.subarray(0, length)).buffer);
}

const mostBoxBytes = 8 * 12_000;
const longestCode = 1000;

function readCode({ head: { code } }: Heard): { readonly text: string | null } | null {
  if (code === null) return { text: null };
  return typeof code === "string" && code.length <= longestCode ? { text: code.normalize("NFC") } : null;
}

function readRgba({ head, parts }: Heard): Picture | null {
  const { width, height } = head;
  const [rgba] = parts;
  if (!isCount(width, limits.pictureSidePx) || !isCount(height, limits.pictureSidePx)) return null;
  return rgba !== undefined && rgba.length === 4 * width * height ? { widthPx: width, heightPx: height, rgba } : null;
}

function readLooked(heard: Heard): Looked | null {
  const { inkShare, sharpness, lines, topHeavy, dpiSource, storedTurn, blank } = heard.head;
  const band = readGrey(heard);
  if (band === null || !isCount(inkShare, 1) || !isCount(sharpness, 255) || !isTurn(storedTurn)) return null;
  if (lines !== "across" && lines !== "down" && lines !== "unclear") return null;
  if (dpiSource !== "metadata" && dpiSource !== "inferred") return null;
  const findings = readFindings(heard.head.findings);
  const corners = readCorners(heard.head.corners);
  if (typeof topHeavy !== "number" || findings === null || corners === undefined) return null;
  const fingerprint = unpackFingerprint(heard.parts[1] ?? new Uint8Array());
  const seen = { blank: blank === true, findings, corners, fingerprint };
  return { ...seen, band, inkShare, sharpness, lines, topHeavy, dpiSource, storedTurn };
}

// What will be certified is checked once more on this side: a whole picture of the size told, and nothing after it.
function readMade({ head, parts }: Heard): MadeFinal | null {
  const { dpi, colour, keptAsReceived } = head;
  const [image] = parts;
  const header = image === undefined ? null : pictureHeader(image);
  if (image === undefined || header === null || header.end !== image.length) return null;
  if (!isCount(dpi, 2400) || (colour !== "srgb" && colour !== "grey")) return null;
  const { widthPx, heightPx } = header;
  if (widthPx !== head.widthPx || heightPx !== head.heightPx) return null;
  return { image, widthPx, heightPx, dpi, colour, keptAsReceived: keptAsReceived === true };
}

function pictureHeader(image: Bytes): { widthPx: number; heightPx: number; end: number | null } | null {
  if (typeOfBytes(image) === "png") return readPngHeader(image);
  const jpeg = readJpegHeader(image);
  return jpeg === null ? null : { widthPx: jpeg.widthPx, heightPx: jpeg.heightPx, end: jpeg.layout.end };
}
