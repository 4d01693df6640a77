import { type Instant, type LocalDate, localTimeOf } from "../../core/kernel.ts";
import type { Language } from "../language.ts";

/** `22/11/2026`, the same in both languages: no month can be taken for a day when the form is printed beside it. */
export const dayText = (date: LocalDate): string => date.split("-").reverse().join("/");

/** `10:15:30, 22/11/2026 (giờ Việt Nam)`, for what strangers compare. */
export function timeText(instant: Instant, language: Language): string {
  const local = localTimeOf(instant);
  const zone = language === "vi" ? "giờ Việt Nam" : "Vietnam time, UTC+7";
  return `${local.slice(11, 19)}, ${dayText(local.slice(0, 10) as LocalDate)} (${zone})`;
}

/** `10:15 ngày 22/11/2026`, for people in Vietnam. */
export function shortTimeText(instant: Instant, language: Language): string {
  const local = localTimeOf(instant);
  const joint = language === "vi" ? " ngày " : " on ";
  return `${local.slice(11, 16)}${joint}${dayText(local.slice(0, 10) as LocalDate)}`;
}

/** `15 phút`, `40 giây`: how long to wait, rounded up. */
export function waitText(seconds: number, language: Language): string {
  const inMinutes = seconds >= 90;
  const count = inMinutes ? Math.ceil(seconds / 60) : seconds;
  if (language === "vi") return `${count} ${inMinutes ? "phút" : "giây"}`;
  return `${count} ${inMinutes ? "minute" : "second"}${count === 1 ? "" : "s"}`;
}
