import { type Instant, type LocalDate, localDateOf, localTimeOf } from "../../src/core/kernel.ts";
import type { Certificate } from "./copy-to-compose.ts";

/** What a copy says. The four lines of the attestation are law (LAW 3.1) and stand letter for letter. */
export const attestation = {
  heading: "Chứng thực bản sao đúng với bản chính",
  numberLabel: "Số chứng thực ",
  bookLabel: " quyển số ",
  signer: "Người thực hiện chứng thực ký, ghi rõ họ tên và đóng dấu",
} as const;

/** NĐ 30/2020 Appendix I: day below 10 and months 1 and 2 with a zero before. */
export function dayInWords(date: LocalDate): string {
  const [year, month, day] = date.split("-");
  return `ngày ${day} tháng ${Number(month) <= 2 ? month : Number(month)} năm ${year}`;
}

export const attestedOn = (date: LocalDate): string => `Ngày${dayInWords(date).slice("ngày".length)}`;

/** NĐ 23/2015 Art. 10(2): place, hour and minute of what is certified elsewhere than at the office; by Vietnam's clock. */
export function attestedElsewhere({ place, at }: { readonly place: string; readonly at: Instant }): string {
  const [hour, minute] = localTimeOf(at).slice(11, 16).split(":");
  return `Chứng thực ngoài trụ sở: tại ${place}, lúc ${hour} giờ ${minute} phút, ${dayInWords(localDateOf(at))}`;
}

/** Vietnam keeps UTC+7 all year; ISO 8601, NĐ 30/2020 Appendix I. */
export const dateWithZone = (date: LocalDate): string => `${date.split("-").reverse().join("/")} (UTC+07:00)`;

export const nation = { name: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", motto: "Độc lập - Tự do - Hạnh phúc" } as const;

/** The mark that Law on Electronic Transactions 2023 Art. 12 wants on what was made from paper. */
export const madeFromPaper = "Bản sao điện tử được chứng thực từ bản chính văn bản giấy";

export const sheetTitle = {
  first: "LỜI CHỨNG",
  second: "chứng thực bản sao điện tử từ bản chính văn bản giấy",
} as const;

export const facts = {
  original: "Bản chính: ",
  pages: "Số trang của bản sao: ",
  pagesAfter: (count: number) => `${String(count).padStart(2, "0")} trang, không kể tờ lời chứng này.`,
  copy: (ordinal: number, of: number) => `Bản số ${ordinal} trong tổng số ${of} bản.`,
  confirmed: "Đã đối chiếu với bản chính: ",
  holder: "họ tên",
  documentNumber: "số",
  issuedBy: "nơi cấp",
  issuedOn: "ngày cấp",
} as const;

export const worthless = {
  vietnamese: "THỬ NGHIỆM - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ",
  english: "DEVELOPMENT - NO LEGAL VALUE",
} as const;

export const stripText = {
  made: madeFromPaper.toUpperCase(),
  number: "Số chứng thực ",
  book: ", quyển số ",
  date: ", ngày ",
  page: (page: number, count: number) => `Trang ${page}/${count}`,
  copy: (ordinal: number, of: number) => `· Bản ${ordinal}/${of} `,
  check: "Kiểm tra tại ",
} as const;

export const checking = {
  heading: "Kiểm tra bản sao này",
  domain: "Tên miền: ",
  vietnamese:
    "Quét mã bên hoặc mở liên kết trên, rồi đối chiếu từng trang với bản đang xem. Chỉ tin kết quả hiện trên đúng tên miền đã ghi.",
  english:
    "To check this certified copy, scan the code or open the link, then compare every page. Trust only a result shown on the domain above.",
} as const;

export const forScreenReaders = {
  pageImage: (page: number, count: number) => `Ảnh chụp trang ${page} trên ${count} của bản chính`,
  linkCode: "Mã QR dẫn đến trang kiểm tra bản sao",
  signedCode: "Mã QR đã ký, mang các thông tin để đối chiếu bản sao",
  link: (host: string) => `Mở trang kiểm tra bản sao tại ${host}`,
  officerField: "Chữ ký số của người thực hiện chứng thực",
  agencyField: "Chữ ký số của cơ quan thực hiện chứng thực",
} as const;

export const fileTitle = (certificate: Certificate, originalTitle: string): string =>
  `Bản sao chứng thực số ${certificate.number}, quyển số ${certificate.book}: ${originalTitle}`;

/** Of the paper, what was written down and confirmed; what is not known is not said. */
export const confirmedFacts = (paper: {
  readonly holderName: string;
  readonly documentNumber: string | null;
  readonly issuedBy: string | null;
  readonly issuedOn: string | null;
}): { label: string; value: string }[] =>
  [
    { label: facts.documentNumber, value: paper.documentNumber },
    { label: facts.issuedBy, value: paper.issuedBy },
    { label: facts.issuedOn, value: paper.issuedOn },
    { label: facts.holder, value: paper.holderName },
  ].flatMap(({ label, value }) => (value === null || value.trim() === "" ? [] : [{ label, value }]));
