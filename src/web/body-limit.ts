import type { Context } from "hono";
import type { WebEnv } from "./route.ts";

/** Forms and JSON; a route that takes files says its own. */
export const defaultBodyLimitBytes = 64 * 1024;

/**
 * For `http.createServer` and its listeners (src/server.ts): the parser of Node stands before this file, so slow and
 * endless heads are its to end. A body has ten minutes: 100 MB over a commune's 2 Mbit/s line takes seven.
 */
export const serverTimeouts = {
  headersTimeout: 10_000,
  requestTimeout: 600_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
} as const;

/** Reading past the limit throws; the guard answers `body_too_large` whatever the reader made of that. */
export type LimitedBody = { readonly wasExceeded: () => boolean };

/**
 * Puts a counting stream in place of the request's body. What is counted is what arrives, so neither chunked coding
 * nor a Content-Length that lies gets past; a declared length above the limit is refused before a byte is read.
 */
export function limitBody(c: Context<WebEnv>, limitBytes: number): LimitedBody {
  const { raw } = c.req;
  const declared = Number(c.req.header("content-length") ?? 0);
  if (declared > limitBytes) return { wasExceeded: () => true };
  if (raw.body === null) return { wasExceeded: () => false };
  let exceeded = false;
  const counted = counting(raw.body, limitBytes, () => {
    exceeded = true;
  });
  c.req.raw = new Request(raw, { body: counted, duplex: "half" } as RequestInit);
  return { wasExceeded: () => exceeded };
}

function counting(body: ReadableStream<Uint8Array>, limitBytes: number, tell: () => void): ReadableStream<Uint8Array> {
  let seenBytes = 0;
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      seenBytes += chunk.byteLength;
      if (seenBytes <= limitBytes) return controller.enqueue(chunk);
      tell();
      controller.error(new Error("the body is larger than its route allows"));
    },
  });
  return body.pipeThrough(count);
}
