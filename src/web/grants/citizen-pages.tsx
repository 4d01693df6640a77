import { type GrantState, pagesText } from "../../core/grant.ts";
import { DigitsField } from "../citizens/digits-field.tsx";
import { Card, SummaryList, Tag } from "../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../design/error-summary.tsx";
import { TextField } from "../design/field.tsx";
import { Button, Form } from "../design/form.tsx";
import type { Frame } from "../design/frame.ts";
import type { Tone } from "../design/icons.tsx";
import { Page } from "../design/page.tsx";
import { type SpeechOf, speaker } from "../design/speech.ts";
import { shortTimeText } from "../design/time.ts";
import { Notice } from "../design/verdict.tsx";
import type { Typed } from "../forms/read-form.ts";
import { grantsEn } from "../words/grants.en.ts";
import { type GrantsWord, grantsVi } from "../words/grants.vi.ts";
import { MakeForm } from "./make-form.tsx";
import type { GrantLine, GrantsView } from "./world.ts";

export const grantsSpeech = speaker({ vi: grantsVi, en: grantsEn });
export type GrantsSpeech = SpeechOf<GrantsWord>;

type Base = { readonly frame: Frame; readonly path: string; readonly faults: readonly Fault[] };

/** Before the four digits: nothing of what was granted is told, since the link alone proves nobody. */
export const ProvePage = ({ frame, path, faults }: Base) => {
  const { say } = grantsSpeech(frame.language);
  return (
    <Page frame={frame} title={say("title")} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <BackTo path={path} says={say("back")} />
      <h1>{say("title")}</h1>
      <p>{say("about")}</p>
      <Card title={say("proveTitle")}>
        <Form frame={frame} action={`${path}/links/prove`}>
          <DigitsField language={frame.language} faults={faults} />
          <Button>{say("proveButton")}</Button>
        </Form>
      </Card>
    </Page>
  );
};

export const BackTo = ({ path, says }: { path: string; says: string }) => (
  <p>
    <a class="way-back" href={path}>
      {says}
    </a>
  </p>
);

type ListProps = Base & {
  readonly view: GrantsView;
  readonly typed: Typed;
  readonly newId: string;
  /** What was just done. */
  readonly done: "revokedNow" | "confirmedNow" | null;
};

/** What the citizen granted, who used it, and the form for one more. */
export const GrantsPage = ({ frame, path, faults, view, typed, newId, done }: ListProps) => {
  const speech = grantsSpeech(frame.language);
  const { say } = speech;
  return (
    <Page frame={frame} title={say("title")} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <BackTo path={path} says={say("back")} />
      <h1>{say("title")}</h1>
      <p>{say("about")}</p>
      {done !== null && <Notice tone="good" title={say(done)} />}
      {view.lines.length > 0 && <h2>{say("listTitle")}</h2>}
      {view.lines.map((line) => (
        <GrantCard frame={frame} path={path} speech={speech} line={line} faults={faults} />
      ))}
      <MakeForm frame={frame} path={path} speech={speech} view={view} typed={typed} faults={faults} newId={newId} />
      <Form frame={frame} action={`${path}/links/leave`}>
        <Button look="quiet">{say("leave")}</Button>
        <p class="hint">{say("leaveHint")}</p>
      </Form>
    </Page>
  );
};

const tones: Readonly<Record<GrantState, Tone>> = {
  open: "good",
  expired: "neutral",
  revoked: "neutral",
  exhausted: "neutral",
  annulled: "care",
};

type CardProps = {
  readonly frame: Frame;
  readonly path: string;
  readonly speech: GrantsSpeech;
  readonly line: GrantLine;
  readonly faults: readonly Fault[];
};

const GrantCard = ({ frame, path, speech, line, faults }: CardProps) => {
  const { say, language } = speech;
  const { grant, state } = line;
  return (
    <Card title={grant.grantee.name}>
      <p>
        <Tag tone={tones[state]}>{say(state)}</Tag>
      </p>
      <SummaryList
        rows={[
          [say("for"), grant.procedure],
          [say("given"), givenText(grant, speech)],
          [say("until"), shortTimeText(grant.expiresAt, language)],
          [say("used"), say("usedOf", { used: grant.used, uses: grant.uses })],
        ]}
      />
      <Openings line={line} speech={speech} />
      {line.isAsked && state === "open" && (
        <ConfirmForm frame={frame} path={path} speech={speech} line={line} faults={faults} />
      )}
      {state === "open" && (
        <Form frame={frame} action={`${path}/links/${grant.id}/revoke`} once>
          <Button look="grave">{say("revoke")}</Button>
        </Form>
      )}
    </Card>
  );
};

export const givenText = ({ pages }: GrantLine["grant"], { say }: GrantsSpeech): string =>
  pages === null ? say("whole") : say("somePages", { pages: pagesText(pages) });

const proofWords = { key: "proofKey", code: "proofCode", confirmation: "proofConfirmation" } as const;

/** LAW 8.2: each access with its purpose and basis, shown to whom it is about. */
const Openings = ({ line: { openings, grant }, speech: { say, language } }: Pick<CardProps, "line" | "speech">) =>
  openings.length === 0 ? (
    <p class="hint">{say("neverOpened")}</p>
  ) : (
    <>
      <ul>
        {openings.map(({ openedAt, openedBy, proof }) => (
          <li>
            {say("opened", {
              time: shortTimeText(openedAt, language),
              by: openedBy,
              proof: say(proofWords[proof]),
              procedure: grant.procedure,
            })}
          </li>
        ))}
      </ul>
      <p class="hint">{say("basis")}</p>
    </>
  );

/** The number is typed and not only looked at: who holds the link elsewhere has another one. */
const ConfirmForm = ({ frame, path, speech: { say }, line: { grant }, faults }: CardProps) => (
  <Notice tone="care" title={say("askedTitle")}>
    <p>{say("asked")}</p>
    <Form frame={frame} action={`${path}/links/${grant.id}/confirm`} once>
      <TextField
        name={`number-${grant.id}`}
        label={say("number")}
        fault={faultAt(faults, `number-${grant.id}`)}
        look="digits"
        numeric
        maxlength={4}
      />
      <Button>{say("confirm")}</Button>
    </Form>
  </Notice>
);
