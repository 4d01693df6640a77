import { type LocalDate, localDateOf } from "../../../core/kernel.ts";
import { numberText, yearOf } from "../../../core/register.ts";
import { isEmpty, isOver, type KeptPrint, type Period, type PeriodTotals } from "../../../core/register-print.ts";
import { Table, Tag } from "../../design/content.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { type SpeechOf, speaker } from "../../design/speech.ts";
import { dayText } from "../../design/time.ts";
import { registerPrintsEn } from "../../words/register-prints.en.ts";
import { type RegisterPrintsWord, registerPrintsVi } from "../../words/register-prints.vi.ts";
import { grouped } from "./line-texts.ts";

export const printSpeech = speaker({ vi: registerPrintsVi, en: registerPrintsEn });
export type PrintSpeech = SpeechOf<RegisterPrintsWord>;

export const monthText = (month: Period): string => month.split("-").reverse().join("/");

type YearPageProps = {
  /** Path of the prints of this kind of book. */
  readonly base: string;
  readonly frame: Frame;
  readonly year: number;
  readonly today: LocalDate;
  readonly totals: readonly PeriodTotals[];
  readonly prints: readonly KeptPrint[];
};

/** The months that have come, what stands in them and whether they are signed; below, the year's closing. */
export const YearPage = ({ frame, base, year, today, totals, prints }: YearPageProps) => {
  const speech = printSpeech(frame.language);
  const { say } = speech;
  const begun = totals.filter(({ period }) => today.slice(0, 7) >= period);
  const closing = prints.find(({ period }) => period === String(year));
  const columns = [
    { label: say("columnPeriod") },
    { label: say("columnNumbers") },
    { label: say("columnIssued"), number: true },
    { label: say("columnVoided"), number: true },
    { label: say("columnFee"), number: true },
    { label: say("columnState") },
  ];
  return (
    <Page frame={frame} title={say("title", { year })} wide scripts={["app"]}>
      <a class="way-back" href="/register">
        ‹ {say("toRegister")}
      </a>
      <h1>{say("title", { year })}</h1>
      <p class="lead">{say("lead")}</p>
      <div class="months">
        <Table
          caption={say("tableLabel")}
          columns={columns}
          rows={begun.map((month) => [
            <a href={`${base}/${month.period}`}>{say("month", { month: monthText(month.period) })}</a>,
            numbersText(speech, month),
            String(month.issued),
            String(month.voided),
            grouped(month.feeDong),
            <State
              speech={speech}
              totals={month}
              print={prints.find(({ period }) => period === month.period)}
              today={today}
            />,
          ])}
        />
      </div>
      <Buttons>
        {year < yearOf(today) && (
          <LinkButton href={`${base}/${year}`} look={closing === undefined ? "main" : "quiet"}>
            {say("yearClosing", { year })}
          </LinkButton>
        )}
        <LinkButton href={`${base}?year=${year - 1}`} look="quiet">
          ‹ {say("yearBefore", { year: year - 1 })}
        </LinkButton>
        {year < yearOf(today) && (
          <LinkButton href={`${base}?year=${year + 1}`} look="quiet">
            {say("yearAfter", { year: year + 1 })} ›
          </LinkButton>
        )}
      </Buttons>
    </Page>
  );
};

export const numbersText = ({ say }: PrintSpeech, { firstNumber, lastNumber }: PeriodTotals): string =>
  firstNumber === null || lastNumber === null
    ? say("noNumbers")
    : say("numbers", { first: numberText(firstNumber), last: numberText(lastNumber) });

type StateProps = {
  readonly speech: PrintSpeech;
  readonly totals: PeriodTotals;
  readonly print: KeptPrint | undefined;
  readonly today: LocalDate;
};

const State = ({ speech: { say }, totals, print, today }: StateProps) => {
  if (print !== undefined)
    return <Tag tone="good">{say("stateSigned", { day: dayText(localDateOf(print.signedAt)) })}</Tag>;
  if (!isOver(totals.period, today)) return <Tag tone="neutral">{say("stateRunning")}</Tag>;
  if (totals.inProgress > 0) return <Tag tone="care">{say("stateOpen", { count: totals.inProgress })}</Tag>;
  if (isEmpty(totals)) return <span class="hint">{say("noNumbers")}</span>;
  return <Tag tone="care">{say("stateWaits")}</Tag>;
};
