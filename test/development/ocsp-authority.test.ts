import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Authorities } from "../../src/development/authorities.ts";
import { revokeCertificate } from "../../src/development/pki.ts";
import { has, run } from "../support/tools.ts";
import { issued, newFolder, openedPki, removeFolder, startedAuthorities, world } from "./development-world.ts";

const openssl = has("openssl");
if (!openssl) console.warn("openssl is missing: its opinion on OCSP answers is skipped");

let data = "";
let pki: Awaited<ReturnType<typeof openedPki>>;
let authorities: Authorities;

beforeAll(async () => {
  data = newFolder();
  pki = await openedPki(data);
  authorities = await startedAuthorities(data);
});
afterAll(async () => {
  await authorities.stop();
  removeFolder(data);
});

const file = (name: string) => join(pki.folder, name);

describe.skipIf(!openssl)("RFC 6960: the OCSP authority, in openssl's opinion", () => {
  const ask = (issuer: string, ...args: string[]) => {
    const anchor = issuer === "timestamp-ca" ? "timestamp-ca.crt" : "root.crt";
    const trust = ["-CAfile", file(anchor), "-verify_other", file(`ocsp-${issuer}.crt`), "-partial_chain"];
    return run("openssl", ["ocsp", "-issuer", file(`${issuer}.crt`), "-url", authorities.ocspUrl, ...trust, ...args]);
  };

  test("§2.2: good until revoked, revoked from the next question on, with time and reason", async () => {
    const { path, serial } = await issued(pki, "asked");
    const before = ask("issuing", "-cert", path);
    expect(before.output).toMatch(/: good\n/);
    expect(before.output).toMatch(/Response verify OK/);
    expect(before.output).not.toMatch(/WARNING/); // a missing or wrong nonce would be warned of
    expect(revokeCertificate(pki, serial, "keyCompromise", world).ok).toBe(true);
    const after = ask("issuing", "-cert", path);
    expect(after.output).toMatch(/: revoked\n/);
    expect(after.output).toMatch(/Reason: keyCompromise/);
    expect(after.output).toMatch(/Response verify OK/);
  });

  test("§2.2: a serial number that was never issued is unknown, not good", () => {
    const answer = ask("issuing", "-serial", "0x4711");
    expect(answer.output).toMatch(/: unknown\n/);
    expect(answer.output).toMatch(/Response verify OK/);
  });

  test.each([
    { issuer: "root", certificate: "issuing.crt" },
    { issuer: "timestamp-ca", certificate: "timestamp.crt" },
  ])("§4.2.2.2: $certificate is answered for by a responder of its own issuer", ({ issuer, certificate }) => {
    const answer = ask(issuer, "-sha256", "-cert", file(certificate));
    expect(answer.output).toMatch(/: good\n/);
    expect(answer.output).toMatch(/Response verify OK/);
  });

  test("RFC 5019 §2.2.3: about a certificate of another CA nothing is said", () => {
    const answer = ask("ocsp-root", "-serial", "1", "-CAfile", file("root.crt"));
    expect(answer.output).toMatch(/unauthorized/);
  });

  test("Appendix A.1: the same question by GET gives an answer that verifies", async () => {
    const { path } = await issued(pki, "by-get");
    const request = join(data, "q.ocsp");
    const reply = join(data, "r.ocsp");
    const cert = ["-issuer", file("issuing.crt"), "-cert", path];
    run("openssl", ["ocsp", ...cert, "-reqout", request]);
    const base64 = encodeURIComponent(readFileSync(request).toString("base64"));
    const response = await fetch(`${authorities.ocspUrl}/${base64}`);
    writeFileSync(reply, new Uint8Array(await response.arrayBuffer()));
    const trust = ["-CAfile", file("root.crt"), "-verify_other", file("issuing.crt")];
    const answer = run("openssl", ["ocsp", "-no_nonce", "-respin", reply, ...cert, ...trust]);
    expect(answer.output).toMatch(/: good\n/);
    expect(answer.output).toMatch(/Response verify OK/);
  });
});
