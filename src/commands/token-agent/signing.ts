import { X509Certificate } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { KeyHolder } from "../../../signing/keys/key-holder.ts";
import { usualAlgorithm } from "../../../signing/keys/key-kind.ts";
import { openPkcs11 } from "../../../signing/keys/pkcs11.ts";
import type { Pkcs11Failure } from "../../../signing/keys/pkcs11-failure.ts";
import type { Pkcs11Device } from "../../../signing/keys/pkcs11-process.ts";
import { fail, ok, type Result } from "../../core/kernel.ts";
import type { AskedItem, SigningRequest } from "./requests.ts";

/** Up to so many the person waits for the answer; a token takes half a second for each. */
const mostWaitedFor = 20;

/**
 * Proves the PIN and signs what was shown, one value after another under this one opening of the token. A long list goes on
 * behind the answer; its page tells how far it is.
 *
 * @returns why the token was not opened; then the request waits for another PIN
 */
export async function signRequest(
  request: SigningRequest,
  device: Pkcs11Device,
  pin: string,
  now: () => number,
): Promise<Result<null, Pkcs11Failure>> {
  const { certificate, items } = request;
  const algorithm = usualAlgorithm(new X509Certificate(certificate).publicKey);
  if (algorithm === null) return fail({ code: "key_absent" });
  request.state = "signing"; // before the token is asked: the same form sent twice proves one PIN only
  const key = await openPkcs11(device, { certificate, token: null, pin }, []);
  if (!key.ok) {
    request.state = "waiting";
    return key;
  }
  const signing = signEach(request, key.value, now).finally(() => key.value.close?.());
  if (items.length > mostWaitedFor) return ok(null);
  await signing;
  if (request.failure === null || request.isInParts) return ok(null);
  request.state = "waiting"; // all or nothing for a page that takes the list at once
  return fail(request.failure);
}

async function signEach(request: SigningRequest, key: KeyHolder, now: () => number): Promise<void> {
  const values: SigningRequest["values"] = request.isInParts ? request.values : [];
  request.failure = null;
  request.signed = 0;
  for (const item of request.items) {
    const value = (await isTaken(request)) ? await signatureOn(item, key) : null;
    if (value === null) {
      request.failure = { code: "token_removed" };
      request.state = "broken";
      return;
    }
    values.push({ id: item.id, value });
    request.signed += 1;
    request.touchedAt = now();
  }
  request.values = values;
  request.state = "signed";
}

const mostUntaken = 100;
const askEveryMs = 250;
const longestUntakenMs = 50_000; // less than the token stays open without use

/** False where nobody takes what was made: the page was closed, and an unlocked token does not go on signing for nobody. */
async function isTaken({ values }: SigningRequest): Promise<boolean> {
  for (let waited = 0; values.length >= mostUntaken; waited += askEveryMs) {
    if (waited >= longestUntakenMs) return false;
    await setTimeout(askEveryMs);
  }
  return true;
}

async function signatureOn({ toBeSigned }: AskedItem, key: KeyHolder): Promise<string | null> {
  const signed = await key.sign(toBeSigned, key.algorithm);
  return signed.ok ? Buffer.from(signed.value).toString("base64") : null;
}

const mostTaken = 50;

/**
 * Hands out what was made and not yet taken, each value once.
 *
 * @returns of the state, `signing` until the last values are among these; `waiting` for a page that takes the list at once
 */
export function takeValues(request: SigningRequest) {
  const values = request.values.splice(0, mostTaken);
  const { state } = request;
  const isOver = state === "signed" || state === "refused" || state === "broken";
  const isDrained = isOver && request.values.length === 0;
  const told = isDrained ? state : request.isInParts && isOver ? "signing" : state;
  return { isDrained, told: !request.isInParts && told === "signing" ? "waiting" : told, values };
}
