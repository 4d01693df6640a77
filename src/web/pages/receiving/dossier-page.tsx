import type { WorkingCalendar } from "../../../core/calendar.ts";
import { type Instant, localDateOf } from "../../../core/kernel.ts";
import { endsWithNothingToSend } from "../../../core/stages.ts";
import { dataSpeech } from "../../citizens/access-list.tsx";
import { Card, SummaryList } from "../../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { FileField } from "../../design/field.tsx";
import { Button, Buttons, Form, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { type SpeechOf, speaker } from "../../design/speech.ts";
import { Steps } from "../../design/steps.tsx";
import { Notice } from "../../design/verdict.tsx";
import type { Language } from "../../language.ts";
import type { DossierView, NextToCompare } from "../../officials/world.ts";
import type { Role } from "../../route.ts";
import { receivingEn } from "../../words/receiving.en.ts";
import { type ReceivingWord, receivingVi } from "../../words/receiving.vi.ts";
import { DeadlineNotice } from "../deadlines/notice.tsx";
import { DispatchCard } from "../dispatch/dossier-part.tsx";
import { FeeCard } from "../fees/card.tsx";
import { EarlierNotice, giveOnceSpeech } from "../give-once/notice.tsx";
import { mayTellOffSite, OffSiteCard, OffSiteWay } from "../off-site/way.tsx";
import { PaperCopiesWay } from "../paper/way.tsx";
import { SourcesCard } from "../sources/card.tsx";
import { SubmissionCard } from "../submission/card.tsx";
import { KnownFiles } from "../submission/known-files.tsx";
import { mayWithdraw, WithdrawalWay, Withdrawn } from "../withdrawal/way.tsx";
import { CoarseTold } from "./coarse-told.tsx";
import { factRows } from "./fact-rows.ts";
import { History } from "./history.tsx";
import { LeftOut } from "./left-out.tsx";
import { acceptedFiles, PageGrid, ScanList } from "./scans.tsx";
import { SlipCard } from "./slip-card.tsx";
import { isOpen, isReading, nextOf, stepsOf } from "./standing.ts";
import { ToLookAt } from "./to-look-at.tsx";
import { pathOf } from "./with-dossier.ts";

export const receivingSpeech = speaker({ vi: receivingVi, en: receivingEn });

type Speech = SpeechOf<ReceivingWord>;

export type DossierPageProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly faults: readonly Fault[];
  readonly now: Instant;
  readonly calendar: WorkingCalendar;
  /** Another dossier for whoever has just compared this one: no list lies between the two. */
  readonly onward: NextToCompare | null;
  /** What the address says of files that were there already. */
  readonly known: string | undefined;
};

/** One dossier: what comes next, its scans and pages, where it is, what it says. */
export const DossierPage = ({ frame, view, faults, now, calendar, onward, known }: DossierPageProps) => {
  const speech = receivingSpeech(frame.language);
  const roles = frame.person?.roles ?? [];
  const { title } = view.dossier;
  return (
    <Page frame={frame} title={title} wide scripts={["app", "receiving"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href="/queue">
        ‹ {speech.say("toQueue")}
      </a>
      <h1>{title}</h1>
      <KnownFiles asked={known} language={frame.language} />
      <DeadlineNotice view={view} language={frame.language} now={now} calendar={calendar} />
      <EarlierNotice view={view} language={frame.language} mayAnswer={mayAnswer(roles)} />
      <div class="split aside">
        <div class="stack">
          <div id="live-next" data-live="" class="stack">
            <NextStep view={view} roles={roles} speech={speech} onward={onward} />
          </div>
          <Withdrawn view={view} language={frame.language} />
          {isOpen(view) && !view.dossier.onPaperOnly && roles.includes("receiver") && (
            <Upload frame={frame} view={view} faults={faults} speech={speech} />
          )}
          <div id="live-scans" data-live="" data-watch={isReading(view) ? "" : undefined} class="stack">
            <Scans frame={frame} view={view} speech={speech} />
          </div>
        </div>
        <div class="stack">
          <Card title={speech.say("standing")}>
            <div id="live-standing" data-live="">
              <Steps language={frame.language} steps={stepsOf(view, speech)} />
            </div>
          </Card>
          {roles.includes("receiver") && <SlipCard frame={frame} view={view} speech={speech} />}
          <FeeCard view={view} language={frame.language} roles={roles} />
          <SubmissionCard
            view={view}
            language={frame.language}
            mayAdd={roles.includes("receiver") && localDateOf(now) === localDateOf(view.submission.openedAt)}
          />
          {mayDispatch(roles) && !endsWithNothingToSend(view.dossier.status) && (
            <DispatchCard part={view.dispatch} path={pathOf(view)} language={frame.language} />
          )}
          <SourcesCard view={view} language={frame.language} roles={roles} />
          <OffSiteCard view={view} language={frame.language} roles={roles} />
          <CoarseTold view={view} speech={speech} />
          <PaperCopiesWay view={view} language={frame.language} />
          <Facts view={view} speech={speech} roles={roles} />
          <OtherDeeds view={view} speech={speech} roles={roles} />
          <History view={view} speech={speech} />
        </div>
      </div>
    </Page>
  );
};

/** What is seldom done, and not a step on the way. */
const OtherDeeds = ({ view, speech, roles }: PartProps & { roles: readonly Role[] }) => {
  const withdraws = mayWithdraw(view, roles);
  const goesElsewhere = view.offSite === null && mayTellOffSite(view, roles);
  const mayBeThere =
    isOpen(view) && !view.dossier.onPaperOnly && view.onceAnswer === null && roles.includes("receiver");
  if (!withdraws && !goesElsewhere && !mayBeThere) return null;
  return (
    <Card title={speech.say("otherDeeds")}>
      <Buttons>
        {mayBeThere && <InVneid view={view} language={speech.language} />}
        {goesElsewhere && <OffSiteWay view={view} language={speech.language} />}
        {withdraws && <WithdrawalWay view={view} language={speech.language} />}
      </Buttons>
    </Card>
  );
};

const mayAnswer = (roles: readonly Role[]): boolean => roles.includes("receiver") || roles.includes("comparer");

const mayDispatch = (roles: readonly Role[]): boolean => roles.includes("receiver") || roles.includes("signer");

const InVneid = ({ view, language }: { view: DossierView; language: Language }) => (
  <LinkButton href={pathOf(view, "/earlier")} look="quiet">
    {giveOnceSpeech(language).say("vneidLink")}
  </LinkButton>
);

type NextStepProps = PartProps & { readonly roles: readonly Role[]; readonly onward: NextToCompare | null };

const NextStep = ({ view, roles, speech, onward }: NextStepProps) => {
  const { says, go } = nextOf(view, roles);
  const tone = view.dossier.status === "released" ? "good" : view.dossier.status === "refused" ? "care" : "neutral";
  return (
    <Notice tone={tone} title={speech.say(says)}>
      {go && (
        <Buttons>
          <LinkButton href={go.href} starts>
            {speech.say(go.word)}
          </LinkButton>
        </Buttons>
      )}
      {onward && (
        <Buttons>
          <LinkButton
            href={`/dossiers/${onward.id}/compare`}
            starts={go === undefined}
            look={go === undefined ? "main" : "quiet"}
          >
            {speech.say("compareNext", { count: onward.waiting })}
          </LinkButton>
        </Buttons>
      )}
      {onward && go === undefined && <p class="hint">{speech.say("compareNextKeys")}</p>}
    </Notice>
  );
};

type PartProps = { readonly view: DossierView; readonly speech: Speech };

const Upload = ({ frame, view, faults, speech: { say } }: PartProps & Pick<DossierPageProps, "frame" | "faults">) => (
  <Card title={view.originals.length === 0 ? say("scansPart") : say("addMore")}>
    <Form frame={frame} action={pathOf(view, "/scans")} files once>
      <FileField
        name="scans"
        label={say("addScans")}
        hint={say("addScansHint")}
        accept={acceptedFiles}
        multiple
        progress
        fault={faultAt(faults, "scans")}
        starts={view.originals.length === 0}
      />
      <Button look={view.originals.length === 0 ? "main" : "quiet"}>{say("addScansButton")}</Button>
    </Form>
  </Card>
);

const Scans = ({ frame, view, speech }: PartProps & { frame: Frame }) => {
  if (view.originals.length === 0) return null;
  const { say } = speech;
  if (view.scanErased) {
    const erased = dataSpeech(speech.language);
    return (
      <Notice tone="neutral" title={erased.say("scanErasedTitle")}>
        <p>{erased.say("scanErased")}</p>
      </Notice>
    );
  }
  return (
    <>
      <Card title={say("pagesPart")}>
        <PageGrid view={view} speech={speech} />
        {isReading(view) && (
          <noscript>
            <p>
              <a href={pathOf(view)}>{say("reload")}</a>
            </p>
          </noscript>
        )}
      </Card>
      <ToLookAt frame={frame} view={view} speech={speech} />
      <LeftOut frame={frame} view={view} speech={speech} />
      <Card title={say("scansPart")}>
        <ScanList view={view} speech={speech} />
      </Card>
    </>
  );
};

const Facts = ({ view, speech, roles }: PartProps & { roles: readonly Role[] }) => {
  const { say } = speech;
  const mayCorrect = isOpen(view) && mayAnswer(roles);
  const pages = (
    <>
      {view.dossier.declaredPages}
      {mayCorrect && (
        <>
          {" · "}
          <a href={pathOf(view, "/declared-pages")}>{say("correctPages")}</a>
        </>
      )}
    </>
  );
  return (
    <section class="card facts">
      <h2>{say("facts")}</h2>
      <SummaryList rows={[[say("pagesInOriginal"), pages], ...factRows(view, speech)]} />
    </section>
  );
};
