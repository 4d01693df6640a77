import type { Chance } from "../seeded.ts";

/** A person who does not exist. Places are made up as well, so that nobody's address is printed. */
export type Invented = {
  readonly name: string;
  readonly sex: "Nam" | "Nữ";
  readonly born: Day;
  /** Twelve digits of a province code that nobody has, NĐ 137/2015 Art. 13 otherwise. */
  readonly number: string;
  readonly place: string;
};

export type Day = { readonly day: number; readonly month: number; readonly year: number };

const families = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Lý"];
const middles = { Nam: ["Văn", "Hữu", "Đức", "Quang", "Minh", "Công"], Nữ: ["Thị", "Thị Ngọc", "Thu", "Mỹ", "Kim"] };
const givens = {
  Nam: ["Dũng", "Hải", "Khoa", "Lộc", "Nghĩa", "Phúc", "Quý", "Sơn", "Thịnh", "Tuấn", "Vượng", "Bằng"],
  Nữ: ["Hằng", "Hương", "Lệ", "Loan", "Nhàn", "Phượng", "Quỳnh", "Thảo", "Tuyết", "Uyên", "Yến", "Bích"],
};
const communes = [
  "xã Giả Sơn",
  "phường Thử Đức",
  "xã Mẫu Thủy",
  "phường Bình Giả",
  "xã Hư Cấu Thượng",
  "phường Mẫu Lộc",
];
const districts = ["huyện Thử Giang", "quận Mẫu Hưng", "thị xã Giả Định", "thành phố Thử Hòa"];
const provinces = ["tỉnh Giả Long", "tỉnh Thử Nguyên", "thành phố Mẫu Hải", "tỉnh Hư Bình"];

export const two = (value: number): string => String(value).padStart(2, "0");
export const figures = ({ day, month, year }: Day): string => `${two(day)}/${two(month)}/${year}`;
export const spoken = ({ day, month, year }: Day): string => `ngày ${two(day)} tháng ${two(month)} năm ${year}`;

export const aDay = (chance: Chance, from: number, to: number): Day => ({
  day: 1 + chance.below(28),
  month: 1 + chance.below(12),
  year: from + chance.below(to - from + 1),
});

export function aPlace(chance: Chance): string {
  return [`thôn ${1 + chance.below(12)}`, chance.pick(communes), chance.pick(districts), chance.pick(provinces)]
    .slice(chance.below(2))
    .join(", ");
}

export const aCommune = (chance: Chance) => ({
  commune: chance.pick(communes),
  district: chance.pick(districts),
  province: chance.pick(provinces),
});

export const digits = (chance: Chance, count: number): string =>
  Array.from({ length: count }, () => chance.below(10)).join("");

export function aPerson(chance: Chance, from = 1960, to = 2003): Invented {
  const sex = chance.pick(["Nam", "Nữ"] as const);
  const born = aDay(chance, from, to);
  const name = `${chance.pick(families)} ${chance.pick(middles[sex])} ${chance.pick(givens[sex])}`;
  const century = Math.floor(born.year / 100) - 19;
  const code = 2 * century + (sex === "Nam" ? 0 : 1);
  const number = `999${code}${two(born.year % 100)}${digits(chance, 6)}`;
  return { name, sex, born, number, place: aPlace(chance) };
}

const ones = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

const tens = (value: number): string => {
  const [ten, one] = [Math.floor(value / 10), value % 10];
  if (ten === 0) return ones[one] ?? "";
  const last = one === 0 ? "" : one === 1 && ten > 1 ? " mốt" : one === 5 ? " lăm" : ` ${ones[one]}`;
  return `${ten === 1 ? "mười" : `${ones[ten]} mươi`}${last}`;
};

/** `Ngày mười hai tháng ba năm một nghìn chín trăm tám mươi lăm`. */
export function inWords({ day, month, year }: Day): string {
  const [hundreds, rest] = [Math.floor(year / 100) % 10, year % 100];
  const end = rest === 0 ? "" : rest < 10 ? ` linh ${ones[rest]}` : ` ${tens(rest)}`;
  const spokenYear = `${ones[Math.floor(year / 1000)]} nghìn ${ones[hundreds]} trăm${end}`;
  const spokenMonth = month === 4 ? "tư" : tens(month);
  return `Ngày ${tens(day)} tháng ${spokenMonth} năm ${spokenYear}`;
}

/** Ten digits whose last fits, as enterprise codes have; the tenth must be one digit. */
export function aTaxCode(chance: Chance): string {
  for (;;) {
    const nine = `99${digits(chance, 7)}`;
    const sum = [31, 29, 23, 19, 17, 13, 7, 5, 3].reduce((all, weight, i) => all + weight * Number(nine[i]), 0);
    const last = 10 - (sum % 11);
    if (last >= 0 && last <= 9) return `${nine}${last}`;
  }
}
