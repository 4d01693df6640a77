import type { Failure } from "../../../usecases/failure.ts";
import { Card } from "../../design/content.tsx";
import { ErrorSummary, type Fault } from "../../design/error-summary.tsx";
import { LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { Notice } from "../../design/verdict.tsx";
import { wordsOf } from "../../problem.ts";
import { type Act, hindranceOf } from "./act.ts";
import { AgentForm, agentSpeech } from "./agent-form.tsx";
import { Attestation, CoarsePages, CopyPages, LeftOutPages } from "./contents.tsx";
import { CopiesNotice } from "./copies-page.tsx";
import { Facts } from "./facts.tsx";
import { faultsOf, OutageNotice, PinForm } from "./pin-form.tsx";
import { RemoteForm, remoteSpeech } from "./remote-form.tsx";
import { addressOf, type Speech, speechIn } from "./speech.ts";
import type { DeskView } from "./world.ts";

type ActPageProps = {
  readonly frame: Frame;
  readonly act: Act;
  readonly view: DeskView;
  readonly personId: string;
  /** Of the attempt just made. */
  readonly failure: Failure | null;
  /** Of the token agent, where the key lies at the person's own computer. */
  readonly agent: string | null;
  /** Name of the remote service that wants the person on its own page. */
  readonly remote: string | null;
};

/** What is about to be signed, or sealed, whole, and below it the key's PIN. */
export const ActPage = ({ frame, act, view, personId, failure, agent, remote }: ActPageProps) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  const faults = faultsOf(failure, frame);
  const title = say(act.words.title);
  const hindrance =
    hindranceOf(act, view, personId) ??
    (remote !== null && view.dossier.electronicCopies > 1 ? ({ code: "key_elsewhere_for_copies" } as const) : null);
  return (
    <Page
      frame={frame}
      title={title}
      wide
      scripts={agent === null ? ["app"] : ["app", "agent"]}
      faulty={faults.length > 0}
    >
      <ErrorSummary language={frame.language} faults={faults} />
      <OutageNotice act={act} failure={failure} frame={frame} />
      <h1>{title}</h1>
      <p>{say(act.words.lead)}</p>
      <div class="split aside">
        <div class="stack">
          <div class="facts across">
            <Facts speech={speech} view={view} brief />
          </div>
          <LeftOutPages speech={speech} view={view} />
          <CoarsePages speech={speech} view={view} />
          <CopyPages speech={speech} act={act} view={view} />
          <Attestation speech={speech} act={act} view={view} />
        </div>
        <div class="stack stays">
          <CopiesNotice speech={speech} act={act} view={view} />
          {hindrance === null ? (
            <KeyUse frame={frame} act={act} view={view} agent={agent} remote={remote} faults={faults} />
          ) : (
            <Hindrance frame={frame} act={act} hindrance={hindrance} />
          )}
          {act.name === "seal" && <SignedFile speech={speech} view={view} />}
          <Instead speech={speech} act={act} view={view} />
        </div>
      </div>
    </Page>
  );
};

type KeyUseProps = Pick<ActPageProps, "frame" | "act" | "view" | "agent" | "remote"> & {
  readonly faults: readonly Fault[];
};

/** The PIN where the key is here; the token agent where it is at the person's own computer; else the service's page. */
const KeyUse = ({ frame, act, view, agent, remote, faults }: KeyUseProps) => {
  if (remote !== null) {
    return (
      <Card title={remoteSpeech(frame.language).say("remoteTitle")}>
        <RemoteForm frame={frame} act={act.name} service={remote} dossier={view.dossier} />
      </Card>
    );
  }
  if (agent !== null) {
    return (
      <Card title={agentSpeech(frame.language).say("agentTitle")}>
        <AgentForm frame={frame} agent={agent} act={act} dossier={view.dossier} />
      </Card>
    );
  }
  return (
    <Card title={speechIn(frame.language).say(act.words.pinTitle)}>
      <PinForm
        frame={frame}
        action={`${addressOf(view.dossier)}/${act.name}`}
        button={act.words.button}
        faults={faults}
        starts
      />
    </Card>
  );
};

const Hindrance = ({ frame, act, hindrance }: { frame: Frame; act: Act; hindrance: Failure }) => {
  const { title, detail } = wordsOf(hindrance, frame.language);
  return (
    <Notice tone="care" title={speechIn(frame.language).say(act.words.cannot)}>
      <p>{title}</p>
      <p class="next">{detail}</p>
    </Notice>
  );
};

const SignedFile = ({ speech: { say }, view }: { speech: Speech; view: DeskView }) => (
  <Card>
    <LinkButton href={`${addressOf(view.dossier)}/person-signed.pdf`} look="quiet">
      {say("openSigned")}
    </LinkButton>
    <p class="hint">{say("openSignedNote")}</p>
  </Card>
);

/** The way out where the content is wrong: before a number is taken by refusing, after it by voiding. */
const Instead = ({ speech: { say }, act, view }: { speech: Speech; act: Act; view: DeskView }) => {
  if (act.name === "seal") return null;
  const isNumbered = view.dossier.status === "numbered";
  const own = addressOf(view.dossier);
  return (
    <p>
      <a class="way-back" href={`${own}/${isNumbered ? "void" : "refuse"}`}>
        {say(isNumbered ? "voidInstead" : "refuseInstead")}
      </a>
    </p>
  );
};
