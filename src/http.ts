import { type IncomingMessage, Agent as PlainAgent, request as plainRequest, type RequestOptions } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import { type Bytes, concatBytes, fail, ok, type Result } from "./core/kernel.ts";
import { keptPosts, type PostFault } from "./roof/kept-post.ts";
import { type Reach, wayTo } from "./roof/reach.ts";

export type HttpAnswer = { readonly status: number; readonly contentType: string; readonly body: Bytes };

export type HttpFailure = {
  readonly code: "http_unreachable" | "http_timed_out" | "http_answer_too_large" | "http_url_refused";
  readonly reason: string;
};

type Answered = Promise<Result<HttpAnswer, HttpFailure>>;

type Posted = {
  readonly url: string;
  readonly contentType: string;
  readonly accept: string;
  readonly body: Bytes;
  readonly authorization?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** The network for what this service asks of others: timestamps, revocation, witnesses. What the network does is a value. */
export type HttpClient = {
  readonly post: (request: Posted) => Answered;
  readonly get: (request: { readonly url: string; readonly accept: string }) => Answered;
  /** Closes kept connections: a process that is to end calls it. */
  readonly close: () => void;
};

export type HttpLimits = {
  /** For the whole exchange, redirects inside. */
  readonly timeoutSeconds: number;
  /** The largest body kept. */
  readonly answerBytes: number;
  readonly reach: Reach;
  /** How many a GET follows, each held to `reach` again; 0 unless told. A POST follows none. */
  readonly redirects?: number;
};

/** Keeps connections alive. Unless told otherwise an answer always comes from the address that was asked. */
export function httpClient(limits: HttpLimits): HttpClient {
  const plainPosts = keptPosts();
  const agents = { "http:": new PlainAgent({ keepAlive: true }), "https:": new TlsAgent({ keepAlive: true }) };

  function ask({ method, url, headers, body, signal }: Asked): Promise<Result<Exchanged, HttpFailure>> {
    const address = URL.canParse(url) ? new URL(url) : null;
    const protocol = address?.protocol;
    const way = address === null ? null : wayTo(address, limits.reach);
    if (address === null || way === null || (protocol !== "http:" && protocol !== "https:")) {
      return Promise.resolve(fail({ code: "http_url_refused", reason: url }));
    }
    const send = protocol === "https:" ? tlsRequest : plainRequest;
    const options = { method, headers, agent: agents[protocol], signal, ...way };
    return exchange(send, address, options, body, limits.answerBytes);
  }

  async function get(url: string, accept: string, signal: AbortSignal, redirectsLeft: number): Answered {
    const answer = await ask({ method: "GET", url, headers: { accept }, body: null, signal });
    if (!answer.ok) return answer;
    const next = redirectsLeft > 0 ? redirectOf(answer.value, url) : null;
    return next === null ? ok(answer.value.answer) : get(next, accept, signal, redirectsLeft - 1);
  }

  async function postPlainly(address: URL, { contentType, accept, body }: Posted): Answered {
    const way = wayTo(address, limits.reach);
    if (way === null) return fail({ code: "http_url_refused", reason: address.href });
    const { lookup } = way;
    const answer = await plainPosts.post({ address, lookup, contentType, accept, body, ...limits });
    if (!answer.ok) return fail(failureOfPost(answer.failure, limits.answerBytes));
    const { isKept, ...told } = answer.value;
    return ok(told);
  }

  const timeout = () => AbortSignal.timeout(limits.timeoutSeconds * 1000);
  return {
    post: async (posted) => {
      const { url, contentType, accept, body, authorization, headers: own } = posted;
      const isPlain = authorization === undefined && own === undefined;
      const address = isPlain && URL.canParse(url) ? new URL(url) : null;
      if (address?.protocol === "http:") return postPlainly(address, posted);
      const who: Record<string, string> = authorization === undefined ? {} : { authorization };
      const headers = { ...own, "content-type": contentType, "content-length": body.length, accept, ...who };
      const answer = await ask({ method: "POST", url, headers, body, signal: timeout() });
      return answer.ok ? ok(answer.value.answer) : answer;
    },
    get: ({ url, accept }) => get(url, accept, timeout(), limits.redirects ?? 0),
    close: () => {
      plainPosts.close();
      agents["http:"].destroy();
      agents["https:"].destroy();
    },
  };
}

type Asked = {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string | number>;
  readonly body: Bytes | null;
  readonly signal: AbortSignal;
};

type Exchanged = { readonly answer: HttpAnswer; readonly location: string | null };

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function redirectOf({ answer, location }: Exchanged, from: string): string | null {
  if (!redirects.has(answer.status) || location === null || !URL.canParse(location, from)) return null;
  return new URL(location, from).href;
}

function exchange(
  send: typeof plainRequest,
  address: URL,
  options: RequestOptions,
  body: Bytes | null,
  answerBytes: number,
): Promise<Result<Exchanged, HttpFailure>> {
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

function collect(answer: IncomingMessage, limit: number, resolve: (r: Result<Exchanged, HttpFailure>) => void): void {
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
    const location = answer.headers.location ?? null;
    resolve(ok({ answer: { status: answer.statusCode ?? 0, contentType, body: concatBytes(...chunks) }, location }));
  });
  answer.on("close", () => resolve(fail({ code: "http_unreachable", reason: closedEarly })));
}

function failureOfPost({ fault, error }: PostFault, answerBytes: number): HttpFailure {
  if (error !== null) return failureOf(error);
  if (fault === "timed_out") return { code: "http_timed_out", reason: "no answer in time" };
  if (fault === "too_large") return { code: "http_answer_too_large", reason: `more than ${answerBytes} bytes` };
  const reasons = { malformed: "not an answer in HTTP", cut_off: closedEarly, lost: closedEarly };
  return { code: "http_unreachable", reason: reasons[fault] };
}

const closedEarly = "connection closed early";

function failureOf(error: Error): HttpFailure {
  const isTimeout = error.name === "TimeoutError" || error.name === "AbortError";
  if ("code" in error && error.code === "EACCES") return { code: "http_url_refused", reason: error.message };
  return { code: isTimeout ? "http_timed_out" : "http_unreachable", reason: error.message };
}
