import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reportCsv } from "../../src/web/inbox/report-csv.ts";
import type { ReportOfFiles } from "../../src/web/verification/filed-report.ts";
import { administratorOf, bearer, issue } from "../recipients/recipient-world.ts";
import { aPaper } from "../support/officials.ts";
import {
  type Copy,
  citizenAt,
  codeFor,
  fieldOf,
  type GrantsHouse,
  school,
  startGrantsHouse,
  type Visitor,
  visitor,
} from "./grants-world.ts";

let house: GrantsHouse;
beforeAll(async () => {
  house = await startGrantsHouse();
}, 120_000);
afterAll(() => house?.stop());

let [first, own]: Copy[] = [];
const secretProcedure = "nộp hồ sơ mật (hư cấu)";
let handover = "";
let forwarded = "";

test("one receipt for all papers of one applicant: what was handed over and opened, and a file that the clerk adds", async () => {
  const copies = [await house.released(), await house.released()];
  [first, own] = [copies[0], await house.released()];
  const phone = visitor(house.url);
  const links = copies.map(({ citizen }) => citizen).join("\n");
  const choose = await phone.post(`/h/${house.schoolId}/copies`, { links, digits: aPaper.identityDigits });
  const id = fieldOf(choose.text, "id");
  const body = new URLSearchParams({ id, shown: fieldOf(choose.text, "shown"), procedure: secretProcedure });
  for (const { dossierId } of copies) body.append("copies", dossierId);
  await phone.post(`/h/${house.schoolId}/handover`, body);

  handover = id;
  const desk = visitor(house.url);
  const inbox = `/inbox/${house.schoolId}`;
  const challenge = fieldOf((await desk.post(`${inbox}/code`)).text, "challenge");
  await desk.post(`${inbox}/proof`, { challenge, code: await codeFor(house, challenge) });
  const none = await desk.post(`${inbox}/${id}/report.json`, new FormData());
  expect([none.status, none.text.includes('href="#file"')]).toEqual([400, true]);
  const page = (await desk.get(`${inbox}/${id}`)).text;
  const forms = [...page.matchAll(/action="([^"]*\/open\/[0-9a-f-]{36})"/g)].map(([, action = ""]) => action);
  expect(forms).toHaveLength(2);
  let pdf = new Uint8Array();
  for (const form of forms) pdf = new Uint8Array((await desk.get(`${(await desk.post(form)).to}/copy.pdf`)).bytes);

  const added = () => {
    const form = new FormData();
    form.append("file", new File([pdf.slice(0, 4000)], "=cut.pdf"));
    return form;
  };
  const json = JSON.parse((await desk.post(`${inbox}/${id}/report.json`, added())).text) as { payload: string };
  const report = JSON.parse(Buffer.from(json.payload, "base64url").toString("utf8")) as ReportOfFiles;
  expect(report.checkedBy).toBe(school);
  expect(report.files.map(({ report: one }) => one?.certifiedCopy.status ?? null).slice(0, 2)).toEqual([
    "issued_here",
    "issued_here",
  ]);
  expect(report.files).toHaveLength(3);
  const csv = (await desk.post(`${inbox}/${id}/report.csv`, added())).text;
  expect(csv.trimEnd().split("\r\n")).toHaveLength(4);
  const paper = await desk.post(`${inbox}/${id}/report.pdf`, added());
  expect([paper.status, paper.bytes.subarray(0, 5).toString()]).toEqual([200, "%PDF-"]);

  const thief = visitor(house.url);
  expect((await thief.post(`${inbox}/${id}/report.json`, added())).to).toBe(inbox);
}, 60_000);

const routes = readFileSync("test/web/route-table.txt", "utf8")
  .split("\n")
  .map((line) => line.split(" "))
  .filter(([, path = ""]) => /^\/(c\/:secret\/links|g\/|h\/|inbox\/|openings\/|api\/v1\/)/.test(path))
  .toSorted(([, a = ""], [, b = ""]) => Number(a.endsWith("/leave")) - Number(b.endsWith("/leave")));

/** What must stand as it was, whatever strangers ask. */
const standing = () => house.sql`
  select (select count(*) from grant_opening) as openings, (select count(*) from handover) as handovers,
    (select count(*) from copy_grant) as grants, (select count(*) from copy_grant where revoked_at is not null) as revoked,
    (select count(*) from counter_request where confirmed_at is not null) as confirmed,
    (select json_agg(to_jsonb(e) order by id) from webhook_endpoint e where recipient_id = ${house.schoolId}) as endpoints`;

test("object-level: who proved to be another citizen and another recipient, with a key of all scopes, reaches nothing over any route", async () => {
  const [grant] = await house.sql<{ id: string; opening: string }[]>`
    select g.id, o.id as opening from copy_grant g join grant_opening o on o.grant_id = g.id limit 1`;
  const desk = await administratorOf(house);
  const keyOf = (id: string) => issue(desk, `/admin/recipients/${id}`, ["verify", "pull", "webhooks"]);
  const hook = { method: "POST", body: JSON.stringify({ url: "https://truong-vi-du.example/hook" }) };
  const headers = { ...bearer(await keyOf(house.schoolId)), "content-type": "application/json" };
  const endpoint = (await (await fetch(`${house.url}/api/v1/webhook-endpoints`, { ...hook, headers })).json()) as { id: string }; // biome-ignore format: one line
  forwarded = await house.grantOf(first as Copy, { grantee: { id: house.schoolId, name: school } });
  const stranger = await citizenAt(house, own as Copy);
  const door = `/inbox/${house.bankId}`;
  const challenge = fieldOf((await stranger.post(`${door}/code`)).text, "challenge");
  expect((await stranger.post(`${door}/proof`, { challenge, code: await codeFor(house, challenge) })).to).toBe(door);
  const token = await keyOf(house.bankId);
  const before = await standing();
  const names = {
    ...{ ":recipient": house.schoolId, ":handover": handover, ":grant": grant?.id ?? "", ":page": "1" },
    ...{ "/g/:secret": forwarded, "/c/:secret": first?.citizen ?? "", "webhook-endpoints/:id": `webhook-endpoints/${endpoint.id}` }, // biome-ignore format: one line
    ":id": grant?.opening ?? "",
  };
  const leaks: string[] = [];
  for (const [method = "GET", pattern = ""] of routes) {
    const path = Object.entries(names).reduce((filled, [name, value]) => filled.replace(name, value), pattern);
    const text = await asked(stranger, token, method, path);
    const told = [secretProcedure, "%PDF-", "/copy.pdf", endpoint.id].filter((fact) =>
      text.replaceAll(path, "").includes(fact),
    );
    leaks.push(...told.map((fact) => `${method} ${pattern}: ${fact}`));
  }
  expect(leaks).toEqual([]);
  expect(await standing()).toEqual(before);
}, 60_000);

/** With all that a form or call of these routes can name, of the other's. */
async function asked(stranger: Visitor, token: string, method: string, path: string): Promise<string> {
  const wish = {
    ...{ id: crypto.randomUUID(), links: first?.citizen ?? "", digits: "0000", copies: first?.dossierId ?? "" },
    ...{ shown: first?.dossierId ?? "", procedure: "chiếm đoạt", recipient: house.schoolId, given: "all", days: "1" },
    ...{ uses: "1", link: forwarded, number: "0000", code: "000000", challenge: crypto.randomUUID() },
  };
  if (!path.startsWith("/api/"))
    return (await (method === "GET" ? stranger.get(path) : stranger.post(path, wish))).text;
  const headers = { ...bearer(token), "content-type": "application/json" };
  const json = path.endsWith("/open") ? { secret: forwarded.slice(3) } : wish;
  const body = method === "POST" ? { body: JSON.stringify(json) } : {};
  return (await fetch(`${house.url}${path}`, { method, headers, ...body })).text();
}

test("RFC 4180: a file name stays one cell, and a spreadsheet runs none of it", () => {
  const file = { name: '=1+"2",3\r\n', sha256: null, lengthBytes: null, notExamined: "empty", report: null } as const;
  const says = { vi: "Tệp trống", en: "Empty" };
  const duty = says;
  const csv = reportCsv({
    ...{ version: 2, checkedAt: "2026-11-23T00:00:00Z" as ReportOfFiles["checkedAt"], checkedBy: null, duty },
    files: [{ ...file, says, against: null }],
  });
  expect(csv.startsWith('\uFEFF"name","sha256"')).toBe(true);
  expect(csv).toContain(`"'=1+""2"",3\r\n",`);
});
