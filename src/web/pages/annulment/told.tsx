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
    {isNoted ? (
      <Table
        caption={say("toldCaption")}
        columns={[{ label: say("toldName") }, { label: say("toldMail") }, { label: say("toldPrograms") }]}
        rows={told.map((one) => [nameOf(say, one), say(mailWord(one)), programsText(say, one)])}
      />
    ) : (
      <ul>
        {told.map((one) => (
          <li>
            {nameOf(say, one)}
            {!one.isActive && ` (${say(mailWord(one))})`}
          </li>
        ))}
      </ul>
    )}
    {told.every(({ name }) => name === null) && <p>{say("toldNobody")}</p>}
    <p class="hint">{say("toldOthers")}</p>
  </Card>
);

const nameOf = (say: Speech["say"], { name }: ToldRecipient): string => name ?? say("toldApplicant");

function mailWord({ name, mail, isActive }: ToldRecipient) {
  if (mail !== null) return `told_${mail}` as const;
  if (isActive) return "toldNone";
  return name === null ? "toldNoEmail" : "toldInactive";
}

const programsText = (say: Speech["say"], { programs }: ToldRecipient): string =>
  programs.length === 0 ? say("toldNone") : programs.map((state) => say(`told_${state}`)).join(", ");
