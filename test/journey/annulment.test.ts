import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bytes, LocalDate } from "../../src/core/kernel.ts";
import { decodeLeaf } from "../../src/core/log/leaf.ts";
import { decodeEntries } from "../../src/core/log/tiles.ts";
import { numberText } from "../../src/core/register.ts";
import { dayText } from "../../src/web/design/time.ts";
import { annulmentVi } from "../../src/web/words/annulment.vi.ts";
import { citizensVi } from "../../src/web/words/citizens.vi.ts";
import { verificationVi } from "../../src/web/words/verification.vi.ts";
import { askEdge, edgeOver } from "../edge/edge-over.ts";
import { questions, told } from "../edge/same-answers.ts";
import { freshDatabase } from "../support/database.ts";
import { aPaper, type Officials, officialsAt, smallScan } from "../support/officials.ts";
import { type ServiceProcess, startServiceProcess } from "../support/service-process.ts";

const vietnamDay = () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
const decision = () => ({
  decisionNumber: "12/QĐ-UBND",
  decisionDate: vietnamDay(),
  decidedBy: "Chủ tịch Ủy ban nhân dân phường Hoa Ban (hư cấu)",
  reason: "Bản chính thiếu một trang khi chứng thực.",
});

describe("TT 01/2020 Art. 7: a copy's legal value is taken away by a decision", () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "chungthuc-annul-"));
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let service: ServiceProcess;
  let officials: Officials;
  const copies: { path: string; pdf: Bytes }[] = [];

  beforeAll(async () => {
    database = await freshDatabase();
    service = await startServiceProcess(dataFolder, database.url);
    officials = officialsAt(service.url, dataFolder);
  });
  afterAll(async () => {
    await service.stop();
    await database.drop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  async function released(title: string) {
    const { dossierId, citizenLink } = await officials.attested(await smallScan(title.length), title);
    await officials.sign(dossierId);
    await officials.seal(dossierId);
    const { verificationLink, certificate } = await officials.waitFor(dossierId, "released");
    const path = new URL(verificationLink ?? "").pathname;
    const pdf = new Uint8Array(await (await officials.download(citizenLink)).arrayBuffer());
    copies.unshift({ path, pdf });
    return { dossierId, citizenLink, path, number: certificate?.number ?? 0, pdf };
  }
  const page = async (path: string) =>
    (await fetch(`${service.url}${path}`, { headers: { accept: "text/html" } })).text();
  const upload = async (pdf: Bytes) => {
    const form = new FormData();
    form.set("file", new File([pdf], "copy.pdf"));
    return (await fetch(`${service.url}/verify`, { method: "POST", body: form })).text();
  };
  const saidOf = (sentence: string, { number, bookText }: { number: number; bookText: string }) =>
    sentence
      .replace("{newNumber}", numberText(number))
      .replace("{newBook}", bookText)
      .replace("{newDate}", dayText(vietnamDay() as LocalDate));
  const annul = (id: string, request: object, as = "lanhdao") =>
    officials.ask(as, "POST", `/api/dossiers/${id}/annulment`, request);
  const eventsInLog = () => {
    const folder = join(dataFolder, "public", "log", "tile", "entries", "000.p");
    const widest = Math.max(...readdirSync(folder).map(Number));
    const entries = decodeEntries(new Uint8Array(readFileSync(join(folder, String(widest)))));
    if (!entries.ok) throw new Error(entries.failure.code);
    return entries.value.map((entry) => {
      const leaf = decodeLeaf(entry);
      return leaf.ok ? `${leaf.value.event} ${leaf.value.number}` : "malformed";
    });
  };

  test("ANNUL-1: from the answer on, link, file, citizen's page, public list and status list say so; the log follows", async () => {
    const copy = await released("Giấy sẽ bị hủy (hư cấu)");
    expect(await upload(copy.pdf)).toContain('class="verdict good"');
    expect(await annul(copy.dossierId, { outcome: "annulled", ...decision() })).toMatchObject({ ok: true });

    const byLink = await page(copy.path);
    expect(byLink).toContain(verificationVi.recordAnnulled);
    expect(byLink).not.toContain('class="verdict good"');
    expect(await upload(copy.pdf)).toContain(verificationVi.answerAnnulled);
    expect(await page(new URL(copy.citizenLink).pathname)).toContain(citizensVi.sayAnnulled);
    const list = await page("/annulled");
    for (const told of [annulmentVi.listTitle, "12/QĐ-UBND", decision().reason]) expect(list).toContain(told);
    for (const secret of [aPaper.holderName, aPaper.documentNumber, "Giấy sẽ bị hủy"])
      expect(list).not.toContain(secret);

    await expect.poll(eventsInLog, { timeout: 20_000 }).toContain(`annulled ${copy.number}`);
    await expect.poll(() => page(copy.path), { timeout: 20_000 }).toContain("12/QĐ-UBND"); // the record was written anew
    expect(await page(`${copy.path}?on=${vietnamDay()}`)).toContain("đã bị hủy bỏ giá trị pháp lý");

    const again = await annul(copy.dossierId, { outcome: "annulled", ...decision(), decisionNumber: "13/QĐ-UBND" });
    expect(again.code).toBe("already_annulled");
  });

  test("ANNUL-1: a replaced copy leads to the one that stands in its place, and the register notes it", async () => {
    const old = await released("Giấy sẽ được thay (hư cấu)");
    const newer = await released("Giấy thay thế (hư cấu)");
    const request = { outcome: "superseded", ...decision(), successorNumber: newer.number };
    expect((await annul(old.dossierId, { ...request, successorNumber: 999 })).code).toBe("successor_unknown");
    expect(await annul(old.dossierId, request)).toMatchObject({ ok: true });
    expect(await page(newer.path)).toContain('class="verdict good"');
    const { annulments } = JSON.parse(await page("/annulled.json"));
    expect(annulments[0]).toMatchObject({
      kind: "superseded",
      number: old.number,
      successor: { number: newer.number, date: vietnamDay() },
    });
    const named = saidOf(verificationVi.recordReplaced, annulments[0].successor);
    await expect.poll(() => page(old.path), { timeout: 20_000 }).toContain(named);
    const byFile = await upload(old.pdf);
    expect(byFile).toContain(saidOf(verificationVi.answerReplaced, annulments[0].successor));
    const newCode = newer.path.slice("/v/".length);
    for (const told of [await page(old.path), byFile, await page("/annulled")]) expect(told).not.toContain(newCode);
  });

  test("ADR 0092: of a decision that was published before successors had a file, the migration's job names the successor", async () => {
    const folder = join(dataFolder, "public", "successor");
    const [name = ""] = readdirSync(folder);
    rmSync(join(folder, name));
    const old = copies[1] ?? { path: "" };
    const named = "Bản sao này đã được thay bằng bản số ";
    expect(await page(old.path)).not.toContain(named); // as it was told until now
    const statement = readFileSync("db/migrations/0133_successors_are_named.sql", "utf8");
    await database.owner.sql.unsafe(statement);
    await expect.poll(() => page(old.path), { timeout: 20_000 }).toContain(named);
    expect(readdirSync(folder)).toEqual([name]);
  });

  test("ANNUL-1: only who may certify enters a decision, and a decision of tomorrow or without a reason is none", async () => {
    const { dossierId } = await released("Giấy còn giá trị (hư cấu)");
    expect((await annul(dossierId, { outcome: "annulled", ...decision() }, "vanthu")).code).toBe("not_allowed");
    expect((await annul(dossierId, { outcome: "annulled", ...decision(), decisionDate: "2999-01-01" })).code).toBe(
      "rule_broken",
    );
    expect((await annul(dossierId, { outcome: "annulled", ...decision(), reason: "sai" })).code).toBe(
      "malformed_request",
    );
  });

  test("a holder sees when and by which door the own copy was checked, never who, and of no other copy", async () => {
    const [checked, other] = [await released("Giấy được kiểm tra (hư cấu)"), await released("Giấy khác (hư cấu)")];
    const holders = (copy: typeof checked) => page(new URL(copy.citizenLink).pathname);
    expect(await holders(checked)).toContain(citizensVi.checksNone);
    const prefetch = { headers: { "sec-purpose": "prefetch;prerender" } };
    expect((await fetch(`${service.url}${checked.path}`, prefetch)).status).toBe(200);
    await upload(checked.pdf);
    const byFile = citizensVi.checkedByFile.split("{time}")[1] ?? "";
    const byLink = citizensVi.checkedByLink.split("{time}")[1] ?? "";
    await expect.poll(() => holders(checked), { timeout: 20_000 }).toContain(byFile);
    expect(await holders(checked)).not.toContain(byLink); // what a browser fetched ahead nobody has seen
    await page(checked.path);
    await expect.poll(() => holders(checked), { timeout: 20_000 }).toContain(byLink);
    expect(await holders(other)).toContain(citizensVi.checksNone);
    for (const who of ["lanhdao", "vanthu", "quantri"])
      expect(JSON.stringify((await officials.ask(who, "GET", "/in-your-name.json")).json)).toContain(
        "Giấy khác (hư cấu)",
      );
  });

  test("Token Status List: the published file is asked for again each time, and carries an ETag", async () => {
    const first = await fetch(`${service.url}/status/0`);
    expect([first.status, first.headers.get("content-type")]).toEqual([200, "application/statuslist+jwt"]);
    expect(first.headers.get("cache-control")).toContain("no-cache");
    const tag = first.headers.get("etag") ?? "";
    const again = await fetch(`${service.url}/status/0`, { headers: { "if-none-match": tag } });
    expect([tag.length > 10, [200, 304].includes(again.status)]).toEqual([true, true]);
    expect((await fetch(`${service.url}/status/7`)).status).toBe(404);
  });

  test("with the service gone the edge answers every link, published file, proof, list and upload as the service did, and says plainly what it cannot", {
    timeout: 120_000,
  }, async () => {
    const folder = join(dataFolder, "public");
    const published = () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
    const all = questions(
      copies,
      published().filter((path) => !path.startsWith("app/")),
    );
    const byService = [];
    for (const { path, form } of all) {
      const sent = form === undefined ? {} : { method: "POST", body: form() };
      byService.push(await told(await fetch(`${service.url}${path}`, sent), path));
    }
    const here = await page("/verify/here/");
    const said = (name: string) => new RegExp(`data-${name}="([^"]+)"`).exec(here)?.[1] ?? "";
    await service.stop();
    const edge = await edgeOver(folder, published(), { ROOT_KEY: said("root"), PUBLIC_URL: said("address") });
    for (const [i, question] of all.entries()) {
      expect.soft(await told(await askEdge(edge, question), question.path)).toEqual(byService[i]);
    }
    expect(byService.length).toBeGreaterThan(40);
    for (const path of ["/sign-in", "/c/secret", "/annulled", "/api/session", "/khong-co"]) {
      const answer = await askEdge(edge, { path });
      expect([answer.status, await answer.text()]).toEqual([
        404,
        expect.stringContaining(verificationVi.elsewhereTitle),
      ]);
    }
    const home = await askEdge(edge, { path: "/" });
    expect(await home.text()).toContain(verificationVi.uploadTitle);
    const report = new FormData();
    report.set("report", "x");
    expect(await (await askEdge(edge, { path: "/verify/report", form: () => report })).text()).toContain(
      verificationVi.noReportTitle,
    );
    await edge.dispose();
  });
});
