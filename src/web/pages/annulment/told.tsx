import type { ToldRecipient } from "../../../core/status/annulment.ts";
import { Card, Table } from "../../design/content.tsx";
import type { Speech } from "./speech.ts";

type ToldProps = {
  readonly speech: Speech;
  readonly told: readonly ToldRecipient[];
  /** Before the decision is noted nobody has been told yet. */
  readonly isNoted: boolean;
};

/** Who is known to have the copy, and how far the news came to each; who else was never known. TT 01/2020 Art. 7. */
export const Told = ({ speech: { say }, told, isNoted }: ToldProps) => (
  <Card title={say("toldTitle")}>
    <p>{say("toldCitizen")}</p>
    {told.length === 0 ? (
      <p>{say("toldNobody")}</p>
    ) : isNoted ? (
      <Table
        caption={say("toldCaption")}
        columns={[{ label: say("toldName") }, { label: say("toldMail") }, { label: say("toldPrograms") }]}
        rows={told.map((one) => [one.name, say(mailWord(one)), programsText(say, one)])}
      />
    ) : (
      <ul>
        {told.map(({ name }) => (
          <li>{name}</li>
        ))}
      </ul>
    )}
    <p class="hint">{say("toldOthers")}</p>
  </Card>
);

const mailWord = ({ mail, isActive }: ToldRecipient) =>
  mail === null ? (isActive ? "toldNone" : "toldInactive") : (`told_${mail}` as const);

const programsText = (say: Speech["say"], { programs }: ToldRecipient): string =>
  programs.length === 0 ? say("toldNone") : programs.map((state) => say(`told_${state}`)).join(", ");
