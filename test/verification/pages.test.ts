import { beforeEach, expect, test } from "vitest";
import type { LocalDate } from "../../src/core/kernel.ts";
import { verificationCodeOf } from "../../src/core/verification-code.ts";
import { publicStyle } from "../../src/web/design/inline.ts";
import { reportEn } from "../../src/web/words/report.en.ts";
import { reportVi } from "../../src/web/words/report.vi.ts";
import { verificationEn } from "../../src/web/words/verification.en.ts";
import { verificationVi } from "../../src/web/words/verification.vi.ts";
import { logSigner, sha256 } from "../log/memory-files.ts";
import { doorOf, type Report, type Setting } from "./door.ts";
import { code, facts, publish, publishedSample, type Sample, serviceKeys } from "./sample.ts";

let sample: Sample;
beforeEach(async () => {
  sample = await publishedSample();
});

const door = (setting: Setting = {}) => doorOf(sample, setting);

const words = (text: string) => text.replaceAll("“", "").replaceAll("&amp;", "&");

test("DESIGN decision 13: a code's page shows the masked facts, the status and the recomputed proof, and no more", async () => {
  const answer = await door().app.request(`/v/${code}`);
  const page = await answer.text();
  expect(answer.status).toBe(200);
  for (const shown of [
    facts.paper.kind,
    facts.paper.numberMasked,
    facts.holderInitials,
    facts.agency.name,
    facts.signer.name,
    "10:15:30, 22/11/2026",
    facts.book.text,
    "mục số 22 trong 40 mục",
    "chưa có nhân chứng độc lập",
    "DEVELOPMENT",
    "Điều 6 khoản 2",
  ]) {
    expect(page).toContain(shown);
  }
  expect(page).not.toContain(facts.identity.digest);
});

test("the same page in English, with the sentence in the other language beside it in both", async () => {
  const english = await (await door().app.request(`/v/${code}?lang=en`)).text();
  const vietnamese = await (await door().app.request(`/v/${code}`)).text();
  expect(english).toContain('<html lang="en">');
  for (const page of [english, vietnamese]) {
    expect(page).toContain(`A certified copy with this code was issued by ${facts.agency.name}.`);
    expect(page).toContain(`Có bản sao chứng thực mang mã này, do ${facts.agency.name} cấp.`);
  }
});

test("a code may be typed with capitals and hyphens; an unknown one is 404, a malformed one 400, both in plain words", async () => {
  const { app } = door();
  expect((await app.request(`/v/${code.toUpperCase().slice(0, 13)}-${code.slice(13)}`)).status).toBe(200);
  const unknown = await app.request(`/v/${verificationCodeOf(new Uint8Array(16))}`);
  expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining(verificationVi.unknownTitle)]);
  const malformed = await app.request("/v/not-a-code");
  expect([malformed.status, await malformed.text()]).toEqual([
    400,
    expect.stringContaining(verificationVi.malformedTitle),
  ]);
});

test("TT 01/2020 Art. 7: an annulled copy says by which decision, and no line says that it must be accepted", async () => {
  const decision = {
    number: "12/QĐ-UBND",
    date: "2026-11-25" as LocalDate,
    by: "Chủ tịch UBND xã (hư cấu)",
    reason: "thiếu trang",
  };
  await publish(sample.files, { ...sample.record, status: "annulled", decision });
  const page = await (await door().app.request(`/v/${code}`)).text();
  expect(page).toContain(verificationVi.recordAnnulled);
  expect(page).toContain("12/QĐ-UBND");
  expect(page).toContain("25/11/2026");
  expect(page).not.toContain("Điều 6 khoản 2");
});

const harms: readonly [string, () => Promise<unknown>, keyof typeof verificationVi][] = [
  ["the record was changed", () => publish(sample.files, { ...sample.record, number: 18 }), "whyLeafDiffers"],
  [
    "the record's bytes were changed",
    async () => {
      for (const [path, bytes] of sample.files.stored) {
        if (path.startsWith("record/"))
          sample.files.stored.set(path, bytes.with(40, (bytes[40] ?? 0) ^ 1) as typeof bytes);
      }
    },
    "whyRecordChanged",
  ],
  [
    "the checkpoint is by another key",
    async () => {
      const { log, record } = sample;
      const forged = { ...logSigner(log.key.name), sha256 };
      const { signCheckpoint } = await import("../../src/core/log/checkpoint.ts");
      const root = new Uint8Array(32);
      const checkpoint = await signCheckpoint(
        { origin: log.key.name, size: 40, root },
        forged.key,
        forged.sign,
        sha256,
      );
      await publish(sample.files, { ...record, log: { ...record.log, checkpoint } });
    },
    "whyCheckpointWrong",
  ],
  [
    "the proof is wrong",
    () => publish(sample.files, { ...sample.record, log: { ...sample.record.log, inclusion: [] } }),
    "whyNotInLog",
  ],
  ["the key list is missing", async () => sample.files.stored.delete("keys"), "whyKeysUnknown"],
];

test.each(
  harms,
)("when %s the page refuses plainly, shows none of the facts, and names the reason", async (_, harm, why) => {
  await harm();
  const answer = await door().app.request(`/v/${code}`);
  const page = await answer.text();
  expect(answer.status).toBe(503);
  expect(page).toContain(verificationVi.recordUnproven);
  expect(page).toContain(verificationVi[why]);
  expect(page).not.toContain(facts.paper.kind);
});

test("DESIGN decision 16: a key list by another root than the pinned one proves nothing", async () => {
  const page = await (await door({ pinnedRoot: serviceKeys().root.publicKey }).app.request(`/v/${code}`)).text();
  expect(page).toContain(verificationVi.whyKeysUnknown);
});

const answers: readonly [string, Report, keyof typeof verificationVi][] = [
  ["the good one", {}, "answerGood"],
  ["one changed byte", { code: "TAMPERED", status: "FAILED", copy: not("signed_content_changed") }, "answerAltered"],
  [
    "a page added after sealing",
    { code: "MODIFIED_AFTER", status: "FAILED", copy: not("changed_after_sealing") },
    "answerChangedAfter",
  ],
  [
    "an unknown issuer",
    { status: "INDETERMINATE", copy: { status: "unknown", reason: "signer_not_recognised" } },
    "answerUnknownIssuer",
  ],
  ["well signed but no certified copy", { copy: not("not_two_signatures") }, "answerNotCertified"],
  ["another copy than the code's", { copy: not("record_of_another_copy") }, "answerAnotherCopy"],
  ["an annulled copy", { copy: { status: "annulled", reason: null } }, "answerAnnulled"],
  ["a replaced copy", { copy: { status: "superseded", reason: null } }, "answerSuperseded"],
  ["an unsigned file", { code: "UNSIGNED", status: null, copy: not("not_signed") }, "answerUnsigned"],
  ["an unreadable file", { code: "PARSE_ONLY", status: null, copy: not("not_signed") }, "answerUnreadable"],
  [
    "a signed file that is damaged beyond reading",
    { code: "BAD_STRUCTURE", status: "FAILED", signatures: [], copy: not("signed_content_changed") },
    "answerDamaged",
  ],
  ["good signatures that are not passed yet", { status: "INDETERMINATE" }, "answerUndecided"],
];

function not(
  reason:
    | "not_signed"
    | "signed_content_changed"
    | "changed_after_sealing"
    | "not_two_signatures"
    | "record_of_another_copy",
) {
  return { status: "not_a_certified_copy", reason } as const;
}

test.each(
  answers,
)("DESIGN decision 12: %s has its own sentence, and both verdicts stand apart", async (_, report, sentence) => {
  const answer = await door({ report }).upload({ code });
  const page = await answer.text();
  expect(answer.status).toBe(200);
  expect(page).toContain(verificationVi[sentence].replace("{agency}", facts.agency.name));
  expect(page).toContain(verificationVi.verdictCopy);
  expect(page).toContain(verificationVi.verdictDocument);
  expect(page.match(/class="verdict (good|bad|care|neutral)"/g)).toHaveLength(1);
  expect(page.includes('class="verdict good"')).toBe(sentence === "answerGood");
});

test("an upload under a code is judged beside that code's record; without one, beside the record of its identity", async () => {
  const withCode = door();
  await withCode.upload({ code });
  expect(withCode.asked).toEqual(["17"]);
  const known = door({ knowsIdentity: true });
  await known.upload({ code: "" });
  expect(known.asked).toEqual(["17"]);
});

test("a door without a database asks for the code and judges nothing more", async () => {
  const edge = door({ report: { copy: { status: "unknown", reason: "record_missing" } } });
  const page = await (await edge.upload({})).text();
  expect(page).toContain(verificationVi.answerNeedsCode);
  expect(page).toContain('name="code" type="text"');
  expect(edge.asked).toEqual([null]);
});

test.each([
  { failure: "busy", status: 503, title: "busyTitle", next: "busyNext" },
  { failure: "stopped", status: 422, title: "stoppedTitle", next: "stoppedNext" },
] as const)("a file that was not examined ($failure) is told so in both languages, and nothing is said of it", async ({
  failure,
  status,
  title,
  next,
}) => {
  const { upload, asked } = door({ failure });
  const answer = await upload({ code });
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([status, failure === "busy" ? "60" : null]);
  const page = words(await answer.text());
  for (const said of [verificationVi[title], verificationVi[next]]) expect(page).toContain(said);
  expect(words(await (await upload({}, 10, "en")).text())).toContain(verificationEn[title]);
  expect(asked).toEqual([]);
});

test("a form without a file, with an empty one, or with a wrong code, is told what to do next", async () => {
  const { upload, uploadAll, asked } = door();
  const noFile = await upload({ code }, 0);
  expect([noFile.status, words(await noFile.text())]).toEqual([
    400,
    expect.stringContaining(verificationVi.noFileTitle),
  ]);
  const empty = await uploadAll([new File([], "copy.pdf")]);
  expect([empty.status, words(await empty.text())]).toEqual([400, expect.stringContaining(verificationVi.fileEmpty)]);
  expect((await upload({ code: "nonsense" })).status).toBe(400);
  expect((await upload({ code: verificationCodeOf(new Uint8Array(16)) })).status).toBe(404);
  expect(asked).toEqual([]);
});

test("every page is whole in one answer of at most 30 kB: the style stands in it, nothing is loaded", async () => {
  const { app } = door();
  for (const path of [`/v/${code}`, `/v/${code}?lang=en`, "/verify", "/v/x"]) {
    const page = await (await app.request(path)).text();
    expect(Buffer.byteLength(page)).toBeLessThan(30_000);
    expect(page).not.toMatch(/<script|style=| on[a-z]+=|<img|stylesheet/);
    const styles = [...page.matchAll(/<style>(.*?)<\/style>/gs)].map(([, style = ""]) => style);
    expect(styles).toEqual([publicStyle]);
  }
});

test("both languages fill the same gaps in every sentence", () => {
  const gaps = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [word, sentence] of Object.entries(verificationVi)) {
    expect([word, gaps(verificationEn[word as keyof typeof verificationVi])]).toEqual([word, gaps(sentence)]);
  }
});

test("C2SP tlog-tiles: published files are served as the specification asks, and nothing outside the layout", async () => {
  const { app } = door();
  const checkpoint = await app.request("/log/checkpoint");
  expect(checkpoint.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(await checkpoint.text()).toContain("\n40\n");
  const tile = await app.request("/log/tile/0/000.p/40");
  expect([tile.status, tile.headers.get("cache-control")]).toEqual([200, "public, max-age=31536000, immutable"]);
  expect((await tile.arrayBuffer()).byteLength).toBe(40 * 32);
  for (const path of ["/log/tile/0/000", "/log/tile/0/..%2f..%2fkeys", "/record/x", `/record/${"0".repeat(64)}`]) {
    expect((await app.request(path)).status).toBe(404);
  }
});

test("where there is no key for reports, the answer says so in both languages and the door to them is 404", async () => {
  const { upload, app } = door();
  expect(await (await upload({ code })).text()).toContain(reportVi.pageNoKey);
  expect(words(await (await upload({ code }, 10, "en")).text())).toContain(reportEn.pageNoKey);
  const asked = await app.request("/verify/report", { method: "POST", body: new URLSearchParams({ report: "x" }) });
  expect([asked.status, await asked.text()]).toEqual([404, expect.stringContaining(verificationVi.noReportTitle)]);
});
