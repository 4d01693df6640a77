import type { Context } from "hono";
import type { Bytes } from "../../../core/kernel.ts";
import type { Typed } from "../../forms/read-form.ts";
import { shortText } from "../../forms/token.ts";
import type { WebEnv } from "../../route.ts";

const mostTextBytes = 4096;

/** A small form with one file, whole in memory: the route's limit bounds it. No file chosen: null. */
export async function readUpload(c: Context<WebEnv>): Promise<{ readonly fields: Typed; readonly file: Bytes | null }> {
  const fields: Record<string, string> = {};
  let file: Bytes | null = null;
  for await (const part of c.var.parts ?? []) {
    if (part.fileName === null) {
      const text = (await shortText(part, mostTextBytes)) ?? "";
      fields[part.name] = part.name === "pin" ? text : text.replaceAll("\r\n", "\n").trim();
    } else if (part.name === "file") {
      file = await wholeOf(part.body);
    }
  }
  return { fields, file: file === null || file.length === 0 ? null : file };
}

async function wholeOf(body: ReadableStream<Uint8Array>): Promise<Bytes> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}
