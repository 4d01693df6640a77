import type { Bytes } from "../../../src/core/kernel.ts";

/** Number and body of an object, and its generation where it is not 0. */
export type Written = readonly [number: number, body: string, generation?: number];

export type UpdateParts = {
  /** The table's rows in place of those that tell the objects; offsets of the objects are given. */
  readonly rows?: (offsets: readonly number[], row: typeof rowText) => string;
  /** Entries of the trailer in place of the usual ones; an empty value leaves the entry out. */
  readonly trailer?: Readonly<Record<string, string>>;
  /** What stands between the trailer and `startxref`. */
  readonly beforeClosing?: string;
};

/** The twenty bytes of ISO 32000-2 §7.5.4. */
export const rowText = (offset: number, generation = 0, use: "n" | "f" = "n"): string =>
  `${String(offset).padStart(10, "0")} ${String(generation).padStart(5, "0")} ${use}\r\n`;

/** The file with an incremental update behind it, as anyone can write one. */
export function appended(pdf: Bytes, objects: readonly Written[], parts: UpdateParts = {}): Bytes {
  const text = Buffer.from(pdf).toString("latin1");
  const last = (pattern: RegExp) => [...text.matchAll(pattern)].at(-1)?.[1] ?? "";
  let body = "";
  const offsets = objects.map(([number, object, generation = 0]) => {
    const offset = pdf.length + body.length;
    body += `${number} ${generation} obj\n${object}\nendobj\n`;
    return offset;
  });
  const usualRows = () =>
    objects.map(([number, , generation], i) => `${number} 1\n${rowText(offsets[i] ?? 0, generation)}`).join("");
  const rows = parts.rows?.(offsets, rowText) ?? usualRows();
  const entries: Record<string, string> = {
    Size: "999",
    Root: last(/\/Root (\d+ \d+ R)/g),
    Info: last(/\/Info (\d+ \d+ R)/g),
    ID: last(/\/ID ?(\[[^\]]*\])/g),
    Prev: last(/startxref\s+(\d+)/g),
    ...parts.trailer,
  };
  const trailer = Object.entries(entries).flatMap(([key, value]) => (value === "" ? [] : [`/${key} ${value}`]));
  const section = `xref\n${rows}trailer\n<<${trailer.join("")}>>\n${parts.beforeClosing ?? ""}`;
  const closing = `startxref\n${pdf.length + body.length}\n%%EOF\n`;
  return new Uint8Array(Buffer.concat([pdf, Buffer.from(`${body}${section}${closing}`, "latin1")]));
}

/** The newest body written under a number, of a file whose objects stand in plain sight. */
export function bodyOf(pdf: Bytes, number: number): string {
  const text = Buffer.from(pdf).toString("latin1");
  return [...text.matchAll(new RegExp(`\\n${number} 0 obj\\s([\\s\\S]*?)\\sendobj`, "g"))].at(-1)?.[1] ?? "";
}

/** A file of objects with a right cross-reference table. */
export function fileOf(objects: readonly string[], trailer = "/Root 1 0 R"): Bytes {
  let body = "%PDF-1.7\n";
  const offsets = objects.map((object, i) => {
    const offset = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const start = body.length;
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<</Size ${objects.length + 1}${trailer}>>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(body, "latin1"));
}
