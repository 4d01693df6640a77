import { dayKinds } from "../../../core/calendar.ts";
import { type ProposedDay, proposedDays } from "../../../core/holidays.ts";
import { type LocalDate, parseLocalDate } from "../../../core/kernel.ts";
import { weekdayOf } from "../../../core/weekdays.ts";
import { Table, Tag } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import type { Typed } from "../../forms/read-form.ts";
import { type Speech, weekdayText } from "./speech.ts";
import { mostRows, rowsIn } from "./typed-year.ts";

type Props = {
  readonly year: number;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  readonly speech: Speech;
};

const emptyRows = 6;

/** A row a day, each field named for voices by its row; some rows to add more. */
export const DaysTable = ({ year, typed, faults, speech }: Props) => {
  const { say } = speech;
  const filled = rowsIn(typed);
  const first = (filled.at(-1) ?? -1) + 1;
  const rows = [...filled, ...Array.from({ length: emptyRows }, (_, i) => first + i)].filter((i) => i < mostRows);
  const proposed = proposedDays(year);
  return (
    <Table
      caption={say("daysPart")}
      columns={[say("day"), say("kind"), say("note"), say("state")].map((label) => ({ label }))}
      rows={rows.map((i) => [
        <DayCell i={i} typed={typed} faults={faults} speech={speech} />,
        <KindCell i={i} typed={typed} faults={faults} speech={speech} />,
        <input
          id={`note-${i}`}
          name={`note-${i}`}
          value={typed[`note-${i}`] ?? ""}
          maxlength={200}
          aria-label={say("noteRow", { row: i + 1 })}
        />,
        <State day={typed[`day-${i}`] ?? ""} proposed={proposed} isChecked={isChecked(typed)} speech={speech} />,
      ])}
    />
  );
};

const isChecked = (typed: Typed): boolean => (typed["announcement"] ?? "") !== "";

type CellProps = Omit<Props, "year"> & { readonly i: number };

const DayCell = ({ i, typed, faults, speech: { say, language } }: CellProps) => {
  const text = typed[`day-${i}`] ?? "";
  const day = parseLocalDate(text);
  const fault = faultAt(faults, `day-${i}`);
  return (
    <>
      <input
        id={`day-${i}`}
        name={`day-${i}`}
        type="date"
        class="short"
        value={text}
        aria-label={say("dayRow", { row: i + 1 })}
        aria-invalid={fault === undefined ? undefined : "true"}
        aria-describedby={fault === undefined ? undefined : `day-${i}-fault`}
      />
      {day.ok && <span class="hint">{weekdayText(weekdayOf(day.value), language)}</span>}
      {fault !== undefined && (
        <span class="fault" id={`day-${i}-fault`}>
          {fault}
        </span>
      )}
    </>
  );
};

const KindCell = ({ i, typed, speech: { say } }: CellProps) => (
  <select id={`kind-${i}`} name={`kind-${i}`} aria-label={say("kindRow", { row: i + 1 })}>
    {dayKinds.map((kind) => (
      <option value={kind} selected={typed[`kind-${i}`] === kind}>
        {say(kind)}
      </option>
    ))}
  </select>
);

type StateProps = {
  readonly day: string;
  readonly proposed: readonly ProposedDay[];
  readonly isChecked: boolean;
  readonly speech: Speech;
};

/** Which days the law alone decides, and which the announcement may still move. */
const State = ({ day, proposed, isChecked: checked, speech: { say } }: StateProps) => {
  if (day === "") return <span aria-hidden="true">–</span>;
  const known = proposed.find((one) => one.day === (day as LocalDate));
  if (known?.isSure === true) return <Tag tone="good">{say("byLaw")}</Tag>;
  if (known !== undefined && !checked) return <Tag tone="care">{say("mustCheck")}</Tag>;
  return <Tag tone="neutral">{say("own")}</Tag>;
};
