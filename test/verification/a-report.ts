import type { Instant, Sha256 } from "../../src/core/kernel.ts";
import type { FiledReport, ReportOfFiles } from "../../src/web/verification/filed-report.ts";
import { verificationEn } from "../../src/web/words/verification.en.ts";
import { verificationVi } from "../../src/web/words/verification.vi.ts";
import { now } from "../signing/examine/sealed-copy.ts";

const checkedAt = now();
export const digest = "ab".repeat(32) as Sha256;

export const examined = (changes: Partial<FiledReport> = {}): FiledReport => ({
  version: 1,
  documentSha256: digest,
  code: "INTACT",
  document: { status: "PASSED", subIndication: null, reason: null },
  certifiedCopy: { status: "not_a_certified_copy", reason: "not_two_signatures" },
  policy: "chungthuc-1-revocation-optional",
  trustListSequence: 7,
  checkedAt,
  signatures: [
    {
      signer: {
        name: "Nguyễn Văn Giả (hư cấu)",
        subject: "CN=Nguyễn Văn Giả (hư cấu)",
        issuer: "CN=Test Root (fictional)",
        certificateSha256: digest,
      },
      role: "official",
      claimedTime: "2026-11-22T02:15:00Z" as Instant,
      provenTime: "2026-11-22T02:15:30Z" as Instant,
      level: "B-T",
      intact: true,
      trusted: true,
      revocation: {
        status: "good",
        source: "http://ocsp.example/",
        thisUpdate: "2026-11-22T02:00:00Z" as Instant,
      },
      revision: { from: 1000, to: 90_000 },
      laterChanges: [{ kind: "page_added", class: "forbidden", at: 3 }],
    },
  ],
  ...changes,
});

export const aReport = (changes: Partial<FiledReport> = {}, asked: Partial<ReportOfFiles> = {}): ReportOfFiles => ({
  version: 2,
  checkedAt: changes.checkedAt ?? checkedAt,
  checkedBy: null,
  duty: { vi: "Điều 6 khoản 2 Nghị định 23/2015/NĐ-CP", en: "Article 6(2) of Decree 23/2015/NĐ-CP" },
  files: [
    {
      name: "bằng tốt nghiệp.pdf",
      sha256: digest,
      lengthBytes: 123_456,
      notExamined: null,
      says: { vi: verificationVi.answerNotCertified, en: verificationEn.answerNotCertified },
      against: {
        log: { origin: "log.example", treeSize: 40, rootHash: "cm9vdA==", leafIndex: 5 },
        status: { list: "status/0", index: 31, asOf: checkedAt },
      },
      report: examined(changes),
    },
  ],
  ...asked,
});
