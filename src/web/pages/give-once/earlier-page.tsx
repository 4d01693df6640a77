import { againReasons, type EarlierCopy } from "../../../core/give-once.ts";
import { Card, Table } from "../../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { RadioGroup, TextField } from "../../design/field.tsx";
import { Button, Form, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import type { QrModules } from "../../design/qr.tsx";
import { dayText, shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { Language } from "../../language.ts";
import type { DossierView } from "../../officials/world.ts";
import { SecretLink } from "../receiving/slip-page.tsx";
import { pathOf } from "../receiving/with-dossier.ts";
import { giveOnceSpeech } from "./notice.tsx";

type EarlierPageProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly typed: { readonly answer?: string | undefined };
  readonly faults: readonly Fault[];
};

/** What there is already of this original, and what becomes of the dossier. One form, one answer. ONCE-1. */
export const EarlierPage = ({ frame, view, typed, faults }: EarlierPageProps) => {
  const { say } = giveOnceSpeech(frame.language);
  return (
    <Page frame={frame} title={say("title")} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href={pathOf(view)}>
        ‹ {say("back")}
      </a>
      <h1>{say("title")}</h1>
      <p>
        <b>{view.dossier.title}</b>
      </p>
      {view.onceAnswer !== null ? (
        <Answered view={view} answer={view.onceAnswer} language={frame.language} />
      ) : (
        <>
          <p>{say(view.earlier.length === 0 ? "none" : "lead")}</p>
          {view.earlier.length > 0 && <Copies copies={view.earlier} language={frame.language} />}
          <Choice frame={frame} view={view} typed={typed} faults={faults} />
        </>
      )}
    </Page>
  );
};

const Copies = ({ copies, language }: { copies: readonly EarlierCopy[]; language: Language }) => {
  const { say } = giveOnceSpeech(language);
  const labels = [say("columnNumber"), say("columnDay"), say("columnKind"), say("columnWhy")];
  return (
    <Card>
      <Table
        caption={say("copies")}
        columns={labels.map((label) => ({ label }))}
        rows={copies.map(({ number, bookText, printedOn, kind, sameFile }) => [
          say("numberOf", { number, book: bookText }),
          dayText(printedOn),
          kind,
          say(sameFile ? "sameFile" : "samePaper"),
        ])}
      />
    </Card>
  );
};

const Choice = ({ frame, view, typed, faults }: EarlierPageProps) => {
  const { say } = giveOnceSpeech(frame.language);
  const given = view.earlier.filter(({ sameApplicant }) => sameApplicant);
  return (
    <Card>
      <Form frame={frame} action={pathOf(view, "/earlier")} once>
        <RadioGroup
          name="answer"
          label={say("answer")}
          options={optionsOf(view, frame.language)}
          value={typed.answer}
          fault={faultAt(faults, "answer")}
          starts
        />
        {given.length < view.earlier.length && (
          <p class="hint">
            {view.earlier
              .filter(({ sameApplicant }) => !sameApplicant)
              .map(({ number }) => say("otherApplicant", { number }))
              .join(" ")}
          </p>
        )}
        {given.length > 0 && (
          <TextField
            name="digits"
            label={say("digits")}
            hint={say("digitsHint")}
            look="digits"
            numeric
            maxlength={4}
            required={false}
            fault={faultAt(faults, "digits")}
          />
        )}
        <Button>{say("button")}</Button>
      </Form>
    </Card>
  );
};

/** `reused:<certificate>`, `in_vneid`, `again:<reason>`. Certifying again is offered only where there is a copy. */
function optionsOf({ earlier }: DossierView, language: Language) {
  const { say } = giveOnceSpeech(language);
  const copies = earlier
    .filter(({ sameApplicant }) => sameApplicant)
    .map(({ certificateId, number, bookText, printedOn }) => ({
      value: `reused:${certificateId}`,
      label: say("reuse", { number, book: bookText, day: dayText(printedOn) }),
      hint: say("reuseHint"),
    }));
  const vneid = { value: "in_vneid", label: say("vneid"), hint: say("vneidHint") };
  const again = againReasons.map((reason) => ({ value: `again:${reason}`, label: say(`again_${reason}`) }));
  return [...copies, vneid, ...(earlier.length > 0 ? again : [])];
}

type AnsweredProps = {
  readonly view: DossierView;
  readonly answer: NonNullable<DossierView["onceAnswer"]>;
  readonly language: Language;
};

const answeredWords = { reused: "answeredReused", in_vneid: "answeredVneid", again: "answeredAgain" } as const;

const Answered = ({ answer, language }: AnsweredProps) => {
  const { say } = giveOnceSpeech(language);
  const { number = "", bookText = "", dossierId } = answer.earlier ?? {};
  return (
    <Notice tone="good" title={say(answeredWords[answer.answer], { number, book: bookText })}>
      {answer.reason !== null && <p>{say(`again_${answer.reason}`)}</p>}
      <p class="hint">{say("answeredBy", { by: answer.by, time: shortTimeText(answer.at, language) })}</p>
      {answer.answer === "reused" && dossierId !== undefined && (
        <p>
          <LinkButton href={`/dossiers/${dossierId}`} look="quiet">
            {say("toEarlier")}
          </LinkButton>
        </p>
      )}
    </Notice>
  );
};

type GivenPageProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly earlier: EarlierCopy;
  readonly link: string;
  readonly qr: QrModules | null;
};

/** The earlier copy's new link, this once: to be printed, or read from the screen by the citizen's phone. */
export const GivenPage = ({ frame, view, earlier, link, qr }: GivenPageProps) => {
  const { say } = giveOnceSpeech(frame.language);
  const { number, bookText } = earlier;
  return (
    <Page frame={frame} title={say("givenTitle")}>
      <div class="screen stack">
        <a class="way-back" href={pathOf(view)}>
          ‹ {say("back")}
        </a>
        <h1>{say("givenTitle")}</h1>
        <Notice tone="care" title={say("givenOnce")}>
          <p>{say("givenOnceMore")}</p>
        </Notice>
      </div>
      <article class="paper" lang="vi">
        <p>
          Bản sao điện tử được chứng thực, số <b>{number}</b>, quyển số {bookText}, ngày {dayText(earlier.printedOn)}:{" "}
          {earlier.kind}.
        </p>
        <SecretLink link={link} qr={qr} />
      </article>
    </Page>
  );
};
