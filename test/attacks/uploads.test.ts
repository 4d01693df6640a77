import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sessionIdHash } from "../../src/web/session.ts";
import { failuresEn } from "../../src/web/words/failures.en.ts";
import { failuresVi } from "../../src/web/words/failures.vi.ts";
import { type Counter, openAtCounter, openCounter, type UserName } from "../pages/counter.ts";
import { openBrowser, withPage } from "../support/browser.ts";
import { secretsOf, smallScan } from "../support/officials.ts";
import { cookieOf } from "../support/sights.ts";

const idOf = (path: string): string => path.split("/")[2] ?? "";
const first = (words: string): string => `${words.split(". ")[0]}.`;
const scanFile = async (mark: number) => new File([await smallScan(mark)], `trang-${mark}.jpg`, { type: "image/jpeg" });

async function until(holds: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    if (await holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** Every file below the blobs, drafts too. */
const blobFiles = ({ dataFolder }: Counter): readonly string[] =>
  readdirSync(join(dataFolder, "blobs"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();

type UnderWay = { readonly socket: Socket; readonly answer: Promise<string> };

/** The scans' form of a dossier's page on its way, as a browser sends it: token first, then one file of `length` bytes. */
async function beginUpload(
  counter: Counter,
  path: string,
  length: number,
  user: UserName = "tiepnhan",
): Promise<UnderWay> {
  const page = await counter.get(user, path);
  const token = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? "";
  const part = (head: string, body: string) => `--cut\r\ncontent-disposition: form-data; ${head}\r\n\r\n${body}`;
  const before = `${part('name="csrf"', `${token}\r\n`)}${part('name="scans"; filename="to.jpg"', "")}`;
  const { hostname, port } = new URL(counter.url);
  const total = Buffer.byteLength(before) + length + Buffer.byteLength("\r\n--cut--\r\n");
  const head = [
    `POST ${path}/scans HTTP/1.1`,
    `host: ${hostname}:${port}`,
    `cookie: ${counter.cookie(user)}`,
    "accept: text/html",
    "connection: close",
    "content-type: multipart/form-data; boundary=cut",
    `content-length: ${total}`,
  ];
  const socket = connect(Number(port), hostname);
  const answer = new Promise<string>((resolve) => {
    let got = "";
    socket.on("data", (chunk) => (got += chunk));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(got));
  });
  socket.write(`${head.join("\r\n")}\r\n\r\n${before}`);
  return { socket, answer };
}

const sent = (socket: Socket, bytes: Uint8Array | string): Promise<void> =>
  new Promise((resolve) => socket.write(bytes, () => resolve()));

const memoryKiB = (pid: number, name: "VmHWM" | "VmRSS"): number =>
  Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1]);

const dataFolder = mkdtempSync(join(tmpdir(), "chungthuc-full-"));
mkdirSync(join(dataFolder, "blobs"));
const mounted =
  process.platform === "linux" &&
  spawnSync("mount", ["-t", "tmpfs", "-o", "size=160m", "tmpfs", join(dataFolder, "blobs")]).status === 0;
if (!mounted) console.warn("skipped: no small disk can be mounted here, so no test of a full one");

/** Between the service and its database, so that it can be cut. */
const sockets = new Set<Socket>();
let target = { hostname: "", port: 0 };
const line = createServer((near) => {
  const far = connect(target.port, target.hostname);
  for (const one of [near, far]) {
    sockets.add(one);
    one.on("error", () => undefined);
    one.on("close", () => sockets.delete(one));
  }
  near.pipe(far).pipe(near);
});
const listen = (port: number) => new Promise<void>((resolve) => line.listen(port, "127.0.0.1", resolve));

let counter: Counter;
let browser: Browser;

beforeAll(async () => {
  await listen(0);
  counter = await openCounter(dataFolder, async (databaseUrl) => {
    const url = new URL(databaseUrl);
    target = { hostname: url.hostname, port: Number(url.port) };
    url.host = `127.0.0.1:${(line.address() as { port: number }).port}`;
    return url.href;
  });
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  if (mounted) spawnSync("umount", ["-l", join(dataFolder, "blobs")]);
  await counter?.close();
  rmSync(dataFolder, { recursive: true, force: true });
  line.close();
  for (const one of sockets) one.destroy();
});

async function sendByProgram(path: string, file: File, language: string): Promise<unknown> {
  const page = await counter.get("tiepnhan", path);
  const token = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? "";
  const headers = { cookie: counter.cookie("tiepnhan"), "x-csrf-token": token, "accept-language": language };
  return (await fetch(`${counter.url}/api${path}/scans`, { method: "POST", headers, body: file })).json();
}

/** As a night does; other sessions of the same person go on. */
const endSession = (cookie: string) =>
  counter.sql`delete from session where id_hash = ${sessionIdHash(cookie.split("=")[1] ?? "")}`;

describe("an upload that goes wrong leaves the dossier as it was", () => {
  let lastPath = "";

  test("cut half-way: nothing is half stored, and the next upload is taken", async () => {
    const path = await openAtCounter(counter);
    const before = blobFiles(counter);
    const { socket } = await beginUpload(counter, path, 8_000_000);
    await sent(socket, new Uint8Array(3_000_000));
    expect(await until(() => blobFiles(counter).length > before.length)).toBe(true);
    socket.destroy();
    expect(await until(() => blobFiles(counter).length === before.length)).toBe(true);
    expect(blobFiles(counter)).toEqual(before);
    expect(await counter.officials.view(idOf(path))).toMatchObject({ status: "received", originals: [] });
    expect((await counter.send("tiepnhan", path, `${path}/scans`, { scans: [await scanFile(41)] })).status).toBe(303);
    await counter.officials.waitForWords(idOf(path)); // its pages are files too: what comes next counts files
  });

  test.skipIf(process.platform !== "linux")(
    "100 MB are streamed: the service takes at most 64 MiB while they arrive",
    async () => {
      const path = await openAtCounter(counter);
      await counter.send("tiepnhan", path, `${path}/scans`, { scans: [await scanFile(42)] });
      await counter.officials.waitForWords(idOf(path));
      const before = blobFiles(counter);
      const idleKiB = memoryKiB(counter.pid, "VmRSS");
      writeFileSync(`/proc/${counter.pid}/clear_refs`, "5"); // the highest memory begins anew
      const piece = new Uint8Array(1_000_000).fill(0x41);
      const { socket, answer } = await beginUpload(counter, path, 100 * piece.length);
      for (let i = 0; i < 100; i++) await sent(socket, piece);
      await sent(socket, "\r\n--cut--\r\n");
      const told = await answer;
      const growthMiB = (memoryKiB(counter.pid, "VmHWM") - idleKiB) / 1024;
      console.info(`100 MB arriving: the service's memory +${growthMiB.toFixed(0)} MiB`);
      expect([told.slice(9, 12), told.includes("TYPE_MISMATCH")]).toEqual(["422", true]);
      expect(growthMiB).toBeLessThanOrEqual(64);
      expect(blobFiles(counter)).toEqual(before);
    },
    120_000,
  );

  test("a large file that is refused at its beginning is read to its end, however slowly it comes, and then answered", async () => {
    const path = await openAtCounter(counter);
    const { socket, answer } = await beginUpload(counter, path, 4_000_000, "lanhdao");
    for (let i = 0; i < 4; i++) {
      await sent(socket, new Uint8Array(1_000_000));
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
    await sent(socket, "\r\n--cut--\r\n");
    expect((await answer).slice(9, 12)).toBe("403");
  });

  test.skipIf(!mounted)(
    "a full disk is told as 507 in both languages, nothing is half written, and with space again everything goes on",
    async () => {
      const path = await openAtCounter(counter);
      const filler = join(dataFolder, "blobs", "filler");
      const { bavail, bsize } = statfsSync(join(dataFolder, "blobs"));
      writeFileSync(filler, Buffer.alloc(bavail * bsize - 1_000_000));
      const before = blobFiles(counter);
      const large = new File([await smallScan(51), new Uint8Array(4_000_000)], "to.jpg", { type: "image/jpeg" });
      const answer = await counter.send("tiepnhan", path, `${path}/scans`, { scans: [large] });
      expect([answer.status, answer.text.includes(first(failuresVi.storage_full))]).toEqual([507, true]);
      for (const [language, words] of [["vi", failuresVi] as const, ["en", failuresEn] as const]) {
        const told = await sendByProgram(path, large, language);
        expect(told).toMatchObject({ status: 507, code: "storage_full", title: first(words.storage_full) });
      }
      expect((await counter.get("tiepnhan", path)).status).toBe(200);
      expect(blobFiles(counter)).toEqual(before);
      expect(await counter.officials.view(idOf(path))).toMatchObject({ status: "received", originals: [] });
      rmSync(filler);
      expect((await counter.send("tiepnhan", path, `${path}/scans`, { scans: [await scanFile(52)] })).status).toBe(303);
      await counter.officials.waitForWords(idOf(path));
    },
    180_000,
  );

  test("a session that ends while the file is on its way: the file is kept, and after signing in the dossier is there", async () => {
    const path = await openAtCounter(counter);
    const scan = await smallScan(43);
    const { socket, answer } = await beginUpload(counter, path, scan.length);
    await sent(socket, scan.subarray(0, 500));
    await until(() => blobFiles(counter).some((file) => file.includes("/blobs/tmp/")));
    await endSession(counter.cookie("tiepnhan"));
    await sent(socket, scan.subarray(500));
    await sent(socket, "\r\n--cut--\r\n");
    expect((await answer).slice(9, 12)).toBe("303");
    lastPath = path;
    const next = await counter.get("tiepnhan", path);
    expect([next.status, next.goesTo]).toEqual([303, `/sign-in?next=${encodeURIComponent(path)}`]);
    expect(await counter.sql`select id from original where dossier_id = ${idOf(path)}`).toHaveLength(1);
  });

  test("a session that ended before: the browser is led to sign in and back to the dossier, and nothing was kept", async () => {
    const cookie = await cookieOf(counter.url, counter.dataFolder, "tiepnhan");
    const path = lastPath;
    const kept = () => counter.sql`select id from blob where kind = 'original' and erased_at is null order by id`;
    const before = await kept();
    const file = join(counter.dataFolder, "to-lon.jpg");
    writeFileSync(file, Buffer.concat([await smallScan(44), Buffer.alloc(8_000_000)]));
    await withPage(browser, `${counter.url}${path}`, { cookie }, async (page) => {
      await page.setInputFiles("[name=scans]", file);
      await endSession(cookie);
      await page.click("main form[enctype] button");
      await page.waitForSelector('main a[href^="/sign-in"]');
      expect(await page.textContent("main")).toContain(first(failuresVi.not_signed_in));
      expect(await page.textContent("main")).toContain(first(failuresEn.not_signed_in));
      await page.click('main a[href^="/sign-in"]');
      await page.fill("[name=userName]", "tiepnhan");
      await page.fill("[name=password]", secretsOf(counter.dataFolder)["tiepnhan"]?.password ?? "");
      await page.keyboard.press("Enter");
      await page.waitForURL(`**${path}`);
    });
    expect(await kept()).toEqual(before);
    // A page of the file before may still be on its way to its place.
    const unfinished = () => blobFiles(counter).filter((one) => one.includes("/blobs/tmp/"));
    await expect.poll(unfinished, { timeout: 30_000 }).toEqual([]);
  });
});

describe("what was typed wrong is told apart from what is down", () => {
  test("a wrong password is the person's, a database that is gone is not; afterwards the right one works at once", async () => {
    const { password } = secretsOf(counter.dataFolder)["doichieu"] ?? { password: "" };
    const codeFor = async (typed: string) => {
      const answer = await fetch(`${counter.url}/api/session`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ userName: "doichieu", password: typed }),
      });
      return [answer.status, ((await answer.json()) as { code?: string }).code];
    };
    expect(await codeFor("sai-mat-khau")).toEqual([401, "wrong_password"]);
    const { port } = line.address() as { port: number };
    line.close();
    for (const one of sockets) one.destroy();
    expect(await codeFor(password)).toEqual([503, "service_unavailable"]);
    expect(await codeFor("sai-mat-khau")).toEqual([503, "service_unavailable"]);
    await listen(port);
    const back = performance.now();
    expect(await until(async () => (await codeFor(password))[0] === 201)).toBe(true);
    expect(performance.now() - back).toBeLessThan(10_000);
  }, 60_000);

  test("a wrong PIN is the person's, authorities that are gone are not; then the same PIN signs", async () => {
    const { dossierId } = await counter.officials.attested(await smallScan(61));
    const authorities = childOf(counter.pid, "authorit");
    expect(authorities).not.toBeNull();
    process.kill(authorities ?? 0, "SIGSTOP"); // takes connections and answers nothing, as a broken line does
    const wrong = await counter.officials.ask("lanhdao", "POST", `/api/dossiers/${dossierId}/signature`, {
      pin: "0-0-0-0",
    });
    const down = await counter.officials.sign(dossierId);
    process.kill(authorities ?? 0, "SIGCONT");
    expect(wrong.code).toBe("wrong_pin");
    expect(down.code).toMatch(/^(timestamp|revocation)_unavailable$/);
    expect((await counter.officials.sign(dossierId)).ok).toBe(true);
  }, 180_000);
});

/** A process that the service started, by its command line; Linux only. */
function childOf(parent: number, named: string): number | null {
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const isChild = new RegExp(`^PPid:\\s+${parent}$`, "m").test(readFileSync(`/proc/${name}/status`, "latin1"));
      if (isChild && readFileSync(`/proc/${name}/cmdline`, "latin1").includes(named)) return Number(name);
    } catch {} // gone meanwhile
  }
  return null;
}
