import { concatBytes } from "../../core/kernel.ts";
import type { Part } from "./part.ts";

/** The sender's stream ended, or strayed from RFC 7578, before the form was whole. */
export class BrokenForm extends Error {}

const mostHeadBytes = 8 * 1024;
const usualMostParts = 1000; // each costs a reader of its own; a hundred megabytes hold two million empty ones
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const asciiBytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The boundary of a multipart/form-data media type, RFC 2046 §5.1.1; null for any other. */
export function boundaryOf(contentType: string): string | null {
  const found = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s";]{1,70}))/i.exec(contentType);
  return found?.[1] ?? found?.[2] ?? null;
}

/**
 * The parts of a form as they arrive, at most `mostParts` of them, never more than a chunk and a head in memory, so that an upload of 100 MB costs
 * no more than one of 1 kB. RFC 7578; part bodies are binary. The work is linear in what arrives, however it is cut.
 *
 * Throws `BrokenForm` where the stream is cut or malformed; within a file, through its body.
 */
export async function* multipartParts(
  stream: ReadableStream<Uint8Array>,
  boundary: string,
  mostParts = usualMostParts,
): AsyncGenerator<Part> {
  const input = new Window(stream);
  const delimiter = asciiBytes(`\r\n--${boundary}`);
  input.prepend(asciiBytes("\r\n")); // the first delimiter has no line end before it
  await skipTo(input, delimiter);
  for (let count = 0; !(await isLast(input)); count++) {
    if (count === mostParts) throw new BrokenForm("too many parts");
    const head = parsedHead(await headOf(input));
    const reading: Reading = { done: false, pulling: Promise.resolve() };
    yield { ...head, body: bodyOf(input, delimiter, reading) };
    await reading.pulling; // whoever left the body half-way may have a piece still on its way: two readers lose the end
    if (!reading.done) await skipTo(input, delimiter);
  }
}

/** After a delimiter: `--` ends the form, a line end opens a part. */
async function isLast(input: Window): Promise<boolean> {
  while (input.bytes.length < 2) await input.more();
  const two = textOf(input.take(2));
  if (two === "--") return true;
  if (two !== "\r\n") throw new BrokenForm("no line end after a delimiter");
  return false;
}

async function headOf(input: Window): Promise<string> {
  const end = asciiBytes("\r\n\r\n");
  let at = input.indexOf(end);
  while (at < 0 && input.bytes.length <= mostHeadBytes) {
    await input.more();
    at = input.indexOf(end);
  }
  if (at < 0 || at > mostHeadBytes) throw new BrokenForm("the head of a part is too long");
  const head = textOf(input.take(at));
  input.take(end.length);
  return head;
}

function parsedHead(head: string): Pick<Part, "name" | "fileName" | "mediaType"> {
  const lines = head.split("\r\n");
  const parameters = parametersOf(fieldIn(lines, "content-disposition") ?? "");
  const name = parameters.get("name");
  if (name === undefined) throw new BrokenForm("a part without a name");
  const fileName = parameters.get("filename");
  return {
    name: unescaped(name),
    fileName: fileName === undefined ? null : unescaped(fileName),
    mediaType: fieldIn(lines, "content-type"),
  };
}

function fieldIn(lines: readonly string[], name: string): string | null {
  const line = lines.find((one) => one.slice(0, name.length + 1).toLowerCase() === `${name}:`);
  return line?.slice(name.length + 1).trim() || null;
}

/** RFC 7578 §4.2; the first of two of one name counts. Sticky, so that no sign of a hostile head is looked at twice. */
function parametersOf(disposition: string): ReadonlyMap<string, string> {
  const [kind = ""] = /^form-data[ \t]*/i.exec(disposition) ?? [];
  const found = new Map<string, string>();
  const each = /;[ \t]*([\w*-]{1,40})=(?:"([^"]*)"|([^;"\s]*))[ \t]*/gy;
  for (const [, name = "", quoted, plain] of kind === "" ? [] : disposition.slice(kind.length).matchAll(each)) {
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), quoted ?? plain ?? "");
  }
  return found;
}

/** Browsers write quotes and line ends of names as %22, %0D, %0A, and nothing else so (HTML, multipart encoding). */
const unescaped = (text: string): string => text.replace(/%22/g, '"').replace(/%0D/gi, "\r").replace(/%0A/gi, "\n");

type Reading = { done: boolean; pulling: Promise<void> };

function bodyOf(input: Window, delimiter: Uint8Array, reading: Reading): Part["body"] {
  let open = true;
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>) => {
    const piece = await nextPiece(input, delimiter);
    reading.done = piece.last;
    if (open && piece.bytes.length > 0) controller.enqueue(new Uint8Array(piece.bytes));
    if (open && piece.last) controller.close();
  };
  return new ReadableStream(
    {
      pull: (controller) => {
        const pulling = pull(controller);
        reading.pulling = pulling.catch(() => undefined);
        return pulling;
      },
      cancel: () => {
        open = false;
      },
    },
    { highWaterMark: 0 }, // nothing is read ahead of the one who wants it
  );
}

async function skipTo(input: Window, delimiter: Uint8Array): Promise<void> {
  while (!(await nextPiece(input, delimiter)).last);
}

/** Bytes up to the delimiter, which is taken too. What might be the delimiter's beginning is held back. */
async function nextPiece(input: Window, delimiter: Uint8Array): Promise<{ bytes: Uint8Array; last: boolean }> {
  for (;;) {
    const at = input.indexOf(delimiter);
    if (at >= 0) {
      const bytes = input.take(at);
      input.take(delimiter.length);
      return { bytes, last: true };
    }
    const sure = input.bytes.length - delimiter.length + 1;
    if (sure > 0) return { bytes: input.take(sure), last: false };
    await input.more();
  }
}

/** What has arrived and is not yet taken. */
class Window {
  bytes: Uint8Array = new Uint8Array();
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  prepend(bytes: Uint8Array): void {
    this.bytes = concatBytes(bytes, this.bytes);
  }

  async more(): Promise<void> {
    const { done, value } = await this.#reader.read();
    if (done) throw new BrokenForm("the form was cut off");
    this.bytes = this.bytes.length === 0 ? value : concatBytes(this.bytes, value);
  }

  take(count: number): Uint8Array {
    const taken = this.bytes.subarray(0, count);
    this.bytes = this.bytes.subarray(count);
    return taken;
  }

  indexOf(wanted: Uint8Array): number {
    const [first = 0] = wanted;
    let at = this.bytes.indexOf(first);
    while (at >= 0 && !this.#holds(wanted, at)) at = this.bytes.indexOf(first, at + 1);
    return at;
  }

  #holds(wanted: Uint8Array, at: number): boolean {
    for (let i = 0; i < wanted.length; i++) if (this.bytes[at + i] !== wanted[i]) return false;
    return true;
  }
}
