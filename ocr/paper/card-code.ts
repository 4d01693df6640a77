import { dateText, exists, type NamedDate } from "./dates.ts";

/** What the code of an identity card says. */
export type CardCode = {
  /** Twelve digits. */
  readonly number: string;
  readonly name: string;
  /** `dd/MM/yyyy`. */
  readonly born: string;
  readonly sex: string;
  readonly residence: string;
  /** `dd/MM/yyyy`; null where the code does not say. */
  readonly issued: string | null;
};

const fewest = 6;

/**
 * `number|former number|name|ddMMyyyy|sex|residence|ddMMyyyy`; the former number may be empty, and newer cards have more
 * behind (LAW 9). Null of any other code: a link, a look-alike of another shape.
 */
export function readCardCode(text: string): CardCode | null {
  const [number = "", former = "", name = "", born = "", sex = "", residence = "", issued = "", ...more] = text
    .normalize("NFC")
    .split("|")
    .map((field) => field.trim());
  if (text.split("|").length < fewest || more.length > 10) return null;
  if (!/^\d{12}$/.test(number) || !/^(\d{9}|\d{12})?$/.test(former) || !/^[\p{L}\s'.-]{2,100}$/u.test(name))
    return null;
  const bornOn = dateOfDigits(born);
  return bornOn === null ? null : { number, name, born: bornOn, sex, residence, issued: dateOfDigits(issued) };
}

function dateOfDigits(digits: string): string | null {
  const [, day, month, year] = /^(\d{2})(\d{2})(\d{4})$/.exec(digits) ?? [];
  const date: NamedDate = { day: Number(day), month: Number(month), year: Number(year) };
  return year !== undefined && exists(date) ? dateText(date) : null;
}
