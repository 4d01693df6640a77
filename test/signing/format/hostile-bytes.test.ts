import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCertificate, parseIdentity } from "../../../signing/format/certificate.ts";
import { parseSignedData } from "../../../signing/format/cms.ts";
import { buildSignedAttributes, buildSignedData } from "../../../signing/format/cms-writer.ts";
import { parseOcspReply } from "../../../signing/format/ocsp.ts";
import { parseTimestampResponse, parseTimestampToken } from "../../../signing/format/tsp.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";

const roots = rootCertificates.map((pem): Bytes => new Uint8Array(new X509Certificate(pem).raw));
const readers = [
  parseCertificate,
  parseIdentity,
  parseSignedData,
  parseOcspReply,
  parseTimestampResponse,
  parseTimestampToken,
] as const;

function aSignature(): Bytes {
  const raw = roots[0] ?? expect.fail();
  const certificate = parseIdentity(raw);
  if (!certificate.ok) return expect.fail(certificate.failure.reason);
  const algorithm = { scheme: "rsa-pss", hash: "sha384", saltBytes: 48 } as const;
  const signed = { messageDigest: new Uint8Array(48), certificate: raw, algorithm };
  return buildSignedData({
    signedAttributes: buildSignedAttributes(signed, nodePrimitives),
    signature: new Uint8Array(256),
    algorithm,
    certificate: certificate.value,
    chain: roots.slice(1, 3),
    timestampToken: roots[5] ?? null,
  });
}

describe("no bytes make a reader throw", () => {
  test("random bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (found) => {
        for (const read of readers) expect(typeof read(new Uint8Array(found)).ok).toBe("boolean");
      }),
      { numRuns: 500 },
    );
  });

  test("certificates and signatures with a few octets changed, cut or doubled", () => {
    const seeds = [aSignature(), ...roots.slice(0, 8)];
    const change = fc.record({ seed: fc.nat(seeds.length - 1), at: fc.nat(5000), to: fc.nat(255), cut: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        const changed = (seeds[changes[0]?.seed ?? 0] ?? new Uint8Array(0)).slice();
        for (const { at, to } of changes) changed[at % changed.length] = to;
        const cut = changed.slice(0, changed.length - (changes[0]?.cut ?? 0));
        for (const read of readers) expect(typeof read(cut).ok).toBe("boolean");
      }),
      { numRuns: 1500 },
    );
  });
});

describe("what is written is what is read", () => {
  test("RFC 5652 §5: a SignedData that was built is read with the same parts", () => {
    const read = parseSignedData(aSignature());
    if (!read.ok) return expect.fail(read.failure.reason);
    expect(read.value.content).toBeNull();
    expect(read.value.certificates).toHaveLength(3);
    const [signer] = read.value.signers;
    expect(signer?.signatureAlgorithm).toEqual({ scheme: "rsa-pss", hash: "sha384", saltBytes: 48 });
    expect(signer?.signedAttributes?.signingCertificate?.hash).toBe("sha384");
    expect(signer?.timestampTokens).toEqual([roots[5]]);
  });

  test("ISO 32000-2 §12.8.3.3: zeros that pad the gap are ignored, anything else after the CMS is refused", () => {
    const cms = aSignature();
    expect(parseSignedData(new Uint8Array([...cms, 0, 0, 0])).ok).toBe(true);
    expect(parseSignedData(new Uint8Array([...cms, 0, 1]))).toMatchObject({ ok: false });
  });

  test("RFC 5280 §4.1: every root that Node ships is read as node:crypto reads it", () => {
    for (const raw of roots) {
      const read = parseCertificate(raw);
      if (!read.ok) return expect.fail(read.failure.reason);
      const other = new X509Certificate(raw);
      expect(Number(read.value.serial[0]) < 128 || read.value.serial.length > 1).toBe(true);
      expect(read.value.notAfter).toBe(new Date(other.validTo).toISOString().replace(".000Z", "Z"));
      expect(read.value.extensions.basicConstraints?.isAuthority).toBe(other.ca);
      expect(Buffer.from(read.value.publicKey).equals(other.publicKey.export({ type: "spki", format: "der" }))).toBe(
        true,
      );
      const { keyAlgorithm } = read.value;
      if (keyAlgorithm.kind === "rsa")
        expect(keyAlgorithm.bits).toBe(other.publicKey.asymmetricKeyDetails?.modulusLength);
    }
  });
});
