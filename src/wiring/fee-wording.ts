import { dongInWords } from "../core/dong-in-words.ts";
import {
  type FeeBalance,
  type FeeCharge,
  type FeePayment,
  type GivenBack,
  outstandingOf,
  receiptText,
} from "../core/fee-account.ts";
import type { Instant } from "../core/kernel.ts";
import { shortTimeText } from "../web/design/time.ts";
import { dongText } from "../web/pages/receiving/money.ts";
import type { PaperOf } from "./agency-paper.ts";
import { codeOfDossier, desk } from "./slip-wording.ts";

export type ReceiptFacts = {
  readonly code: string;
  readonly payment: FeePayment;
  readonly charges: readonly FeeCharge[];
  readonly balance: FeeBalance;
  readonly printedAt: Instant;
};

const wayText = { cash: "tiền mặt", transfer: "chuyển khoản" } as const;

/**
 * BIÊN LAI THU PHÍ of one payment, with the number of the agency's own series (FEE-4): of the payment it always says
 * the same; below that, as of its printing, what all papers cost and what is left. Of a payment that was taken back it says so first. Whether it stands in for the tax authority's form is an open point.
 */
export const receiptPaper = ({ code, payment, charges, balance, printedAt }: ReceiptFacts): PaperOf => ({
  unit: desk,
  number: `${receiptText(payment.receipt)}-BL`,
  title: "BIÊN LAI THU PHÍ CHỨNG THỰC",
  about: payment.reversal === null ? "" : "ĐÃ HỦY, KHÔNG CÒN GIÁ TRỊ THANH TOÁN",
  parts: [
    ...takenBack(payment),
    codeOfDossier(code),
    fact("Người nộp", payment.payer),
    fact("Nội dung thu", "phí chứng thực bản sao từ bản chính (Thông tư 226/2016/TT-BTC)"),
    fact("Số tiền đã thu theo biên lai này", `${dongText(payment.amountDong)} đồng`),
    fact("Bằng chữ", dongInWords(payment.amountDong)),
    fact("Hình thức nộp", wayText[payment.way]),
    fact("Thu lúc", shortTimeText(payment.at, "vi")),
    ...payment.givenBack.filter(({ undone }) => undone === null).map(givenBackFact),
    {
      kind: "paragraph",
      runs: [{ text: `Phí của cả hồ sơ, tính đến lúc in ${shortTimeText(printedAt, "vi")}:`, look: "italic" }],
    },
    tableOf(charges),
    ...(balance.waivedDong === 0 ? [] : [fact("Được miễn, giảm", `${dongText(balance.waivedDong)} đồng`)]),
    ...(outstandingOf(balance) > 0 ? [fact("Còn phải nộp", `${dongText(outstandingOf(balance))} đồng`)] : []),
  ],
  signers: [
    { titleLines: ["NGƯỜI NỘP TIỀN"], how: "(Ký, ghi rõ họ tên)", name: payment.payer },
    { titleLines: ["NGƯỜI THU TIỀN"], how: "(Ký, ghi rõ họ tên)", name: payment.by },
  ],
  recipients: ["Liên 1: lưu;", "Liên 2: giao người nộp tiền."],
});

const fact = (label: string, value: string) => ({ kind: "fact", label, value }) as const;

function takenBack({ reversal }: FeePayment): PaperOf["parts"] {
  if (reversal === null) return [];
  const { at, by, reason } = reversal;
  return [fact("Đã hủy lúc", `${shortTimeText(at, "vi")}, ${by}. Lý do: ${reason}`)];
}

const givenBackFact = ({ amountDong, way, payer, at, by }: GivenBack): PaperOf["parts"][number] =>
  fact("Đã trả lại", `${dongText(amountDong)} đồng (${wayText[way]}) cho ${payer}, ${shortTimeText(at, "vi")}, ${by}`);

const tableOf = (charges: readonly FeeCharge[]): PaperOf["parts"][number] => ({
  kind: "table",
  columns: [
    { head: "TT", widthMm: 11, align: "right" },
    { head: "Giấy tờ", widthMm: 69, align: "left" },
    { head: "Số trang", widthMm: 18, align: "right" },
    { head: "Bản điện tử", widthMm: 18, align: "right" },
    { head: "Bản giấy", widthMm: 16, align: "right" },
    { head: "Phí (đồng)", widthMm: 28, align: "right" },
  ],
  rows: charges.map((charge) => [
    String(charge.ordinal),
    charge.title,
    String(charge.pages),
    String(charge.electronicCopies),
    String(charge.paperCopies),
    dongText(charge.electronicDong + charge.paperDong),
  ]),
  totals: ["", "Cộng", "", "", "", dongText(charges.reduce((sum, one) => sum + one.electronicDong + one.paperDong, 0))],
});
