import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SignatureAlgorithm } from "../../../signing/format/primitives.ts";
import { openPkcs11, tokensOn } from "../../../signing/keys/pkcs11.ts";
import { sealSignature } from "../../../signing/seal/seal.ts";
import { type Bytes, hexOf } from "../../../src/core/kernel.ts";
import { httpClient } from "../../../src/http.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { canUseTokens, type SoftTokens, softTokens, tokenPin } from "../../support/soft-token.ts";
import { run } from "../../support/tools.ts";
import { sealingBy, value } from "../seal/sealing.ts";
import { smallPdf } from "../seal/small-pdf.ts";
import { type ThrowawayPki, throwawayPki } from "../seal/throwaway-pki.ts";
import { judgedBy } from "./judged.ts";

const message = new TextEncoder().encode("to be signed") as Bytes;

const kinds: readonly { name: string; key: string[]; algorithms: readonly SignatureAlgorithm[] }[] = [
  {
    name: "rsa",
    key: ["-newkey", "rsa:2048"],
    algorithms: [
      { scheme: "rsa-pkcs1", hash: "sha256" },
      { scheme: "rsa-pkcs1", hash: "sha512" },
      { scheme: "rsa-pss", hash: "sha256", saltBytes: 32 },
      { scheme: "rsa-pss", hash: "sha384", saltBytes: 48 },
    ],
  },
  ...(["P-256", "P-384", "P-521"] as const).map((curve, i) => ({
    name: curve,
    key: ["-newkey", "ec", "-pkeyopt", `ec_paramgen_curve:${curve}`],
    algorithms: [{ scheme: "ecdsa", hash: (["sha256", "sha384", "sha512"] as const)[i] ?? "sha256" } as const],
  })),
  { name: "ed25519", key: ["-newkey", "ed25519"], algorithms: [{ scheme: "ed25519" }] },
];

describe.skipIf(!canUseTokens)("keys on a token, PKCS #11", () => {
  let pki: ThrowawayPki;
  let tokens: SoftTokens;
  const made = new Set<string>();
  const file = (name: string) => join(tokens.folder, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: tokens.folder, stdio: "pipe" });
  const certificate = (name: string): Bytes =>
    new Uint8Array(openssl("x509", "-in", `${name}.crt`, "-outform", "DER")) as Bytes;
  const asked = (name: string, pin = tokenPin) => ({ certificate: certificate(name), token: null, pin });
  const open = async (name: string) => value(await openPkcs11(tokens.device, asked(name), []));

  beforeAll(async () => {
    pki = await throwawayPki();
    tokens = softTokens();
    tokens.add("official");
    for (const [i, { name, key }] of kinds.entries()) {
      // biome-ignore format: one command
      openssl("req", "-x509", ...key, "-nodes", "-keyout", `${name}.key`, "-out", `${name}.crt`, "-days", "30", "-subj", `/CN=${name} (fictional)`);
      openssl("x509", "-in", `${name}.crt`, "-outform", "DER", "-out", `${name}.der`);
      try {
        tokens.put("official", `0${i + 1}`, file(`${name}.key`), file(`${name}.der`));
        made.add(name);
      } catch {
        // a SoftHSM without Edwards curves
      }
    }
  }, 60_000);
  afterAll(async () => {
    tokens.end();
    await pki.end();
  });

  test.each(kinds)("RFC 5652 §5.4: $name signs by every scheme of its kind, as openssl sees it", async (kind) => {
    const { name, algorithms } = kind;
    if (!made.has(name)) return expect(name).toBe("ed25519"); // the only one that a module may lack
    const key = await open(name);
    writeFileSync(file("message"), message);
    writeFileSync(file("public.pem"), openssl("x509", "-in", `${name}.crt`, "-noout", "-pubkey"));
    for (const algorithm of algorithms) {
      writeFileSync(file("value"), value(await key.sign(message, algorithm)));
      expect(opensslVerifies(algorithm), JSON.stringify(algorithm)).toContain("uccessful");
    }
    key.close?.();
  });

  function opensslVerifies(algorithm: SignatureAlgorithm): string {
    const files = ["-pubin", "-inkey", file("public.pem"), "-in", file("message"), "-sigfile", file("value"), "-rawin"];
    if (algorithm.scheme === "ed25519") return run("openssl", ["pkeyutl", "-verify", ...files]).output;
    const pss =
      algorithm.scheme === "rsa-pss"
        ? ["-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", `rsa_pss_saltlen:${algorithm.saltBytes}`]
        : [];
    return run("openssl", ["pkeyutl", "-verify", ...files, "-digest", algorithm.hash, ...pss]).output;
  }

  test("one PIN, many signatures: the session is used again, and the token answers each in order", async () => {
    const key = await open("rsa");
    const signed = await Promise.all(
      Array.from({ length: 12 }, (_, i) => key.sign(new Uint8Array([i]), { scheme: "rsa-pkcs1", hash: "sha256" })),
    );
    key.close?.();
    for (const [i, one] of signed.entries()) {
      const { publicKey } = judgedBy(certificate("rsa"));
      const algorithm = { scheme: "rsa-pkcs1", hash: "sha256" } as const;
      expect(await nodePrimitives.verify(publicKey, algorithm, new Uint8Array([i]), value(one))).toBe(true);
    }
  });

  test("a wrong PIN is told with what the token says of the tries left, and opens nothing", async () => {
    const wrong = await openPkcs11(tokens.device, asked("rsa", "000000"), []);
    expect(wrong).toMatchObject({ ok: false, failure: { code: "wrong_pin" } });
  });

  test("DESIGN decision 9: a certificate that is not on the token opens nothing; the PIN is not even tried", async () => {
    const absent = { certificate: pki.der("officer"), token: null, pin: "000000" };
    expect(await openPkcs11(tokens.device, absent, [])).toEqual({ ok: false, failure: { code: "token_absent" } });
    const elsewhere = { ...asked("rsa"), token: "another serial" };
    expect(await openPkcs11(tokens.device, elsewhere, [])).toEqual({ ok: false, failure: { code: "token_absent" } });
  });

  test("two keys under one id: the one that the certificate verifies signs", async () => {
    tokens.add("renewed");
    openssl("genpkey", "-algorithm", "RSA", "-out", "older.key");
    openssl(
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      "new.key",
      "-out",
      "new.crt",
      "-subj",
      "/CN=New (fictional)",
    );
    openssl("x509", "-in", "new.crt", "-outform", "DER", "-out", "new.der");
    tokens.put("renewed", "07", file("older.key"), null);
    tokens.put("renewed", "07", file("new.key"), file("new.der"));
    tokens.put("renewed", "08", null, file("new.der"));
    const key = await open("new");
    const signed = value(await key.sign(message, key.algorithm));
    key.close?.();
    const { publicKey } = judgedBy(certificate("new"));
    expect(await nodePrimitives.verify(publicKey, key.algorithm, message, signed)).toBe(true);
  });

  test("a certificate whose key lies elsewhere is told as such", async () => {
    tokens.add("public only");
    openssl(
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      "away.key",
      "-out",
      "away.crt",
      "-subj",
      "/CN=Away (fictional)",
    );
    openssl("x509", "-in", "away.crt", "-outform", "DER", "-out", "away.der");
    tokens.put("public only", "09", null, file("away.der"));
    const opened = await openPkcs11(tokens.device, asked("away"), []);
    expect(opened).toEqual({ ok: false, failure: { code: "key_absent" } });
  });

  test("a key is never used with a scheme that is not its own, nor with SHA-1", async () => {
    const key = await open("rsa");
    const sha1 = { scheme: "rsa-pkcs1", hash: "sha1" } as const;
    expect(await key.sign(message, sha1)).toMatchObject({ ok: false, failure: { code: "algorithm_unsupported" } });
    const ecdsa = { scheme: "ecdsa", hash: "sha256" } as const;
    expect(await key.sign(message, ecdsa)).toMatchObject({ ok: false, failure: { code: "algorithm_unsupported" } });
    key.close?.();
  });

  test("what is plugged in is seen without a PIN", async () => {
    const seen = value(await tokensOn(tokens.device));
    const official = seen.find(({ label }) => label === "official");
    expect(official?.certificates.map(hexOf)).toContain(hexOf(certificate("rsa")));
    expect(official?.serial).not.toBe("");
  });

  test("a library that is not there, or is none, is a typed failure", async () => {
    for (const module of ["/nowhere/libnothing.so", import.meta.filename]) {
      const opened = await openPkcs11({ ...tokens.device, module }, asked("rsa"), []);
      expect(opened).toMatchObject({ ok: false, failure: { code: "module_missing" } });
    }
  });

  test("whole seal: two signatures of level B-T by keys on a token, as our examiner and pdfsig see them", async () => {
    tokens.add("seal");
    for (const name of ["officer", "agency"]) {
      writeFileSync(file(`${name}.der`), pki.der(name));
      tokens.put("seal", name === "officer" ? "0a" : "0b", join(pki.folder, `${name}.key`), file(`${name}.der`));
    }
    const http = httpClient({ timeoutSeconds: 10, answerBytes: 256 * 1024, reach: "anywhere" });
    const { world, request } = sealingBy(pki, http);
    let pdf = await smallPdf({ useObjectStreams: true });
    for (const name of ["officer", "agency"] as const) {
      const asking = { certificate: pki.der(name), token: null, pin: tokenPin };
      const key = value(await openPkcs11(tokens.device, asking, [pki.der("root")]));
      pdf = value(await sealSignature(request(pdf, name), world(key))).pdf;
      key.close?.();
    }
    http.close();
    const { statuses, pdfsig } = await judgedBy(pki.der("root")).pdf(pdf, tokens.folder);
    expect(statuses).toEqual(["intact", "intact"]);
    if (pdfsig !== null) expect(pdfsig.match(/Signature is Valid/g)).toHaveLength(2);
  });

  test("a token that is pulled out answers as such, and nothing is signed", async () => {
    const key = await open("rsa");
    tokens.pull();
    const after = await openPkcs11(tokens.device, asked("rsa"), []);
    expect(after).toEqual({ ok: false, failure: { code: "token_absent" } });
    key.close?.();
    expect(await key.sign(message, key.algorithm)).toMatchObject({ ok: false, failure: { code: "key_unavailable" } });
  });
});
