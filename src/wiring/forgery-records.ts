import { findDossier, refusalOf } from "../../db/stores/dossiers.ts";
import { forgeryRecordsOf, keepForgeryRecord } from "../../db/stores/forgery-records.ts";
import { submissionOf } from "../../db/stores/submissions.ts";
import type { Dossier } from "../core/dossier.ts";
import type { KeptForgeryRecord } from "../core/forgery.ts";
import { placeOf } from "../core/register.ts";
import { recordForgery } from "../usecases/record-forgery.ts";
import { shortTimeText } from "../web/design/time.ts";
import type { OfficialsWorld } from "../web/officials/world.ts";
import type { ForgeryPagesWorld } from "../web/pages/refusal/forgery-world.ts";
import { agencyPaper, type PaperOf } from "./agency-paper.ts";
import { isPrintable } from "./composing.ts";
import { agencyNameOf, type House } from "./house.ts";

export const forgeryWorld = (
  house: House,
  { dossier, newFormId }: Pick<OfficialsWorld, "dossier" | "newFormId">,
): ForgeryPagesWorld => ({
  ...{ dossier, newFormId, now: house.now },
  forgeryRecords: ({ dossier: { id } }) => forgeryRecordsOf(house.sql, id),
  recordForgery: (id, record, actor) =>
    recordForgery(id, record, actor, {
      now: house.now,
      dossier: (wanted, agencyId) => findDossier(house.sql, wanted, agencyId),
      refusal: (wanted) => refusalOf(house.sql, wanted),
      isRecorded: async (wanted) => (await forgeryRecordsOf(house.sql, wanted)).length > 0,
      isPrintable: (text) => isPrintable(house, text),
      keepRecord: (...kept) => keepForgeryRecord(house.sql, ...kept),
    }),
  forgeryPaper: async ({ dossier: one }, record) => {
    const submission = await submissionOf(house.sql, one.id, one.agencyId);
    const facts = { dossier: one, record, code: submission?.code ?? "", agency: agencyNameOf(house, one.agencyId) };
    return agencyPaper(house, one.agencyId, record.at, recordPaper(facts));
  },
});

type RecordFacts = {
  readonly dossier: Dossier;
  readonly record: KeptForgeryRecord;
  readonly code: string;
  readonly agency: string;
};

/** NĐ 23/2015 Art. 9; layout of NĐ 30/2020. Signed by hand by both. */
const recordPaper = ({ dossier, record, code, agency }: RecordFacts): PaperOf => ({
  ...{ unit: null, number: `${code}/${record.ordinal}-BB`, title: "BIÊN BẢN" },
  about: "Về việc giấy tờ xuất trình để chứng thực có dấu hiệu giả mạo",
  parts: [
    said(
      "Căn cứ Điều 9 Nghị định số 23/2015/NĐ-CP ngày 16 tháng 02 năm 2015 của Chính phủ, đã được sửa đổi, bổ sung;",
      "italic",
    ),
    said(`Lúc ${shortTimeText(record.seenAt, "vi")}, tại ${agency} (${placeOf(agency)}), chúng tôi gồm:`),
    fact("Người lập biên bản", record.by),
    fact("Người xuất trình giấy tờ", record.presentedBy),
    fact("Giấy tờ", paperText(dossier)),
    ...told("Dấu hiệu đã thấy", record.seen),
    ...told("Đã giữ lại", record.kept),
    ...told("Đã giao cho", record.handedTo ?? "chưa giao; khi chuyển cơ quan có thẩm quyền sẽ lập biên bản giao nhận."),
    ...told("Ý kiến của người xuất trình", "………………………………………………………………………………"),
    said(
      "Biên bản được đọc lại cho những người có mặt cùng nghe, lập thành 03 bản: người xuất trình giữ 01 bản, cơ quan có thẩm quyền 01 bản, lưu hồ sơ 01 bản.",
    ),
  ],
  signers: [signedBy("NGƯỜI XUẤT TRÌNH GIẤY TỜ", record.presentedBy), signedBy("NGƯỜI LẬP BIÊN BẢN", record.by)],
  recipients: ["Người xuất trình giấy tờ;", "Cơ quan có thẩm quyền (để xử lý);", "Lưu: hồ sơ."],
});

const paperText = ({ title, documentNumber, holderName }: Dossier): string =>
  `${title}${documentNumber === null ? "" : `, số ${documentNumber}`}, của ${holderName}`;

const signedBy = (title: string, name: string): PaperOf["signers"][0] => ({
  titleLines: [title],
  how: "(Ký, ghi rõ họ tên)",
  name,
});

const fact = (label: string, value: string): PaperOf["parts"][number] => ({ kind: "fact", label, value });

const told = (heading: string, text: string): PaperOf["parts"] => [
  { kind: "paragraph", runs: [{ text: `${heading}. `, look: "strong" }, { text: text.replace(/\s+/gu, " ") }] },
];

const said = (text: string, look?: "italic"): PaperOf["parts"][number] => ({
  kind: "paragraph",
  runs: [look === undefined ? { text } : { text, look }],
});
