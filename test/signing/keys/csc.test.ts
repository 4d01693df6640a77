import { createHash, verify, X509Certificate } from "node:crypto";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SignatureAlgorithm } from "../../../signing/format/primitives.ts";
import { openCsc } from "../../../signing/keys/csc.ts";
import { askCsc } from "../../../signing/keys/csc-ask.ts";
import { pageFor, signByCode } from "../../../signing/keys/csc-by-code.ts";
import { activationByCode, authorizationUrl, systemToken } from "../../../signing/keys/csc-token.ts";
import { sealSignature } from "../../../signing/seal/seal.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { httpClient } from "../../../src/http.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { type CscServer, cscServer } from "../../support/csc-server.ts";
import { has } from "../../support/tools.ts";
import { sealingBy, value } from "../seal/sealing.ts";
import { smallPdf } from "../seal/small-pdf.ts";
import { type ThrowawayPki, throwawayPki } from "../seal/throwaway-pki.ts";
import { judgedBy } from "./judged.ts";

const pin = "604815";
const messages = ["first", "second", "third"].map((text) => new TextEncoder().encode(text) as Bytes);
const sha256Oid = "2.16.840.1.101.3.4.2.1";
const digestOf = (message: Bytes) => createHash("sha256").update(message).digest("base64");

describe.skipIf(!has("openssl"))("keys with a remote signing service, CSC API v2", () => {
  let pki: ThrowawayPki;
  let server: CscServer;
  const http = httpClient({ timeoutSeconds: 2, answerBytes: 64 * 1024, reach: "anywhere" });
  beforeAll(async () => {
    pki = await throwawayPki();
  }, 60_000);
  afterAll(async () => {
    http.close();
    await pki.end();
  });
  beforeEach(async () => {
    const held = (name: string) => ({
      id: `credential-${name}`,
      keyFile: join(pki.folder, `${name}.key`),
      certificate: pki.der(name),
      pin,
    });
    server = await cscServer([held("officer"), held("agency")]);
  });
  afterEach(() => server.end());

  const opening = (name: string, changes: { pin?: string; as?: string } = {}) => ({
    service: server.service,
    credentialId: `credential-${changes.as ?? name}`,
    certificate: pki.der(name),
    chain: [],
    pin: changes.pin ?? pin,
    post: http.post,
  });
  const open = async (name: string, changes = {}) => value(await openCsc(opening(name, changes)));
  const verifies = (name: string, algorithm: SignatureAlgorithm, message: Bytes, signature: Bytes) =>
    nodePrimitives.verify(judgedBy(pki.der(name)).publicKey, algorithm, message, signature);
  const token = async () => value(await systemToken(server.service, http.post));
  const ask = async (path: string, body: object) =>
    askCsc(http.post, `${server.service.url}/${path}`, `Bearer ${await token()}`, { ...body });

  test.each([
    { name: "officer", algorithm: { scheme: "rsa-pkcs1", hash: "sha256" } },
    { name: "officer", algorithm: { scheme: "rsa-pss", hash: "sha256", saltBytes: 32 } },
    { name: "agency", algorithm: { scheme: "ecdsa", hash: "sha256" } },
  ] as const)("§11.10: $name signs by $algorithm.scheme, and only digests have left", async ({ name, algorithm }) => {
    const key = await open(name);
    const [message = new Uint8Array()] = messages;
    expect(await verifies(name, algorithm, message, value(await key.sign(message, algorithm)))).toBe(true);
    const said = JSON.stringify(server.asked);
    expect(said).toContain(digestOf(message));
    expect(said).not.toContain(Buffer.from(message).toString("base64"));
  });

  test("ECDSA comes as DER or as r and s side by side, as services differ: CMS gets DER", async () => {
    server.behave({ ecdsa: "raw" });
    const key = await open("agency");
    for (const message of messages) {
      expect(await verifies("agency", key.algorithm, message, value(await key.sign(message, key.algorithm)))).toBe(
        true,
      );
    }
  });

  test("a list is signed under one authorisation over exactly its digests, in order", async () => {
    const key = await open("officer");
    const signed = value((await key.signAll?.(messages, key.algorithm)) ?? { ok: false, failure: null });
    for (const [i, message] of messages.entries()) {
      const one = signed[i];
      expect(one?.ok && (await verifies("officer", key.algorithm, message, one.value))).toBe(true);
    }
    const authorised = server.asked.filter(({ path }) => path === "/credentials/authorize");
    expect(authorised.map(({ body }) => [body["numSignatures"], body["hashes"]])).toEqual([
      [3, messages.map(digestOf)],
    ]);
  });

  test("a longer list than the service allows is authorised piece by piece", async () => {
    server.behave({ multisign: 2 });
    const key = await open("officer");
    const signed = value((await key.signAll?.(messages, key.algorithm)) ?? { ok: false, failure: null });
    expect(signed.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(server.asked.filter(({ path }) => path === "/credentials/authorize")).toHaveLength(2);
  });

  test("one spoilt signature of a list fails alone; the others stand", async () => {
    server.behave({ spoil: (index) => index === 1 });
    const key = await open("officer");
    const signed = value((await key.signAll?.(messages, key.algorithm)) ?? { ok: false, failure: null });
    expect(signed.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(signed[1]).toEqual({ ok: false, failure: { code: "key_refused", reason: "signature_wrong" } });
  });

  test("SAD: other digests, another count, a second use and a late one are refused by the service", async () => {
    const [first = "", second = ""] = messages.map(digestOf);
    const authorise = async (hashes: string[], numSignatures = hashes.length) =>
      ask("credentials/authorize", {
        credentialID: "credential-officer",
        numSignatures,
        hashes,
        hashAlgorithmOID: sha256Oid,
        authData: [{ id: "PIN", value: pin }],
      });
    const use = (sad: unknown, hashes: string[]) =>
      ask("signatures/signHash", {
        credentialID: "credential-officer",
        SAD: sad,
        hashes,
        hashAlgorithmOID: sha256Oid,
        signAlgo: "1.2.840.113549.1.1.11",
      });
    const refused = (error: string) => ({ ok: false, failure: { code: "service_refused", status: 400, error } });
    expect(await authorise([first], 2)).toEqual(refused("invalid_request"));
    const one = value(await authorise([first]))["SAD"];
    expect(await use(one, [second])).toEqual(refused("hash_not_authorized"));
    expect(await use(one, [first, second])).toEqual(refused("hash_not_authorized"));
    expect((await use(one, [first])).ok).toBe(true);
    expect(await use(one, [first])).toEqual(refused("expired_sad"));
    server.behave({ activationSeconds: -1 });
    expect(await use(value(await authorise([first]))["SAD"], [first])).toEqual(refused("expired_sad"));
  });

  test("an activation that ran out is a typed refusal, and nothing is signed", async () => {
    server.behave({ activationSeconds: -1 });
    const key = await open("officer");
    const [message = new Uint8Array()] = messages;
    const late = { ok: false, failure: { code: "key_refused", reason: "expired_sad" } };
    expect(await key.sign(message, key.algorithm)).toEqual(late);
  });

  test("a wrong PIN is told as such; neither it nor the right one is in any failure", async () => {
    const key = await open("officer", { pin: "111111" });
    const [message = new Uint8Array()] = messages;
    const wrong = await key.sign(message, key.algorithm);
    expect(wrong).toEqual({ ok: false, failure: { code: "key_refused", reason: "wrong_pin" } });
    expect(JSON.stringify(wrong)).not.toContain("111111");
  });

  test("DESIGN decision 9: a credential that is unknown, disabled or of another certificate is never asked to sign", async () => {
    const code = async (name: string, as: string) => openCsc(opening(name, { as }));
    expect(await code("officer", "nobody")).toEqual({ ok: false, failure: { code: "credential_unknown" } });
    expect(await code("officer", "agency")).toEqual({ ok: false, failure: { code: "credential_differs" } });
    server.behave({ disabled: true });
    expect(await code("officer", "officer")).toEqual({ ok: false, failure: { code: "credential_disabled" } });
    expect(server.asked.some(({ path }) => path !== "/credentials/list" && path !== "/credentials/info")).toBe(false);
  });

  test("a wrong client secret, a service that does not answer, one that is away: typed, in bounded time", async () => {
    const wrong = { ...opening("officer"), service: { ...server.service, clientSecret: "khác" } };
    expect(await openCsc(wrong)).toEqual({
      ok: false,
      failure: { code: "service_refused", status: 401, error: "invalid_client" },
    });
    server.behave({ silent: true });
    expect(await openCsc(opening("officer"))).toEqual({
      ok: false,
      failure: { code: "service_unreachable", reason: "http_timed_out" },
    });
    const away = { ...opening("officer"), service: { ...server.service, url: "http://127.0.0.1:1/csc/v2" } };
    expect(await openCsc(away)).toEqual({
      ok: false,
      failure: { code: "service_unreachable", reason: "http_unreachable" },
    });
  });

  test("RFC 7636: where the service wants the person on its own page, the code is bound to digests, verifier and address", async () => {
    server.behave({ mode: "oauth2code" });
    expect(await openCsc(opening("officer"))).toEqual({ ok: false, failure: { code: "authorisation_elsewhere" } });
    const hashes = messages.map(digestOf);
    const asked = {
      redirectUri: "http://127.0.0.1/back",
      credentialId: "credential-officer",
      hashes,
      hashAlgorithmOid: sha256Oid,
      state: "state-of-this-browser",
      verifier: "v".repeat(43),
    };
    const visit = async () => {
      const page = await fetch(authorizationUrl(server.service, asked), { redirect: "manual" });
      return new URL(page.headers.get("location") ?? "").searchParams;
    };
    const back = await visit();
    expect(back.get("state")).toBe(asked.state);
    const exchange = (code: string, verifier: string) =>
      activationByCode(server.service, http.post, { code, redirectUri: asked.redirectUri, verifier });
    expect((await exchange(back.get("code") ?? "", "w".repeat(43))).ok).toBe(false);
    const activation = value(await exchange((await visit()).get("code") ?? "", asked.verifier));
    const body = { credentialID: asked.credentialId, SAD: activation, hashAlgorithmOID: sha256Oid };
    const rest = { ...body, signAlgo: "1.2.840.113549.1.1.11" };
    expect((await ask("signatures/signHash", { ...rest, hashes: hashes.slice(1) })).ok).toBe(false);
    expect((await ask("signatures/signHash", { ...rest, hashes })).ok).toBe(true);
  });

  test("CSC API v2 §8.3.3: signed by a code, over the value that was agreed to and no other; not where the service takes a PIN", async () => {
    const [value1, value2] = messages as [Bytes, Bytes];
    const credential = {
      ...{ service: server.service, credentialId: "credential-officer", certificate: pki.der("officer") },
    };
    const trip = { redirectUri: "http://127.0.0.1/back", state: "s".repeat(43), verifier: "v".repeat(43) };
    const codeFor = async (value: Bytes) => {
      const there = await fetch(pageFor(credential, value, trip) ?? "", { redirect: "manual" });
      return new URL(there.headers.get("location") ?? "").searchParams.get("code") ?? "";
    };
    const signed = async (of: Bytes, code: string) => signByCode(credential, of, { ...trip, code }, http.post);
    server.behave({ mode: "oauth2code" });
    const made = value(await signed(value1, await codeFor(value1)));
    expect(verify("sha256", value1, new X509Certificate(pki.der("officer")).publicKey, made)).toBe(true);
    expect(await signed(value2, await codeFor(value1))).toMatchObject({ failure: { reason: "hash_not_authorized" } });
    expect(await signed(value1, "nobodys-code")).toMatchObject({ failure: { reason: "invalid_grant" } });
    server.behave({ mode: "explicit" });
    expect(await signed(value1, await codeFor(value1))).toMatchObject({ failure: { code: "authorisation_by_pin" } });
  });

  test("whole seal by two remote keys, as our examiner and pdfsig see it", async () => {
    const { world, request } = sealingBy(pki, http);
    let pdf = await smallPdf({ useObjectStreams: false });
    for (const name of ["officer", "agency"] as const) {
      pdf = value(await sealSignature(request(pdf, name), world(await open(name)))).pdf;
    }
    const { statuses, pdfsig } = await judgedBy(pki.der("root")).pdf(pdf, pki.folder);
    expect(statuses).toEqual(["intact", "intact"]);
    if (pdfsig !== null) expect(pdfsig.match(/Signature is Valid/g)).toHaveLength(2);
  });
});
