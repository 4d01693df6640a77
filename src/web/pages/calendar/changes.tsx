import type { CalendarDay, WorkingYear } from "../../../core/calendar.ts";
import { proposedYear } from "../../../core/holidays.ts";
import { Card, Table } from "../../design/content.tsx";
import { dayText, shortTimeText } from "../../design/time.ts";
import type { Speech } from "./speech.ts";
import { hoursText } from "./typed-year.ts";
import type { KeptVersion } from "./world.ts";

type Props = { readonly year: number; readonly versions: readonly KeptVersion[]; readonly speech: Speech };

/** Who changed what, when: each version against the one before it, the first against the proposal. */
export const Changes = ({ year, versions, speech }: Props) => {
  const { say, language } = speech;
  if (versions.length === 0) {
    return (
      <Card title={say("history")}>
        <p>{say("historyNone")}</p>
      </Card>
    );
  }
  return (
    <Card>
      <Table
        caption={say("history")}
        columns={[say("version"), say("who"), say("when"), say("changes")].map((label) => ({ label }))}
        rows={versions.map(({ ordinal, content, by, at }, i) => [
          String(ordinal),
          by,
          shortTimeText(at, language),
          changesOf(versions[i + 1]?.content ?? proposedYear(year), content, speech).join("; "),
        ])}
      />
    </Card>
  );
};

function changesOf(before: WorkingYear, after: WorkingYear, { say }: Speech): readonly string[] {
  const dayIn = ({ day, kind }: CalendarDay) => ({ day: dayText(day), kind: say(kind) });
  const isIn = (days: readonly CalendarDay[], one: CalendarDay) =>
    days.some(({ day, kind }) => day === one.day && kind === one.kind);
  const differs = (name: "hours" | "saturdayHours") => hoursText(before[name]) !== hoursText(after[name]);
  const saturday = after.saturdayHours.length === 0 ? say("saturdayOff") : hoursText(after.saturdayHours);
  const changes = [
    ...(differs("hours") ? [say("changedHours", { hours: hoursText(after.hours) })] : []),
    ...(differs("saturdayHours") ? [say("changedSaturday", { hours: saturday })] : []),
    ...(before.cultureDay === after.cultureDay
      ? []
      : [say("changedCulture", { state: say(after.cultureDay ? "cultureOn" : "cultureOff") })]),
    ...after.days.filter((one) => !isIn(before.days, one)).map((one) => say("addedDay", dayIn(one))),
    ...before.days.filter((one) => !isIn(after.days, one)).map((one) => say("removedDay", dayIn(one))),
    ...(before.announcement === after.announcement
      ? []
      : [say("changedAnnouncement", { announcement: after.announcement === "" ? "–" : after.announcement })]),
  ];
  return changes.length === 0 ? [say("changedNothing")] : changes;
}
