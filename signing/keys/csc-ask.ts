import { type Bytes, fail, ok, type Result, utf8 } from "../../src/core/kernel.ts";

/** One POST to a signing service, injected by the roof: bounded in time and size; it never throws for what the network does. */
export type CscPost = (request: {
  readonly url: string;
  readonly contentType: string;
  readonly accept: string;
  readonly body: Bytes;
  readonly authorization: string;
}) => Promise<Result<{ readonly status: number; readonly body: Bytes }, { readonly code: string }>>;

export type CscFailure =
  /** Network, time, size: the reason is the roof's own word. */
  | { readonly code: "service_unreachable"; readonly reason: string }
  /** What came back is no answer of this protocol. */
  | { readonly code: "service_answer_malformed" }
  /** The service's own error word, RFC 6749 §5.2 and CSC API v2 §10; its description may name people and is not kept. */
  | { readonly code: "service_refused"; readonly status: number; readonly error: string };

export type Json = Readonly<Record<string, unknown>>;

/** @param body JSON object, or form fields for the token endpoint (RFC 6749 §4.4.2) */
export async function askCsc(
  post: CscPost,
  url: string,
  authorization: string,
  body: Json | URLSearchParams,
): Promise<Result<Json, CscFailure>> {
  const isForm = body instanceof URLSearchParams;
  const answer = await post({
    url,
    contentType: isForm ? "application/x-www-form-urlencoded" : "application/json",
    accept: "application/json",
    body: utf8(isForm ? body.toString() : JSON.stringify(body)),
    authorization,
  });
  if (!answer.ok) return fail({ code: "service_unreachable", reason: answer.failure.code });
  const json = jsonOf(answer.value.body);
  const { status } = answer.value;
  if (status !== 200) return fail({ code: "service_refused", status, error: errorWord(json) });
  return json === null ? fail({ code: "service_answer_malformed" }) : ok(json);
}

function jsonOf(body: Bytes): Json | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}

function errorWord(json: Json | null): string {
  const error = json?.["error"];
  return typeof error === "string" && /^[a-z_]{1,40}$/.test(error) ? error : "unnamed";
}

export const textIn = (json: Json, name: string): string | null => {
  const value = json[name];
  return typeof value === "string" && value !== "" ? value : null;
};

export const textsIn = (json: Json, name: string): readonly string[] => {
  const value = json[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
};

export const objectIn = (json: Json, name: string): Json => {
  const value = json[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
};
