import { breachesOf, keepBreach, keepBreachStep } from "../../db/stores/breaches.ts";
import { type Breach, type BreachId, breachDue } from "../core/breach.ts";
import { shortTimeText } from "../web/design/time.ts";
import type { BreachesWorld } from "../web/pages/breaches/world.ts";
import { breachesVi } from "../web/words/breaches.vi.ts";
import { agencyPaper, type PaperOf } from "./agency-paper.ts";
import { isPrintable } from "./composing.ts";
import { type House, newId } from "./house.ts";

export const breachesWorld = (house: House): BreachesWorld => ({
  now: house.now,
  newBreachId: () => newId<BreachId>(),
  breaches: ({ agencyId }) => breachesOf(house.sql, agencyId),
  breach: async (id, { agencyId }) => (await breachesOf(house.sql, agencyId)).find((one) => one.id === id) ?? null,
  isPrintable: (text) => isPrintable(house, text),
  keepBreach: (...kept) => keepBreach(house.sql, ...kept),
  keepStep: (...kept) => keepBreachStep(house.sql, ...kept),
  letter: (breach, { agencyId }) => agencyPaper(house, agencyId, house.now(), letterOf(breach)),
});

/** Luật Bảo vệ dữ liệu cá nhân 2025 Art. 23. The form of the decree was not read: a plain letter with what the law asks to tell. */
const letterOf = (breach: Breach): PaperOf => ({
  ...{ unit: null, number: "…/UBND", title: "THÔNG BÁO" },
  about: "Vi phạm quy định về bảo vệ dữ liệu cá nhân",
  parts: [
    said("Kính gửi: Cơ quan chuyên trách bảo vệ dữ liệu cá nhân (Bộ Công an)."),
    said(
      `Phát hiện lúc ${shortTimeText(breach.foundAt, "vi")}; thời hạn thông báo 72 giờ: ${shortTimeText(breachDue(breach), "vi")}.`,
    ),
    ...told("Diễn biến", breach.happened),
    ...told("Dữ liệu và số người liên quan", breach.concerns),
    ...told("Biện pháp đã thực hiện", breach.done),
    ...breach.steps.flatMap(({ what, at, says }) =>
      told(`${breachesVi[`what_${what}`]} lúc ${shortTimeText(at, "vi")}`, says),
    ),
    said("Dự thảo do phần mềm lập; chưa có giá trị khi chưa ghi số, ngày và chưa ký, đóng dấu.", "italic"),
  ],
  signers: [{ titleLines: ["THỦ TRƯỞNG CƠ QUAN"], how: "(Ký, ghi rõ họ tên, đóng dấu)", name: "" }],
  recipients: ["Như trên;", "Lưu: VT."],
});

const told = (heading: string, text: string): PaperOf["parts"] => [
  { kind: "paragraph", runs: [{ text: `${heading}. `, look: "strong" }, { text: text.replace(/\s+/gu, " ") }] },
];

const said = (text: string, look?: "italic"): PaperOf["parts"][number] => ({
  kind: "paragraph",
  runs: [look === undefined ? { text } : { text, look }],
});
