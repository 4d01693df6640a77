import { webcrypto } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import type { Bytes, LocalDate } from "../../src/core/kernel.ts";
import { openRecord, sealRecord } from "../../src/core/record.ts";
import { openSuccessor, sealSuccessor, successorName } from "../../src/core/status/successor.ts";
import { recordName, verificationCodeOf } from "../../src/core/verification-code.ts";
import { nodeSha256 } from "../../src/primitives-node.ts";
import { nodeCipher } from "../../src/publish/node-cipher.ts";
import { successorPath } from "../../src/publish/public-files.ts";
import { verificationEn } from "../../src/web/words/verification.en.ts";
import { verificationVi } from "../../src/web/words/verification.vi.ts";
import { sha256 } from "../log/memory-files.ts";
import { doorOf } from "./door.ts";
import { cipher, code, publish, publishedSample, type Sample } from "./sample.ts";

const successor = { number: 41, bookText: "01/2026-SCTĐT/BS", date: "2026-11-25" as LocalDate };
const decision = {
  ...{ number: "12/QĐ-UBND", date: "2026-11-25" as LocalDate },
  ...{ by: "Chủ tịch UBND xã (hư cấu)", reason: "thiếu trang" },
};
const path = successorPath(successorName(code, sha256));
const nonce = () => new Uint8Array(webcrypto.getRandomValues(new Uint8Array(12)));
const sealed = () => sealSuccessor(code, successor, cipher, nonce());

let sample: Sample;
beforeEach(async () => {
  sample = await publishedSample();
});
const page = async (language = "vi") => (await doorOf(sample).app.request(`/v/${code}?lang=${language}`)).text();
const decided = (status: "annulled" | "superseded") => publish(sample.files, { ...sample.record, status, decision });

test("ADR 0092: a successor opens by the replaced copy's code alone; another code, a changed byte and a cut end are refused", async () => {
  const file = await sealed();
  for (const by of [cipher, nodeCipher(nodeSha256)])
    expect(await openSuccessor(code, file, by)).toEqual({ ok: true, value: successor });
  const other = verificationCodeOf(new Uint8Array(16));
  const refused = { ok: false, failure: { code: "successor_malformed" } };
  expect(await openSuccessor(other, file, cipher)).toEqual(refused);
  for (let at = 0; at < file.length; at += 7)
    expect(await openSuccessor(code, file.with(at, (file[at] ?? 0) ^ 1) as Bytes, cipher)).toEqual(refused);
  expect(await openSuccessor(code, file.slice(0, -1), cipher)).toEqual(refused);
  expect(Buffer.from(file).includes("SCTĐT")).toBe(false);
});

test("ADR 0092: neither file opens as the other, though one code seals both, and their names do not tell which belong together", async () => {
  const record = await sealRecord(code, sample.record, cipher, nonce());
  expect((await openSuccessor(code, record, cipher)).ok).toBe(false);
  expect(await openRecord(code, await sealed(), cipher)).toMatchObject({ failure: { code: "record_changed" } });
  expect(successorName(code, sha256)).not.toBe(recordName(code, sha256));
});

test("ANNUL-1: a replaced copy's page names number, book and day of the copy in its place, in both languages; an annulled one's too", async () => {
  await decided("superseded");
  await sample.files.write(path, await sealed());
  expect(await page()).toContain("đã được thay bằng bản số 41, quyển 01/2026-SCTĐT/BS, chứng thực ngày 25/11/2026.");
  expect(await page("en")).toContain("replaced by No. 41, book 01/2026-SCTĐT/BS, certified on 25/11/2026.");
  await decided("annulled");
  expect(await page()).toContain("Bản đứng vào chỗ của bản này: số 41, quyển 01/2026-SCTĐT/BS");
  expect(await page()).toContain(verificationVi.recordAnnulled);
});

test("ADR 0100: where the successor cannot be read, the decision is told all the same, and that it could not be read; later it is named", async () => {
  await sample.files.write(path, await sealed());
  const broken = async (at: string) => {
    if (at === path) throw new Error("the disk does not answer");
    return sample.files.read(at);
  };
  const told = async (language: string) => {
    const answer = await doorOf({ ...sample, files: { ...sample.files, read: broken } }).app.request(
      `/v/${code}?lang=${language}`,
    );
    return { status: answer.status, text: await answer.text() };
  };
  for (const status of ["superseded", "annulled"] as const) {
    await decided(status);
    const [vi, en] = [await told("vi"), await told("en")];
    expect([vi.status, en.status]).toEqual([200, 200]);
    expect(vi.text).toContain(status === "annulled" ? verificationVi.recordAnnulled : verificationVi.recordSuperseded);
    expect(vi.text).toContain(verificationVi.successorUnread);
    expect(en.text).toContain(verificationEn.successorUnread);
    expect(await page()).not.toContain(verificationVi.successorUnread);
    expect(await page()).toContain("số 41, quyển 01/2026-SCTĐT/BS");
  }
  await publish(sample.files, sample.record);
  expect((await told("vi")).text).not.toContain(verificationVi.successorUnread);
});

test("ADR 0092: without the file, or with one that does not open, the decision is told without it; a copy in force has none", async () => {
  await decided("superseded");
  expect(await page()).toContain(verificationVi.recordSuperseded);
  const whole = await sealed();
  await sample.files.write(path, whole.with(20, (whole[20] ?? 0) ^ 1) as Bytes);
  expect(await page("en")).toContain(verificationEn.recordSuperseded);
  await sample.files.write(path, await sealed());
  await publish(sample.files, sample.record);
  expect(await page()).not.toContain("01/2026-SCTĐT/BS, chứng thực ngày");
});
