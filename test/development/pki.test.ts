import { createPrivateKey, X509Certificate } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import forge from "node-forge";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { certificatePem } from "../../src/development/certificate.ts";
import { openDevelopmentPki, revokeCertificate } from "../../src/development/pki.ts";
import { has, run } from "../support/tools.ts";
import { contentsOf, issued, newFolder, openedPki, removeFolder, world } from "./development-world.ts";

const openssl = has("openssl");
if (!openssl) console.warn("openssl is missing: its opinion on the development PKI is skipped");

let data = "";
let pki: Awaited<ReturnType<typeof openedPki>>;
const folders: string[] = [];

beforeAll(async () => {
  data = newFolder();
  folders.push(data);
  pki = await openedPki(data);
});
afterAll(() => folders.forEach(removeFolder));

const file = (name: string) => join(pki.folder, name);

describe("DESIGN decision 10: the development PKI", () => {
  test("says DEVELOPMENT in the name of every authority and in every subject", async () => {
    const authorities = readdirSync(pki.folder).filter((name) => name.endsWith(".crt"));
    expect(authorities).toHaveLength(7);
    for (const name of authorities) {
      const { subject, issuer } = new X509Certificate(readFileSync(file(name)));
      expect(subject).toMatch(/CN=DEVELOPMENT /);
      expect(issuer).toMatch(/CN=DEVELOPMENT /);
    }
    const leaf = new X509Certificate((await issued(pki, "named")).certificateDer);
    expect(leaf.subject).toMatch(/OU=DEVELOPMENT/);
  });

  test("keeps its folder and every file in it from other users", () => {
    expect(statSync(pki.folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(pki.folder))
      expect([name, statSync(file(name)).mode & 0o777]).toEqual([name, 0o600]);
  });

  test("a second start finds it byte for byte as it was and makes nothing", async () => {
    const before = contentsOf(pki.folder);
    expect(await openedPki(data)).toEqual(pki);
    expect(contentsOf(pki.folder)).toEqual(before);
  });

  test("what a killed first start left beside is made anew, and nothing of it is used", async () => {
    const killed = newFolder();
    folders.push(killed);
    mkdirSync(join(killed, "pki.making"));
    writeFileSync(join(killed, "pki.making", "root.key"), "half a key");
    const remade = await openedPki(killed);
    expect(readdirSync(killed)).toEqual(["pki"]);
    expect(createPrivateKey(readFileSync(join(remade.folder, "root.key"))).asymmetricKeyType).toBe("rsa");
  });

  test("a broken file is named and not made anew", async () => {
    const broken = newFolder();
    folders.push(broken);
    cpSync(pki.folder, join(broken, "pki"), { recursive: true });
    writeFileSync(join(broken, "pki", "issuing.crt"), "not a certificate");
    const opened = await openDevelopmentPki(broken, world);
    expect(opened).toEqual({
      ok: false,
      failure: { code: "pki_unreadable", file: join(broken, "pki", "issuing.crt") },
    });
  });
});

describe.skipIf(!openssl)("RFC 5280: chains, in openssl's opinion", () => {
  const verify = (...args: string[]) => run("openssl", ["verify", "-x509_strict", ...args]);

  test("an official's certificate stands under the root through the issuing CA", async () => {
    const { path } = await issued(pki, "chain");
    const verdict = verify("-CAfile", file("root.crt"), "-untrusted", file("issuing.crt"), path);
    expect(verdict).toEqual({ status: 0, output: `${path}: OK\n` });
  });

  test("an official's certificate does not stand under the timestamp anchor, nor the timestamp's under the root", async () => {
    const { path } = await issued(pki, "purpose");
    expect(verify("-CAfile", file("timestamp-ca.crt"), "-untrusted", file("issuing.crt"), path).status).not.toBe(0);
    expect(verify("-CAfile", file("root.crt"), file("timestamp.crt")).status).not.toBe(0);
  });

  test("RFC 3161 §2.3: the timestamp certificate is for timestamps, critically, and for nothing else", () => {
    const verdict = verify("-purpose", "timestampsign", "-CAfile", file("timestamp-ca.crt"), file("timestamp.crt"));
    expect(verdict.status).toBe(0);
    const text = run("openssl", ["x509", "-in", file("timestamp.crt"), "-noout", "-ext", "extendedKeyUsage"]).output;
    expect(text).toMatch(/critical\n\s+Time Stamping\s*$/);
  });

  test("§4.2.1.3: an official's key signs documents, and cannot issue or encrypt", async () => {
    const { path } = await issued(pki, "usage");
    const text = run("openssl", ["x509", "-in", path, "-noout", "-ext", "keyUsage,authorityInfoAccess"]).output;
    expect(text).toMatch(/critical\n\s+Digital Signature, Non Repudiation\n/);
    expect(text).toContain(`OCSP - URI:http://127.0.0.1:${pki.ports.ocsp}/ocsp`);
  });
});

describe("RFC 7292: the key of a person leaves only under the PIN", () => {
  const pin = "246802";

  test("no private key of a person is in the PKI folder", async () => {
    await issued(pki, "hidden");
    const keys = readdirSync(pki.folder).filter((name) => name.endsWith(".key"));
    expect(keys).toEqual(["issuing.key", "ocsp.key", "root.key", "timestamp-ca.key", "timestamp.key"]);
  });

  test.skipIf(!openssl)(
    "openssl opens it with the PIN, finds the key of the certificate, and not with another PIN",
    async () => {
      const { pkcs12, certificateDer } = await issued(pki, "p12");
      const path = join(data, "person.p12");
      writeFileSync(path, pkcs12(pin));
      const opened = run("openssl", ["pkcs12", "-in", path, "-passin", `pass:${pin}`, "-nodes"]);
      expect(opened.status).toBe(0);
      const key = createPrivateKey(opened.output.slice(opened.output.indexOf("-----BEGIN PRIVATE KEY")));
      expect(new X509Certificate(certificateDer).checkPrivateKey(key)).toBe(true);
      const refused = run("openssl", ["pkcs12", "-in", path, "-passin", "pass:246803", "-nodes"]);
      expect(refused.status).not.toBe(0);
      expect(refused.output).not.toContain("PRIVATE KEY");
    },
  );

  test("node-forge opens it with the PIN, with both certificates, and not with another PIN", async () => {
    const { pkcs12, certificateDer } = await issued(pki, "forge");
    const asn1 = forge.asn1.fromDer(Buffer.from(pkcs12(pin)).toString("binary"));
    const opened = forge.pkcs12.pkcs12FromAsn1(asn1, pin);
    const { pkcs8ShroudedKeyBag = "", certBag = "" } = forge.pki.oids;
    const key = opened.getBags({ bagType: pkcs8ShroudedKeyBag })[pkcs8ShroudedKeyBag]?.[0]?.key;
    const pem = key ? forge.pki.privateKeyToPem(key) : "";
    expect(new X509Certificate(certificateDer).checkPrivateKey(createPrivateKey(pem))).toBe(true);
    const certificates = (opened.getBags({ bagType: certBag })[certBag] ?? []).flatMap(({ cert }) =>
      cert ? [cert] : [],
    );
    expect(certificates.map((one) => forge.pki.certificateToPem(one).replaceAll("\r", ""))).toEqual([
      certificatePem(certificateDer),
      certificatePem(pki.issuingCertificate),
    ]);
    expect(() => forge.pkcs12.pkcs12FromAsn1(asn1, "246803")).toThrow(/MAC/);
  });
});

test("RFC 5280 §4.1.2.2: serial numbers of certificates issued at once differ and all stand in the index", async () => {
  const certificates = await Promise.all(["a", "b", "c"].map((name) => issued(pki, name)));
  const serials = certificates.map(({ serial }) => serial);
  expect(new Set(serials).size).toBe(3);
  const index = readFileSync(file("index.json"), "utf8");
  for (const serial of serials) expect(index).toContain(serial);
});

test("a certificate of another PKI cannot be revoked here, and the index stays as it is", () => {
  const before = readFileSync(file("index.json"), "utf8");
  const revoked = revokeCertificate(pki, "40".repeat(16), "keyCompromise", world);
  expect(revoked).toEqual({ ok: false, failure: { code: "certificate_not_issued_here" } });
  expect(readFileSync(file("index.json"), "utf8")).toBe(before);
});
