import { feeDong } from "../../../core/fees.ts";
import type { Instant } from "../../../core/kernel.ts";
import { localDateOf } from "../../../core/kernel.ts";
import { isActTold } from "../../../core/off-site.ts";
import type { PaperLine } from "../../../core/paper-line.ts";
import { numberText } from "../../../core/register.ts";
import { isLast } from "../../../core/stages.ts";
import { Card, Fold, SummaryList } from "../../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { CheckField, TextArea } from "../../design/field.tsx";
import { Button, Buttons, Form, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { dayText, shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { Typed } from "../../forms/read-form.ts";
import type { DossierView } from "../../officials/world.ts";
import type { Role } from "../../route.ts";
import type { PaperCopiesWord } from "../../words/paper-copies.vi.ts";
import { ActMissing } from "../off-site/way.tsx";
import { dongText } from "../receiving/money.ts";
import { pathOf } from "../receiving/with-dossier.ts";
import { paperSpeech } from "./speech.ts";

export type PaperPageProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly line: PaperLine | null;
  readonly now: Instant;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

/** Copies on paper from comparing to handing over, each step on the same page. NĐ 23/2015 Art. 20. */
export const PaperPage = (props: PaperPageProps) => {
  const { frame, view, faults } = props;
  const { say } = paperSpeech(frame.language);
  return (
    <Page frame={frame} title={say("title")} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href={pathOf(view)}>
        ‹ {say("back")}
      </a>
      <h1>{say("title")}</h1>
      <Facts {...props} />
      <Step {...props} />
    </Page>
  );
};

const Facts = ({ frame, view: { dossier, intake }, line }: PaperPageProps) => {
  const { say } = paperSpeech(frame.language);
  const copies = line?.copies ?? intake.paperCopies;
  const fee = line?.feeDong ?? copies * feeDong(dossier.declaredPages);
  return (
    <Card>
      <SummaryList
        rows={[
          [say("paper"), dossier.title],
          [say("applicant"), dossier.applicantName],
          [say("pages"), String(dossier.declaredPages)],
          [say("copies"), String(copies)],
          [say("fee"), say("feeValue", { fee: dongText(fee) })],
          ...(line === null ? [] : lineRows(line, say)),
        ]}
      />
    </Card>
  );
};

const lineRows = ({ number, bookText, printedOn }: PaperLine, say: ReturnType<typeof paperSpeech>["say"]) =>
  [
    [say("number"), say("numberValue", { number: numberText(number), book: bookText })],
    [say("date"), dayText(printedOn)],
  ] as const;

/** What comes next, for the one whose turn it is; for the others who it waits for. */
const Step = (props: PaperPageProps) => {
  const { frame, view, line } = props;
  const { say } = paperSpeech(frame.language);
  if (view.intake.paperCopies === 0) return <Notice tone="neutral" title={say("none")} />;
  if (line !== null && line.handedOverAt !== null) {
    const time = shortTimeText(line.handedOverAt, frame.language);
    return <Notice tone="good" title={say("issued", { time })} />;
  }
  return line === null ? <BeforeNumber {...props} /> : <Printed {...props} line={line} />;
};

const BeforeNumber = (props: PaperPageProps) => {
  const { frame, view } = props;
  const { say } = paperSpeech(frame.language);
  const { status, onPaperOnly } = view.dossier;
  const may = (role: Role) => frame.person?.roles.includes(role) ?? false;
  const told = (word: PaperCopiesWord) => <Notice tone="neutral" title={say(word)} />;
  if (isLast(status) && status !== "released") return told("stopped");
  if (status === "received" || status === "read") {
    if (!onPaperOnly) return told("compareFirst");
    return may("comparer") ? <Comparing {...props} /> : told("compareOther");
  }
  return may("signer") ? <Numbering {...props} /> : told("numberOther");
};

const Comparing = ({ frame, view, faults }: PaperPageProps) => {
  const { say } = paperSpeech(frame.language);
  if (!isActTold(view.offSite)) return <ActMissing view={view} language={frame.language} />;
  return (
    <Card title={say("compareTitle")}>
      <Form frame={frame} action={pathOf(view, "/paper/compare")} once>
        <CheckField name="presented" label={say("comparePresented")} fault={faultAt(faults, "presented")} starts />
        <Button>{say("compareButton")}</Button>
      </Form>
    </Card>
  );
};

const Numbering = ({ frame, view }: PaperPageProps) => {
  const { say } = paperSpeech(frame.language);
  return (
    <Card title={say("numberTitle")}>
      <p>{say("numberLead")}</p>
      <Form frame={frame} action={pathOf(view, "/paper/number")} once>
        <Button starts>{say("numberButton", { copies: view.intake.paperCopies })}</Button>
      </Form>
    </Card>
  );
};

const Printed = (props: PaperPageProps & { readonly line: PaperLine }) => {
  const { frame, view, line, now } = props;
  const { say } = paperSpeech(frame.language);
  const roles = frame.person?.roles ?? [];
  const isSigner = roles.includes("signer");
  return (
    <>
      <Card title={say("printTitle")}>
        <p>{say("printLead")}</p>
        {isSigner && line.printedOn !== localDateOf(now) && (
          <Form frame={frame} action={pathOf(view, "/paper/number")} once>
            <p>{say("dateAgain", { day: dayText(line.printedOn) })}</p>
            <Button look="quiet">{say("dateAgainButton")}</Button>
          </Form>
        )}
        <Buttons>
          <LinkButton href={pathOf(view, "/paper/attestation.pdf")} look="quiet" starts>
            {say("printButton")}
          </LinkButton>
        </Buttons>
        {isSigner || roles.includes("clerk") ? (
          <Form frame={frame} action={pathOf(view, "/paper/done")} once>
            <p>{say("doneLead")}</p>
            <Button>{say("doneButton")}</Button>
          </Form>
        ) : (
          <p>{say("doneOther")}</p>
        )}
      </Card>
      {isSigner && <Voiding {...props} />}
    </>
  );
};

const Voiding = ({ frame, view, typed, faults }: PaperPageProps) => {
  const { say } = paperSpeech(frame.language);
  const form = (
    <Form frame={frame} action={pathOf(view, "/paper/void")} once>
      <TextArea
        name="reason"
        label={say("voidReason")}
        hint={say("voidReasonHint")}
        value={typed["reason"]}
        fault={faultAt(faults, "reason")}
      />
      <Button look="grave">{say("voidButton")}</Button>
    </Form>
  );
  return faultAt(faults, "reason") === undefined ? (
    <Fold title={say("voidTitle")}>{form}</Fold>
  ) : (
    <Card title={say("voidTitle")}>{form}</Card>
  );
};
