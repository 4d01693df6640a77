import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Authorities } from "../../src/development/authorities.ts";
import { has, run } from "../support/tools.ts";
import { newFolder, openedPki, post, removeFolder, startedAuthorities } from "./development-world.ts";

const openssl = has("openssl");
if (!openssl) console.warn("openssl is missing: its opinion on timestamps is skipped");

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

describe.skipIf(!openssl)("RFC 3161: the timestamp authority, in openssl's opinion", () => {
  async function stamped(...options: string[]) {
    const query = join(data, "q.tsq");
    const reply = join(data, "r.tsr");
    expect(run("openssl", ["ts", "-query", "-data", file("index.json"), ...options, "-out", query]).status).toBe(0);
    const response = await post(
      authorities.timestampUrl,
      "application/timestamp-query",
      new Uint8Array(readFileSync(query)),
    );
    expect(response.headers.get("content-type")).toBe("application/timestamp-reply");
    writeFileSync(reply, new Uint8Array(await response.arrayBuffer()));
    return { query, reply, text: run("openssl", ["ts", "-reply", "-in", reply, "-text"]).output };
  }
  const verify = (query: string, reply: string, ...args: string[]) =>
    run("openssl", ["ts", "-verify", "-queryfile", query, "-in", reply, "-CAfile", file("timestamp-ca.crt"), ...args]);

  test.each([
    "-sha256",
    "-sha384",
    "-sha512",
  ])("§2.4.2: a reply over %s verifies, nonce and certificate included", async (hash) => {
    const { query, reply, text } = await stamped(hash, "-cert");
    expect(verify(query, reply).status).toBe(0);
    expect(text).toMatch(/Policy OID: 1\.3\.6\.1\.4\.1\.32473\.1\.1/);
    expect(text).toMatch(/Accuracy: 0x01 seconds/);
    expect(text).toMatch(/Nonce: 0x[0-9A-F]{8,}/);
  });

  test("§2.4.1 certReq: the certificate is not sent unless it was asked for", async () => {
    const { query, reply } = await stamped("-sha256");
    expect(verify(query, reply).status).not.toBe(0);
    expect(verify(query, reply, "-untrusted", file("timestamp.crt")).status).toBe(0);
  });

  test("§2.4.2: no two tokens have the same serial number, also over a restart", async () => {
    const serials: unknown[] = [];
    for (const restart of [false, false, true]) {
      if (restart) {
        await authorities.stop();
        authorities = await startedAuthorities(data);
      }
      serials.push(/Serial number: (0x[0-9A-F]+)/.exec((await stamped("-sha256")).text)?.[1]);
    }
    expect(serials).not.toContain(undefined);
    expect(new Set(serials).size).toBe(3);
  });

  test.each([
    { options: ["-sha1"], reason: /unrecognized or unsupported algorithm/ },
    { options: ["-sha256", "-tspolicy", "1.2.3.4"], reason: /requested TSA policy is not supported/ },
  ])("§2.4.2: $options is rejected with its reason and without a token", async ({ options, reason }) => {
    const { text } = await stamped(...options);
    expect(text).toMatch(/Status: Rejected/);
    expect(text).toMatch(reason);
    expect(text).not.toMatch(/Serial number/);
  });

  test("§2.4.2: bytes that are no request are rejected as badDataFormat", async () => {
    const response = await post(authorities.timestampUrl, "application/timestamp-query", new TextEncoder().encode("?"));
    writeFileSync(join(data, "bad.tsr"), new Uint8Array(await response.arrayBuffer()));
    expect(run("openssl", ["ts", "-reply", "-in", join(data, "bad.tsr"), "-text"]).output).toMatch(
      /Failure info: .*format/,
    );
  });
});
