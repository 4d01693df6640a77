import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Authorities, startAuthorities } from "../../src/development/authorities.ts";
import { inBuild } from "../support/in-build.ts";
import { contentsOf, newFolder, openedPki, post, removeFolder, startedAuthorities } from "./development-world.ts";

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

describe("an authority answers known requests only", () => {
  const question = "application/ocsp-request";
  test.each([
    { about: "another path", status: 404, ask: () => post(`${authorities.ocspUrl}x`, question, bytes(10)) },
    { about: "another method", status: 405, ask: () => fetch(authorities.timestampUrl) },
    { about: "another type", status: 415, ask: () => post(authorities.ocspUrl, "text/plain", bytes(10)) },
    { about: "more than 16 KiB", status: 413, ask: () => post(authorities.ocspUrl, question, bytes(16 * 1024 + 1)) },
    { about: "a GET that is not base64", status: 400, ask: () => fetch(`${authorities.ocspUrl}/%ff`) },
  ])("$about is refused with $status", async ({ ask, status }) => {
    expect((await ask()).status).toBe(status);
  });

  test("RFC 6960 §4.2.1: bytes that are no request are answered malformedRequest", async () => {
    const response = await post(authorities.ocspUrl, question, bytes(10));
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0x30, 3, 0x0a, 1, 1]);
  });
});

describe("DESIGN decision 10: life and death of the authorities", () => {
  async function isListening(url: string): Promise<boolean> {
    return fetch(url).then(
      () => true,
      () => false,
    );
  }

  async function gone(url: string): Promise<boolean> {
    const deadline = Date.now() + 10_000;
    while (Date.now() < deadline) {
      if (!(await isListening(url))) return true;
    }
    return false;
  }

  /** Runs a service-like parent in its own terminal group, so that a signal can reach the whole group as Ctrl-C does. */
  async function startParent(folder: string): Promise<{ parent: ChildProcess; urls: [string, string] }> {
    const parent = spawn(process.execPath, [inBuild("test/development/authorities-parent.ts"), folder], {
      detached: true,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [said] = await once(parent.stdout, "data");
    return { parent, urls: JSON.parse(String(said)) };
  }

  async function withParent(
    use: (running: { parent: ChildProcess; urls: [string, string] }) => Promise<void>,
  ): Promise<void> {
    const folder = newFolder();
    await openedPki(folder);
    const running = await startParent(folder);
    try {
      await use(running);
    } finally {
      if (running.parent.exitCode === null) running.parent.kill("SIGKILL");
      removeFolder(folder);
    }
  }

  test("both die when their parent is killed without warning", async () => {
    await withParent(async ({ parent, urls }) => {
      expect(await Promise.all(urls.map(isListening))).toEqual([true, true]);
      parent.kill("SIGKILL");
      expect(await Promise.all(urls.map(gone))).toEqual([true, true]);
    });
  });

  test("Ctrl-C ends neither before the parent has finished its work", async () => {
    await withParent(async ({ parent, urls }) => {
      process.kill(-(parent.pid ?? 0), "SIGINT"); // the whole group; the parent goes on for a second
      await once(parent.stdout ?? parent, "data");
      expect(await Promise.all(urls.map(isListening))).toEqual([true, true]);
      await once(parent, "exit");
      expect(await Promise.all(urls.map(gone))).toEqual([true, true]);
    });
  });

  test("a restart has the same addresses and leaves the PKI byte for byte as it was", async () => {
    const before = contentsOf(pki.folder);
    const addresses = [authorities.timestampUrl, authorities.ocspUrl];
    await authorities.stop();
    expect(await Promise.all(addresses.map(isListening))).toEqual([false, false]);
    authorities = await startedAuthorities(data);
    expect([authorities.timestampUrl, authorities.ocspUrl]).toEqual(addresses);
    expect(contentsOf(pki.folder)).toEqual(before);
  });

  test("a port that someone else has taken is a failure that names it: nothing moves, nothing is left running", async () => {
    const folder = newFolder();
    const other = await openedPki(folder);
    const squatter = createServer().listen(other.ports.ocsp, "127.0.0.1");
    await once(squatter, "listening");
    const outcome = await startAuthorities(folder);
    squatter.close();
    expect(outcome).toEqual({
      ok: false,
      failure: {
        code: "authority_port_taken",
        authority: "ocsp",
        port: other.ports.ocsp,
        file: join(other.folder, "ports.json"),
      },
    });
    expect(await isListening(`http://127.0.0.1:${other.ports.timestamp}/timestamp`)).toBe(false);
    removeFolder(folder);
  });

  test("without a PKI nothing starts", async () => {
    const folder = newFolder();
    const file = join(folder, "pki", "ports.json");
    expect(await startAuthorities(folder)).toEqual({ ok: false, failure: { code: "pki_unreadable", file } });
    removeFolder(folder);
  });
});

const bytes = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length).fill(0x30);
