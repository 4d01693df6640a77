import { clauseOf, isOther, type KeptNotice, type KeptRefusal } from "../../../core/refusal-grounds.ts";
import type { Failure } from "../../../usecases/failure.ts";
import { Card, SummaryList } from "../../design/content.tsx";
import { ErrorSummary, type Fault } from "../../design/error-summary.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { type SpeechOf, speaker } from "../../design/speech.ts";
import { shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { DossierView } from "../../officials/world.ts";
import { noticeEn } from "../../words/notice.en.ts";
import { type NoticeWord, noticeVi } from "../../words/notice.vi.ts";
import { groundRulesEn, refusalGroundsEn } from "../../words/rules.en.ts";
import { groundRulesVi, refusalGroundsVi } from "../../words/rules.vi.ts";
import { pathOf } from "../receiving/with-dossier.ts";
import { signing } from "../signing/act.ts";
import { AgentForm } from "../signing/agent-form.tsx";
import { faultsOf, OutageNotice, PinForm } from "../signing/pin-form.tsx";
import { RemoteForm } from "../signing/remote-form.tsx";
import { RecordWay, recordStanding } from "./forgery-page.tsx";

const speechIn = speaker({ vi: noticeVi, en: noticeEn });
type Speech = SpeechOf<NoticeWord>;
const groundsIn = { vi: refusalGroundsVi, en: refusalGroundsEn };
const rulesIn = { vi: groundRulesVi, en: groundRulesEn };

type NoticePageProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  /** Of the attempt to sign just made. */
  readonly failure: Failure | null;
  /** Address of the token agent, where the key is at the person's own computer. */
  readonly agent: string | null;
  /** Name of the remote service that asks for consent on a page of its own. */
  readonly remote: string | null;
};

/** What was refused and why; the signature it waits for, or the signed file. */
export const NoticePage = ({ frame, view, failure, agent, remote }: NoticePageProps) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  const faults = faultsOf(failure, frame);
  const { refusal, notice } = view;
  const maySign = refusal !== null && notice === null && (frame.person?.roles.includes("signer") ?? false);
  const isReady = recordStanding(view) !== "missing";
  return (
    <Page
      frame={frame}
      title={say("title")}
      wide={maySign && isReady}
      scripts={agent === null ? ["app"] : ["app", "agent"]}
      faulty={faults.length > 0}
    >
      <ErrorSummary language={frame.language} faults={faults} />
      <OutageNotice act={signing} failure={failure} frame={frame} />
      <a class="way-back" href={pathOf(view)}>
        ‹ {say("toDossier")}
      </a>
      <h1>{say("title")}</h1>
      {maySign && isReady ? (
        <div class="split aside">
          <div class="stack">
            <Told frame={frame} view={view} />
          </div>
          <div class="stack stays">
            <Draft speech={speech} view={view} />
            <Card title={say("signTitle")}>
              <KeyForm frame={frame} view={view} agent={agent} remote={remote} faults={faults} />
            </Card>
          </div>
        </div>
      ) : (
        <Told frame={frame} view={view} />
      )}
      <p>
        <a href="/queue">{say("toQueue")}</a>
      </p>
    </Page>
  );
};

/** What was refused, and how far its notice is. */
const Told = ({ frame, view }: Pick<NoticePageProps, "frame" | "view">) => {
  const speech = speechIn(frame.language);
  const { refusal, notice } = view;
  if (refusal === null) return <Notice tone="neutral" title={speech.say("notRefused")} />;
  return (
    <>
      <Standing speech={speech} notice={notice} />
      <RecordWay frame={frame} view={view} />
      {notice !== null && <SignedFile speech={speech} view={view} notice={notice} />}
      <Facts speech={speech} view={view} refusal={refusal} />
    </>
  );
};

type KeyFormProps = Omit<NoticePageProps, "failure"> & { readonly faults: readonly Fault[] };

/** The same three ways to a key as for a copy. */
const KeyForm = ({ frame, view, agent, remote, faults }: KeyFormProps) => {
  if (remote !== null) return <RemoteForm frame={frame} act="notice" service={remote} dossier={view.dossier} />;
  if (agent !== null) return <AgentForm frame={frame} agent={agent} act={{ name: "notice" }} dossier={view.dossier} />;
  return <PinForm frame={frame} action={pathOf(view, "/refusal")} button="signNoticeButton" faults={faults} starts />;
};

const Standing = ({ speech: { say, language }, notice }: { speech: Speech; notice: KeptNotice | null }) => (
  <Notice tone={notice === null ? "care" : "good"} title={say(notice === null ? "waits" : "signed")}>
    <p>{say(notice === null ? "waitsMore" : "signedMore")}</p>
    {language === "en" && <p>{say("inVietnamese")}</p>}
  </Notice>
);

type PartProps = { readonly speech: Speech; readonly view: DossierView };

const SignedFile = ({ speech: { say, language }, view, notice }: PartProps & { notice: KeptNotice }) => (
  <Card title={say("fileTitle")}>
    <SummaryList
      rows={[
        [say("signedBy"), notice.signerName],
        [say("signedAt"), shortTimeText(notice.signedAt, language)],
      ]}
    />
    <Buttons>
      <LinkButton href={pathOf(view, "/refusal.pdf?save=yes")}>{say("save")}</LinkButton>
      <LinkButton href={pathOf(view, "/refusal.pdf")} look="quiet">
        {say("view")}
      </LinkButton>
    </Buttons>
    <p class="hint">{say("fileNote")}</p>
  </Card>
);

const Facts = ({ speech: { say, language }, view, refusal }: PartProps & { refusal: KeptRefusal }) => {
  const { title, documentNumber, holderName, applicantName } = view.dossier;
  const { ground } = refusal;
  const rule = isOther(ground) ? rulesIn[language][ground] : say("ground22", { number: clauseOf(ground) });
  const rows: (readonly [string, string | null])[] = [
    [say("applicant"), applicantName],
    [say("paper"), [title, documentNumber, holderName].filter((one) => one !== null).join(", ")],
    [say("ground"), say("groundValue", { rule, words: groundsIn[language][ground] })],
    [say("reason"), refusal.reason],
    [say("page"), refusal.page === null ? null : String(refusal.page)],
    [say("by"), refusal.by],
    [say("at"), shortTimeText(refusal.at, language)],
  ];
  return (
    <Card title={say("facts")}>
      <SummaryList rows={rows.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const]))} />
    </Card>
  );
};

const Draft = ({ speech: { say }, view }: PartProps) => (
  <Card title={say("draftTitle")}>
    <LinkButton href={pathOf(view, "/refusal-draft.pdf")} look="quiet">
      {say("draft")}
    </LinkButton>
    <p class="hint">{say("draftNote")}</p>
  </Card>
);
