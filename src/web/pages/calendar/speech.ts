import { type SpeechOf, speaker } from "../../design/speech.ts";
import type { Language } from "../../language.ts";
import { calendarEn, weekdaysEn } from "../../words/calendar.en.ts";
import { type CalendarWord, calendarVi, weekdaysVi } from "../../words/calendar.vi.ts";

export const calendarSpeech = speaker({ vi: calendarVi, en: calendarEn });
export type Speech = SpeechOf<CalendarWord>;

const weekdays = { vi: weekdaysVi, en: weekdaysEn };

/** 0 Monday to 6 Sunday. */
export const weekdayText = (weekday: number, language: Language): string => weekdays[language][weekday] ?? "";
