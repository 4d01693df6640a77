import type { IncomingMessage, Server } from "node:http";

/** What a body must bring: so many bytes in each span of waiting for it. */
export type SendingRule = {
  readonly spanMs: number;
  readonly leastBytes: number;
  /** How often it is looked at. */
  readonly everyMs: number;
};

/** 1 kB/s over half a minute: a hundredth of the slowest line of a commune, and more than who only holds a place wants to send. */
export const usualSending: SendingRule = { spanMs: 30_000, leastBytes: 30_000, everyMs: 2_000 };

type Sending = { readonly request: IncomingMessage; waitedMs: number; fromBytes: number };

/**
 * Ends requests whose bodies trickle: each holds a place in the upload room, memory, and a handler, and the ten minutes that an
 * honest large file may take would be the attacker's too. Counted is only waiting for the sender: while bytes lie unread here, the
 * service itself is slow. Time is counted in looks, so that a machine that slept ends nobody.
 *
 * @returns stops looking
 */
export function endSlowSenders(server: Server, { spanMs, leastBytes, everyMs }: SendingRule): () => void {
  const sending = new Set<Sending>();
  server.on("request", (request: IncomingMessage) => {
    if (!hasBody(request)) return;
    const one = { request, waitedMs: 0, fromBytes: request.socket.bytesRead };
    sending.add(one);
    request.once("close", () => sending.delete(one));
  });
  const look = (one: Sending) => {
    const { request } = one;
    if (request.complete || request.destroyed) return sending.delete(one);
    if (request.readableLength > 0) return false;
    one.waitedMs += everyMs;
    if (one.waitedMs < spanMs) return false;
    if (request.socket.bytesRead - one.fromBytes < leastBytes) request.socket.destroy();
    one.waitedMs = 0;
    one.fromBytes = request.socket.bytesRead;
    return true;
  };
  const timer = setInterval(() => sending.forEach(look), everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
