import { pkcs12Of } from "../../db/stores/credentials.ts";
import { giveBackAttempt, takeAttempt } from "../../db/stores/throttle.ts";
import { openCsc } from "../../signing/keys/csc.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import { openPkcs11 } from "../../signing/keys/pkcs11.ts";
import type { Pkcs11Failure } from "../../signing/keys/pkcs11-failure.ts";
import { openPkcs12 } from "../../signing/keys/pkcs12.ts";
import type { Credential, KeyPlace } from "../core/dossier.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
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
  if (credential.keyPlace.kind === "agent") return fail({ code: "key_elsewhere" });
  const attempt = await beginAttempt(throttleWorld(house), pinRule, credential.id);
  if (!attempt.ok) return attempt;
  const opened = await openAt(house, credential, pin);
  // Anything but a wrong PIN is no guess.
  if (opened.ok || !isWrongPin(opened.failure)) await attempt.value.giveBack();
  return opened;
}

const isWrongPin = ({ code }: Failure) => code === "wrong_pin" || code === "pin_last_try";

async function openAt(house: House, credential: Credential, pin: string): Promise<Result<KeyHolder, Failure>> {
  const { keyPlace } = credential;
  switch (keyPlace.kind) {
    case "file":
      return openFile(house, credential, pin);
    case "token":
      return openToken(house, credential, keyPlace.device, pin);
    case "remote":
      return openRemote(house, credential, keyPlace, pin);
    case "agent":
      return fail({ code: "key_elsewhere" });
  }
}

async function openFile(house: House, credential: Credential, pin: string): Promise<Result<KeyHolder, Failure>> {
  const pkcs12 = await pkcs12Of(house.sql, credential.id);
  if (pkcs12 === null) return fail({ code: "no_registered_certificate" });
  const opened = openPkcs12(pkcs12, pin);
  if (opened.ok) return opened;
  const { code } = opened.failure;
  return fail(code === "wrong_pin" ? { code } : { code: "signing_failed", reason: code });
}

async function openToken(
  house: House,
  { certificate, chain }: Credential,
  name: string,
  pin: string,
): Promise<Result<KeyHolder, Failure>> {
  const device = house.keyDevices.tokens.find((known) => known.name === name);
  if (device === undefined) return fail({ code: "key_unavailable", reason: name });
  const opened = await openPkcs11(device, { certificate, token: null, pin }, chain);
  if (opened.ok) return ok(opened.value);
  house.log.info("token_refused", { code: opened.failure.code });
  return fail(whatPersonsCanDo(opened.failure));
}

async function openRemote(
  { keyDevices, http, log }: House,
  { certificate, chain }: Credential,
  place: Extract<KeyPlace, { kind: "remote" }>,
  pin: string,
): Promise<Result<KeyHolder, Failure>> {
  const service = keyDevices.remotes.find(({ name }) => name === place.service);
  if (service === undefined) return fail({ code: "key_unavailable", reason: place.service });
  const { post } = http;
  const opened = await openCsc({ service, credentialId: place.credential, certificate, chain, pin, post });
  if (opened.ok) return opened;
  log.info("remote_refused", { code: opened.failure.code });
  return fail({ code: "key_unavailable", reason: opened.failure.code });
}

function whatPersonsCanDo(failure: Pkcs11Failure): Failure {
  switch (failure.code) {
    case "wrong_pin":
      return { code: failure.triesLeft === "one" ? "pin_last_try" : "wrong_pin" };
    case "pin_locked":
      return { code: "pin_locked" };
    default:
      return { code: "key_unavailable", reason: failure.code };
  }
}
