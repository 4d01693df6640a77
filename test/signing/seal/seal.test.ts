import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseCertificate } from "../../../signing/format/certificate.ts";
import { parseSignedData } from "../../../signing/format/cms.ts";
import { checkSigner } from "../../../signing/format/cms-verify.ts";
import { readPdf } from "../../../signing/format/pdf/file.ts";
import { dictionaryOf, pdfNull } from "../../../signing/format/pdf/object.ts";
import type { HashName, SignatureAlgorithm } from "../../../signing/format/primitives.ts";
import type { KeyHolder } from "../../../signing/keys/key-holder.ts";
import { completeSignature } from "../../../signing/seal/complete.ts";
import { textOfObject } from "../../../signing/seal/pdf-writing.ts";
import { prepareSignature } from "../../../signing/seal/prepare.ts";
import { sealSignature, signPrepared } from "../../../signing/seal/seal.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { httpClient } from "../../../src/http.ts";
import { nodeDeflate, nodePrimitives } from "../../../src/primitives-node.ts";
import { has, run } from "../../support/tools.ts";
import { sealingBy, value } from "./sealing.ts";
import { smallPdf } from "./small-pdf.ts";
import { type ThrowawayPki, throwawayPki } from "./throwaway-pki.ts";

const tools = ["openssl", "pdfsig", "qpdf"];
const missing = tools.filter((tool) => !has(tool));

describe.skipIf(missing.length > 0)(`sealing${missing.length > 0 ? ` (missing: ${missing.join()})` : ""}`, () => {
  let pki: ThrowawayPki;
  const http = httpClient({ timeoutSeconds: 10, answerBytes: 100_000, reach: "anywhere" });

  beforeAll(async () => {
    pki = await throwawayPki();
  });
  afterAll(async () => {
    http.close();
    await pki.end();
  });

  const holder = (name: string) => sealingBy(pki, http).holder(name);
  const world = (key: KeyHolder) => sealingBy(pki, http).world(key);
  const request = (pdf: Bytes, fieldName: string) => sealingBy(pki, http).request(pdf, fieldName);
  const sealTwice = async (pdf: Bytes, first: KeyHolder, second: KeyHolder) => {
    const officer = value(await sealSignature(request(pdf, "officer"), world(first))).pdf;
    return [officer, value(await sealSignature(request(officer, "agency"), world(second))).pdf] as const;
  };
  const keep = (name: string, bytes: Bytes) => {
    writeFileSync(join(pki.folder, name), bytes);
    return join(pki.folder, name);
  };
  const pdfsig = (pdf: Bytes) => run("pdfsig", ["-nocert", keep("look.pdf", pdf)]).output;

  test.each([
    { useObjectStreams: false },
    { useObjectStreams: true },
  ])("ISO 32000-2 §12.8: officer then agency, both hold for pdfsig, openssl and qpdf (object streams: $useObjectStreams)", async (options) => {
    const unsigned = await smallPdf(options);
    const [officer, agency] = await sealTwice(unsigned, holder("officer"), holder("agency"));

    const seen = pdfsig(agency);
    expect(seen.match(/Signature is Valid/g)).toHaveLength(2);
    expect(seen.match(/ETSI\.CAdES\.detached/g)).toHaveLength(2);
    expect(seen.slice(seen.indexOf("Signature #2"))).toContain("Total document signed");
    expect(pdfsig(officer)).toContain("Total document signed");
    const checked = run("qpdf", ["--check", keep("check.pdf", agency)]);
    expect(checked.output).toContain("No syntax or stream encoding errors found");
    expect(checked.output).not.toContain("WARNING");
    expect(checked.status).toBe(0);
    expect(Buffer.from(officer.subarray(0, unsigned.length)).equals(unsigned)).toBe(true);
    expect(Buffer.from(agency.subarray(0, officer.length)).equals(officer)).toBe(true);
    for (const { cms, covered } of signaturesOf(agency)) opensslAgrees(cms, covered);
  });

  function opensslAgrees(cms: Bytes, covered: Bytes) {
    const [cmsFile, contentFile] = [keep("cms.der", cms), keep("covered.bin", covered)];
    // biome-ignore format: one command
    const verified = run("openssl", ["cms", "-verify", "-binary", "-cades", "-inform", "DER", "-in", cmsFile, "-content", contentFile, "-CAfile", pki.pem("root"), "-purpose", "any", "-out", "/dev/null"]);
    expect(verified.output).toContain("CAdES Verification successful");
    const signer = value(parseSignedData(cms)).signers[0];
    const token = signer?.timestampTokens[0] ?? new Uint8Array(0);
    // biome-ignore format: one command
    const dated = run("openssl", ["ts", "-verify", "-data", keep("signature.bin", signer?.signature ?? new Uint8Array(0)), "-in", keep("token.der", token), "-token_in", "-CAfile", pki.pem("root")]);
    expect(dated.output).toContain("Verification: OK");
  }

  test("EN 319 142-1 §6.3: the CMS claims no time and pins the signer's certificate; /M has Vietnam's offset", async () => {
    const key = holder("officer");
    const { pdf } = value(
      await sealSignature(request(await smallPdf({ useObjectStreams: false }), "officer"), world(key)),
    );
    const attributes = value(parseSignedData(signaturesOf(pdf)[0]?.cms ?? new Uint8Array(0))).signers[0]
      ?.signedAttributes;
    expect(attributes?.signingTime).toBeNull();
    expect(attributes?.signingCertificate).toEqual({
      hash: "sha256",
      certificateHash: nodePrimitives.digest("sha256", key.certificate),
    });
    expect(Buffer.from(pdf).toString("latin1")).toContain("/M (D:20260131093000+07'00')");
  });

  test.each<{ name: string; algorithm: SignatureAlgorithm }>([
    { name: "officer-3des", algorithm: { scheme: "rsa-pkcs1", hash: "sha512" } },
    { name: "officer-rc2", algorithm: { scheme: "rsa-pss", hash: "sha256", saltBytes: 32 } },
    { name: "revoked", algorithm: { scheme: "ecdsa", hash: "sha384" } },
  ])("RFC 5652 §5.4: openssl and pdfsig verify what $name signs by $algorithm.scheme", async ({ name, algorithm }) => {
    const key = { ...holder(name), algorithm };
    const { pdf } = value(
      await sealSignature(request(await smallPdf({ useObjectStreams: false }), "officer"), world(key)),
    );
    for (const { cms, covered } of signaturesOf(pdf)) opensslAgrees(cms, covered);
    expect(pdfsig(pdf)).toContain("Signature is Valid");
  });

  test.each([
    { hash: "sha256", saltBytes: 32 },
    { hash: "sha512", saltBytes: 64 },
  ] as const)("RFC 4055 §1.2: a key for RSA-PSS alone signs with $hash; openssl verifies it (pdfsig 22.12 takes no such key)", async (how) => {
    const key = { ...holder("pss"), algorithm: { scheme: "rsa-pss", ...how } as const };
    const { pdf } = value(
      await sealSignature(request(await smallPdf({ useObjectStreams: false }), "officer"), world(key)),
    );
    for (const { cms, covered } of signaturesOf(pdf)) opensslAgrees(cms, covered);
    expect(pdfsig(pdf)).toContain("Total document signed");
  });

  test("RFC 8419 §3: an Ed25519 signature goes with SHA-512 and holds for node:crypto and openssl pkeyutl (openssl cms 3.0 and pdfsig 22.12 know no Ed25519)", async () => {
    const key = holder("edwards");
    const asked = request(await smallPdf({ useObjectStreams: false }), "officer");
    const { pdf } = value(await sealSignature(asked, world(key)));
    const [found] = signaturesOf(pdf);
    const signedData = value(parseSignedData(found?.cms ?? new Uint8Array(0)));
    const [signer] = signedData.signers;
    expect(signer?.digestAlgorithm).toBe("sha512");
    const certificate = value(parseCertificate(key.certificate));
    const digest = (hash: HashName) => nodePrimitives.digest(hash, found?.covered ?? new Uint8Array(0));
    const finding = signer && (await checkSigner(signedData, signer, certificate, digest, nodePrimitives));
    expect(finding).toBe("intact");
    // What openssl can: the bare signature over the signed attributes, RFC 8419 §2.3.
    const attributes = keep("attributes.der", signer?.signedAttributes?.toBeSigned ?? new Uint8Array(0));
    const bare = keep("bare.bin", signer?.signature ?? new Uint8Array(0));
    // biome-ignore format: one command
    const verified = run("openssl", ["pkeyutl", "-verify", "-rawin", "-certin", "-inkey", pki.pem("edwards"), "-in", attributes, "-sigfile", bare]);
    expect(verified.output).toContain("Signature Verified Successfully");
    expect(pdfsig(pdf)).toContain("Total document signed");
  });

  test("a gap too small is told with both sizes, and the told size then suffices", async () => {
    const key = { ...holder("officer"), reservedBytes: 0 };
    const small = { ...request(await smallPdf({ useObjectStreams: false }), "officer"), reservedBytes: 1000 };
    const sealed = await sealSignature(small, world(key));
    expect(sealed).toMatchObject({
      ok: false,
      failure: { code: "signature_larger_than_reserved", reservedBytes: 1000 },
    });
    const neededBytes =
      sealed.ok || sealed.failure.code !== "signature_larger_than_reserved" ? 0 : sealed.failure.neededBytes;
    expect((await sealSignature({ ...small, reservedBytes: neededBytes + 4 }, world(key))).ok).toBe(true);
  });

  test("a field that is missing or already signed is a typed failure", async () => {
    const pdf = await smallPdf({ useObjectStreams: false });
    const signed = value(
      await sealSignature(request(pdf, "officer"), { ...world(holder("officer")), timestamps: null }),
    ).pdf;
    const again = await sealSignature(request(signed, "officer"), world(holder("officer")));
    expect(again).toEqual({ ok: false, failure: { code: "field_already_signed", fieldName: "officer" } });
    const absent = await sealSignature(request(pdf, "mayor"), world(holder("officer")));
    expect(absent).toEqual({ ok: false, failure: { code: "field_not_found", fieldName: "mayor" } });
    const broken = await sealSignature(request(pdf.slice(0, 200), "officer"), world(holder("officer")));
    expect(broken).toMatchObject({ ok: false, failure: { code: "pdf_unreadable" } });
  });

  test("a prepared signature survives storage: a structured clone of it is completed to the same file", async () => {
    const key = holder("officer");
    const asked = { ...request(await smallPdf({ useObjectStreams: false }), "officer"), ...key };
    const prepared = value(prepareSignature(asked, nodePrimitives, nodeDeflate));
    const stored = structuredClone(prepared);
    const signature = value(await signPrepared(prepared, key, nodePrimitives));
    const pdf = value(completeSignature(stored.pdf, stored, signature, null));
    expect(pdf).toEqual(value(completeSignature(prepared.pdf, prepared, signature, null)));
    expect(pdfsig(pdf)).toContain("Signature is Valid");
  });

  test("a key that answers for another certificate is caught before its signature reaches a file", async () => {
    const stranger = { ...holder("officer"), sign: holder("revoked").sign };
    const asked = request(await smallPdf({ useObjectStreams: false }), "officer");
    expect((await sealSignature(asked, world({ ...stranger }))).ok).toBe(false);
    const liar: KeyHolder = { ...holder("officer"), sign: async () => ({ ok: true, value: new Uint8Array(256) }) };
    expect(await sealSignature(asked, world(liar))).toEqual({ ok: false, failure: { code: "signature_wrong" } });
  });

  type Found = { readonly cms: Bytes; readonly covered: Bytes };
  /** Independent of the writer: signatures found by reading the finished file. */
  function signaturesOf(pdf: Bytes): Found[] {
    const file = value(readPdf(pdf, nodePrimitives));
    const text = Buffer.from(pdf).toString("latin1");
    expect(file.revisions.length).toBeGreaterThan(1);
    return [...text.matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/g)].map(([, start, end, rest]) => {
      const [gapStart, gapEnd, tail] = [Number(start), Number(end), Number(rest)];
      const hex = text.slice(gapStart + 1, gapEnd - 1);
      expect(hex).toMatch(/^[0-9A-F]+$/);
      const covered = Buffer.concat([pdf.subarray(0, gapStart), pdf.subarray(gapEnd, gapEnd + tail)]);
      const padded = new Uint8Array(Buffer.from(hex, "hex"));
      const length = 4 + (padded[2] ?? 0) * 256 + (padded[3] ?? 0);
      return { cms: padded.slice(0, length), covered: new Uint8Array(covered) };
    });
  }

  test("DESIGN decision 1: a signature revision defines the field, its signature and its appearance, nothing else", async () => {
    const asked = request(await smallPdf({ useObjectStreams: false }), "officer");
    const sealed = value(await sealSignature(asked, { ...world(holder("officer")), timestamps: null }));
    const file = value(readPdf(sealed.pdf, nodePrimitives));
    const fieldAs = (revision: number, number: number) => dictionaryOf(file.object(number, revision))?.entries;
    const touched = [...(file.revisions[1]?.entries.keys() ?? [])];
    const kept = touched.filter((number) => file.entry(number, 0) !== null);
    expect(touched).toHaveLength(5); // field, signature, form, picture, its mask
    expect(kept).toHaveLength(1);
    const [before, after] = [fieldAs(0, kept[0] ?? 0), fieldAs(1, kept[0] ?? 0)];
    const textOf = (entries: typeof after, key: string) => textOfObject(entries?.get(key) ?? pdfNull);
    const changed = [...(after?.keys() ?? [])].filter((key) => textOf(before, key) !== textOf(after, key));
    expect(changed.sort()).toEqual(["AP", "M", "V"]);
  });
});
