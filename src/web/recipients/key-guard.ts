import type { Context } from "hono";
import type { RecipientKeyId } from "../../core/ids.ts";
import { fail, ok, type Result } from "../../core/kernel.ts";
import type { KeyScope } from "../../core/recipients.ts";
import {
  type AdmissionFailure,
  type AdmittingWorld,
  admitKey,
  type Caller,
} from "../../usecases/recipients/admit-key.ts";
import type { WebEnv } from "../route.ts";

/** Requests of one key in a window of this many seconds. */
export type KeyPolicy = { readonly requests: number; readonly windowSeconds: number };

export type KeyWorld = AdmittingWorld & {
  readonly keyPolicy: KeyPolicy;
  /** Counts one request of the key, and says what is left. */
  readonly takeRequest: (id: RecipientKeyId) => {
    readonly allowed: boolean;
    readonly left: number;
    readonly resetSeconds: number;
  };
  /** Wrong keys by address, so that trying stays cheap for us; a right key is never held up by them. */
  readonly guesses: {
    readonly refusedForSeconds: (address: string) => number | null;
    readonly missed: (address: string) => void;
  };
  readonly addressOf: (c: Context<WebEnv>) => string;
};

export type KeyFailure =
  | AdmissionFailure
  | { readonly code: "key_missing" }
  | { readonly code: "throttled"; readonly retryAfterSeconds: number };

/** `ctk_`, the key's id, the secret of 256 bits: found by scanners for leaked secrets, and told from any other token. */
const tokenShape =
  /^Bearer ctk_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/i;

export const tokenOf = (id: RecipientKeyId, secret: string): string => `ctk_${id.replaceAll("-", "")}_${secret}`;

/**
 * Who asks, by `Authorization: Bearer` (RFC 6750 §2.1), and nothing else: never by a query, which logs would keep, nor
 * by a cookie, which a foreign page could borrow.
 */
export async function callerOf(
  c: Context<WebEnv>,
  scope: KeyScope | null,
  world: KeyWorld,
): Promise<Result<Caller, KeyFailure>> {
  const shaped = tokenShape.exec(c.req.header("authorization") ?? "");
  if (shaped === null) return challenge(c, { code: "key_missing" });
  const id = shaped.slice(1, 6).join("-").toLowerCase() as RecipientKeyId;
  const admitted = await admitKey({ id, secret: shaped[6] ?? "" }, scope, world);
  if (!admitted.ok) return challenge(c, missed(c, admitted.failure, world));
  return withinAllowance(c, admitted.value, world);
}

function missed(c: Context<WebEnv>, failure: AdmissionFailure, { guesses, addressOf }: KeyWorld): KeyFailure {
  if (failure.code !== "key_unknown") return failure;
  const address = addressOf(c);
  const retryAfterSeconds = guesses.refusedForSeconds(address);
  guesses.missed(address);
  return retryAfterSeconds === null ? failure : { code: "throttled", retryAfterSeconds };
}

/** The fields of draft-ietf-httpapi-ratelimit-headers: the policy, and what is left of it. */
function withinAllowance(c: Context<WebEnv>, caller: Caller, world: KeyWorld): Result<Caller, KeyFailure> {
  const { allowed, left, resetSeconds } = world.takeRequest(caller.key.id);
  const { requests, windowSeconds } = world.keyPolicy;
  c.header("ratelimit-policy", `"key";q=${requests};w=${windowSeconds}`);
  c.header("ratelimit", `"key";r=${left};t=${resetSeconds}`);
  return allowed ? ok(caller) : fail({ code: "throttled", retryAfterSeconds: resetSeconds });
}

const realm = 'Bearer realm="chungthuc"';

/** RFC 6750 §3: a request without a key is told of no error, one with a bad key is. */
function challenge(c: Context<WebEnv>, failure: KeyFailure): Result<never, KeyFailure> {
  if (failure.code === "key_missing") c.header("www-authenticate", realm);
  else if (failure.code === "scope_missing")
    c.header("www-authenticate", `${realm}, error="insufficient_scope", scope="${failure.scope}"`);
  else if (failure.code !== "throttled") c.header("www-authenticate", `${realm}, error="invalid_token"`);
  return fail(failure);
}
