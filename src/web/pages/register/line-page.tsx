import type { RegisterLine } from "../../../core/lists.ts";
import { numberText } from "../../../core/register.ts";
import { partsOf, textNow } from "../../../core/register-correction.ts";
import { Card, SummaryList, Table } from "../../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { RadioGroup, TextArea, TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { type SpeechOf, speaker } from "../../design/speech.ts";
import { dayText, shortTimeText } from "../../design/time.ts";
import type { Typed } from "../../forms/read-form.ts";
import { registerEn } from "../../words/register.en.ts";
import { type RegisterWord, registerVi } from "../../words/register.vi.ts";
import { registerLineEn } from "../../words/register-line.en.ts";
import { type RegisterLineWord, registerLineVi } from "../../words/register-line.vi.ts";
import { shownAs, signerText } from "./line-texts.ts";
import { Corrected } from "./table.tsx";

const speechIn = speaker({ vi: { ...registerVi, ...registerLineVi }, en: { ...registerEn, ...registerLineEn } });
type Speech = SpeechOf<Exclude<RegisterWord, RegisterLineWord> | RegisterLineWord>;

type LinePageProps = {
  readonly frame: Frame;
  readonly line: RegisterLine;
  /** Where this page stands, with its book. */
  readonly address: string;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

/** A line as it reads now with what was struck through, every correction, and the form for another. LAW 3.4, REG-4. */
export const LinePage = ({ frame: shown, line, address, typed, faults }: LinePageProps) => {
  const frame = { ...shown, address };
  const speech: Speech = speechIn(frame.language);
  const { say } = speech;
  const title = say("title", { number: numberText(line.number), book: line.bookText });
  const isSigner = frame.person?.roles.includes("signer") ?? false;
  const day = `/register?${new URLSearchParams({ ...(line.form === "paper" && { book: "paper" }), day: line.printedOn })}`;
  return (
    <Page frame={frame} title={title} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href={day}>
        ‹ {say("toDay", { day: dayText(line.printedOn) })}
      </a>
      <h1>{title}</h1>
      <Now speech={speech} line={line} />
      <History speech={speech} line={line} />
      {line.status === "issued" && isSigner && (
        <CorrectionCard speech={speech} {...{ frame, line, address, typed, faults }} />
      )}
      {line.status === "issued" && !isSigner && <p class="hint">{say("onlySigner")}</p>}
    </Page>
  );
};

type PartProps = { readonly speech: Speech; readonly line: RegisterLine };

const Now = ({ speech: { say }, line }: PartProps) => (
  <Card title={say("now")}>
    <SummaryList
      rows={[
        [say("columnDate"), dayText(line.printedOn)],
        [say("columnApplicant"), <Corrected line={line} part="applicant" />],
        [say("columnPaper"), <Corrected line={line} part="title" />],
        [say("document"), <Corrected line={line} part="documentNumber" />],
        [say("columnSigner"), signerText(line)],
        [say("columnCopies"), <Corrected line={line} part="copies" />],
        [say("columnFee"), <Corrected line={line} part="fee" />],
      ]}
    />
  </Card>
);

const monthText = (month: string): string => month.split("-").reverse().join("/");

const History = ({ speech: { say, language }, line }: PartProps) => {
  const heads = ["columnPart", "columnWas", "columnReads", "columnReason", "columnBy", "columnCounted"] as const;
  const shown = (part: Parameters<typeof shownAs>[0], text: string) =>
    text === "" ? say("empty") : shownAs(part, text);
  return (
    <Card {...(line.corrections.length === 0 && { title: say("history") })}>
      {line.corrections.length === 0 ? (
        <p>{say("historyNone")}</p>
      ) : (
        <Table
          caption={say("history")}
          columns={[{ label: say("columnOrdinal") }, ...heads.map((head) => ({ label: say(head) }))]}
          rows={line.corrections.map((one) => [
            one.ordinal,
            say(`part_${one.part}`),
            <s>{shown(one.part, one.was)}</s>,
            shown(one.part, one.reads),
            one.reason,
            `${one.by}, ${shortTimeText(one.at, language)}`,
            monthText(one.countedIn),
          ])}
        />
      )}
    </Card>
  );
};

type CorrectionCardProps = PartProps & Pick<LinePageProps, "frame" | "address" | "typed" | "faults">;

const CorrectionCard = ({ speech: { say }, frame, line, address, typed, faults }: CorrectionCardProps) => (
  <Card title={say("correctTitle")}>
    <p>{say("correctLead")}</p>
    <Form frame={frame} action={address} once>
      <input type="hidden" name="book" value={line.form} />
      <input type="hidden" name="seen" value={String(line.corrections.length)} />
      <RadioGroup
        name="part"
        label={say("partLabel")}
        value={typed["part"]}
        fault={faultAt(faults, "part")}
        options={partsOf(line).map((part) => {
          const now = textNow(line, part);
          return { value: part, label: say(`part_${part}`), hint: now === "" ? say("empty") : shownAs(part, now) };
        })}
      />
      <TextField
        name="reads"
        label={say("readsLabel")}
        hint={say("readsHint")}
        value={typed["reads"]}
        maxlength={1000}
        fault={faultAt(faults, "reads")}
      />
      <TextArea
        name="reason"
        label={say("reasonLabel")}
        hint={say("reasonHint")}
        value={typed["reason"]}
        maxlength={500}
        fault={faultAt(faults, "reason")}
      />
      <Button>{say("button")}</Button>
    </Form>
  </Card>
);
