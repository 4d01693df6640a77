import type { Context } from "hono";
import type { WebEnv } from "./route.ts";

/** Forms and JSON; a route that takes files says its own. */
export const defaultBodyLimitBytes = 64 * 1024;

/**
 * For `http.createServer` and its listeners (src/server.ts): the parser of Node stands before this file, so slow and
 * endless heads are its to end. A body has ten minutes: 100 MB over a commune's 2 Mbit/s line takes seven. One that trickles
 * is ended before (src/roof/slow-senders.ts).
 */
export const serverTimeouts = {
  headersTimeout: 10_000,
  requestTimeout: 600_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
} as const;

/** Reading past the limit throws; the guard answers `body_too_large` whatever the reader made of that. */
export type LimitedBody = {
  readonly wasExceeded: () => boolean;
  /**
   * Takes what the handler left of the body and throws it away, up to the limit; never throws. A browser reads no answer
   * before it has sent its form: were the line closed on it, a file refused early would look like a broken line.
   */
  readonly rest: () => Promise<void>;
};

const none = async (): Promise<void> => undefined;

/**
 * Puts a counting stream in place of the request's body. What is counted is what arrives, so neither chunked coding
 * nor a Content-Length that lies gets past; a declared length above the limit is refused before a byte is read.
 */
export function limitBody(c: Context<WebEnv>, limitBytes: number): LimitedBody {
  const declared = Number(c.req.header("content-length") ?? 0);
  if (declared > limitBytes) return { wasExceeded: () => true, rest: none };
  // Fetch §5.4: a request by GET has no body that anyone could read; asking for it would make a whole Request first
  if (c.req.method === "GET") return { wasExceeded: () => false, rest: none };
  const { raw } = c.req;
  if (raw.body === null) return { wasExceeded: () => false, rest: none };
  const counted = counting(raw.body.getReader(), limitBytes);
  c.req.raw = new Request(raw, { body: counted.stream, duplex: "half" } as RequestInit);
  return counted;
}

function counting(
  source: ReadableStreamDefaultReader<Uint8Array>,
  limitBytes: number,
): LimitedBody & { readonly stream: ReadableStream<Uint8Array> } {
  let seenBytes = 0;
  const next = async (): Promise<Uint8Array | null> => {
    const { done, value } = await source.read();
    if (done) return null;
    seenBytes += value.byteLength;
    if (seenBytes > limitBytes) throw new Error("the body is larger than its route allows");
    return value;
  };
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const piece = await next();
    if (piece === null) controller.close();
    else controller.enqueue(piece);
  };
  return {
    stream: new ReadableStream({ pull }, { highWaterMark: 0 }), // who leaves the stream leaves the source to `rest`
    wasExceeded: () => seenBytes > limitBytes,
    rest: async () => {
      try {
        while ((await next()) !== null);
      } catch {} // too long, or the line broke: the answer is already made
    },
  };
}
