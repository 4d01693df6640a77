import type { ModuleFailure } from "./pkcs11-module.ts";

/** Everything that a token may answer instead of a session. */
export type Pkcs11Failure =
  | ModuleFailure
  /** No token with that certificate is plugged in. */
  | { readonly code: "token_absent" }
  /** What the token says of the tries that are left; how many is never told by PKCS#11. */
  | { readonly code: "wrong_pin"; readonly triesLeft: "several" | "few" | "one" }
  | { readonly code: "pin_locked" }
  /** Never set, or it must be changed with the vendor's program before it opens anything. */
  | { readonly code: "pin_to_be_set" }
  /** The certificate is there, but no key that it verifies. */
  | { readonly code: "key_absent" }
  | { readonly code: "token_removed" }
  | { readonly code: "device_timed_out" }
  /** The device's own word, such as `CKR_DEVICE_ERROR`; for the operator's log. */
  | { readonly code: "device_failed"; readonly reason: string };

/** Return values, PKCS #11 v2.40 §5.1 with the numbers of pkcs11t.h. */
const byCode: ReadonlyMap<number, Pkcs11Failure> = new Map<number, Pkcs11Failure>([
  [0xa0, { code: "wrong_pin", triesLeft: "several" }], // PIN_INCORRECT
  [0xa1, { code: "wrong_pin", triesLeft: "several" }], // PIN_INVALID
  [0xa2, { code: "wrong_pin", triesLeft: "several" }], // PIN_LEN_RANGE
  [0xa3, { code: "pin_to_be_set" }], // PIN_EXPIRED
  [0xa4, { code: "pin_locked" }],
  [0x102, { code: "pin_to_be_set" }], // USER_PIN_NOT_INITIALIZED
  [0x03, { code: "token_removed" }], // SLOT_ID_INVALID
  [0x32, { code: "token_removed" }], // DEVICE_REMOVED
  [0xb0, { code: "token_removed" }], // SESSION_CLOSED
  [0xb3, { code: "token_removed" }], // SESSION_HANDLE_INVALID
  [0xe0, { code: "token_removed" }], // TOKEN_NOT_PRESENT
  [0x82, { code: "token_removed" }], // OBJECT_HANDLE_INVALID: another token took its place
]);

/** @param thrown by a call of the module; anything that is no answer of PKCS#11 is a bug and goes on */
export function failureOf(thrown: unknown): Pkcs11Failure {
  const { code, message } = thrown as { code?: unknown; message?: unknown };
  if (typeof code !== "number") throw thrown;
  return byCode.get(code) ?? { code: "device_failed", reason: String(message).slice(0, 80) };
}

const pinFlags = { few: 0x10000, one: 0x20000, locked: 0x40000 };

/** What the token's flags say of its PIN, CK_TOKEN_INFO of §3.2. */
export function pinStanding(flags: number): "several" | "few" | "one" | "locked" {
  if (flags & pinFlags.locked) return "locked";
  if (flags & pinFlags.one) return "one";
  return flags & pinFlags.few ? "few" : "several";
}
