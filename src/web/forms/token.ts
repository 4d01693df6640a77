import type { Context } from "hono";
import { concatBytes } from "../../core/kernel.ts";
import type { WebEnv } from "../route.ts";
import { BrokenForm, boundaryOf, multipartParts } from "./multipart.ts";
import { type Part, piecesOf } from "./part.ts";

const mostTokenBytes = 200;

/**
 * The token as the request presents it: in `x-csrf-token`, or in the form's field `csrf`. Of a multipart form only the
 * first part is read, which must be the token; the rest waits in `c.var.parts` for the handler, so that a stranger's
 * upload is refused before its files are.
 *
 * @returns empty where there is none
 */
export async function presentedToken(c: Context<WebEnv>): Promise<string> {
  const header = c.req.header("x-csrf-token");
  if (header !== undefined) return header;
  const type = c.req.header("content-type") ?? "";
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return urlencodedToken(c);
  const boundary = boundaryOf(type);
  return boundary === null || c.req.raw.body === null ? "" : leadingToken(c, c.req.raw.body, boundary);
}

async function urlencodedToken(c: Context<WebEnv>): Promise<string> {
  return new URLSearchParams(await c.req.text()).get("csrf") ?? ""; // Hono keeps the text for the handler
}

async function leadingToken(c: Context<WebEnv>, body: ReadableStream<Uint8Array>, boundary: string): Promise<string> {
  const parts = multipartParts(body, boundary);
  c.set("parts", parts);
  try {
    const first = await parts.next();
    if (first.done || first.value.name !== "csrf" || first.value.fileName !== null) return "";
    return (await shortText(first.value, mostTokenBytes)) ?? "";
  } catch (thrown) {
    if (thrown instanceof BrokenForm) return "";
    throw thrown;
  }
}

/** The text of a field; null when it is longer. Reads no further than that. */
export async function shortText(part: Part, mostBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of piecesOf(part.body)) {
    length += chunk.length;
    if (length > mostBytes) return null;
    chunks.push(chunk);
  }
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(concatBytes(...chunks));
}
