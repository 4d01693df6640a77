import { generateKeyPairSync, sign } from "node:crypto";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { deflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bytes, hexOf, utf8 } from "../../../src/core/kernel.ts";
import { httpClient } from "../../../src/http.ts";
import { nodeDeflate, nodePrimitives } from "../../../src/primitives-node.ts";
import { isPublic } from "../../../src/roof/reach.ts";

const { digest, inflate, verify } = nodePrimitives;

describe("primitives of Node", () => {
  test("FIPS 180-4: the digest of abc is the published one, as plain bytes", () => {
    const found = digest("sha256", utf8("abc"));
    expect(hexOf(found)).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(Object.getPrototypeOf(found)).toBe(Uint8Array.prototype);
  });

  test("RFC 1950: a missing or wrong checksum is tolerated, broken data and too much output are not", () => {
    const data = utf8("a page stream ".repeat(100));
    const stream = new Uint8Array(deflateSync(data));
    const wrong = stream.slice();
    wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
    for (const form of [stream, stream.slice(0, -4), wrong, nodeDeflate(data)]) {
      expect(inflate(form, data.length)).toEqual({ ok: true, value: data });
    }
    expect(inflate(stream, data.length - 1)).toEqual({ ok: false, failure: { code: "inflate_too_large" } });
    for (const broken of [stream.slice(0, -8), stream.slice(2), new Uint8Array(0), utf8("nonsense")]) {
      expect(inflate(broken, 10_000)).toEqual({ ok: false, failure: { code: "inflate_broken" } });
    }
  });

  test("a signature holds for its message, key and scheme alone; a broken key is false, not an exception", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const key = new Uint8Array(publicKey.export({ type: "spki", format: "der" }));
    const message = utf8("message");
    const signature = new Uint8Array(sign("sha256", message, privateKey));
    const ecdsa = { scheme: "ecdsa", hash: "sha256" } as const;
    expect(await verify(key, ecdsa, message, signature)).toBe(true);
    expect(await verify(key, ecdsa, utf8("massage"), signature)).toBe(false);
    expect(await verify(key, { scheme: "rsa-pkcs1", hash: "sha256" }, message, signature)).toBe(false);
    expect(await verify(key.slice(1), ecdsa, message, signature)).toBe(false);
    expect(await verify(key, ecdsa, message, new Uint8Array(3))).toBe(false);
  });
});

describe("HTTP client", () => {
  let server: Server;
  let url = "";
  const http = httpClient({ timeoutSeconds: 1, answerBytes: 1000, reach: "anywhere" });

  beforeAll(async () => {
    const answers: Record<string, (response: ServerResponse, body: Buffer) => unknown> = {
      "/echo": (response, body) => response.setHeader("content-type", "x/y").end(body),
      "/large": (response) => response.end(new Uint8Array(5000)),
      "/elsewhere": (response) => response.writeHead(302, { location: "/echo" }).end(),
      "/round": (response) => response.writeHead(302, { location: "/round" }).end(),
      "/inside": (response) => response.writeHead(302, { location: "http://169.254.169.254/" }).end(),
      "/file": (response) => response.writeHead(302, { location: "file:///etc/passwd" }).end(),
      "/cut": (response) => response.write("half", () => response.destroy()),
    };
    server = createServer(async (request, response) => {
      const chunks: Bytes[] = [];
      for await (const chunk of request) chunks.push(chunk);
      answers[request.url ?? ""]?.(response, Buffer.concat(chunks));
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    http.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  const post = (path: string) =>
    http.post({ url: `${url}${path}`, contentType: "a/b", accept: "x/y", body: utf8("hello") });

  test("an answer comes back whole, with status and type; a redirect is not followed", async () => {
    const body = utf8("hello");
    expect(await post("/echo")).toEqual({ ok: true, value: { status: 200, contentType: "x/y", body } });
    expect(await http.get({ url: `${url}/elsewhere`, accept: "x/y" })).toMatchObject({
      ok: true,
      value: { status: 302 },
    });
  });

  test.each([
    { path: "/large", code: "http_answer_too_large" },
    { path: "/silent", code: "http_timed_out" },
    { path: "/cut", code: "http_unreachable" },
  ])("$path is the value $code, never an exception", async ({ path, code }) => {
    expect(await post(path)).toMatchObject({ ok: false, failure: { code } });
  });

  test("a GET follows as many redirects as allowed and no more, and none into where it may not reach", async () => {
    const limits = { timeoutSeconds: 1, answerBytes: 1000 };
    const host = new URL(url).host;
    const following = httpClient({ ...limits, reach: { privateHosts: [host] }, redirects: 3 });
    const got = (path: string) => following.get({ url: `${url}${path}`, accept: "x/y" });
    expect(await got("/elsewhere")).toMatchObject({ value: { status: 200 } });
    expect(await got("/round")).toMatchObject({ value: { status: 302 } });
    expect(await got("/inside")).toMatchObject({ failure: { code: "http_url_refused" } });
    expect(await got("/file")).toMatchObject({ failure: { code: "http_url_refused" } });
    following.close();
  });

  test("an address inside a certificate reaches no private host, by number or by name, unless it is configured", async () => {
    const limits = { timeoutSeconds: 1, answerBytes: 1000 };
    const { port } = new URL(url);
    const closed = httpClient({ ...limits, reach: { privateHosts: [] } });
    const hosts = [
      `127.0.0.1:${port}`,
      `localhost:${port}`,
      `[::1]:${port}`,
      `[::ffff:127.0.0.1]:${port}`,
      `2130706433:${port}`,
    ];
    for (const host of hosts)
      expect(await closed.get({ url: `http://${host}/echo`, accept: "x/y" }), host).toMatchObject({
        failure: { code: "http_url_refused" },
      });
    closed.close();
    const open = httpClient({ ...limits, reach: { privateHosts: [`localhost:${port}`] } });
    expect(await open.get({ url: `http://localhost:${port}/echo`, accept: "x/y" })).toMatchObject({ ok: true });
    expect(await open.get({ url: `${url}/echo`, accept: "x/y" })).toMatchObject({ ok: false });
    open.close();
  });

  test.each([
    ["8.8.8.8", true],
    ["172.15.0.1", true],
    ["172.16.0.1", false],
    ["10.1.2.3", false],
    ["100.64.0.1", false],
    ["169.254.169.254", false],
    ["192.168.1.1", false],
    ["0.0.0.0", false],
    ["224.0.0.1", false],
    ["255.255.255.255", false],
    ["2001:4860:4860::8888", true],
    ["::1", false],
    ["::", false],
    ["fe80::1%eth0", false],
    ["fc00::1", false],
    ["::ffff:10.0.0.1", false],
    ["64:ff9b::a00:1", false],
    ["2002:a00:1::", false],
    ["2001::1", false],
    ["nonsense", false],
  ])("RFC 6890: %s is public: %s", (address, expected) => {
    expect(isPublic(address)).toBe(expected);
  });

  test("addresses that are not of the web are refused", async () => {
    for (const wrong of ["file:///etc/passwd", "nonsense", ""]) {
      expect(await http.get({ url: wrong, accept: "x/y" })).toMatchObject({
        ok: false,
        failure: { code: "http_url_refused" },
      });
    }
  });
});
