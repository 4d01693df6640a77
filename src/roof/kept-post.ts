import { connect, type LookupFunction, type Socket } from "node:net";
import { fail, type Result } from "../core/kernel.ts";
import { type AnswerFault, type AnswerReader, answerReader, type ReadAnswer } from "./http-answer.ts";

/** One POST over plain HTTP/1.1 (RFC 9112). */
export type PlainPost = {
  readonly address: URL;
  /** How to resolve the host; absent for the system's way. */
  readonly lookup?: LookupFunction | undefined;
  readonly contentType: string;
  readonly accept: string;
  readonly body: Uint8Array;
  readonly timeoutSeconds: number;
  readonly answerBytes: number;
};

/** `lost`: no connection, or one that ended early; `error` says how. `isUnanswered`: not one byte came back. */
export type PostFault = {
  readonly fault: AnswerFault | "lost" | "timed_out";
  readonly error: Error | null;
  readonly isUnanswered: boolean;
};
type Outcome = Result<ReadAnswer, PostFault>;

type Connection = {
  readonly socket: Socket;
  readonly key: string;
  exchange: Exchange | null;
  idleSince: number;
};

type Exchange = {
  readonly reader: AnswerReader;
  hasBegun: boolean;
  readonly settle: (outcome: Result<ReadAnswer, Omit<PostFault, "isUnanswered">>) => void;
};

// Servers close what is idle after five seconds and more; one that is closed already costs a second attempt.
const mostIdleMilliseconds = 4_000;
const mostIdle = 8;

/**
 * Connections to authorities that are asked for every signature, kept and used again: node:http takes six times the work
 * for the same exchange. Sockets that wait keep no process alive.
 */
export function keptPosts() {
  const idle: Connection[] = [];

  function takeIdle(key: string): Connection | null {
    for (let i = idle.length - 1; i >= 0; i--) {
      const [known] = idle[i]?.key === key ? idle.splice(i, 1) : [];
      if (known === undefined) continue;
      if (performance.now() - known.idleSince < mostIdleMilliseconds && !known.socket.destroyed) return known;
      known.socket.destroy();
    }
    return null;
  }

  function open(key: string, { address, lookup }: PlainPost): Connection {
    const host = address.hostname.replace(/^\[|\]$/g, "");
    const socket = connect({ host, port: Number(address.port || 80), noDelay: true, ...(lookup && { lookup }) });
    const made: Connection = { socket, key, exchange: null, idleSince: 0 };
    listen(made);
    socket.on("close", () => {
      if (idle.includes(made)) idle.splice(idle.indexOf(made), 1);
    });
    return made;
  }

  function ask(on: Connection, post: PlainPost): Promise<Outcome> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(fail({ fault: "timed_out", error: null })), post.timeoutSeconds * 1000);
      const settle: Exchange["settle"] = (outcome) => {
        clearTimeout(timer);
        const isUnanswered = on.exchange?.hasBegun !== true;
        on.exchange = null;
        rest(on, outcome.ok && outcome.value.isKept);
        resolve(outcome.ok ? outcome : fail({ ...outcome.failure, isUnanswered }));
      };
      on.exchange = { reader: answerReader(post.answerBytes), hasBegun: false, settle };
      on.socket.ref();
      on.socket.write(requestOf(post));
    });
  }

  function rest(used: Connection, isKept: boolean): void {
    if (!isKept || idle.length >= mostIdle) return void used.socket.destroy();
    used.idleSince = performance.now();
    used.socket.unref();
    idle.push(used);
  }

  return {
    /** A connection that died while it waited has answered nothing: the question is asked once more, on a new one. */
    post: async (post: PlainPost): Promise<Outcome> => {
      const key = post.address.host;
      const known = takeIdle(key);
      if (known === null) return ask(open(key, post), post);
      const answered = await ask(known, post);
      const isStale = !answered.ok && answered.failure.isUnanswered && answered.failure.fault !== "timed_out";
      return isStale ? ask(open(key, post), post) : answered;
    },
    close: () => {
      for (const { socket } of idle.splice(0)) socket.destroy();
    },
  };
}

function listen(on: Connection): void {
  const { socket } = on;
  const lost = (error: Error | null) => on.exchange?.settle(fail({ fault: "lost", error }));
  socket.on("data", (chunk) => {
    const { exchange } = on;
    if (exchange === null) return void socket.destroy(); // an answer to nothing must not answer the next question
    exchange.hasBegun = true;
    settleWith(exchange, exchange.reader.take(chunk));
  });
  socket.on("end", () => {
    if (on.exchange !== null) settleWith(on.exchange, on.exchange.reader.close());
    socket.destroy();
  });
  socket.on("error", lost);
  socket.on("close", () => lost(null));
}

function settleWith({ settle }: Exchange, progress: Result<ReadAnswer, AnswerFault> | null): void {
  if (progress === null) return;
  settle(progress.ok ? progress : fail({ fault: progress.failure, error: null }));
}

/** One piece: head and body leave in one packet. The parts of the address are percent-encoded as a URL's are. */
function requestOf({ address, contentType, accept, body }: PlainPost): Buffer {
  const { pathname, search, host } = address;
  const head =
    `POST ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: ${contentType}\r\n` +
    `Accept: ${accept}\r\nContent-Length: ${body.length}\r\n\r\n`;
  const request = Buffer.allocUnsafe(head.length + body.length);
  request.write(head, 0, "latin1");
  request.set(body, head.length);
  return request;
}
