import type { OneOfMany } from "../../../usecases/act-on-each.ts";
import { Table, Tag } from "../../design/content.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import type { Tone } from "../../design/icons.tsx";
import { Page } from "../../design/page.tsx";
import { Notice, Verdict } from "../../design/verdict.tsx";
import { wordsOf } from "../../problem.ts";
import type { SigningWord } from "../../words/signing.vi.ts";
import type { Act } from "./act.ts";
import { addressOf, numberFills, type Speech, speechIn } from "./speech.ts";

type ResultPageProps = {
  readonly frame: Frame;
  readonly act: Act;
  readonly results: readonly OneOfMany[];
  /** Of each dossier, where it is known. */
  readonly titles: ReadonlyMap<string, string | null>;
  readonly hasMore: boolean;
  /** A second list was sent meanwhile, and nothing of it was done. */
  readonly another?: boolean;
};

export const AnotherNotice = ({ speech: { say } }: { speech: Speech }) => (
  <Notice tone="care" title={say("listAnother")}>
    <p>{say("listAnotherNext")}</p>
  </Notice>
);

/** What became of each of many, document by document. */
export const ResultPage = ({ frame, act, results, titles, hasMore, another }: ResultPageProps) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  const done = results.filter(({ result }) => result?.ok).length;
  const isAll = done === results.length;
  const sentence = say(isAll ? act.words.resultAll : act.words.resultSome, { done, count: results.length });
  return (
    <Page frame={frame} title={sentence} wide>
      {another && <AnotherNotice speech={speech} />}
      <Verdict
        tone={isAll ? "good" : "care"}
        badge={say(isAll ? "badgeGood" : "badgeStopped")}
        sentence={sentence}
        {...(isAll ? {} : { next: say("resultNext") })}
      />
      <Table
        caption={say("resultTitle")}
        columns={[{ label: say("resultPaper") }, { label: say("resultState") }, { label: say("resultNote") }]}
        rows={results.map((one) => resultRow(speech, act, one, titles.get(one.dossierId) ?? one.dossierId))}
      />
      <Buttons>
        {hasMore && <LinkButton href={`/${act.name}`}>{say("resultMore")}</LinkButton>}
        <LinkButton href="/queue" look="quiet">
          {say("toQueue")}
        </LinkButton>
      </Buttons>
    </Page>
  );
};

function resultRow(speech: Speech, act: Act, one: OneOfMany, title: string) {
  const [tone, word, note] = told(speech, one);
  return [
    <a href={`${addressOf({ id: one.dossierId })}/${act.name}`}>{title}</a>,
    <Tag tone={tone}>{speech.say(word)}</Tag>,
    <span class="number">{note}</span>,
  ];
}

function told({ say, language }: Speech, { result }: OneOfMany): readonly [Tone, SigningWord, string] {
  if (result?.ok && result.value.copies > 1) {
    const fills = { ...numberFills(result.value), count: result.value.copies };
    return ["neutral", "resultUnderWay", say("resultUnderWayNote", fills)];
  }
  if (result === null) return ["neutral", "resultNotTried", say("resultNotTriedNote")];
  if (result.ok) return ["good", "resultDone", say("resultNumber", numberFills(result.value))];
  const { title, detail } = wordsOf(result.failure, language);
  if (result.failure.code === "wrong_stage") return ["neutral", "resultBefore", title];
  return ["care", "resultFailed", `${title} ${detail}`];
}
