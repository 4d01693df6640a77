import { setTimeout as sleep } from "node:timers/promises";
import { fail, ok, type Result } from "../core/kernel.ts";

/** What the service said no to, in its own words. */
export type ApiFailure = { readonly code: string; readonly title: string; readonly step: string };

export type SignedIn = { readonly cookie: string; readonly csrf: string };

type Asked = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly as?: SignedIn;
  readonly json?: object;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
};

/** The service as any program outside would meet it: HTTP only. */
export type ApiClient = {
  readonly ask: (step: string, asked: Asked) => Promise<Result<Response, ApiFailure>>;
  readonly signIn: (userName: string, password: string) => Promise<Result<SignedIn, ApiFailure>>;
};

/** @param baseUrl without a slash at the end */
export function apiClient(baseUrl: string): ApiClient {
  const ask: ApiClient["ask"] = async (step, asked) => {
    const answer = await fetch(`${baseUrl}${asked.path}`, requestOf(asked));
    return answer.ok ? ok(answer) : fail(await failureOf(step, answer));
  };
  const signIn: ApiClient["signIn"] = async (userName, password) => {
    const answer = await ask("sign in", { method: "POST", path: "/api/session", json: { userName, password } });
    if (!answer.ok) return answer;
    const { csrfToken } = (await answer.value.json()) as { csrfToken: string };
    const cookie = answer.value.headers.get("set-cookie")?.split(";")[0] ?? "";
    return ok({ cookie, csrf: csrfToken });
  };
  return { ask, signIn };
}

function requestOf({ method, as, json, body, headers }: Asked): RequestInit {
  const sent = body ?? (json === undefined ? null : JSON.stringify(json));
  return {
    method,
    body: sent,
    headers: {
      ...(json === undefined ? {} : { "content-type": "application/json" }),
      ...(as === undefined ? {} : { cookie: as.cookie, "x-csrf-token": as.csrf }),
      ...headers,
    },
  };
}

async function failureOf(step: string, answer: Response): Promise<ApiFailure> {
  const text = await answer.text();
  try {
    const { code, title, data } = JSON.parse(text) as { code?: string; title?: string; data?: { reason?: string } };
    return { step, code: data?.reason ?? code ?? `http_${answer.status}`, title: title ?? "" };
  } catch {
    return { step, code: `http_${answer.status}`, title: "" };
  }
}

/** Asks again until `done` answers something; for what a job does beside requests. */
export async function until<T>(
  ask: () => Promise<Result<T | null, ApiFailure>>,
  step: string,
  limitSeconds: number,
): Promise<Result<T, ApiFailure>> {
  const deadline = performance.now() + limitSeconds * 1000;
  while (performance.now() < deadline) {
    const found = await ask();
    if (!found.ok) return found;
    if (found.value !== null) return ok(found.value);
    await sleep(100);
  }
  return fail({ step, code: "timed_out", title: "" });
}
