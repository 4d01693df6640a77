import { type KeyObject, verify, X509Certificate } from "node:crypto";
import { type Bytes, equalBytes, fail, ok, type Result } from "../../src/core/kernel.ts";
import type { SignatureAlgorithm } from "../format/primitives.ts";
import type { KeyFailure } from "./key-holder.ts";
import { cryptoOptions } from "./key-kind.ts";
import { failureOf, type Pkcs11Failure, pinStanding } from "./pkcs11-failure.ts";
import { type Pkcs11Task, signatureValue, taskFor } from "./pkcs11-mechanism.ts";
import type { Pkcs11Module } from "./pkcs11-module.ts";
import { attributes, findObjects, readAttribute } from "./pkcs11-objects.ts";

type Handle = Buffer;

/** What is seen of a token without its PIN. */
export type TokenView = {
  readonly serial: string;
  readonly label: string;
  readonly pin: "several" | "few" | "one" | "locked";
  /** DER, of those that the token shows. */
  readonly certificates: readonly Bytes[];
};

export type SessionAsked = {
  /** DER, as registered: the token must have this one, byte for byte. */
  readonly certificate: Bytes;
  /** Serial number of the token; null for whichever has the certificate. */
  readonly token: string | null;
  readonly pin: string;
};

/** A token unlocked for one certificate; as many signatures as are asked for under one PIN. */
export type Pkcs11Session = {
  readonly sign: (toBeSigned: Bytes, algorithm: SignatureAlgorithm) => Result<Bytes, Pkcs11Failure | KeyFailure>;
};

/** Every token that is plugged in, with its certificates. */
export function listTokens(module: Pkcs11Module): Result<readonly TokenView[], Pkcs11Failure> {
  return answered(() => ok(slotsOf(module).map((slot) => viewOf(module, slot))));
}

/** Finds the token by its certificate, then opens it: a PIN is never tried on another person's token. */
export function openSession(module: Pkcs11Module, asked: SessionAsked): Result<Pkcs11Session, Pkcs11Failure> {
  return answered(() => {
    const found = findToken(module, asked);
    if (found === null) return fail({ code: "token_absent" });
    const { slot, session, ids } = found;
    const open = login(module, slot, session, asked.pin);
    if (!open.ok) return open;
    const keys = privateKeys(module, session, ids);
    if (keys.length === 0) return fail({ code: "key_absent" });
    const offered = new Set(module.C_GetMechanismList(slot));
    const publicKey = new X509Certificate(asked.certificate).publicKey;
    const state: Unlocked = { module, session, keys, offered, publicKey, pin: asked.pin };
    return ok({ sign: (toBeSigned, algorithm) => answered(() => signWith(state, toBeSigned, algorithm)) });
  });
}

type Unlocked = {
  readonly module: Pkcs11Module;
  readonly session: Handle;
  /** The one that fitted last stands first. */
  keys: readonly Handle[];
  readonly offered: ReadonlySet<number>;
  readonly publicKey: KeyObject;
  /** For keys that want it before every signature (CKA_ALWAYS_AUTHENTICATE); it dies with this process. */
  readonly pin: string;
};

function answered<T, F>(act: () => Result<T, F>): Result<T, F | Pkcs11Failure> {
  try {
    return act();
  } catch (thrown) {
    return fail(failureOf(thrown));
  }
}

const serialSession = 0x4; // CKF_SERIAL_SESSION; without RW: signing changes nothing

const initialized = 0x400; // CKF_TOKEN_INITIALIZED: a blank token holds nobody's key

const slotsOf = (module: Pkcs11Module): readonly Handle[] =>
  module.C_GetSlotList(true).filter((slot) => (module.C_GetTokenInfo(slot).flags & initialized) !== 0);

function viewOf(module: Pkcs11Module, slot: Handle): TokenView {
  const { serialNumber, label, flags } = module.C_GetTokenInfo(slot);
  const session = module.C_OpenSession(slot, serialSession);
  const certificates = findObjects(module, session, attributes.certificates);
  const view = {
    serial: serialNumber.trim(),
    label: label.trim(),
    pin: pinStanding(flags),
    certificates: certificates.map((handle) => readAttribute(module, session, handle, attributes.value)),
  };
  module.C_CloseSession(session);
  return view;
}

type FoundToken = { readonly slot: Handle; readonly session: Handle; readonly ids: readonly Bytes[] };

function findToken(module: Pkcs11Module, { certificate, token }: SessionAsked): FoundToken | null {
  for (const slot of slotsOf(module)) {
    if (token !== null && module.C_GetTokenInfo(slot).serialNumber.trim() !== token) continue;
    const session = module.C_OpenSession(slot, serialSession);
    const same = findObjects(module, session, attributes.certificates).filter((handle) =>
      equalBytes(readAttribute(module, session, handle, attributes.value), certificate),
    );
    // A token may hold the certificate twice, under two ids: the key can be beside either.
    if (same.length > 0) {
      return { slot, session, ids: same.map((handle) => readAttribute(module, session, handle, attributes.id)) };
    }
    module.C_CloseSession(session);
  }
  return null;
}

const asUser = 1;
const forThisSignature = 2; // CKU_CONTEXT_SPECIFIC
const alreadyIn = 0x100;

function login(module: Pkcs11Module, slot: Handle, session: Handle, pin: string): Result<null, Pkcs11Failure> {
  if (pinStanding(module.C_GetTokenInfo(slot).flags) === "locked") return fail({ code: "pin_locked" });
  try {
    module.C_Login(session, asUser, pin);
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code === alreadyIn) return ok(null);
    const failure = failureOf(thrown);
    if (failure.code !== "wrong_pin") return fail(failure);
    const triesLeft = pinStanding(module.C_GetTokenInfo(slot).flags);
    return fail(triesLeft === "locked" ? { code: "pin_locked" } : { code: "wrong_pin", triesLeft });
  }
  return ok(null);
}

/** Beside the certificate by CKA_ID; some vendors leave ids away, then every key may be it. */
function privateKeys(module: Pkcs11Module, session: Handle, ids: readonly Bytes[]): readonly Handle[] {
  const named = ids.filter((id) => id.length > 0);
  const templates = named.length === 0 ? [attributes.signingKeys] : named.map((id) => attributes.signingKeysNamed(id));
  return templates.flatMap((template) => findObjects(module, session, template));
}

/**
 * Two keys may stand under one id, as after a renewal: the certificate says which one it was. A value that it does not
 * verify is thrown away; nobody has seen it.
 */
function signWith(
  state: Unlocked,
  message: Bytes,
  algorithm: SignatureAlgorithm,
): Result<Bytes, Pkcs11Failure | KeyFailure> {
  const task = taskFor(message, algorithm, state.offered);
  if (!task.ok) return task;
  for (const key of state.keys) {
    const raw = trySign(state, key, task.value);
    if (raw === null) continue;
    const signature = signatureValue(raw, algorithm);
    if (!fits(state.publicKey, message, algorithm, signature)) continue;
    state.keys = [key, ...state.keys.filter((other) => other !== key)];
    return ok(signature);
  }
  return fail({ code: "key_absent" });
}

function fits(key: KeyObject, message: Bytes, algorithm: SignatureAlgorithm, signature: Bytes): boolean {
  if (algorithm.scheme === "ed25519") return verify(null, message, key, signature);
  return verify(algorithm.hash, message, { key, ...cryptoOptions(algorithm) }, signature);
}

const keyUnfit = new Set([0x62, 0x63, 0x68, 0x70]); // KEY_SIZE_RANGE, KEY_TYPE_INCONSISTENT, FUNCTION_NOT_PERMITTED, MECHANISM_INVALID
const longestSignature = 1024;

/** @returns null for a key of another kind than the algorithm's */
function trySign({ module, session, pin }: Unlocked, key: Handle, task: Pkcs11Task): Bytes | null {
  const { mechanism, parameter, input } = task;
  try {
    module.C_SignInit(session, parameter === undefined ? { mechanism } : { mechanism, parameter }, key);
  } catch (thrown) {
    if (keyUnfit.has(Number((thrown as { code?: unknown }).code))) return null;
    throw thrown;
  }
  if (readAttribute(module, session, key, attributes.alwaysAuthenticate)[0] === 1) {
    module.C_Login(session, forThisSignature, pin);
  }
  return new Uint8Array(module.C_Sign(session, Buffer.from(input), Buffer.alloc(longestSignature)));
}
