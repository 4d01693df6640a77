import type { RegisterLine } from "../../../core/lists.ts";
import { numberText } from "../../../core/register.ts";
import type { KeptAnnulment, ToldRecipient } from "../../../core/status/annulment.ts";
import { SummaryList } from "../../design/content.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { dayText, shortTimeText } from "../../design/time.ts";
import { Verdict } from "../../design/verdict.tsx";
import { Facts } from "../signing/facts.tsx";
import { addressOf, numberFills, speechIn as signingSpeech } from "../signing/speech.ts";
import type { DeskView } from "../signing/world.ts";
import { type Speech, speechIn } from "./speech.ts";
import { Told } from "./told.tsx";

type AnnulledProps = {
  readonly frame: Frame;
  readonly view: DeskView;
  readonly line: RegisterLine;
  readonly annulment: KeptAnnulment;
  readonly told: readonly ToldRecipient[];
};

/** After the decision was noted, and whenever the page is opened again. */
export const AnnulledPage = ({ frame, view, line, annulment, told }: AnnulledProps) => {
  const { say } = speechIn(frame.language);
  return (
    <Page frame={frame} title={sentenceOf(say, line, annulment)}>
      <AnnulledVerdict frame={frame} line={line} annulment={annulment} />
      <Buttons>
        <LinkButton href={addressOf(view.dossier)}>{say("toDossier")}</LinkButton>
      </Buttons>
      <Told speech={speechIn(frame.language)} told={told} isNoted />
      <Facts speech={signingSpeech(frame.language)} view={view} />
    </Page>
  );
};

const sentenceOf = (say: Speech["say"], line: RegisterLine, { kind }: KeptAnnulment): string =>
  say(kind === "annulled" ? "doneAnnulled" : "doneSuperseded", numberFills(line));

/** What became of the copy and by which decision, for officials. */
export const AnnulledVerdict = ({ frame, line, annulment }: Omit<AnnulledProps, "view" | "told">) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  const isAnnulled = annulment.kind === "annulled";
  return (
    <Verdict
      tone={isAnnulled ? "bad" : "care"}
      badge={say(isAnnulled ? "badge" : "badgeReplaced")}
      sentence={sentenceOf(say, line, annulment)}
      next={say("doneNext")}
    >
      <SummaryList rows={decisionRows(speech, annulment)} />
    </Verdict>
  );
};

function decisionRows({ say, language }: Speech, annulment: KeptAnnulment): (readonly [string, string])[] {
  const { decision, successor, notedBy, notedAt } = annulment;
  const { number, by, reason } = decision;
  const replaced = successor && { number: numberText(successor.number), book: successor.bookText };
  return [
    [say("decision"), say("decisionText", { number, by, date: dayText(decision.date) })],
    [say("reason"), reason],
    ...(replaced === null ? [] : [[say("successor"), say("successorText", replaced)] as const]),
    [say("noted"), `${notedBy}, ${shortTimeText(notedAt, language)}`],
  ];
}
