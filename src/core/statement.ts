import { readCsv } from "./csv-table.ts";
import { type Bytes, fail, type LocalDate, ok, parseLocalDate, type Result } from "./kernel.ts";
import { plainText } from "./plain-text.ts";
import { withoutTones } from "./without-tones.ts";

/** What the columns of a bank's file are called; empty: the usual names are looked for. */
export type StatementColumns = {
  readonly day: string;
  readonly amount: string;
  readonly content: string;
  /** May be missing in the file. */
  readonly reference: string;
};

export const noColumns: StatementColumns = { day: "", amount: "", content: "", reference: "" };

/** Money that came in, as the bank tells it. */
export type Incoming = {
  readonly day: LocalDate;
  readonly amountDong: number;
  readonly content: string;
  readonly reference: string;
};

export type StatementFile = {
  readonly incoming: readonly Incoming[];
  /** Lines of money going out, or of none. */
  readonly outgoing: number;
  /** Lines of the file, counted from 1, that have a day and a sum that cannot be read: for a person to look at. */
  readonly unread: readonly number[];
};

/** Why a file is not taken; nothing of it is kept. */
export type StatementFault =
  | { readonly code: "not_text" }
  | { readonly code: "too_many_rows" }
  /** The rows of headings that were found, so that their names can be entered. */
  | { readonly code: "columns_missing"; readonly found: readonly string[] }
  | { readonly code: "no_incoming" };

const mostRows = 5000;
const headWithin = 40; // banks put their name, the account and the period above the table
const separators = [";", ",", "\t"] as const;

const usualNames: Readonly<Record<keyof StatementColumns, readonly string[]>> = {
  day: ["ngay giao dich", "ngay hieu luc", "ngay hach toan", "ngay gd", "ngay", "transaction date", "date"],
  amount: [
    "so tien ghi co",
    "phat sinh co",
    "ghi co",
    "so tien co",
    "tien vao",
    "so tien vao",
    "co",
    "credit amount",
    "credit",
    "so tien",
    "amount",
  ],
  content: [
    "noi dung giao dich",
    "dien giai",
    "noi dung",
    "mo ta giao dich",
    "mo ta",
    "description",
    "remark",
    "details",
  ],
  reference: [
    "so tham chieu",
    "ma giao dich",
    "so but toan",
    "so giao dich",
    "so ct",
    "so chung tu",
    "reference",
    "transaction id",
    "ref no",
  ],
};

/** A column that says beside an unsigned sum which way the money went. */
const directionNames = ["d c", "dc", "c d", "dr cr", "cr dr", "no co", "ghi no co", "debit credit", "dau"];
const ways: Readonly<Record<string, 1 | -1>> = {
  ...{ c: 1, co: 1, cr: 1, credit: 1, "ghi co": 1, "+": 1 },
  ...{ d: -1, no: -1, dr: -1, debit: -1, "ghi no": -1, "-": -1 },
};

/**
 * A bank's statement as CSV: UTF-8 or UTF-16 with a mark, any of three separators, anything above the table and below it.
 * Whatever a cell holds is text: nothing of it is ever reckoned or run.
 *
 * @param bytes bounded by the route
 */
export function readStatement(bytes: Bytes, columns: StatementColumns): Result<StatementFile, StatementFault> {
  const text = decoded(bytes);
  if (text === null) return fail({ code: "not_text" });
  let found: readonly string[] = [];
  for (const separator of separators) {
    const rows = readCsv(text, separator, mostRows);
    if (!rows.ok) return rows;
    const table = tableIn(rows.value, columns);
    if (table !== null) return linesOf(rows.value, table);
    const head = rows.value.slice(0, headWithin).toSorted((a, b) => filled(b) - filled(a))[0] ?? [];
    if (filled(head) > filled(found)) found = head;
  }
  return fail({
    code: "columns_missing",
    found: found
      .map((cell) => cell.trim())
      .filter(Boolean)
      .slice(0, 30),
  });
}

const filled = (row: readonly string[]): number => row.filter((cell) => cell.trim() !== "").length;

function decoded(bytes: Bytes): string | null {
  const is16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    const text = new TextDecoder(is16 ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : text.normalize("NFC");
  } catch {
    return null; // the decoder's only way to say that these bytes are no such text
  }
}

type Table = {
  readonly head: number;
  readonly at: Readonly<Record<keyof StatementColumns, number>>;
  /** Of the column of directions; below 0 where there is none. */
  readonly direction: number;
};

/** The first row that has the three columns that matter. */
function tableIn(rows: readonly (readonly string[])[], columns: StatementColumns): Table | null {
  for (const [head, row] of rows.slice(0, headWithin).entries()) {
    const names = row.map(plain);
    const place = (column: keyof StatementColumns): number => {
      const wanted = columns[column] === "" ? usualNames[column] : [plain(columns[column])];
      return wanted.map((name) => names.indexOf(name)).find((at) => at >= 0) ?? -1;
    };
    const at = { day: place("day"), amount: place("amount"), content: place("content"), reference: place("reference") };
    const direction = names.findIndex((name) => directionNames.includes(name));
    if (at.day >= 0 && at.amount >= 0 && at.content >= 0) return { head, at, direction };
  }
  return null;
}

/** A column's name without tones, case and signs: `Số tiền ghi có (VND)` is `so tien ghi co`. */
const plain = (name: string): string =>
  withoutTones(name)
    .replace(/\((?:vnd|dong|d)\)/g, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

function linesOf(rows: readonly (readonly string[])[], table: Table): Result<StatementFile, StatementFault> {
  const { head, at } = table;
  const incoming: Incoming[] = [];
  const unread: number[] = [];
  let outgoing = 0;
  for (const [i, row] of rows.slice(head + 1).entries()) {
    const day = dayOf(row[at.day] ?? "");
    if (day === null) continue; // headings between pages, totals, signatures
    const amountDong = sumOf(row, table);
    if (amountDong === null) unread.push(head + i + 2);
    else if (amountDong <= 0) outgoing += 1;
    else
      incoming.push({ day, amountDong, content: cell(row[at.content], 500), reference: cell(row[at.reference], 100) });
  }
  return incoming.length === 0 ? fail({ code: "no_incoming" }) : ok({ incoming, outgoing, unread });
}

/** Below 0 for money going out; null where sum or direction cannot be told: money out is never taken for money in. */
function sumOf(row: readonly string[], { at, direction }: Table): number | null {
  const dong = dongOf(row[at.amount] ?? "");
  if (direction < 0 || dong === null || dong <= 0) return dong;
  const told = (row[direction] ?? "").trim();
  const way = ways[plain(told) || told];
  return way === undefined ? null : way * dong;
}

const cell = (text: string | undefined, most: number): string =>
  Array.from(plainText((text ?? "").replace(/[\s\p{Cc}]+/gu, " ")).trim())
    .slice(0, most)
    .join("");

/** `23/11/2026`, `23-11-2026 10:22:33`, `2026-11-23`; null for anything else. */
export function dayOf(text: string): LocalDate | null {
  const [, d, m, y] = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[\sT].*)?$/.exec(text) ?? [];
  const [, iso] = /^\s*(\d{4}-\d{2}-\d{2})(?:[\sT].*)?$/.exec(text) ?? [];
  const day = parseLocalDate(iso ?? `${y ?? ""}-${(m ?? "").padStart(2, "0")}-${(d ?? "").padStart(2, "0")}`);
  return day.ok ? day.value : null;
}

/**
 * A sum in whole đồng, as banks write it: `1.234.567`, `1,234,567.00`, `+12000 VND`; an empty cell and a dash are 0, what goes
 * out is below 0. Null where it cannot be told what is meant, as `12,5` or a fraction of a đồng.
 */
export function dongOf(text: string): number | null {
  const bare = text.replace(/[\s\u00a0\u202f]|vnd|vnđ|đồng|đ|₫/giu, "");
  if (bare === "" || bare === "-") return 0;
  const [, sign, digits, brackets] = /^(?:([+-]?)([\d.,]+)|\(([\d.,]+)\))$/.exec(bare) ?? [];
  const dong = wholeOf(digits ?? brackets ?? "");
  if (dong === null) return null;
  return sign === "-" || brackets !== undefined ? -dong : dong;
}

const shapes = [
  /^\d{1,13}$/,
  /^(\d{1,3}(?:\.\d{3}){1,4})(?:,00?)?$/,
  /^(\d{1,3}(?:,\d{3}){1,4})(?:\.00?)?$/,
  /^(\d{1,13})[.,]00?$/,
];

function wholeOf(digits: string): number | null {
  for (const shape of shapes) {
    const match = shape.exec(digits);
    if (match !== null) return Number((match[1] ?? match[0]).replace(/[.,]/g, ""));
  }
  return null;
}
