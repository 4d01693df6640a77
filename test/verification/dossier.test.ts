import { beforeEach, describe, expect, test } from "vitest";
import { ok } from "../../src/core/kernel.ts";
import { verificationCodeOf } from "../../src/core/verification-code.ts";
import type { ReportDesk, ReportOfFiles } from "../../src/web/verification/filed-report.ts";
import { verificationEn } from "../../src/web/words/verification.en.ts";
import { verificationVi } from "../../src/web/words/verification.vi.ts";
import { examined } from "./a-report.ts";
import { doorOf, type Setting, stopping, unsignedFile } from "./door.ts";
import { code, facts, publishedSample, type Sample } from "./sample.ts";

let sample: Sample;
beforeEach(async () => {
  sample = await publishedSample();
});

const door = (setting: Setting = {}) => doorOf(sample, setting);
const file = (name: string, ...bytes: number[]) => new File([new Uint8Array(bytes)], name);
const good = verificationVi.answerGood.replace("{agency}", facts.agency.name);
const rowsOf = (page: string) => page.split("<tbody>")[1]?.split("</tbody>")[0]?.split("</tr>").slice(0, -1) ?? [];

describe("a dossier of files at once", () => {
  test("each file has a row in the order sent, also one that cannot be read, is empty or is no copy; nothing is lost", async () => {
    const answer = await door({ knowsIdentity: true }).uploadAll([
      file("bang.pdf", 1),
      file("anh.pdf", stopping),
      file("trong.pdf"),
      file("don.pdf", unsignedFile),
    ]);
    expect(answer.status).toBe(200);
    const rows = rowsOf(await answer.text());
    expect(rows).toHaveLength(4);
    const { stoppedTitle, fileEmpty, answerUnsigned } = verificationVi;
    for (const [i, [name, says]] of Object.entries([
      ["1. bang.pdf", good],
      ["2. anh.pdf", stoppedTitle],
      ["3. trong.pdf", fileEmpty],
      ["4. don.pdf", answerUnsigned],
    ] as const)) {
      expect(rows[Number(i)]).toContain(name);
      expect(rows[Number(i)]).toContain(says);
    }
  });

  test("the sentence on all is the worst's: green only where every file is a copy in force", async () => {
    const copies = [file("a.pdf", 1), file("b.pdf", 2)];
    const all = await (await door({ knowsIdentity: true }).uploadAll(copies)).text();
    expect(all).toContain(verificationVi.dossierGood.replace("{n}", "2"));
    expect(all).toContain('class="verdict good"');
    const some = await (await door({ knowsIdentity: true }).uploadAll([...copies, file("c.pdf", unsignedFile)])).text();
    expect(some).toContain(verificationVi.dossierCare.replace("{good}", "2").replace("{n}", "3"));
    const broken = { code: "TAMPERED", status: "FAILED" } as const;
    const none = await (await door({ report: broken }).uploadAll(copies, "", "en")).text();
    expect(none).toContain(verificationEn.dossierBad.replace("{bad}", "2").replace("{n}", "2").replace("{good}", "0"));
    for (const page of [some, none]) expect(page).not.toContain('class="verdict good"');
  });

  test("one copy sent under two names is told as the same, whatever was added to its file; other files are not", async () => {
    const files = [file("a.pdf", 1), file("b.pdf", 2), file("c.pdf", unsignedFile), file("d.pdf", unsignedFile)];
    const rows = rowsOf(await (await door({ knowsIdentity: true }).uploadAll(files)).text());
    const same = (n: number) => verificationVi.dossierSame.replace("{file}", String(n));
    expect(rows.map((row) => row.includes("Trùng"))).toEqual([false, true, false, true]);
    expect(rows[1]).toContain(same(1));
    expect(rows[3]).toContain(same(3));
    const broken = { code: "TAMPERED", status: "FAILED" } as const;
    const changed = await (await door({ knowsIdentity: true, report: broken }).uploadAll(files.slice(0, 2))).text();
    expect(changed).not.toContain("Trùng"); // told apart by their bytes: what was changed in each is not known
  });

  test("a code is held against the file that it names, and a code that names none is told beside its own sentence", async () => {
    const unknown = verificationCodeOf(new Uint8Array(16));
    const { uploadAll, asked } = door();
    const page = await (
      await uploadAll([file("a.pdf", 1), file("b.pdf", unsignedFile)], `${code}, ${unknown} khong-phai-ma`)
    ).text();
    expect(asked).toEqual([String(facts.number)]);
    expect(page).toContain(good);
    expect(page).toContain(`${unknown}: ${verificationVi.unknownTitle}`);
    expect(page).toContain(`khong-phai-ma: ${verificationVi.malformedTitle}`);
    const alone = await (await uploadAll([file("b.pdf", unsignedFile), file("c.pdf", unsignedFile)], code)).text();
    expect(alone).toContain(verificationVi.looseOfNoFile);
  });

  test("beyond 20 files, and beyond two minutes of examining, the rest are told as not read and not as good", async () => {
    const many = Array.from({ length: 22 }, (_, i) => file(`${i + 1}.pdf`, 1));
    const page = await (await door({ knowsIdentity: true }).uploadAll(many)).text();
    expect(rowsOf(page)).toHaveLength(22);
    expect(page.split(`<p>${verificationVi.fileTooMany}</p>`)).toHaveLength(3);
    const slow = await (await door({ knowsIdentity: true, secondsAFile: 50 }).uploadAll(many.slice(0, 5))).text();
    expect(slow.split(`<p>${verificationVi.fileOutOfTime}</p>`)).toHaveLength(3);
    expect(slow).not.toContain('class="verdict good"');
  });

  test("a name is a stranger's text: no path, no markup, no sign that turns the direction, and no more than 120 signs", async () => {
    const names = ["C:\\tro\\bang\u202efdp.exe", "<b>x</b>.pdf", `${"x".repeat(400)}.pdf`];
    const rows = rowsOf(await (await door().uploadAll(names.map((name) => file(name, 1)))).text());
    expect(rows[0]).toContain("1. bang?fdp.exe");
    expect(rows[1]).not.toContain("<b>x");
    expect(rows[2]).toMatch(/x…x+\.pdf/);
    expect(rows[2]?.length).toBeLessThan(900);
  });

  test("the report carries every file with its digest, what it was held against and the duty; too much for one is told and not shortened", async () => {
    const sealed: ReportOfFiles[] = [];
    const desk: ReportDesk = {
      seal: async (filed) => {
        sealed.push(filed);
        return "a.b.c";
      },
      open: async () => ok(sealed[0] as ReportOfFiles),
      json: (envelope) => envelope,
      pdf: async () => ok(new Uint8Array(1)),
    };
    const long = examined({ policy: "x".repeat(200_000) });
    const { app, uploadAll } = door({ knowsIdentity: true, reports: desk, filed: [examined(), long, long] });
    const files = [file("a.pdf", 1), file("b.pdf", 2), file("c.pdf", 3), file("d.pdf", stopping)];
    expect(await (await uploadAll(files)).text()).toContain('name="report"');
    const [filed] = sealed;
    expect(filed?.files.map(({ name, notExamined }) => [name, notExamined])).toEqual([
      ["a.pdf", null],
      ["b.pdf", null],
      ["c.pdf", "too_long"],
      ["d.pdf", "stopped"],
    ]);
    expect(filed?.files[0]).toMatchObject({
      sha256: "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a",
      says: { vi: good },
      against: {
        log: { treeSize: 40, leafIndex: 21 },
        status: { list: "status/0", index: facts.statusIndex, asOf: "2026-12-01T01:59:30Z" },
      },
    });
    expect(filed?.files[2]?.says.vi).toBe(verificationVi.fileTooLong);
    expect(filed?.duty.vi).toContain("Điều 6 khoản 2");
    const body = new URLSearchParams({ report: "a.b.c", as: "json", by: " Phòng\u202e Tổ chức\n(hư cấu) " });
    const given = await app.request("/verify/report", { method: "POST", body });
    expect(given.headers.get("content-disposition")).toMatch(/chungthuc-report-4-files-\d{14}\.json"$/);
    expect(sealed[1]?.checkedBy).toBe("Phòng Tổ chức (hư cấu)");
  });
});
