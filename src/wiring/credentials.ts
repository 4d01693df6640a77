import { keysFor, type ServiceKey, serviceKeyId } from "../core/key-list.ts";
import { base64UrlOf } from "../core/log/base64.ts";
import { certifiedCopyType, makeSdJwtVc } from "../core/sd-jwt-vc.ts";
import { indexesAFile, statusFileOf, statusSubject } from "../core/status/status-list.ts";
import { es256Signer, rawPublicKey } from "../publish/node-keys.ts";
import { credentialFields } from "./credential-fields.ts";
import { type House, randomOf } from "./house.ts";
import type { Opened } from "./opened.ts";

/**
 * The fields of the paper for a program to fill in. Only with the whole copy and while it may be fetched: it tells no
 * more than the file beside it. Null too where there is no key for it, or the key list does not vouch for that key now.
 */
export async function credentialOf(house: House, opened: Opened): Promise<string | null> {
  const { grant, certificate, view, opening } = opened;
  const secret = house.serviceKeys.credential;
  if (secret === null || grant.pages !== null || view.closed !== null) return null;
  const sha256 = (bytes: Uint8Array) => house.primitives.digest("sha256", bytes);
  const id = serviceKeyId(rawPublicKey(secret), sha256);
  if (!credentialKeys(house).some((key) => key.id === id)) return null;
  const { statusIndex } = certificate;
  const head = {
    issuer: house.publicUrl,
    issuedAt: opening.openedAt,
    type: certifiedCopyType,
    status: { idx: statusIndex % indexesAFile, uri: statusSubject(house.publicUrl, statusFileOf(statusIndex)) },
  };
  const sourced = await credentialFields(house, opened);
  const sources = Object.entries(sourced).flatMap(([name, [value, source]]) =>
    value === null ? [] : [[name, source]],
  );
  const fields = Object.fromEntries(Object.entries(sourced).map(([name, [value]]) => [name, value]));
  return makeSdJwtVc(
    { ...head, sources: Object.fromEntries(sources) },
    fields,
    { id, sign: es256Signer(secret) },
    { sha256, random: randomOf },
  );
}

const credentialKeys = (house: House): readonly ServiceKey[] => keysFor(house.keyList(), "credential", house.now());

/** SD-JWT VC §5.2: the keys that are good now; null where there is none. */
export function credentialIssuer(house: House): Readonly<Record<string, unknown>> | null {
  const keys = credentialKeys(house).map(({ id, publicKey }) => ({
    ...{ kty: "EC", crv: "P-256", kid: id, alg: "ES256", use: "sig" },
    x: base64UrlOf(publicKey.subarray(1, 33)), // SEC 1 §2.3.3: an octet, then both coordinates
    y: base64UrlOf(publicKey.subarray(33)),
  }));
  return keys.length === 0 ? null : { issuer: house.publicUrl, jwks: { keys } };
}
