import { isLast } from "../../core/stages.ts";
import { Card, SummaryList, Tag } from "../design/content.tsx";
import { Buttons, LinkButton } from "../design/form.tsx";
import type { Frame } from "../design/frame.ts";
import { Page } from "../design/page.tsx";
import { speaker } from "../design/speech.ts";
import { shortTimeText } from "../design/time.ts";
import { CounterCard } from "../handover/counter-card.tsx";
import type { Counter } from "../handover/world.ts";
import type { Language } from "../language.ts";
import { linkEndSpeech } from "../pages/link-end/speech.ts";
import { submissionSpeech } from "../pages/submission/speech.ts";
import { citizensEn } from "../words/citizens.en.ts";
import { citizensVi } from "../words/citizens.vi.ts";
import { OwnFeeCard } from "./fee-card.tsx";
import { dispatchSpeech } from "./letter.tsx";
import { tellingOf } from "./standing.ts";
import type { CitizenList, CitizenView } from "./world.ts";

const citizensSpeech = speaker({ vi: citizensVi, en: citizensEn });

type ListPageProps = {
  readonly frame: Frame;
  /** Of the link that names them all. */
  readonly path: string;
  readonly list: CitizenList;
  readonly counter: Counter | null;
};

/** `/c/<secret>` of several papers that were presented together: each with where it stands, and the way to its own page. */
export const ListPage = ({ frame, path, list, counter }: ListPageProps) => {
  const { say } = submissionSpeech(frame.language);
  const citizens = citizensSpeech(frame.language);
  const ready = list.papers.filter(({ status }) => status === "released").length;
  return (
    <Page frame={frame} title={say("listTitle")} foot={citizens.say("lost", { agency: list.agencyName })}>
      <h1>{say("listTitle")}</h1>
      <p>
        <b>{say("listReady", { ready, count: list.papers.length })}</b> {say("listLead")}
      </p>
      <CounterCard frame={frame} path={path} counter={counter} />
      <OwnFeeCard fee={list.fee} path={path} language={frame.language} />
      {list.papers.map((paper) => (
        <Paper path={path} paper={paper} language={frame.language} />
      ))}
      <Buttons>
        <LinkButton href={`${path}/email`} look="quiet">
          {dispatchSpeech(frame.language).say("emailChange")}
        </LinkButton>
        <LinkButton href={`${path}/voice`} look="quiet">
          {citizens.say("voice")}
        </LinkButton>
        <LinkButton href={`${path}/end`} look="quiet">
          {linkEndSpeech(frame.language).say("ownWay")}
        </LinkButton>
      </Buttons>
      <Card title={citizens.say("factsTitle")}>
        <SummaryList
          rows={[
            [say("listCode"), list.code],
            [say("listAgency"), list.agencyName],
            [say("listOpened"), shortTimeText(list.openedAt, frame.language)],
          ]}
        />
      </Card>
    </Page>
  );
};

type PaperProps = {
  readonly path: string;
  readonly paper: CitizenList["papers"][number];
  readonly language: Language;
};

const Paper = ({ path, paper, language }: PaperProps) => {
  const citizens = citizensSpeech(language);
  const { tone, badge, sentence } = tellingOf(paper);
  return (
    <Card title={`${paper.ordinal}. ${paper.kind}`}>
      <p>
        <Tag tone={tone}>{citizens.say(badge)}</Tag> {citizens.say(sentence)}
      </p>
      {!isLast(paper.status) && (
        <p>
          {citizens.say("dueAt")}: <b>{shortTimeText(paper.dueAt, language)}</b>
        </p>
      )}
      <p>
        <a href={`${path}.${paper.ordinal}`}>
          {submissionSpeech(language).say("listOpen", { ordinal: paper.ordinal })}
        </a>
      </p>
    </Card>
  );
};

type WayProps = { readonly path: string; readonly view: CitizenView; readonly language: Language };

/** From one paper's page to all of its dossier. */
export const WayToList = ({ path, view: { ordinal, papers }, language }: WayProps) => {
  const { say } = submissionSpeech(language);
  return (
    <p>
      <a class="way-back" href={path.replace(/\.\d+$/, "")}>
        ‹ {say("listBack")}
      </a>{" "}
      <span class="hint">{say("paperOf", { ordinal, count: papers })}</span>
    </p>
  );
};
