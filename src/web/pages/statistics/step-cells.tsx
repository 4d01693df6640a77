import type { Duty } from "../../../core/statistics/duty.ts";
import type { TraceLine } from "../../../core/statistics/step-trace.ts";
import { Tag } from "../../design/content.tsx";
import type { Language } from "../../language.ts";
import { speechIn } from "../administration/speech.ts";
import type { StatisticsSpeech } from "./texts.ts";

type Lengths = Pick<TraceLine, "workedSeconds" | "standardMinutes" | "isOver">;

/** As whose work; a dash where the program did it. */
export const dutiesText = (duties: readonly Duty[], language: Language): string =>
  duties.length === 0 ? "–" : duties.map((duty) => speechIn(language).say(`role_${duty}`)).join("; ");

/** `27 giờ 5 phút`, `5 phút`, `40 giây`: hours do not become days, since a day of work has no 24 of them. */
export function workText(seconds: number, language: Language): string {
  const [hour, minute, second] = language === "vi" ? ["giờ", "phút", "giây"] : ["h", "min", "s"];
  if (seconds < 60) return `${seconds} ${second}`;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return [hours > 0 && `${hours} ${hour}`, minutes > 0 && `${minutes} ${minute}`].filter(Boolean).join(" ");
}

/** How long the step took, marked where it was longer than it should be; then what it should take. */
export const lengthCells = ({ workedSeconds, isOver, standardMinutes }: Lengths, speech: StatisticsSpeech) => [
  <>
    {workText(workedSeconds, speech.language)} {isOver && <Tag tone="care">{speech.say("traceOver")}</Tag>}
  </>,
  standardMinutes === null ? speech.say("traceNone") : workText(standardMinutes * 60, speech.language),
];
