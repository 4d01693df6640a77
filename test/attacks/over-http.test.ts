import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { fail, ok } from "../../src/core/kernel.ts";
import { uploadRoom } from "../../src/web/verification/upload-room.ts";
import { keepBlob, unlessStorageFull } from "../../src/wiring/house.ts";
import { aPaper, secretsOf, smallScan } from "../support/officials.ts";
import { startTwoAgencies, type TwoAgencies } from "./two-agencies.ts";

let world: TwoAgencies;
let link: string;
let secretLink: string;

beforeAll(async () => {
  world = await startTwoAgencies();
  const { dossierId, citizenLink } = await world.officials.attested(await smallScan(7), aPaper.title);
  await world.officials.sign(dossierId);
  await world.officials.seal(dossierId);
  link = new URL((await world.officials.waitFor(dossierId, "released")).verificationLink ?? "").pathname;
  secretLink = new URL(citizenLink).pathname;
});
afterAll(() => world?.stop());

/** One request as typed, byte for byte: fetch would mend what is wrong with it. */
function typed(head: string): Promise<string> {
  const { hostname, port } = new URL(world.url);
  return new Promise((resolve, reject) => {
    let got = "";
    const socket = connect(Number(port), hostname, () => socket.write(head.replaceAll("\n", "\r\n")));
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on("data", (chunk) => (got += chunk));
    socket.on("error", reject);
    socket.on("close", () => resolve(got));
  });
}

const get = (path: string, more = "") => typed(`GET ${path} HTTP/1.1\nHost: a.example\nConnection: close\n${more}\n`);
const statusIn = (answer: string): number => Number(answer.slice(9, 12));

describe("hostile requests", () => {
  test.each([
    "/log/tile/../../../keys/master.key",
    "/log/tile/..%2f..%2f..%2fkeys%2fmaster.key",
    "/record/..%2f..%2fkeys%2froot.pem",
    "/record/%2e%2e/keys/root.pem",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/keys/master.key",
  ])("no path leads out of the public files: %s", async (path) => {
    expect(statusIn(await get(path))).toBe(404);
  });

  test.each([
    "/v/%00",
    "/v/%E0%A4%A",
    `/v/${"9".repeat(99)}`,
    "/c/%00",
    "/c/%FF",
  ])("%s is told, not a fault of ours", async (path) => {
    expect(statusIn(await get(path))).toBeOneOf([400, 404]);
  });

  test.each([
    "Accept: text/html\n",
    "Accept: application/json\n",
  ])("every answer carries the wall, also one that fails (%s)", async (accept) => {
    for (const path of ["/nothing-here", "/v/%00", "/api/dossiers", "/verify", link]) {
      const answer = (await get(path, accept)).toLowerCase();
      expect(answer).toContain("content-security-policy: default-src 'none'");
      expect(answer).toContain("x-content-type-options: nosniff");
      expect(answer).toContain("referrer-policy: no-referrer");
      expect(answer).not.toContain("unsafe-inline");
    }
  });

  test("a strange Host changes no link, and `//host/` in the path makes none to that host", async () => {
    expect(await get(link, "Accept: text/html\n")).not.toContain("a.example");
    const lost = await get("//evil.example/x", "Accept: text/html\n");
    expect(lost).not.toMatch(/(href|action|src)="\/\//);
  });

  test.each([
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/json",
    "text/plain",
  ])("a check of what is no form (%s) is the visitor's mistake", async (type) => {
    const answer = await fetch(`${world.url}/verify`, {
      method: "POST",
      headers: { "content-type": type },
      body: "no form",
    });
    expect(answer.status).toBe(400);
  });

  test.each(["cross-site", "same-site"])("a page elsewhere (%s) signs nobody in and fetches no copy", async (site) => {
    for (const path of ["/api/session", "/sign-in", secretLink]) {
      const headers = { "sec-fetch-site": site, "content-type": "application/x-www-form-urlencoded" };
      const answer = await fetch(`${world.url}${path}`, { method: "POST", headers, body: "digits=4321" });
      expect(answer.status).toBe(403);
    }
  });

  test("no other site may read an answer, by CORS, but the published files", async () => {
    const origin = { origin: "https://evil.example" };
    for (const path of ["/api/session", "/verify", link, secretLink]) {
      const answer = await fetch(`${world.url}${path}`, { headers: origin });
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
    expect((await fetch(`${world.url}/keys`, { headers: origin })).headers.get("access-control-allow-origin")).toBe(
      "*",
    );
  });

  test("a session token that the browser brings along is not taken over", async () => {
    const planted = `__Host-session=${"A".repeat(43)}`;
    const { password } = secretsOf(world.dataFolder)["tiepnhan"] ?? { password: "" };
    const answer = await fetch(`${world.url}/api/session`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: planted },
      body: JSON.stringify({ userName: "tiepnhan", password }),
    });
    const given = answer.headers.get("set-cookie") ?? "";
    expect(given).toMatch(/^__Host-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(given).not.toContain(planted);
    expect((await fetch(`${world.url}/api/session`, { headers: { cookie: planted } })).status).toBe(401);
  });
});

describe("guesses", () => {
  test("decision 14: five wrong digits block a link, for the right ones too", async () => {
    const ask = async (digits: string) => {
      const body = new URLSearchParams({ digits });
      return (await fetch(`${world.url}${secretLink}`, { method: "POST", body })).status;
    };
    const guesses = [];
    for (const digits of ["0000", "0001", "0002", "0003", "0004", "0005"]) guesses.push(await ask(digits));
    expect(guesses).toEqual([403, 403, 403, 403, 403, 429]);
    expect(await ask(aPaper.identityDigits)).toBe(429);
  });

  test("decision 9: five wrong PINs block a key, for the right one too; nobody else's session reaches it", async () => {
    const { dossierId } = await world.officials.attested(await smallScan(8));
    const path = `/api/dossiers/${dossierId}/signature`;
    const { pin } = secretsOf(world.dataFolder)["lanhdao"] ?? {};
    for (const name of ["tiepnhan", "doichieu", "vanthu", "quantri"])
      expect((await world.officials.ask(name, "POST", path, { pin })).code).toBe("not_allowed");
    const guesses = await Promise.all(
      Array.from({ length: 20 }, (_, i) => world.officials.ask("lanhdao", "POST", path, { pin: `guess-${i}` })),
    );
    expect(guesses.filter(({ code }) => code === "wrong_pin")).toHaveLength(5);
    expect((await world.officials.ask("lanhdao", "POST", path, { pin })).code).toBe("throttled");
    expect((await world.officials.view(dossierId)).status).toBe("attested");
  });
});

describe("what is left lying about", () => {
  test("no line of the log holds a name, a title, a code, a link, a password or a PIN", async () => {
    await get(link);
    await get(secretLink);
    await get(`${link}%00`);
    const secrets = Object.values(secretsOf(world.dataFolder)).flatMap(({ password, pin }) => [
      password,
      pin ?? password,
    ]);
    const personal = [aPaper.applicantName, aPaper.holderName, aPaper.title, aPaper.documentNumber, "hư cấu"];
    const log = world.logged();
    expect(log.length).toBeGreaterThan(1000);
    for (const secret of [link.slice(3), secretLink.slice(3), ...secrets, ...personal])
      expect(log).not.toContain(secret);
  });

  test.skipIf(process.platform === "win32")("what is not public is for the service's account alone", () => {
    const open: string[] = [];
    for (const entry of readdirSync(world.dataFolder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (path.startsWith(join(world.dataFolder, "public"))) continue;
      if ((statSync(path).mode & 0o066) !== 0) open.push(path);
    }
    expect(open).toEqual([]);
  });
});

describe("a bound for strangers' files", () => {
  test("room is for so many bytes at once, and comes back", () => {
    const room = uploadRoom(100);
    const leave = room.enter(50, "a");
    expect(room.enter(50, "b")).not.toBeNull();
    expect(room.enter(1, "c")).toBeNull();
    leave?.();
    expect(room.enter(50, "c")).not.toBeNull();
  });

  test("whoever sends from one address keeps nobody else out: one has half of it at most, and gets it back", () => {
    const room = uploadRoom(100);
    const leave = room.enter(30, "a");
    expect(room.enter(30, "a")).toBeNull();
    expect(room.enter(20, "a")).not.toBeNull();
    expect(room.enter(50, "b")).not.toBeNull();
    leave?.();
    expect(room.enter(30, "a")).not.toBeNull();
  });

  test("a full store is told as such by an act that has to keep bytes, and anything else stays an exception", async () => {
    const blobs = { put: async () => fail({ code: "storage_full" }) } as never;
    const act = async () => ok(await keepBlob({ blobs }, "a" as never, "page", new Uint8Array()));
    expect(await unlessStorageFull(act)).toEqual(fail({ code: "storage_full" }));
    await expect(unlessStorageFull(async () => Promise.reject(new Error("other")))).rejects.toThrow("other");
  });
});

describe("decision 10: a service that would serve others starts only with everything named, and soundly", () => {
  const whole = {
    DATABASE_URL: "postgres://x",
    KEY_FILE: "/etc/key",
    SERVICE_KEYS: "/etc/keys",
    TIMESTAMP_URLS: "http://tsa.example/, https://tsb.example/",
    KEY_LIST: "/etc/list",
    ROOT_KEY: "AA",
    PUBLIC_URL: "https://chungthuc.example/",
  };
  test.each([
    ["PUBLIC_URL", "chungthuc.example"],
    ["PUBLIC_URL", "http://chungthuc.example"],
    ["PUBLIC_URL", "https://chungthuc.example/?x=1"],
    ["TIMESTAMP_URLS", ","],
    ["TIMESTAMP_URLS", "http://tsa.example/,file:///etc/passwd"],
  ])("%s=%s is refused", (variable, value) => {
    expect(readConfig(whole).ok).toBe(true);
    expect(readConfig({ ...whole, [variable]: value })).toEqual(fail({ code: "malformed_environment", variable }));
  });

  test("DESIGN decision 15: a key file that a link leads into the data folder is refused, whichever part is the link", () => {
    const folder = mkdtempSync(join(tmpdir(), "chungthuc-links-"));
    try {
      const data = join(folder, "data");
      mkdirSync(join(data, "keys"), { recursive: true });
      mkdirSync(join(folder, "outside"));
      writeFileSync(join(data, "keys", "master.key"), "");
      symlinkSync(join(data, "keys", "master.key"), join(folder, "outside", "file-link"));
      symlinkSync(join(data, "keys"), join(folder, "outside", "folder-link"));
      symlinkSync(data, join(folder, "data-link"));
      const read = (KEY_FILE: string, DATA_FOLDER = data) => readConfig({ ...whole, KEY_FILE, DATA_FOLDER });
      const inside = fail({ code: "key_file_inside_data_folder" });
      expect(read(join(folder, "outside", "file-link"))).toEqual(inside);
      expect(read(join(folder, "outside", "folder-link", "master.key"))).toEqual(inside);
      expect(read(join(folder, "outside", "folder-link", "not-there-yet"))).toEqual(inside);
      expect(read(join(data, "keys", "master.key"), join(folder, "data-link"))).toEqual(inside);
      expect(read(join(folder, "outside", "master.key"))).toMatchObject({ ok: true });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test.each(["0.0.0.0", "::", "localhost", "192.168.1.4", "127.evil.example"])("HOST=%s is not development", (HOST) => {
    expect(readConfig({ HOST })).toMatchObject({ ok: false, failure: { code: "variables_missing" } });
  });
});
