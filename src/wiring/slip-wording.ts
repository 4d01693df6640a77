import type { PaperPart, PaperRun } from "../../signing/compose/paper-to-compose.ts";
import type { feesOf } from "../core/fees.ts";
import type { Instant } from "../core/kernel.ts";
import type { ReceptionPlace } from "../core/reception.ts";
import { shortTimeText } from "../web/design/time.ts";
import { feeText } from "../web/pages/receiving/money.ts";
import type { PaperOf } from "./agency-paper.ts";

/** What the receipt-and-appointment slip tells; a line of `papers` for each original that was presented. */
export type SlipFacts = {
  readonly code: string;
  readonly applicant: string;
  readonly contact: string | null;
  /** One or two. PROC-1. */
  readonly procedureCodes: readonly string[];
  readonly papers: readonly {
    readonly name: string;
    readonly pages: number;
    readonly paperCopies: number;
    readonly electronicCopies: number;
  }[];
  readonly receivedAt: Instant;
  readonly reception: ReceptionPlace | null;
  /** What was promised at the receipt; what counts now; the day named with an apology. */
  readonly promisedAt: Instant;
  readonly dueAt: Instant;
  readonly againAt: Instant | null;
  readonly fees: ReturnType<typeof feesOf>;
  /** The citizen's secret link, shown this once; null on a slip without it. */
  readonly link: string | null;
  /** How the fee is paid from a phone; null where the agency entered no account. */
  readonly transfer: { readonly code: string; readonly account: string; readonly purpose: string } | null;
  readonly receiver: string;
};

export const desk = "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ";

/** GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ, with hour and day. LAW 6; NĐ 23/2015 Art. 21 and TT 01/2020 for the hour. */
export const slipPaper = (facts: SlipFacts): PaperOf => ({
  unit: desk,
  number: null,
  title: "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
  about: "",
  parts: [
    codeOfDossier(facts.code),
    fact("Người yêu cầu chứng thực", facts.applicant),
    ...(facts.contact === null ? [] : [fact("Điện thoại, thư điện tử", facts.contact)]),
    fact("Nội dung yêu cầu", "chứng thực bản sao từ bản chính"),
    fact("Mã thủ tục hành chính", facts.procedureCodes.join("; ")),
    tableOf(facts),
    fact("Thời gian nhận hồ sơ", shortTimeText(facts.receivedAt, "vi")),
    ...(facts.reception === null ? [] : [fact("Nơi tiếp nhận", `${facts.reception.name}, ${facts.reception.place}`)]),
    fact("Thời gian trả kết quả", `trước ${shortTimeText(facts.promisedAt, "vi")}`),
    ...laterDays(facts),
    fact("Phí chứng thực (Thông tư 226/2016/TT-BTC)", feeText(facts.fees)),
    ...(facts.link === null ? [] : [linkPart(facts.link)]),
    ...(facts.transfer === null ? [] : [transferPart(facts.transfer)]),
    paragraph("Bản chính được trả lại cho người yêu cầu ngay sau khi đối chiếu."),
  ],
  signers: [
    { titleLines: ["NGƯỜI NỘP HỒ SƠ"], how: "(Ký, ghi rõ họ tên)", name: facts.applicant },
    { titleLines: ["NGƯỜI TIẾP NHẬN HỒ SƠ"], how: "(Ký, ghi rõ họ tên)", name: facts.receiver },
  ],
  recipients: ["Liên 1: lưu hồ sơ;", "Liên 2: giao người nộp hồ sơ."],
});

/** A slip printed again says what it promised, and what was appointed since. */
function laterDays({ promisedAt, dueAt, againAt }: SlipFacts): PaperPart[] {
  const later = dueAt === promisedAt ? [] : [fact("Đã hẹn lại", `trước ${shortTimeText(dueAt, "vi")}`)];
  const again = againAt === null ? [] : [fact("Đã xin lỗi và hẹn lại", `trước ${shortTimeText(againAt, "vi")}`)];
  return [...later, ...again];
}

const fact = (label: string, value: string): PaperPart => ({ kind: "fact", label, value });
const paragraph = (text: string): PaperPart => ({ kind: "paragraph", runs: [{ text }] });

/** The code of the dossier, to be scanned at the counter and typed by people. */
export const codeOfDossier = (code: string): PaperPart => ({
  kind: "code",
  text: code,
  says: `Mã QR của mã hồ sơ ${code}`,
  beside: [[{ text: "Mã hồ sơ:" }], [{ text: code, look: "strong" }]],
});

const tableOf = ({ papers }: SlipFacts): PaperPart => ({
  kind: "table",
  columns: [
    { head: "TT", widthMm: 11, align: "right" },
    { head: "Thành phần hồ sơ", widthMm: 83, align: "left" },
    { head: "Số trang", widthMm: 20, align: "right" },
    { head: "Số bản giấy", widthMm: 22, align: "right" },
    { head: "Ký bản điện tử", widthMm: 24, align: "right" },
  ],
  rows: papers.map(({ name, pages, paperCopies, electronicCopies }, i) => [
    String(i + 1),
    name,
    String(pages),
    String(paperCopies),
    String(electronicCopies),
  ]),
  totals: null,
});

const linkPart = (link: string): PaperPart => ({
  kind: "code",
  text: link,
  says: "Mã QR mở liên kết riêng để theo dõi và nhận bản sao",
  beside: [
    strong("Liên kết riêng để theo dõi hồ sơ và nhận bản sao điện tử:"),
    [{ text: link }],
    [
      {
        text: "Khi tải bản sao cần bốn số cuối của giấy tờ tùy thân đã xuất trình, hoặc bốn số đã tự chọn. Giữ kín liên kết này; nếu mất, mang giấy tờ tùy thân đến để được cấp liên kết mới.",
      },
    ],
  ],
});

const transferPart = ({ code, account, purpose }: NonNullable<SlipFacts["transfer"]>): PaperPart => ({
  kind: "code",
  text: code,
  says: "Mã VietQR để chuyển khoản phí chứng thực",
  beside: [
    strong("Chuyển khoản phí bằng VietQR: quét bằng ứng dụng ngân hàng."),
    [{ text: account }],
    [{ text: "Nội dung: " }, { text: purpose, look: "strong" }],
  ],
});

const strong = (text: string): PaperRun[] => [{ text, look: "strong" }];
