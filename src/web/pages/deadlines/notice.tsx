import type { WorkingCalendar } from "../../../core/calendar.ts";
import { standingOf } from "../../../core/deadlines.ts";
import type { Instant } from "../../../core/kernel.ts";
import { shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { Language } from "../../language.ts";
import type { DossierView } from "../../officials/world.ts";
import { pathOf } from "../receiving/with-dossier.ts";
import { deadlineSpeech } from "./speech.ts";

type Props = {
  readonly view: DossierView;
  readonly language: Language;
  readonly now: Instant;
  readonly calendar: WorkingCalendar;
  /** The way to the page of its appointments, where that is another. */
  readonly linked?: boolean;
};

export const standingOfView = ({ dossier, refusal, notice }: DossierView, calendar: WorkingCalendar, now: Instant) =>
  standingOf({ ...dossier, noticeWaits: refusal !== null && notice === null }, calendar, now);

/** What is late or soon will be; nothing where all is well. DEADLINE-4. */
export const DeadlineNotice = ({ view, language, now, calendar, linked = true }: Props) => {
  const { say } = deadlineSpeech(language);
  const standing = standingOfView(view, calendar, now);
  if (standing !== "late" && standing !== "at_risk") return null;
  const { dueAt, againAt } = view.dossier;
  const again = againAt === null ? null : shortTimeText(againAt, language);
  const due = shortTimeText(dueAt, language);
  const isOver = againAt !== null && againAt < now;
  return (
    <Notice
      tone={standing === "late" ? "bad" : "care"}
      title={say(standing === "late" ? "lateTitle" : "riskTitle", { due })}
    >
      {again !== null && <p>{say(isOver ? "lateAgainOver" : "lateAgain", { again })}</p>}
      <p>
        {say(standing === "late" ? "lateNext" : "riskNext")}{" "}
        {standing === "late" && (again === null || isOver) && say("lateOwed")}{" "}
        {linked && <a href={pathOf(view, "/deadline")}>{say("doExtend")}</a>}
      </p>
    </Notice>
  );
};
