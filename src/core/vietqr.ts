import { fail, ok, type Result } from "./kernel.ts";
import type { DossierCode } from "./submission.ts";

/** Where fees are transferred to. */
export type ReceivingAccount = {
  /** Six digits by which the interbank network knows the bank. */
  readonly bankBin: string;
  /** Letters and digits, at most 19. */
  readonly number: string;
  readonly holder: string;
};

/**
 * The text of a VietQR code for one transfer: EMVCo merchant-presented QR, version 1.1, with the template of NAPAS (38)
 * for a transfer to an account. Any banking app of Vietnam reads it. LAW 4; the layout is public practice [P].
 *
 * @param amountDong whole đồng, 1 to 9,999,999,999,999
 * @param purpose what the payment is matched by: at most 25 capital letters, digits and spaces
 */
export function vietQrOf(
  { bankBin, number }: Pick<ReceivingAccount, "bankBin" | "number">,
  amountDong: number,
  purpose: string,
): Result<string, { code: "not_payable" }> {
  const isSound =
    /^\d{6}$/.test(bankBin) &&
    /^[A-Za-z0-9]{1,19}$/.test(number) &&
    Number.isSafeInteger(amountDong) &&
    amountDong >= 1 &&
    amountDong <= 9_999_999_999_999 &&
    /^[A-Z0-9 ]{1,25}$/.test(purpose);
  if (!isSound) return fail({ code: "not_payable" });
  const account = field("00", bankBin) + field("01", number);
  const template = field("00", "A000000727") + field("01", account) + field("02", "QRIBFTTA");
  const text =
    field("00", "01") + // payload format
    field("01", "12") + // good for one payment
    field("38", template) +
    field("53", "704") + // đồng, ISO 4217
    field("54", String(amountDong)) +
    field("58", "VN") +
    field("62", field("08", purpose)) +
    "6304"; // the checksum covers its own tag and length
  return ok(text + crc16(text));
}

/** What a transfer for a dossier says, so that a statement finds it again: its code without the marks that banks drop. */
export const purposeOf = (code: DossierCode): string => `CT ${code.replace(/[.-]/g, "").slice(-22)}`;

const field = (tag: string, value: string): string => `${tag}${String(value.length).padStart(2, "0")}${value}`;

/** ISO/IEC 13239 with polynomial 1021 and start FFFF, as EMVCo §4.7.3 asks; four capital hexadecimal digits. */
export function crc16(text: string): string {
  let rest = 0xffff;
  for (const sign of text) {
    rest ^= (sign.codePointAt(0) ?? 0) << 8;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest & 0x8000 ? (rest << 1) ^ 0x1021 : rest << 1) & 0xffff;
  }
  return rest.toString(16).toUpperCase().padStart(4, "0");
}
