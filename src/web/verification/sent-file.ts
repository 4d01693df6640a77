import type { Context } from "hono";
import type { Bytes } from "../../core/kernel.ts";
import { boundaryOf, multipartParts } from "../forms/multipart.ts";
import { type Part, piecesOf } from "../forms/part.ts";
import { shortText } from "../forms/token.ts";
import type { WebEnv } from "../route.ts";

export type SentFile = {
  /** Null where no file came, or an empty one. */
  readonly file: Bytes | "too_large" | null;
  readonly code: string;
};

const nothing: SentFile = { file: null, code: "" };
const mostParts = 8;
const mostCodeBytes = 1024;

/** The file of the check form and the code beside it, held once in memory. What is no form has no file. */
export async function readSentFile(c: Context<WebEnv>, mostBytes: number): Promise<SentFile> {
  const boundary = boundaryOf(c.req.header("content-type") ?? "");
  const { body } = c.req.raw;
  if (boundary === null || body === null) return nothing;
  const declared = Number(c.req.header("content-length") ?? mostBytes) || mostBytes;
  try {
    return await readParts(multipartParts(body, boundary, mostParts), Math.min(declared, mostBytes));
  } catch {
    return nothing; // cut or broken on its way; a body past its limit is told so by the guard
  }
}

async function readParts(parts: AsyncIterable<Part>, mostBytes: number): Promise<SentFile> {
  let sent = nothing;
  for await (const part of parts) {
    const isFile = part.fileName !== null;
    if (part.name === "code" && !isFile) sent = { ...sent, code: (await shortText(part, mostCodeBytes)) ?? "" };
    if (part.name === "file" && isFile) sent = { ...sent, file: await wholeOf(part.body, mostBytes) };
  }
  return sent;
}

/** In one piece from the beginning: pieces joined at the end would be held twice. */
async function wholeOf(body: Part["body"], mostBytes: number): Promise<SentFile["file"]> {
  const whole = new Uint8Array(mostBytes);
  let length = 0;
  for await (const piece of piecesOf(body)) {
    if (length + piece.length > mostBytes) return "too_large";
    whole.set(piece, length);
    length += piece.length;
  }
  return length === 0 ? null : whole.subarray(0, length);
}
