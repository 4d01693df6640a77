import { findDossier } from "../../db/stores/dossiers.ts";
import { submissionOf } from "../../db/stores/submissions.ts";
import { keepWithdrawal, withdrawalOf } from "../../db/stores/withdrawals.ts";
import type { Actor, Dossier } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { type Bytes, fail, ok, type Result } from "../core/kernel.ts";
import type { Withdrawal } from "../core/withdrawal.ts";
import type { Failure } from "../usecases/failure.ts";
import { withdrawAtCounter, withdrawByLink } from "../usecases/withdraw-dossier.ts";
import type { OwnWithdrawalWorld } from "../web/citizens/withdraw-routes.tsx";
import { shortTimeText } from "../web/design/time.ts";
import type { OfficialsWorld } from "../web/officials/world.ts";
import type { WithdrawalWorld } from "../web/pages/withdrawal/routes.tsx";
import { agencyPaper, type PaperOf } from "./agency-paper.ts";
import { dossierBySecret } from "./citizen-links.ts";
import { checkDigits } from "./citizens.ts";
import type { House } from "./house.ts";

export const withdrawalWorld = (house: House, { dossier }: Pick<OfficialsWorld, "dossier">): WithdrawalWorld => ({
  dossier,
  withdraw: (id, reason, actor) =>
    withdrawAtCounter(id, reason, actor, {
      dossier: (wanted, agencyId) => findDossier(house.sql, wanted, agencyId),
      keepWithdrawal: (...kept) => keepWithdrawal(house.sql, ...kept, house.now()),
    }),
  withdrawalSlip: (id, actor) => withdrawalSlip(house, id, actor),
});

export const ownWithdrawal =
  (house: House): OwnWithdrawalWorld["withdraw"] =>
  (secret, digits, reason) =>
    withdrawByLink(secret, digits, reason, {
      dossierBySecret: (text) => dossierBySecret(house, text),
      checkDigits: (dossier, typed) => checkDigits(house, dossier.id, typed, "identity_digits"),
      keepWithdrawal: (...kept) => keepWithdrawal(house.sql, ...kept, house.now()),
    });

async function withdrawalSlip(house: House, id: DossierId, actor: Actor): Promise<Result<Bytes, Failure>> {
  const dossier = await findDossier(house.sql, id, actor.agencyId);
  const submission = dossier && (await submissionOf(house.sql, id, actor.agencyId));
  if (dossier === null || submission === null) return fail({ code: "not_found" });
  const withdrawal = await withdrawalOf(house.sql, id);
  if (withdrawal === null) return fail({ code: "wrong_stage", status: dossier.status });
  const paper = slipOf(dossier, submission.code, withdrawal);
  return ok(await agencyPaper(house, actor.agencyId, withdrawal.at, paper));
}

/** No form in law was found for it: the layout of the other slips. */
const slipOf = (dossier: Dossier, code: string, { by, reason, at }: Withdrawal): PaperOf => ({
  unit: "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
  number: null,
  title: "GIẤY XÁC NHẬN RÚT HỒ SƠ",
  about: "",
  parts: [
    { kind: "fact", label: "Mã hồ sơ", value: code },
    { kind: "fact", label: "Người yêu cầu chứng thực", value: dossier.applicantName },
    { kind: "fact", label: "Giấy tờ", value: dossier.title },
    { kind: "fact", label: "Nhận hồ sơ lúc", value: shortTimeText(dossier.openedAt, "vi") },
    { kind: "fact", label: "Rút lúc", value: shortTimeText(at, "vi") },
    { kind: "fact", label: "Cách rút", value: by === null ? "bằng liên kết riêng của người yêu cầu" : "tại quầy" },
    ...(reason === "" ? [] : [{ kind: "fact", label: "Lý do", value: reason } as const]),
    {
      kind: "paragraph",
      runs: [{ text: "Giấy tờ trên được rút khi chưa lấy số chứng thực; không có bản sao nào được chứng thực." }],
    },
  ],
  signers: [
    { titleLines: ["NGƯỜI YÊU CẦU"], how: "(Ký, ghi rõ họ tên)", name: dossier.applicantName },
    { titleLines: ["NGƯỜI TIẾP NHẬN HỒ SƠ"], how: "(Ký, ghi rõ họ tên)", name: by ?? "" },
  ],
  recipients: ["Liên 1: lưu hồ sơ;", "Liên 2: giao người nộp hồ sơ."],
});
