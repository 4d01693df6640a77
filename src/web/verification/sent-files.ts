import type { Context } from "hono";
import type { Bytes } from "../../core/kernel.ts";
import { boundaryOf, multipartParts } from "../forms/multipart.ts";
import { type Part, piecesOf } from "../forms/part.ts";
import { shortText } from "../forms/token.ts";
import type { WebEnv } from "../route.ts";

/** A file of the check form, as it arrives. `too_many` ones are not read. */
export type SentFile = {
  readonly is: "file";
  /** As its sender called it: a stranger's text, never a path. */
  readonly name: string;
  readonly content: Bytes | "empty" | "too_large" | "too_many";
};

type SentPart = SentFile | { readonly is: "code"; readonly text: string } | { readonly is: "broken" };

/** One request checks this many files; what comes after them is told as not read. */
const mostFiles = 20;
const mostParts = 200;
const mostCodeBytes = 1024;

/**
 * The files of the check form and the codes beside them, in the order sent. One file is in memory at a time: the next is
 * read when the last was dealt with. What is no form has no parts; one cut or broken on its way ends with `broken`. A
 * body past its limit is told so by the guard.
 */
export async function* sentParts(c: Context<WebEnv>, mostBytes: number): AsyncGenerator<SentPart> {
  const boundary = boundaryOf(c.req.header("content-type") ?? "");
  const { body } = c.req.raw;
  if (boundary === null || body === null) return;
  const declared = Number(c.req.header("content-length") ?? mostBytes) || mostBytes;
  try {
    yield* readParts(multipartParts(body, boundary, mostParts), Math.min(declared, mostBytes));
  } catch {
    yield { is: "broken" };
  }
}

async function* readParts(parts: AsyncIterable<Part>, mostBytes: number): AsyncGenerator<SentPart> {
  const taken = { files: 0, bytes: 0 };
  for await (const part of parts) {
    const read = part.fileName === null ? await fieldOf(part) : await fileOf(part, part.fileName, taken, mostBytes);
    if (read !== null) yield read;
  }
}

const fieldOf = async (part: Part): Promise<SentPart | null> =>
  part.name === "code" ? { is: "code", text: (await shortText(part, mostCodeBytes)) ?? "" } : null;

type Taken = { files: number; bytes: number };

/** A browser sends one empty part without a name where nothing was chosen: that is no file. */
async function fileOf({ name: field, body }: Part, name: string, taken: Taken, mostBytes: number) {
  if (field !== "file") return null;
  taken.files += 1;
  const content = taken.files > mostFiles ? "too_many" : await wholeOf(body, mostBytes - taken.bytes);
  if (typeof content !== "string") taken.bytes += content.length;
  return content === "empty" && name === "" ? null : ({ is: "file", name, content } as const);
}

/** In one piece from the beginning: pieces joined at the end would be held twice. */
async function wholeOf(body: Part["body"], mostBytes: number): Promise<SentFile["content"]> {
  const whole = new Uint8Array(mostBytes);
  let length = 0;
  for await (const piece of piecesOf(body)) {
    if (length + piece.length > mostBytes) return "too_large";
    whole.set(piece, length);
    length += piece.length;
  }
  return length === 0 ? "empty" : whole.subarray(0, length);
}
