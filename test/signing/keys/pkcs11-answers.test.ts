import { execFileSync } from "node:child_process";
import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Pkcs11Module } from "../../../signing/keys/pkcs11-module.ts";
import { openSession } from "../../../signing/keys/pkcs11-session.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { has } from "../../support/tools.ts";
import { value } from "../seal/sealing.ts";

// What SoftHSM never does and tokens on a counter do: count tries, lock, want the PIN again, leave in the middle.

const flags = { initialized: 0x400, few: 0x10000, one: 0x20000, locked: 0x40000 };
const thrown = (name: string, code: number) => Object.assign(new Error(name), { code });
const folder = mkdtempSync(join(tmpdir(), "chungthuc-answers-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!has("openssl"))("what a token answers, PKCS #11 v2.40 §5", () => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const keyFile = join(folder, "key.pem");
  writeFileSync(keyFile, privateKey.export({ type: "pkcs8", format: "pem" }));
  // biome-ignore format: one command
  const der = () => new Uint8Array(execFileSync("openssl", ["req", "-x509", "-key", keyFile, "-outform", "DER", "-subj", "/CN=Answers (fictional)"])) as Bytes;
  const certificate = has("openssl") ? der() : new Uint8Array(0);
  const asked = { certificate, token: null, pin: "1234" };

  /** A token with one key, that behaves as told. */
  function token(behaviour: {
    readonly flags?: () => number;
    readonly login?: (kind: number) => void;
    readonly sign?: () => void;
    readonly alwaysAuthenticate?: boolean;
  }) {
    const calls: string[] = [];
    const [slot, session, certificateHandle, keyHandle] = [1, 2, 3, 4].map((n) => Buffer.from([n]));
    let found: (Buffer | undefined)[] = [];
    const attribute: Record<number, Buffer> = {
      17: Buffer.from(certificate),
      258: Buffer.from([7]),
      514: Buffer.from([behaviour.alwaysAuthenticate ? 1 : 0]),
    };
    const module = {
      C_GetSlotList: () => [slot],
      C_GetTokenInfo: () => ({ serialNumber: "1", label: "t", flags: flags.initialized | (behaviour.flags?.() ?? 0) }),
      C_GetMechanismList: () => [0x1041],
      C_OpenSession: () => session,
      C_CloseSession: () => undefined,
      C_Login: (_: Buffer, kind: number) => {
        calls.push(`login ${kind}`);
        behaviour.login?.(kind);
      },
      C_FindObjectsInit: (_: Buffer, [first]: { value: number }[]) => {
        found = first?.value === 1 ? [certificateHandle] : [keyHandle];
      },
      C_FindObjects: () => found,
      C_FindObjectsFinal: () => undefined,
      C_GetAttributeValue: (_: Buffer, __: Buffer, [{ type }]: [{ type: number }]) => [
        { type, value: attribute[type] },
      ],
      C_SignInit: () => void calls.push("sign init"),
      C_Sign: () => {
        calls.push("sign");
        behaviour.sign?.();
        return sign("sha256", new Uint8Array([1]), {
          key: createPrivateKey({
            key: privateKey.export({ type: "pkcs8", format: "der" }),
            format: "der",
            type: "pkcs8",
          }),
          dsaEncoding: "ieee-p1363",
        });
      },
    };
    return { module: module as unknown as Pkcs11Module, calls };
  }

  const wrong = () => {
    throw thrown("CKR_PIN_INCORRECT", 0xa0);
  };

  test.each([
    { says: "some tries left", flags: 0, failure: { code: "wrong_pin", triesLeft: "several" } },
    { says: "few tries left", flags: flags.few, failure: { code: "wrong_pin", triesLeft: "few" } },
    { says: "one try left", flags: flags.few | flags.one, failure: { code: "wrong_pin", triesLeft: "one" } },
  ])("a wrong PIN with $says is told so", ({ flags: now, failure }) => {
    const { module } = token({ login: wrong, flags: () => now });
    expect(openSession(module, asked)).toEqual({ ok: false, failure });
  });

  test("the try that locks the token is told as locked", () => {
    let now = 0;
    const locks = () => {
      now = flags.locked;
      wrong();
    };
    expect(openSession(token({ login: locks, flags: () => now }).module, asked)).toEqual({
      ok: false,
      failure: { code: "pin_locked" },
    });
  });

  test("a locked token is not tried again", () => {
    const { module, calls } = token({ flags: () => flags.locked });
    expect(openSession(module, asked)).toEqual({ ok: false, failure: { code: "pin_locked" } });
    expect(calls).toEqual([]);
  });

  test.each([
    { name: "CKR_PIN_LOCKED", code: 0xa4, failure: { code: "pin_locked" } },
    { name: "CKR_PIN_EXPIRED", code: 0xa3, failure: { code: "pin_to_be_set" } },
    { name: "CKR_USER_PIN_NOT_INITIALIZED", code: 0x102, failure: { code: "pin_to_be_set" } },
    { name: "CKR_DEVICE_REMOVED", code: 0x32, failure: { code: "token_removed" } },
    { name: "CKR_DEVICE_ERROR", code: 0x30, failure: { code: "device_failed", reason: "CKR_DEVICE_ERROR" } },
  ])("$name at login is $failure.code", ({ name, code, failure }) => {
    const login = () => {
      throw thrown(name, code);
    };
    expect(openSession(token({ login }).module, asked)).toEqual({ ok: false, failure });
  });

  test("a token pulled out while it signs is told as removed", () => {
    const pulled = () => {
      throw thrown("CKR_SESSION_HANDLE_INVALID", 0xb3);
    };
    const session = value(openSession(token({ sign: pulled }).module, asked));
    const signed = session.sign(new Uint8Array([1]), { scheme: "ecdsa", hash: "sha256" });
    expect(signed).toEqual({ ok: false, failure: { code: "token_removed" } });
  });

  test("CKA_ALWAYS_AUTHENTICATE: the PIN goes to the key before each signature, after C_SignInit", () => {
    const { module, calls } = token({ alwaysAuthenticate: true });
    const session = value(openSession(module, asked));
    for (let i = 0; i < 2; i++) value(session.sign(new Uint8Array([1]), { scheme: "ecdsa", hash: "sha256" }));
    expect(calls).toEqual(["login 1", "sign init", "login 2", "sign", "sign init", "login 2", "sign"]);
  });

  test("a value that the certificate does not verify never leaves the token's process", () => {
    const session = value(openSession(token({}).module, asked));
    const another = session.sign(new Uint8Array([2]), { scheme: "ecdsa", hash: "sha256" });
    expect(another).toEqual({ ok: false, failure: { code: "key_absent" } });
  });
});
