import { pagesText } from "../../core/grant.ts";
import { Card, SummaryList } from "../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../design/error-summary.tsx";
import { TextField } from "../design/field.tsx";
import { Button, Form, LinkButton } from "../design/form.tsx";
import type { Frame } from "../design/frame.ts";
import { Page } from "../design/page.tsx";
import { type SpeechOf, speaker } from "../design/speech.ts";
import { shortTimeText } from "../design/time.ts";
import { Notice, Verdict } from "../design/verdict.tsx";
import { receiversEn } from "../words/receivers.en.ts";
import { type ReceiversWord, receiversVi } from "../words/receivers.vi.ts";
import type { ReceiverView } from "./receiver-world.ts";

export const receiversSpeech = speaker({ vi: receiversVi, en: receiversEn });
export type ReceiversSpeech = SpeechOf<ReceiversWord>;

type OpenView = Extract<ReceiverView, { readonly state: "open" }>;

type LinkPageProps = {
  readonly frame: Frame;
  readonly path: string;
  readonly view: ReceiverView;
  /** What must come back with the code that was sent a moment ago. */
  readonly challenge: string | null;
  readonly outboxFolder: string | null;
  readonly faults: readonly Fault[];
};

/** `/g/<secret>`: what was sent, for whom and until when, and the ways to prove oneself; of a closed one only why. */
export const LinkPage = (props: LinkPageProps) => {
  const { frame, view, faults } = props;
  const { say } = receiversSpeech(frame.language);
  if (view.state !== "open") {
    return (
      <Page frame={frame} title={say("title")}>
        <Verdict
          tone="care"
          badge={say("badgeClosed")}
          sentence={say(view.state)}
          next={say(view.state === "annulled" ? "nextAnnulled" : "nextClosed")}
        />
      </Page>
    );
  }
  const name = view.grant.grantee.name;
  return (
    <Page frame={frame} title={say("title")} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <Verdict tone="neutral" badge={say("badgeOpen")} sentence={say("sayOpen", { name })} next={say("nextOpen")} />
      <Ways {...props} view={view} />
      <Facts frame={frame} view={view} />
    </Page>
  );
};

const Facts = ({ frame, view: { grant, kind, agencyName } }: { frame: Frame; view: OpenView }) => {
  const { say } = receiversSpeech(frame.language);
  return (
    <Card title={say("facts")}>
      <SummaryList
        rows={[
          [say("paper"), kind],
          [say("certifiedBy"), agencyName],
          [say("recipient"), grant.grantee.name],
          [say("procedure"), grant.procedure],
          [say("given"), givenTo(grant.pages, receiversSpeech(frame.language))],
          [say("until"), shortTimeText(grant.expiresAt, frame.language)],
          [say("left"), say("leftTimes", { n: grant.uses - grant.used })],
        ]}
      />
    </Card>
  );
};

export const givenTo = (pages: readonly number[] | null, { say }: ReceiversSpeech): string =>
  pages === null ? say("whole") : say("somePages", { pages: pagesText(pages) });

type WaysProps = LinkPageProps & { readonly view: OpenView };

const Ways = (props: WaysProps) => {
  const { here } = props.view;
  const mayOpen =
    (here.kind === "recipient" && here.isMeant) || (here.kind === "counter" && here.standing === "confirmed");
  if (mayOpen) return <OpenCard {...props} />;
  return (
    <>
      {here.kind === "recipient" && <NotMeant {...props} name={here.name} />}
      {here.kind === "counter" && here.standing === "waiting" ? (
        <NumberCard {...props} number={here.number} />
      ) : (
        <>
          <ByCode {...props} />
          <AtCounter {...props} />
        </>
      )}
    </>
  );
};

const OpenCard = ({ frame, path, view: { here } }: WaysProps) => {
  const { say } = receiversSpeech(frame.language);
  const title = here.kind === "recipient" ? say("signedInAs", { name: here.name }) : say("confirmed");
  return (
    <Notice tone="good" title={title}>
      <Form frame={frame} action={`${path}/open`} once>
        <Button>{say("open")}</Button>
      </Form>
    </Notice>
  );
};

const NotMeant = ({ frame, name }: WaysProps & { readonly name: string }) => (
  <Notice tone="care" title={receiversSpeech(frame.language).say("notMeant", { name })} />
);

const ByCode = ({ frame, path, view, challenge, outboxFolder, faults }: WaysProps) => {
  const { say } = receiversSpeech(frame.language);
  const { id, name } = view.grant.grantee;
  if (id === null) return null;
  return (
    <Card title={say("byCodeTitle")}>
      <p>{say("byCode", { name })}</p>
      {challenge !== null && (
        <CodeForm frame={frame} path={path} challenge={challenge} outboxFolder={outboxFolder} faults={faults} />
      )}
      {view.canMail ? (
        <Form frame={frame} action={`${path}/code`} once>
          <Button look={challenge === null ? "main" : "quiet"}>{say("sendCode")}</Button>
        </Form>
      ) : (
        <p>{say("noMail")}</p>
      )}
    </Card>
  );
};

type CodeFormProps = Pick<WaysProps, "frame" | "path" | "outboxFolder" | "faults"> & { readonly challenge: string };

/** The challenge stands in the form only: who has the link alone cannot use up the tries of a code that others asked for. */
export const CodeForm = ({ frame, path, challenge, outboxFolder, faults }: CodeFormProps) => {
  const { say } = receiversSpeech(frame.language);
  return (
    <Form frame={frame} action={`${path}/proof`} once>
      <Notice tone="neutral" title={say("codeSent")}>
        <p>{outboxFolder === null ? say("codeSentMore") : say("codeInFolder", { folder: outboxFolder })}</p>
      </Notice>
      <input type="hidden" name="challenge" value={challenge} />
      <TextField
        name="code"
        label={say("code")}
        fault={faultAt(faults, "code")}
        look="digits"
        numeric
        maxlength={6}
        autocomplete="one-time-code"
      />
      <Button>{say("proveCode")}</Button>
    </Form>
  );
};

const AtCounter = ({ frame, path, view: { here } }: WaysProps) => {
  const { say } = receiversSpeech(frame.language);
  return (
    <Card title={say("atCounterTitle")}>
      {here.kind === "counter" && <p class="hint">{say("numberOver")}</p>}
      <p>{say("atCounter")}</p>
      <Form frame={frame} action={`${path}/counter`} once>
        <Button look="quiet">{say("askAtCounter")}</Button>
      </Form>
    </Card>
  );
};

const NumberCard = ({ frame, path, number }: WaysProps & { readonly number: string }) => {
  const { say } = receiversSpeech(frame.language);
  return (
    <Notice tone="care" title={say("numberTitle")}>
      <p class="large number">{number}</p>
      <p>{say("numberNext")}</p>
      <p class="hint">{say("stillWaiting")}</p>
      <LinkButton href={path}>{say("look")}</LinkButton>
    </Notice>
  );
};
