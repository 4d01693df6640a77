import type { CoarseScan } from "../../../core/coarse-scan.ts";
import type { DossierId } from "../../../core/ids.ts";
import type { ListedDossier } from "../../../core/lists.ts";
import type { Failure } from "../../../usecases/failure.ts";
import { Card } from "../../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { Act } from "./act.ts";
import { AgentForm } from "./agent-form.tsx";
import { OutageNotice, PinForm } from "./pin-form.tsx";
import { remoteSpeech } from "./remote-form.tsx";
import { addressOf, numberFills, type Speech, speechIn } from "./speech.ts";

/** A counter that certified all day: each of them was compared page by page, and each is looked at before it is chosen. */
export const mostAtOnce = 200;

type ListPageProps = {
  readonly frame: Frame;
  readonly act: Act;
  readonly personId: string;
  readonly dossiers: readonly ListedDossier[];
  /** How many scanned pages no copy will have, where there are any. COPY-1. */
  readonly leftOut: ReadonlyMap<DossierId, number>;
  /** Attested with pages below 200 dpi. SCAN-1. */
  readonly coarse: ReadonlyMap<DossierId, CoarseScan>;
  readonly chosen: ReadonlySet<string>;
  readonly faults: readonly Fault[];
  readonly failure: Failure | null;
  readonly agent: string | null;
  /** Name of the remote service that wants the person on its own page: then one by one only. */
  readonly remote: string | null;
};

/** Many acts under one PIN: each dossier is looked at and chosen by itself. */
export const ListPage = (props: ListPageProps) => {
  const { frame, act, faults, failure, agent } = props;
  const { say } = speechIn(frame.language);
  const title = say(act.words.listTitle);
  return (
    <Page frame={frame} title={title} scripts={agent === null ? ["app"] : ["app", "agent"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <OutageNotice act={act} failure={failure} frame={frame} />
      <h1>{title}</h1>
      <Content {...props} />
    </Page>
  );
};

const Content = (props: ListPageProps) => {
  const { frame, act, dossiers, remote } = props;
  if (dossiers.length === 0) return <Empty frame={frame} act={act} />;
  return remote === null ? <Choosing {...props} /> : <OneByOne frame={frame} service={remote} />;
};

const OneByOne = ({ frame, service }: { frame: Frame; service: string }) => (
  <>
    <Notice tone="neutral" title={remoteSpeech(frame.language).say("remoteOneByOne", { service })} />
    <Buttons>
      <LinkButton href="/queue" look="quiet">
        {speechIn(frame.language).say("toQueue")}
      </LinkButton>
    </Buttons>
  </>
);

const Empty = ({ frame, act }: Pick<ListPageProps, "frame" | "act">) => {
  const { say } = speechIn(frame.language);
  return (
    <>
      <Notice tone="neutral" title={say(act.words.listEmpty)} />
      <Buttons>
        <LinkButton href="/queue" look="quiet">
          {say("toQueue")}
        </LinkButton>
      </Buttons>
    </>
  );
};

const Choosing = (props: ListPageProps) => {
  const { frame, act, faults, agent } = props;
  const { say } = speechIn(frame.language);
  return (
    <>
      <p>{say(act.words.listLead)}</p>
      <Card>
        {agent === null ? (
          <PinForm frame={frame} action={`/${act.name}`} button={act.words.listButton} faults={faults}>
            <Choices {...props} />
          </PinForm>
        ) : (
          <AgentForm frame={frame} agent={agent} act={act}>
            <Choices {...props} />
          </AgentForm>
        )}
      </Card>
    </>
  );
};

const Choices = ({ frame, act, personId, dossiers, leftOut, coarse, chosen, faults, agent }: ListPageProps) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  const fault = faultAt(faults, "dossier");
  const isOwn = (dossier: ListedDossier) => act.name === "seal" && dossier.line?.officerId === personId;
  return (
    <fieldset class={fault ? "field faulty" : "field"} aria-describedby="dossier-hint">
      <legend>{say("listChoose")}</legend>
      <p class="hint" id="dossier-hint">
        {say("listChooseHint", { count: mostAtOnce })}
      </p>
      {fault && (
        <p class="fault" id="dossier-fault">
          {fault}
        </p>
      )}
      <p class="between">
        <a class="way-back" href={`/${act.name}?all=yes`} data-start={chosen.size === 0 ? "" : undefined}>
          {say("listAll")}
        </a>
        <a class="way-back" href={`/${act.name}`}>
          {say("listNone")}
        </a>
        {agent === null && (
          <a class="way-back" href="#pin" data-start={chosen.size > 0 ? "" : undefined}>
            {say("listToPin")}
          </a>
        )}
      </p>
      {dossiers.map((dossier, i) => (
        <Line
          speech={speech}
          act={act}
          dossier={dossier}
          id={i === 0 ? "dossier" : `dossier-${i}`}
          leftOut={leftOut.get(dossier.id) ?? 0}
          coarse={coarse.get(dossier.id)?.pages ?? []}
          isChosen={chosen.has(dossier.id)}
          isOwn={isOwn(dossier)}
        />
      ))}
    </fieldset>
  );
};

type LineProps = {
  readonly speech: Speech;
  readonly act: Act;
  readonly dossier: ListedDossier;
  readonly id: string;
  readonly leftOut: number;
  readonly coarse: readonly number[];
  readonly isChosen: boolean;
  /** Signed by the very person who would seal it: shown, not to be chosen. SIGN-1. */
  readonly isOwn: boolean;
};

const Line = ({ speech: { say, language }, act, dossier, id, leftOut, coarse, isChosen, isOwn }: LineProps) => (
  <div class="choice line">
    <input
      type="checkbox"
      id={id}
      name="dossier"
      value={dossier.id}
      data-copies={dossier.electronicCopies}
      checked={isChosen && !isOwn}
      disabled={isOwn}
      aria-describedby={`${id}-more`}
    />
    <span>
      <label for={id}>{dossier.title}</label>
      <span class="hint" id={`${id}-more`}>
        {say("listFacts", {
          applicant: dossier.applicantName,
          pages: dossier.declaredPages,
          due: shortTimeText(dossier.dueAt, language),
        })}
        {dossier.electronicCopies > 1 && <b> · {say("listCopies", { count: dossier.electronicCopies })}</b>}
        {leftOut > 0 && <b> · {say("listLeftOut", { count: leftOut })}</b>}
        {coarse.length > 0 && <b> · {say("listCoarse", { pages: coarse.join(", ") })}</b>}
        {dossier.line !== null && ` · ${say("resultNumber", numberFills(dossier.line))}`}
        {isOwn && <b> · {say("listOwn")}</b>}
      </span>
      <a class="way-back" href={`${addressOf(dossier)}/${act.name}`}>
        {say("listLook")}
        <span class="hidden"> – {dossier.title}</span>
      </a>
    </span>
  </div>
);
