import type { LocalDate } from "../../core/kernel.ts";
import type { StandingOnDay } from "../../core/status/annulment.ts";
import type { StandingRecord } from "../../core/status/standing.ts";
import { Card, Fold } from "../design/content.tsx";
import { timeText } from "../design/time.ts";
import type { VerificationWord } from "../words/verification.vi.ts";
import type { RecordGaps, RecordShape } from "./record-view.ts";
import type { Speech } from "./speech.ts";

/** Null: nobody asked. A day of null: what was asked is no day. */
export type DayAnswer = { readonly day: LocalDate; readonly standing: StandingOnDay } | { readonly day: null } | null;

/** When what the page says of the status was true; an edge tells it from a list that is up to a minute older. */
export const asOfText = (speech: Speech, { asOf }: Pick<StandingRecord, "asOf">): string =>
  asOf === null ? speech.say("statusAsOfNever") : speech.say("statusAsOf", { time: timeText(asOf, speech.language) });

const standingWord: Readonly<Record<StandingOnDay, VerificationWord>> = {
  not_yet: "dayNotYet",
  valid: "dayValid",
  annulled: "dayAnnulled",
  superseded: "daySuperseded",
  unknown: "dayUnknown",
  day_ahead: "dayAhead",
};

type OnDayProps = { readonly speech: Speech; readonly shape: RecordShape; readonly gaps: RecordGaps };

/** "Was it in force when we accepted it?": asked by whoever filed the copy some time ago. */
export const OnDay = (props: OnDayProps) => {
  const title = props.speech.say("dayTitle");
  const form = <DayForm {...props} />;
  return props.shape.day === null ? <Fold title={title}>{form}</Fold> : <Card title={title}>{form}</Card>;
};

const DayForm = ({ speech: { say, language }, shape: { day }, gaps }: OnDayProps) => (
  <>
    {day !== null && (
      <p class="answer">{day === "fault" ? say("dayFault") : say(standingWord[day], { day: gaps.dayText })}</p>
    )}
    <form method="get" action={`/v/${gaps.code}`} class="filters">
      <input type="hidden" name="lang" value={language} />
      <div class="field">
        <label for="on">{say("dayLabel")}</label>
        <input
          id="on"
          name="on"
          type="date"
          class="short"
          required
          value={day === null || day === "fault" ? undefined : gaps.dayAsked}
        />
      </div>
      <button type="submit" class="button quiet">
        {say("dayButton")}
      </button>
    </form>
  </>
);
