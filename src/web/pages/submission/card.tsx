import { feesOf } from "../../../core/fees.ts";
import type { PaperOfSubmission } from "../../../core/submission.ts";
import { Card, Table, Tag } from "../../design/content.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import type { Language } from "../../language.ts";
import type { DossierView } from "../../officials/world.ts";
import { speechIn as queueSpeech } from "../queue/dossier-table.tsx";
import { standOfStatus } from "../queue/next-step.ts";
import { dongText } from "../receiving/money.ts";
import { pathOf } from "../receiving/with-dossier.ts";
import { submissionSpeech } from "./speech.ts";

type CardProps = { readonly view: DossierView; readonly language: Language; readonly mayAdd: boolean };

/** The papers that were presented together, each with where it stands; and the way to add one more. DOS-1. */
export const SubmissionCard = ({ view, language, mayAdd }: CardProps) => {
  const { say } = submissionSpeech(language);
  const { code, help, papers } = view.submission;
  if (help === null && papers.length === 1 && !mayAdd) return null; // its code stands among the facts
  const pages = papers.reduce((sum, paper) => sum + paper.declaredPages, 0);
  const fee = dongText(feesOf(papers).total);
  return (
    <Card title={say("code", { code })}>
      {help !== null && (
        <p>
          {say("helped", { name: help.by, reason: say(`help_${help.reason}`) })}
          {help.readAloud && ` ${say("wasReadAloud")}`}
        </p>
      )}
      {papers.length > 1 && (
        <>
          <div id="live-papers" data-live="">
            <Table
              caption={say("papers")}
              columns={[{ label: say("paper") }, { label: say("stands") }]}
              rows={papers.map((paper) => [
                <PaperName view={view} paper={paper} language={language} />,
                <Stand status={paper.status} language={language} />,
              ])}
            />
          </div>
          <p class="hint">{say("total", { count: papers.length, pages, fee })}</p>
        </>
      )}
      {mayAdd && (
        <Buttons>
          <LinkButton href={pathOf(view, "/another")} look="quiet">
            {say("add")}
          </LinkButton>
          <LinkButton href={pathOf(view, "/many")} look="quiet">
            {say("addMany")}
          </LinkButton>
        </Buttons>
      )}
    </Card>
  );
};

const PaperName = ({ view, paper, language }: Omit<CardProps, "mayAdd"> & { readonly paper: PaperOfSubmission }) =>
  paper.dossierId === view.dossier.id ? (
    <b aria-current="page">
      {paper.ordinal}. {paper.title} <span class="hint">({submissionSpeech(language).say("here")})</span>
    </b>
  ) : (
    <a href={`/dossiers/${paper.dossierId}`}>
      {paper.ordinal}. {paper.title}
    </a>
  );

const Stand = ({ status, language }: { status: PaperOfSubmission["status"]; language: Language }) => {
  const [tone, word] = standOfStatus(status);
  return <Tag tone={tone}>{queueSpeech(language).say(word)}</Tag>;
};
