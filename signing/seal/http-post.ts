import type { Bytes, Result } from "../../src/core/kernel.ts";

/** One POST to an authority over the network, injected by the roof. It never throws for what the network does. */
export type HttpPost = (request: {
  readonly url: string;
  readonly contentType: string;
  readonly accept: string;
  readonly body: Bytes;
}) => Promise<Result<HttpAnswer, HttpFailure>>;

/** One GET, for revocation lists; the same promises. */
export type HttpGet = (request: {
  readonly url: string;
  readonly accept: string;
}) => Promise<Result<HttpAnswer, HttpFailure>>;

export type HttpAnswer = { readonly status: number; readonly contentType: string; readonly body: Bytes };

export type HttpFailure = {
  readonly code: "http_unreachable" | "http_timed_out" | "http_answer_too_large" | "http_url_refused";
  readonly reason: string;
};
