import { pkcs12Of } from "../../db/stores/credentials.ts";
import { giveBackAttempt, takeAttempt } from "../../db/stores/throttle.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import { openPkcs12 } from "../../signing/keys/pkcs12.ts";
import type { Credential } from "../core/dossier.ts";
import { fail, type Result } from "../core/kernel.ts";
import { takeTurns } from "../roof/turns.ts";
import type { Failure } from "../usecases/failure.ts";
import { beginAttempt, type ThrottleWorld } from "../web/throttle.ts";
import type { House } from "./house.ts";

/** Six digits are a million: five guesses a quarter of an hour, counted against the key whoever guesses. */
export const pinRule = { name: "pin", attempts: 5, windowSeconds: 900, blockSeconds: 900 };

export const throttleWorld = (house: House): ThrottleWorld => ({
  now: house.now,
  throttleSecret: house.hashSecret,
  takeAttempt: (keyHash, rule, now) => takeAttempt(house.db, keyHash, rule, now),
  giveBackAttempt: (keyHash) => giveBackAttempt(house.db, keyHash),
});

// One PIN at a time: attempts are counted before they are made, so right PINs typed for several dossiers at once would
// count as guesses against each other and block the key. Opening a key takes the whole thread, so nothing is lost.
const onePinAtATime = takeTurns(1);

/** Opens the key under a credential for one act; the PIN is not kept. */
export const openKey = (house: House, credential: Credential, pin: string): Promise<Result<KeyHolder, Failure>> =>
  onePinAtATime(() => tryPin(house, credential, pin));

async function tryPin(house: House, credential: Credential, pin: string): Promise<Result<KeyHolder, Failure>> {
  const attempt = await beginAttempt(throttleWorld(house), pinRule, credential.id);
  if (!attempt.ok) return attempt;
  const pkcs12 = await pkcs12Of(house.sql, credential.id);
  if (pkcs12 === null) return fail({ code: "no_registered_certificate" });
  const opened = openPkcs12(pkcs12, pin);
  if (!opened.ok && opened.failure.code === "wrong_pin") return fail({ code: "wrong_pin" });
  await attempt.value.giveBack();
  return opened.ok ? opened : fail({ code: "signing_failed", reason: opened.failure.code });
}
