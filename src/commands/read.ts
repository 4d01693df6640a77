import { basename } from "node:path";
import { parseArgs } from "node:util";
import type { EngineName, ReadPage, ReadScan } from "../../ocr/pages.ts";
import type { Field } from "../../ocr/paper/paper.ts";
import { openReaders } from "../../ocr/readers.ts";
import { reasonCodes } from "../../ocr/reason-codes.ts";
import { textOfWords } from "../../ocr/words.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import { print, printJson, tell } from "./output.ts";
import { readBounded } from "./read-bounded.ts";

const usage = "chungthuc read SCAN [--engine tesseract|tesseract.js] [--json]";
const deadlineSeconds = 600;
const engineNames: readonly EngineName[] = ["tesseract", "tesseract.js"];

/** `chungthuc read`: pages, quality, words, kind and fields of one scan. @returns 0, or 1 with the reason */
export async function readCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if (!asked.ok) return stop(asked.failure, args.includes("--json"));
  const { file, engine, json } = asked.value;
  const read = await readFile(file, engine);
  if (!read.ok) return stop(read.failure, json);
  if (json) printJson(jsonOf(file, read.value));
  else for (const line of read.value.pages.flatMap(linesOf)) print(line);
  if (!json) for (const line of paperLines(read.value)) print(line);
  return 0;
}

type Stopped = { readonly code: string; readonly reason: string };
type Asked = { readonly file: string; readonly engine: EngineName | undefined; readonly json: boolean };

function readArguments(args: readonly string[]): Result<Asked, Stopped> {
  const options = { engine: { type: "string" }, json: { type: "boolean", default: false } } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) return fail({ code: "usage", reason: usage });
    const engine = engineNames.find((name) => name === values.engine);
    if (values.engine !== undefined && engine === undefined) return fail({ code: "engine_unknown", reason: usage });
    return ok({ file, engine, json: values.json });
  } catch {
    return fail({ code: "usage", reason: usage });
  }
}

async function readFile(file: string, engine: EngineName | undefined): Promise<Result<ReadScan, Stopped>> {
  const bytes = await readBounded(file);
  if (!bytes.ok) return bytes;
  const readers = openReaders({ processes: 2 });
  try {
    const upload = { bytes: bytes.value, fileName: basename(file), declaredType: null };
    const named = engine === undefined ? {} : { engine };
    const options = { signal: new AbortController().signal, deadlineSeconds, ...named };
    const read = await readers.readScan(upload, options);
    if (read.ok) return read;
    const { failure } = read;
    const isRefusal = failure.code === "upload_refused";
    const { code } = failure;
    return fail(isRefusal ? { code: failure.reason, reason: reasonCodes[failure.reason] } : { code, reason: file });
  } finally {
    readers.stop();
  }
}

function jsonOf(file: string, { type, pages, paper }: ReadScan) {
  return {
    version: 1,
    file: basename(file),
    type,
    kind: paper.kind,
    fields: paper.fields,
    pages: pages.map(({ image, ...page }) => ({ ...page, imageBytes: image.length })),
  };
}

function paperLines({ paper }: ReadScan): readonly string[] {
  const lookAgain = (field: Field) => (field.lookAgain ? ` (xem lại / look again: ${failedChecks(field)})` : "");
  return [
    `Loại giấy tờ / kind: ${paper.kind ?? "chưa rõ / not clear"}`,
    ...paper.fields.map((field) => `  ${field.name}: ${field.normalised}${lookAgain(field)}`),
  ];
}

const failedChecks = ({ checks }: Field): string =>
  checks.flatMap(({ check, passed }) => (passed ? [] : [check])).join(", ");

function linesOf(page: ReadPage): readonly string[] {
  const { number, widthPx, heightPx, dpi, dpiSource, colour, uprightTurn, sharpness, inkShare, warnings, words } = page;
  const quality = [
    `${widthPx} x ${heightPx} px`,
    `${Math.round(dpi)} dpi (${dpiSource})`,
    colour,
    `xoay / turned ${uprightTurn}°`,
    `độ nét / sharpness ${sharpness.toFixed(2)}`,
    `mực / ink ${(100 * inkShare).toFixed(2)} %`,
    `${words.length} từ / words (${page.engine})`,
    ...warnings,
    ...page.missing,
  ];
  return [`Trang / page ${number}: ${quality.join(", ")}`, textOfWords(words)];
}

function stop({ code, reason }: Stopped, json: boolean): number {
  if (json) printJson({ version: 1, error: { code, reason } });
  else tell(`${code}: ${reason}`);
  return 1;
}
