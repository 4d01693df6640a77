import { describe, expect, test } from "vitest";
import {
  hashForMessages,
  hashIdentifier,
  hashOf,
  issuersAlgorithmOf,
  signatureAlgorithmOf,
  signatureIdentifier,
} from "../../../signing/format/algorithm.ts";
import { type Element, parseDer, readingDer } from "../../../signing/format/der.ts";
import { explicit, integer, nullValue, oid, sequence } from "../../../signing/format/der-writer.ts";
import {
  cmsSignatureOf,
  compactJws,
  flattenedJws,
  jwsAlgorithmOf,
  jwsSignatureOf,
  jwsSigningInput,
  readCompactJws,
} from "../../../signing/format/jws.ts";
import { oids } from "../../../signing/format/oids.ts";
import type { HashName, SignatureAlgorithm } from "../../../signing/format/primitives.ts";
import { type Bytes, concatBytes, utf8 } from "../../../src/core/kernel.ts";

const read = <T>(bytes: Bytes, reader: (element: Element) => T): T | string => {
  const found = readingDer(() => reader(parseDer(bytes)));
  return found.ok ? found.value : found.failure.reason;
};
const hashes = ["sha1", "sha256", "sha384", "sha512"] as const;
const every: readonly SignatureAlgorithm[] = [
  ...hashes.flatMap((hash): SignatureAlgorithm[] => [
    { scheme: "rsa-pkcs1", hash },
    { scheme: "rsa-pss", hash, saltBytes: 20 },
    { scheme: "rsa-pss", hash, saltBytes: 0 },
    { scheme: "ecdsa", hash },
  ]),
  { scheme: "ed25519" },
];

describe("RFC 4055, RFC 5754, RFC 5758, RFC 8410: algorithm identifiers", () => {
  test.each(every)("%j is read as it is written", (algorithm) => {
    expect(read(signatureIdentifier(algorithm), signatureAlgorithmOf)).toEqual(algorithm);
    expect(read(signatureIdentifier(algorithm), issuersAlgorithmOf)).toEqual(algorithm);
  });

  test("parameters are NULL for PKCS#1, absent for digests, ECDSA and Ed25519", () => {
    expect(signatureIdentifier({ scheme: "rsa-pkcs1", hash: "sha256" })).toEqual(
      sequence(oid(oids.sha256WithRsa), nullValue()),
    );
    expect(signatureIdentifier({ scheme: "ecdsa", hash: "sha384" })).toEqual(sequence(oid(oids.ecdsaWithSha384)));
    expect(signatureIdentifier({ scheme: "ed25519" })).toEqual(sequence(oid(oids.ed25519)));
    for (const hash of hashes) expect(read(hashIdentifier(hash), hashOf)).toBe(hash);
    expect(read(sequence(oid(oids.rsaPss)), hashOf)).toBeNull();
  });

  test("a key's own identifier stands for the digest of its message, RFC 3370 §3.2, and for nothing without one", () => {
    const named = (id: string, digest: HashName | null) =>
      read(sequence(oid(id)), (element) => signatureAlgorithmOf(element, digest));
    expect(named(oids.rsaEncryption, "sha384")).toEqual({ scheme: "rsa-pkcs1", hash: "sha384" });
    expect(named(oids.ecPublicKey, "sha512")).toEqual({ scheme: "ecdsa", hash: "sha512" });
    expect(named(oids.rsaEncryption, null)).toBeNull();
    expect(named(oids.ecPublicKey, null)).toBeNull();
    expect(named(oids.sha256, "sha256")).toBeNull();
    expect(named(oids.dsaWithSha1, "sha1")).toBeNull();
  });

  test("DSA is read in certificates and lists only", () => {
    expect(read(sequence(oid(oids.dsaWithSha1)), issuersAlgorithmOf)).toEqual({ scheme: "dsa", hash: "sha1" });
    expect(read(sequence(oid(oids.dsaWithSha256)), issuersAlgorithmOf)).toEqual({ scheme: "dsa", hash: "sha256" });
    expect(read(sequence(oid(oids.mgf1)), issuersAlgorithmOf)).toBeNull();
  });

  test("RFC 4055 §3.1: PSS by default is SHA-1 and 20; another mask, another digest of it or a negative salt is unknown", () => {
    const pss = (...parameters: Bytes[]) =>
      read(sequence(oid(oids.rsaPss), sequence(...parameters)), signatureAlgorithmOf);
    const digest = (id: string) => explicit(0, sequence(oid(id)));
    const mask = (id: string, of: string) => explicit(1, sequence(oid(id), sequence(oid(of))));
    expect(pss()).toEqual({ scheme: "rsa-pss", hash: "sha1", saltBytes: 20 });
    expect(pss(digest(oids.sha256), mask(oids.mgf1, oids.sha256))).toEqual({
      scheme: "rsa-pss",
      hash: "sha256",
      saltBytes: 20,
    });
    expect(pss(explicit(2, integer(7)))).toEqual({ scheme: "rsa-pss", hash: "sha1", saltBytes: 7 });
    expect(pss(digest(oids.sha256))).toBeNull();
    expect(pss(mask(oids.mgf1, oids.sha256))).toBeNull();
    expect(pss(mask(oids.sha1, oids.sha1))).toBeNull();
    expect(pss(digest(oids.mgf1), mask(oids.mgf1, oids.mgf1))).toBeNull();
    expect(pss(explicit(2, integer(-1)))).toBeNull();
    expect(read(sequence(oid(oids.rsaPss)), signatureAlgorithmOf)).toBe("unexpected");
    expect(read(sequence(oid(oids.rsaPss), nullValue()), signatureAlgorithmOf)).toBe("unexpected");
  });

  test("RFC 8419 §3: messages of Ed25519 go with SHA-512, others with their own digest", () => {
    expect(hashForMessages({ scheme: "ed25519" })).toBe("sha512");
    expect(hashForMessages({ scheme: "ecdsa", hash: "sha256" })).toBe("sha256");
  });
});

describe("RFC 7515, RFC 7518: the same signatures as JWS has them", () => {
  test("names: those of RFC 7518 §3.1 and RFC 8037 §3.1, none for SHA-1 and for another salt", () => {
    const names = (saltBytes: number) =>
      (["sha256", "sha384", "sha512"] as const).map((hash) => jwsAlgorithmOf({ scheme: "rsa-pss", hash, saltBytes }));
    expect(names(32)).toEqual(["PS256", null, null]);
    expect(names(48)).toEqual([null, "PS384", null]);
    expect(names(64)).toEqual([null, null, "PS512"]);
    expect(hashes.map((hash) => jwsAlgorithmOf({ scheme: "rsa-pkcs1", hash }))).toEqual([
      null,
      "RS256",
      "RS384",
      "RS512",
    ]);
    expect(hashes.map((hash) => jwsAlgorithmOf({ scheme: "ecdsa", hash }))).toEqual([null, "ES256", "ES384", "ES512"]);
    expect(jwsAlgorithmOf({ scheme: "ed25519" })).toBe("EdDSA");
  });

  test("§5.1, §7.1, §7.2.2: header, payload and signature, compact, taken apart and flattened", () => {
    const input = jwsSigningInput({ alg: "EdDSA" }, utf8("{}"));
    expect(input).toBe("eyJhbGciOiJFZERTQSJ9.e30");
    const compact = compactJws(input, Uint8Array.of(1, 2, 3));
    expect(compact).toBe(`${input}.AQID`);
    const value = {
      header: { alg: "EdDSA" },
      payload: utf8("{}"),
      signingInput: input,
      signature: Uint8Array.of(1, 2, 3),
    };
    expect(readCompactJws(compact)).toEqual({ ok: true, value });
    expect(flattenedJws(compact)).toBe(
      '{\n  "payload": "e30",\n  "protected": "eyJhbGciOiJFZERTQSJ9",\n  "signature": "AQID"\n}\n',
    );
  });

  test.each([
    "",
    "e30",
    "e30.e30",
    "e30.e30.e30.e30",
    "e30.e3 .e30",
    "=.e30.e30",
    "e30.e30.=",
    "e3.e30.e30",
    "_w.e30.e30",
    "InhRtg.e30.e30",
  ])("%j is none", (text) => {
    expect(readCompactJws(text)).toEqual({ ok: false, failure: { code: "jws_malformed" } });
  });

  test("§3.4: ECDSA as two numbers of fixed length side by side, and back; others as they are", () => {
    const size = { sha1: 0, sha256: 32, sha384: 48, sha512: 66 };
    for (const hash of ["sha256", "sha384", "sha512"] as const) {
      const algorithm = { scheme: "ecdsa", hash } as const;
      const r = Uint8Array.from({ length: size[hash] }, (_, i) => (i === 0 ? 0x80 : i));
      const s = new Uint8Array(size[hash]).with(size[hash] - 1, 5);
      const der = cmsSignatureOf(concatBytes(r, s), algorithm) ?? expect.fail("no signature");
      expect(der).toEqual(sequence(integer(BigInt(`0x${Buffer.from(r).toString("hex")}`)), integer(5)));
      expect(jwsSignatureOf(der, algorithm)).toEqual(concatBytes(r, s));
      expect(cmsSignatureOf(concatBytes(r, s, s), algorithm)).toBeNull();
    }
    const other = { scheme: "rsa-pkcs1", hash: "sha256" } as const;
    expect(jwsSignatureOf(Uint8Array.of(9), other)).toEqual(Uint8Array.of(9));
    expect(cmsSignatureOf(Uint8Array.of(9), other)).toEqual(Uint8Array.of(9));
  });

  test("numbers that are longer than the algorithm's, and what is no pair of numbers, are refused", () => {
    const p256 = { scheme: "ecdsa", hash: "sha256" } as const;
    expect(jwsSignatureOf(sequence(integer(2n ** 256n), integer(1)), p256)).toBeNull();
    expect(jwsSignatureOf(sequence(integer(1), integer(2n ** 256n)), p256)).toBeNull();
    expect(jwsSignatureOf(sequence(integer(0), integer(0)), p256)).toEqual(new Uint8Array(64));
    expect(jwsSignatureOf(sequence(integer(1)), p256)).toBeNull();
    expect(jwsSignatureOf(nullValue(), p256)).toBeNull();
    expect(cmsSignatureOf(new Uint8Array(), { scheme: "ecdsa", hash: "sha1" })).toBeNull();
  });
});
