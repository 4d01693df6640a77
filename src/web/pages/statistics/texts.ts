import type { LocalDate } from "../../../core/kernel.ts";
import { refusalGrounds } from "../../../core/refusal-grounds.ts";
import type { StepName } from "../../../core/statistics/counts.ts";
import type { IndexId } from "../../../core/statistics/evaluation-index.ts";
import type { FigureId, FigureValue, NamedFigureId } from "../../../core/statistics/figures.ts";
import { daysOfSpan, kindOfSpan, type Span } from "../../../core/statistics/span.ts";
import { dayBefore } from "../../../core/weekdays.ts";
import { type SpeechOf, speaker } from "../../design/speech.ts";
import { dayText } from "../../design/time.ts";
import type { Language } from "../../language.ts";
import { refusalGroundsEn } from "../../words/rules.en.ts";
import { refusalGroundsVi } from "../../words/rules.vi.ts";
import { statisticsEn } from "../../words/statistics.en.ts";
import { type StatisticsWord, statisticsVi } from "../../words/statistics.vi.ts";
import { dongText } from "../receiving/money.ts";

export const statisticsSpeech = speaker({ vi: statisticsVi, en: statisticsEn });
export type StatisticsSpeech = SpeechOf<StatisticsWord>;

const groundSpeech = speaker({ vi: refusalGroundsVi, en: refusalGroundsEn });

type Told = { readonly name: string; readonly definition: string };

/** What a figure is called, and how it is counted. */
export function toldOf(id: FigureId, speech: StatisticsSpeech): Told {
  const { say, language } = speech;
  const step = /^([a-z]+)(Median|P90)$/.exec(id);
  if (step !== null) {
    const name = step[1] as StepName;
    const fills = { step: say(`step_${name}`) };
    const definition = say("stepDefinition", { way: say(`way_${name}`) });
    return { name: say(step[2] === "P90" ? "p90" : "median", fills), definition };
  }
  const ground = refusalGrounds.find((one) => id === `refused_${one}`);
  if (ground !== undefined) {
    return {
      name: say("refusedOn", { ground: groundSpeech(language).say(ground) }),
      definition: say("refusedDefinition"),
    };
  }
  const named = id as NamedFigureId;
  return { name: say(`name_${named}`), definition: say(`def_${named}`) };
}

/** The metric's own code, where one is known. */
export const metricOf = (id: IndexId): string | null => (/^[A-Z_]+$/.test(id) ? id : null);

/** As people read it; files have the bare number and its unit. */
export function valueText(
  { value, unit }: Pick<FigureValue, "value" | "unit">,
  { say, language }: StatisticsSpeech,
): string {
  if (value === null) return say("nothing");
  if (unit === "percent") return percentText(value, language);
  if (unit === "seconds") return lengthText(value, language);
  const number = value < 0 ? `−${dongText(-value)}` : dongText(value);
  return unit === "dong" ? `${number} đồng` : number;
}

export const percentText = (percent: number, language: Language): string =>
  language === "vi" ? `${String(percent).replace(".", ",")} %` : `${percent}%`;

/** `2 ngày 3 giờ`, `1 giờ 5 phút`, `40 giây`: the two greatest parts. */
export function lengthText(seconds: number, language: Language): string {
  const names = language === "vi" ? ["ngày", "giờ", "phút", "giây"] : ["d", "h", "min", "s"];
  const parts = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ];
  const first = parts.findIndex((part) => part > 0);
  if (first < 0) return `0 ${names[3] ?? ""}`;
  const shown = [first, first + 1].filter((i) => (parts[i] ?? 0) > 0);
  return shown.map((i) => `${parts[i] ?? 0} ${names[i] ?? ""}`).join(" ");
}

export function spanText(span: Span, { say }: StatisticsSpeech): string {
  const { from, before } = daysOfSpan(span);
  const kind = kindOfSpan(span);
  const ordinal = Number(kind === "month" ? span.slice(5) : span.slice(6));
  const half = say(ordinal === 1 ? "firstHalf" : "secondHalf");
  const fills = { from: dayText(from), to: dayText(dayBefore(before)), year: span.slice(0, 4), ordinal, half };
  return say(`span_${kind}`, fills);
}

/** `23/11` of a day, `11/2026` of a month. */
export const pointText = (at: string): string =>
  at.length === 10 ? dayText(at as LocalDate).slice(0, 5) : at.split("-").toReversed().join("/");
