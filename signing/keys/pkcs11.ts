import { X509Certificate } from "node:crypto";
import { type Bytes, fail, ok, type Result } from "../../src/core/kernel.ts";
import type { SignatureAlgorithm } from "../format/primitives.ts";
import type { KeyFailure, KeyHolder } from "./key-holder.ts";
import { suitsKey, usualAlgorithm } from "./key-kind.ts";
import type { Pkcs11Failure } from "./pkcs11-failure.ts";
import { type Pkcs11Device, type Pkcs11Process, startPkcs11 } from "./pkcs11-process.ts";
import type { SessionAsked, TokenView } from "./pkcs11-session.ts";

/**
 * Opens a key on a token, smart card or HSM by PKCS #11: RSA (PKCS#1 and PSS), ECDSA on P-256, P-384 and P-521, Ed25519
 * where the module has it. One PIN serves as many signatures as are asked for until the holder is closed.
 *
 * @param asked the certificate as it was registered; it must lie on the token byte for byte
 * @param chain DER of its issuers, nearest first
 */
export async function openPkcs11(
  device: Pkcs11Device,
  asked: SessionAsked,
  chain: readonly Bytes[],
): Promise<Result<KeyHolder, Pkcs11Failure>> {
  const { publicKey } = new X509Certificate(asked.certificate);
  const algorithm = usualAlgorithm(publicKey);
  if (algorithm === null) return fail({ code: "key_absent" });
  const held = await startPkcs11(device);
  if (!held.ok) return held;
  const opened = await held.value.ask<null>({ ask: "open", ...asked });
  if (!opened.ok) held.value.end();
  if (!opened.ok) return opened;
  const closing = closingWhenIdle(held.value.end);
  return ok({
    certificate: asked.certificate,
    chain,
    algorithm,
    sign: async (toBeSigned, wanted) => {
      closing.later();
      return suitsKey(publicKey, wanted)
        ? signOn(held.value, toBeSigned, wanted)
        : fail({ code: "algorithm_unsupported", algorithm: wanted });
    },
    close: closing.now,
  });
}

const idleMilliseconds = 60_000;

/** An unlocked token nobody thinks of any more must not stay so. */
function closingWhenIdle(end: () => void) {
  let clock = setTimeout(end, idleMilliseconds).unref();
  const later = () => {
    clearTimeout(clock);
    clock = setTimeout(end, idleMilliseconds).unref();
  };
  const now = () => {
    clearTimeout(clock);
    end();
  };
  return { later, now };
}

/** What is plugged in, without any PIN. */
export async function tokensOn(device: Pkcs11Device): Promise<Result<readonly TokenView[], Pkcs11Failure>> {
  const held = await startPkcs11(device);
  if (!held.ok) return held;
  const tokens = await held.value.ask<readonly TokenView[]>({ ask: "tokens" });
  held.value.end();
  return tokens;
}

async function signOn(
  held: Pkcs11Process,
  toBeSigned: Bytes,
  algorithm: SignatureAlgorithm,
): Promise<Result<Bytes, KeyFailure>> {
  const signed = await held.ask<Bytes>({ ask: "sign", toBeSigned, algorithm });
  return signed.ok ? signed : fail(asKeyFailure(signed.failure));
}

/** A refusal is the person's or the device's word; everything else may pass when the token is there again. */
function asKeyFailure(failure: Pkcs11Failure | KeyFailure): KeyFailure {
  switch (failure.code) {
    case "key_refused":
    case "key_unavailable":
    case "algorithm_unsupported":
      return failure;
    case "wrong_pin":
    case "pin_locked":
    case "pin_to_be_set":
    case "key_absent":
      return { code: "key_refused", reason: failure.code };
    default:
      return { code: "key_unavailable", reason: failure.code };
  }
}
