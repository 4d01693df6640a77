import type { LocalDate } from "../../../core/kernel.ts";
import {
  daysOfSpan,
  kindOfSpan,
  type Span,
  spanAfter,
  spanBefore,
  spanKinds,
  spanOn,
} from "../../../core/statistics/span.ts";
import { dayBefore } from "../../../core/weekdays.ts";
import { type StatisticsSpeech, spanText } from "./texts.ts";

type SpansProps = {
  readonly span: Span;
  readonly today: LocalDate;
  readonly speech: StatisticsSpeech;
  readonly hrefOf: (span: Span) => string;
};

/** A day of the span: today, or its last where it is over. */
export function dayShown(span: Span, today: LocalDate): LocalDate {
  const last = dayBefore(daysOfSpan(span).before);
  return last < today ? last : today;
}

/** Another kind of span goes to the one that today lies in, or that the shown one ends in where it is over. */
export const Spans = ({ span, today, speech, hrefOf }: SpansProps) => {
  const { say } = speech;
  const day = dayShown(span, today);
  return (
    <>
      <nav class="choices abreast screen" aria-label={say("kinds")}>
        {spanKinds.map((kind) =>
          kind === kindOfSpan(span) ? (
            <b>{say(`kind_${kind}`)}</b>
          ) : (
            <a href={hrefOf(spanOn(kind, day))}>{say(`kind_${kind}`)}</a>
          ),
        )}
      </nav>
      <nav class="between" aria-label={spanText(span, speech)}>
        <a href={hrefOf(spanBefore(span))}>{say("before")}</a>
        <b>{spanText(span, speech)}</b>
        {daysOfSpan(span).before > today ? <span /> : <a href={hrefOf(spanAfter(span))}>{say("after")}</a>}
      </nav>
    </>
  );
};
