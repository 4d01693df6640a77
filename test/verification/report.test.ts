import { verify, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { flattenedJws } from "../../signing/format/jws.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import { openPkcs12 } from "../../signing/keys/pkcs12.ts";
import { type Instant, instantOfSeconds, secondsOf } from "../../src/core/kernel.ts";
import type { KeyList } from "../../src/core/key-list.ts";
import { openEnvelope, sealEnvelope } from "../../src/wiring/report-envelope.ts";
import { openReportKey } from "../../src/wiring/report-key.ts";
import { now, value } from "../signing/examine/sealed-copy.ts";
import { pin, type ThrowawayPki, throwawayPki } from "../signing/seal/throwaway-pki.ts";
import { has, run } from "../support/tools.ts";
import { aReport } from "./a-report.ts";

describe.skipIf(!has("openssl"))("the envelope of a report", () => {
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-report-"));
  let pki: ThrowawayPki;
  const keyOf = (name: string): KeyHolder => value(openPkcs12(pki.pkcs12(name), pin));

  beforeAll(async () => {
    pki = await throwawayPki();
  });
  afterAll(async () => {
    await pki.end();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    "officer",
    "agency",
    "edwards",
    "pss",
  ])("RFC 7515: what the key of %s signed carries the report unchanged, keys in their order, and comes back", async (name) => {
    const key = keyOf(name);
    const envelope = (await sealEnvelope(aReport(), key, now())) ?? "";
    const payload = Buffer.from(envelope.split(".")[1] ?? "", "base64url").toString();
    expect(payload).toBe(JSON.stringify(aReport()));
    expect(await openEnvelope(envelope, key, now())).toEqual({ ok: true, value: aReport() });
  });

  test("RFC 7515 §5.2: node:crypto and openssl verify it with the certificate in x5c, from the compact and the flattened form", async () => {
    const envelope = (await sealEnvelope(aReport(), keyOf("agency"), now())) ?? "";
    const [head = "", payload = "", signature = ""] = envelope.split(".");
    const { x5c, alg } = JSON.parse(Buffer.from(head, "base64url").toString()) as { x5c: string[]; alg: string };
    const certificate = new X509Certificate(Buffer.from(x5c[0] ?? "", "base64"));
    const input = Buffer.from(`${head}.${payload}`);
    const ecdsa = { key: certificate.publicKey, dsaEncoding: "ieee-p1363" as const };
    expect(alg).toBe("ES256");
    expect(verify("sha256", input, ecdsa, Buffer.from(signature, "base64url"))).toBe(true);
    expect(JSON.parse(flattenedJws(envelope))).toEqual({ payload, protected: head, signature });

    const rsa = (await sealEnvelope(aReport(), keyOf("officer"), now())) ?? "";
    const parts = rsa.split(".");
    writeFileSync(join(folder, "input"), `${parts[0]}.${parts[1]}`);
    writeFileSync(join(folder, "signature"), Buffer.from(parts[2] ?? "", "base64url"));
    const { publicKey } = new X509Certificate(Buffer.from(keyOf("officer").certificate));
    writeFileSync(join(folder, "key.pem"), publicKey.export({ type: "spki", format: "pem" }));
    // biome-ignore format: one command
    expect(run("openssl", ["dgst", "-sha256", "-verify", join(folder, "key.pem"), "-signature", join(folder, "signature"), join(folder, "input")]).output).toContain("Verified OK");
  });

  test("RFC 7515 §5.2: an envelope in which any letter was changed is refused", async () => {
    const key = keyOf("agency");
    const envelope = (await sealEnvelope(aReport(), key, now())) ?? "";
    const step = Math.max(1, Math.floor(envelope.length / 150));
    for (let at = 0; at < envelope.length; at += step) {
      const letter = envelope[at] === "A" ? "B" : "A";
      const opened = await openEnvelope(envelope.slice(0, at) + letter + envelope.slice(at + 1), key, now());
      expect(opened.ok, `letter ${at}`).toBe(false);
    }
  });

  test("an envelope by another key is refused, although its own x5c names that key; so is one without a signature", async () => {
    const foreign = (await sealEnvelope(aReport(), keyOf("revoked"), now())) ?? "";
    expect(await openEnvelope(foreign, keyOf("agency"), now())).toEqual({ ok: false, failure: { code: "not_ours" } });
    const [head = "", payload = ""] = foreign.split(".");
    const bare = { ...(JSON.parse(Buffer.from(head, "base64url").toString()) as object), alg: "none" };
    const unsigned = `${Buffer.from(JSON.stringify(bare)).toString("base64url")}.${payload}.`;
    expect(await openEnvelope(unsigned, keyOf("revoked"), now())).toEqual({ ok: false, failure: { code: "not_ours" } });
    for (const text of ["", "a.b", "....", "x".repeat(200_000)]) {
      expect((await openEnvelope(text, keyOf("agency"), now())).ok).toBe(false);
    }
  });

  test("an envelope is good for a day, and a key whose certificate has expired signs and opens nothing", async () => {
    const key = keyOf("agency");
    const yesterday = instantOfSeconds(secondsOf(now()) - 86_400 - 60);
    const old = (await sealEnvelope(aReport({ checkedAt: yesterday }), key, now())) ?? "";
    expect(await openEnvelope(old, key, now())).toEqual({ ok: false, failure: { code: "too_old" } });
    const later = instantOfSeconds(secondsOf(now()) + 1001 * 86_400);
    expect(await sealEnvelope(aReport(), key, later)).toBeNull();
    const fresh = (await sealEnvelope(aReport(), key, now())) ?? "";
    expect(await openEnvelope(fresh, key, later)).toEqual({ ok: false, failure: { code: "unavailable" } });
  });

  test("DESIGN decision 12: a key that anybody could take for an official's or an agency's never becomes the key for reports", async () => {
    const file = join(folder, "key.p12");
    const pinFile = join(folder, "key.pin");
    writeFileSync(file, pki.pkcs12("agency"));
    writeFileSync(pinFile, `${pin}\n`);
    const anchored = (purpose: KeyList["anchors"][number]["purpose"]): KeyList => ({
      ...{ sequence: 1, issuedAt: now(), logOrigin: "x", keys: [], agencies: [] },
      anchors: [{ purpose, certificate: pki.der("root") }],
    });
    const open = (list: KeyList) => openReportKey({ file, pinFile }, list, now());
    expect((await open(anchored("public"))).ok).toBe(true);
    expect((await open(anchored("timestamp"))).ok).toBe(true);
    for (const purpose of ["official", "agency_seal"] as const) {
      expect(await open(anchored(purpose))).toMatchObject({ ok: false, failure: { code: "report_key_unusable" } });
    }
    // Not valid yet: it must not slip in before its time.
    const before = "2020-01-01T00:00:00Z" as Instant;
    expect((await openReportKey({ file, pinFile }, anchored("official"), before)).ok).toBe(false);
    const sha256 = run("openssl", ["x509", "-in", pki.pem("agency"), "-noout", "-fingerprint", "-sha256"]);
    const listed = sha256.output.split("=")[1]?.replaceAll(":", "").trim().toLowerCase() ?? "";
    const certificates = [{ sha256: listed, role: "agency_seal" as const, from: before, to: null }];
    const named = { ...anchored("public"), agencies: [{ agencyId: "a", agencyName: "A (hư cấu)", certificates }] };
    expect((await open(named)).ok).toBe(false);
    writeFileSync(pinFile, "wrong\n");
    expect(await open(anchored("public"))).toMatchObject({ ok: false, failure: { code: "report_key_unusable" } });
  });
});
