import { livingCertificate } from "../../db/stores/certificates.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import type { PaperPart } from "../../signing/compose/paper-to-compose.ts";
import type { Actor, Certificate, Dossier } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, ok, type Result } from "../core/kernel.ts";
import { numberText } from "../core/register.ts";
import type { Failure } from "../usecases/failure.ts";
import { dayText } from "../web/design/time.ts";
import type { DraftOfDecision } from "../web/pages/annulment/world.ts";
import { agencyPaper, type PaperOf } from "./agency-paper.ts";
import { agencyNameOf, type House } from "./house.ts";

/** The decision that takes a copy's value away, to be read, numbered and signed by who decides. TT 01/2020 Art. 7; ANNUL-1. */
export async function draftDecision(
  house: House,
  id: DossierId,
  typed: DraftOfDecision,
  { agencyId }: Actor,
): Promise<Result<Bytes, Failure>> {
  const dossier = await findDossier(house.sql, id, agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  const certificate = dossier.status === "released" ? await livingCertificate(house.sql, id) : null;
  if (certificate === null) return fail({ code: "wrong_stage", status: dossier.status });
  const paper = decisionPaper({ agency: agencyNameOf(house, agencyId), dossier, certificate, typed });
  const day = typed.date === null ? house.now() : (`${typed.date}T05:00:00Z` as Instant); // noon of the day that is typed
  return ok(await agencyPaper(house, agencyId, day, paper));
}

type DecisionFacts = {
  readonly agency: string;
  readonly dossier: Pick<Dossier, "title" | "documentNumber">;
  readonly certificate: Certificate;
  readonly typed: DraftOfDecision;
};

const decisionPaper = (facts: DecisionFacts): PaperOf => ({
  unit: null,
  number: facts.typed.number === "" ? "…/QĐ-UBND" : facts.typed.number,
  title: "QUYẾT ĐỊNH",
  about:
    facts.typed.kind === "annulled"
      ? "Về việc hủy bỏ giá trị pháp lý của bản sao đã chứng thực"
      : "Về việc thay thế bản sao đã chứng thực",
  parts: [
    ...bases.map((text) => said(text, "italic")),
    { kind: "heading", text: "QUYẾT ĐỊNH:" },
    ...articles(facts),
    said(
      `Dự thảo do phần mềm lập${signerNote(facts.typed)}; chưa có giá trị khi chưa ghi số, ngày và chưa ký, đóng dấu.`,
      "italic",
    ),
  ],
  signers: [{ titleLines: ["CHỦ TỊCH"], how: "(Ký, ghi rõ họ tên, đóng dấu)", name: "" }],
  recipients: ["Như Điều 3;", "Người yêu cầu chứng thực;", "Cơ quan, tổ chức đã nhận bản sao;", "Lưu: VT, hồ sơ."],
});

const bases = [
  "Căn cứ Nghị định số 23/2015/NĐ-CP ngày 16 tháng 02 năm 2015 của Chính phủ, đã được sửa đổi, bổ sung;",
  "Căn cứ Điều 7 Thông tư số 01/2020/TT-BTP ngày 03 tháng 3 năm 2020 của Bộ Tư pháp;",
];

function articles({ agency, dossier, certificate, typed }: DecisionFacts): PaperPart[] {
  const paper = `${dossier.title}${dossier.documentNumber === null ? "" : `, số ${dossier.documentNumber}`}`;
  const copies = certificate.copies === 1 ? "bản sao điện tử" : `toàn bộ ${certificate.copies} bản sao điện tử`;
  const line = `số chứng thực ${numberText(certificate.number)}, quyển số ${certificate.bookText}, ngày ${dayText(certificate.printedOn)}`;
  const what = typed.kind === "annulled" ? "Hủy bỏ giá trị pháp lý của" : "Thay thế";
  const reason = typed.reason === "" ? "…" : typed.reason.replaceAll("\n", " ");
  const successor =
    typed.successor === null
      ? ""
      : ` Bản sao có số chứng thực ${numberText(typed.successor.number)} năm ${typed.successor.year} đứng vào chỗ của bản này.`;
  return [
    article(
      1,
      `${what} ${copies} được chứng thực từ bản chính ${paper}; ${line}. Lý do: ${reason}.${successor}`.replace(
        "..",
        ".",
      ),
    ),
    article(
      2,
      "Dòng của số chứng thực này được giữ nguyên trong sổ, có ghi chú quyết định. Quyết định được đăng công khai và hiện ở mọi nơi kiểm tra bản sao.",
    ),
    article(
      3,
      `${agency}, người thực hiện chứng thực, văn thư và các cơ quan, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này kể từ ngày ký.`,
    ),
  ];
}

const article = (number: number, text: string): PaperPart => ({
  kind: "paragraph",
  runs: [{ text: `Điều ${number}. `, look: "strong" }, { text }],
});

const said = (text: string, look?: "italic"): PaperPart => ({
  kind: "paragraph",
  runs: [look === undefined ? { text } : { text, look }],
});

const signerNote = ({ by }: DraftOfDecision): string => (by === "" ? "" : `, người ký dự kiến: ${by}`);
