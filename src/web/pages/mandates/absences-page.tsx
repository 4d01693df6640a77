import type { LocalDate } from "../../../core/kernel.ts";
import type { Mandate } from "../../../core/mandate.ts";
import type { KeptAbsence } from "../../../usecases/administration/absences.ts";
import { Card, Table, Tag } from "../../design/content.tsx";
import type { Fault } from "../../design/error-summary.tsx";
import { Button, Form, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { type SpeechOf, speaker } from "../../design/speech.ts";
import { dayText } from "../../design/time.ts";
import { absencesEn } from "../../words/absences.en.ts";
import { type AbsenceWord, absencesVi } from "../../words/absences.vi.ts";
import { AdminPage } from "../administration/shell.tsx";
import { stateOf } from "./speech.ts";

export const absencesList = "/admin/absences";

export const absenceSpeech = speaker({ vi: absencesVi, en: absencesEn });

type Speech = SpeechOf<AbsenceWord>;

type ListProps = {
  readonly frame: Frame;
  readonly absences: readonly KeptAbsence[];
  readonly mandates: readonly Mandate[];
  readonly today: LocalDate;
  readonly faults: readonly Fault[];
};

export const AbsencesPage = ({ frame, absences, mandates, today, faults }: ListProps) => {
  const speech = absenceSpeech(frame.language);
  const { say } = speech;
  const labels = [say("person"), say("span"), say("substitute"), say("state")];
  return (
    <AdminPage frame={frame} title={say("title")} faults={faults}>
      <div class="between">
        <p>{say("lead")}</p>
        <LinkButton href={`${absencesList}/new`}>{say("add")}</LinkButton>
      </div>
      <Card>
        {absences.length === 0 ? (
          <p>{say("none")}</p>
        ) : (
          <Table
            caption={say("title")}
            columns={labels.map((label) => ({ label }))}
            rows={absences.map((one) => [
              one.fullName,
              say("spanText", { from: dayText(one.from), to: one.to === null ? say("openEnd") : dayText(one.to) }),
              <Substitute speech={speech} absence={one} mandates={mandates} />,
              <State {...{ frame, speech, absence: one, today }} />,
            ])}
          />
        )}
      </Card>
    </AdminPage>
  );
};

type SubstituteProps = {
  readonly speech: Speech;
  readonly absence: KeptAbsence;
  readonly mandates: readonly Mandate[];
};

/** Said where the named person could sign nothing on those days: naming gives no right. AUTH-3. */
const Substitute = ({ speech: { say }, absence, mandates }: SubstituteProps) => {
  const { substituteId, substituteName, from, to } = absence;
  if (substituteId === null) return <>–</>;
  const mayOn = (one: Mandate, day: LocalDate) =>
    one.endedAt === null && one.personId === substituteId && one.from <= day && (one.to === null || day <= one.to);
  const isCovered = [from, to ?? from].every((day) => mandates.some((one) => mayOn(one, day)));
  return (
    <>
      {substituteName} {absence.endedAt === null && !isCovered && <Tag tone="care">{say("unauthorised")}</Tag>}
    </>
  );
};

type StateProps = {
  readonly frame: Frame;
  readonly speech: Speech;
  readonly absence: KeptAbsence;
  readonly today: LocalDate;
};

const State = ({ frame, speech: { say }, absence, today }: StateProps) => {
  const state = stateOf(absence, today);
  if (state === "ended") return <Tag tone="neutral">{say("stateEnded")}</Tag>;
  if (state === "past") return <Tag tone="neutral">{say("statePast")}</Tag>;
  return (
    <>
      <Tag tone={state === "now" ? "care" : "neutral"}>{say(state === "now" ? "stateNow" : "stateLater")}</Tag>
      <Form frame={frame} action={`${absencesList}/${absence.id}/end`} once>
        <Button look="quiet">{say("back")}</Button>
      </Form>
    </>
  );
};
