import { type IncomingMessage, Agent as PlainAgent, request as plainRequest, type RequestOptions } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import { type Bytes, concatBytes, fail, ok, type Result } from "./core/kernel.ts";

export type HttpAnswer = { readonly status: number; readonly contentType: string; readonly body: Bytes };

export type HttpFailure = {
  readonly code: "http_unreachable" | "http_timed_out" | "http_answer_too_large" | "http_url_refused";
  readonly reason: string;
};

type Answered = Promise<Result<HttpAnswer, HttpFailure>>;

/** The network for what this service asks of others: timestamps, revocation, witnesses. What the network does is a value. */
export type HttpClient = {
  readonly post: (request: {
    readonly url: string;
    readonly contentType: string;
    readonly accept: string;
    readonly body: Bytes;
    readonly authorization?: string;
  }) => Answered;
  readonly get: (request: { readonly url: string; readonly accept: string }) => Answered;
  /** Closes kept connections: a process that is to end calls it. */
  readonly close: () => void;
};

/**
 * Keeps connections alive; follows no redirect, so that an answer always comes from the address that was configured.
 *
 * @param limits `timeoutSeconds` for the whole exchange; `answerBytes` the largest body kept
 */
export function httpClient(limits: { readonly timeoutSeconds: number; readonly answerBytes: number }): HttpClient {
  const agents = { "http:": new PlainAgent({ keepAlive: true }), "https:": new TlsAgent({ keepAlive: true }) };

  function ask(method: string, url: string, headers: Record<string, string | number>, body: Bytes | null): Answered {
    const address = URL.canParse(url) ? new URL(url) : null;
    const protocol = address?.protocol;
    if (address === null || (protocol !== "http:" && protocol !== "https:")) {
      return Promise.resolve(fail({ code: "http_url_refused", reason: url }));
    }
    const send = protocol === "https:" ? tlsRequest : plainRequest;
    const signal = AbortSignal.timeout(limits.timeoutSeconds * 1000);
    return exchange(send, address, { method, headers, agent: agents[protocol], signal }, body, limits.answerBytes);
  }

  return {
    post: ({ url, contentType, accept, body, authorization }) => {
      const who: Record<string, string> = authorization === undefined ? {} : { authorization };
      return ask("POST", url, { "content-type": contentType, "content-length": body.length, accept, ...who }, body);
    },
    get: ({ url, accept }) => ask("GET", url, { accept }, null),
    close: () => {
      agents["http:"].destroy();
      agents["https:"].destroy();
    },
  };
}

function exchange(
  send: typeof plainRequest,
  address: URL,
  options: RequestOptions,
  body: Bytes | null,
  answerBytes: number,
): Answered {
  return new Promise((resolve) => {
    const failed = (error: Error) => resolve(fail(failureOf(error)));
    const request = send(address, options, (answer) => {
      answer.on("error", failed);
      collect(answer, answerBytes, resolve);
    });
    request.on("error", failed);
    request.end(body);
  });
}

function collect(answer: IncomingMessage, limit: number, resolve: (r: Result<HttpAnswer, HttpFailure>) => void): void {
  const chunks: Uint8Array[] = [];
  let received = 0;
  answer.on("data", (chunk: Uint8Array) => {
    received += chunk.length;
    chunks.push(chunk);
    if (received <= limit) return;
    resolve(fail({ code: "http_answer_too_large", reason: `more than ${limit} bytes` }));
    answer.destroy();
  });
  answer.on("end", () => {
    const contentType = answer.headers["content-type"] ?? "";
    resolve(ok({ status: answer.statusCode ?? 0, contentType, body: concatBytes(...chunks) }));
  });
  answer.on("close", () => resolve(fail({ code: "http_unreachable", reason: "connection closed early" })));
}

function failureOf(error: Error): HttpFailure {
  const isTimeout = error.name === "TimeoutError" || error.name === "AbortError";
  return { code: isTimeout ? "http_timed_out" : "http_unreachable", reason: error.message };
}
