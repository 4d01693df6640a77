import { afterAll, beforeAll, expect, test } from "vitest";
import { reportCsv } from "../../src/web/inbox/report-csv.ts";
import type { ReportOfFiles } from "../../src/web/verification/filed-report.ts";
import { aPaper } from "../support/officials.ts";
import { codeFor, type GrantsHouse, school, startGrantsHouse, visitor } from "./grants-world.ts";

let house: GrantsHouse;
beforeAll(async () => {
  house = await startGrantsHouse();
}, 120_000);
afterAll(() => house?.stop());

const fieldOf = (text: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? "";

test("one receipt for all papers of one applicant: what was handed over and opened, and a file that the clerk adds", async () => {
  const copies = [await house.released(), await house.released()];
  const phone = visitor(house.url);
  const links = copies.map(({ citizen }) => citizen).join("\n");
  const choose = await phone.post(`/h/${house.schoolId}/copies`, { links, digits: aPaper.identityDigits });
  const id = fieldOf(choose.text, "id");
  const body = new URLSearchParams({ id, shown: fieldOf(choose.text, "shown"), procedure: "nhập học" });
  for (const { dossierId } of copies) body.append("copies", dossierId);
  await phone.post(`/h/${house.schoolId}/handover`, body);

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
