import type { LineVerdict, StatementLine } from "../../../core/statement-match.ts";
import { Card, SummaryList } from "../../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { CheckField, TextArea, TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { dayText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import { dongText } from "../receiving/money.ts";
import { feesRoomSpeech } from "./speech.ts";
import { alikeTold, becameOf, Match } from "./statement-pages.tsx";

export type TypedOfLine = {
  readonly code?: string;
  readonly another?: boolean;
  readonly above?: boolean;
  readonly reason?: string;
};

type LinePageProps = {
  readonly frame: Frame;
  readonly line: StatementLine;
  /** Null once it was decided on. */
  readonly verdict: LineVerdict | null;
  readonly typed: TypedOfLine;
  readonly faults: readonly Fault[];
};

/** `/fees/statements/lines/<id>`: one line that does not book itself. */
export const LinePage = ({ frame, line, verdict, typed, faults }: LinePageProps) => {
  const { say } = feesRoomSpeech(frame.language);
  const path = `/fees/statements/lines/${line.id}`;
  const title = say("lineTitle", { amount: dongText(line.amountDong) });
  const facts = [
    [say("day"), dayText(line.day)],
    [say("content"), line.content],
    ...(line.reference === "" ? [] : [[say("reference"), line.reference] as const]),
    ...(verdict === null
      ? []
      : [[say("why"), <Match line={line} verdict={verdict} language={frame.language} />] as const]),
    ...(line.booked === null && line.setAside === null
      ? []
      : [[say("result"), becameOf(line, frame.language)] as const]),
  ] as const;
  return (
    <Page frame={frame} title={title} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href={`/fees/statements/${line.statementId}`}>
        ‹ {say("lineBack")}
      </a>
      <h1>{title}</h1>
      <Card>
        <SummaryList rows={facts} />
      </Card>
      {line.booked === null && (
        <BookCard frame={frame} path={path} line={line} verdict={verdict} typed={typed} faults={faults} />
      )}
      {line.booked === null && line.setAside === null && (
        <AsideCard frame={frame} path={path} typed={typed} faults={faults} />
      )}
    </Page>
  );
};

type WithPath = { readonly path: string };

const BookCard = ({ frame, path, line, verdict, typed, faults }: LinePageProps & WithPath) => {
  const { say } = feesRoomSpeech(frame.language);
  return (
    <Card title={say("bookTitle")}>
      <Form frame={frame} action={`${path}/book`} once>
        <TextField
          name="code"
          label={say("code")}
          hint={say("codeHint")}
          value={typed.code ?? verdict?.payable?.code ?? ""}
          maxlength={40}
          fault={faultAt(faults, "code")}
          starts
        />
        <p class="hint">{say("bookHint")}</p>
        {line.setAside !== null && <input type="hidden" name="aside" value="yes" />}
        {line.alike !== null && (
          <>
            <Notice tone="care" title={say("alikeLead", alikeTold(line.alike))} />
            <CheckField
              name="another"
              label={say("alikeAnother")}
              checked={typed.another ?? false}
              fault={faultAt(faults, "another")}
            />
          </>
        )}
        <CheckField name="above" label={say("aboveFee")} hint={say("aboveFeeHint")} checked={typed.above ?? false} />
        <Button>{say("bookButton")}</Button>
      </Form>
    </Card>
  );
};

type AsideProps = Pick<LinePageProps, "frame" | "typed" | "faults"> & WithPath;

const AsideCard = ({ frame, path, typed, faults }: AsideProps) => {
  const { say } = feesRoomSpeech(frame.language);
  return (
    <Card title={say("asideTitle")}>
      <Form frame={frame} action={`${path}/aside`} once>
        <TextArea
          name="reason"
          label={say("asideReason")}
          hint={say("asideHint")}
          value={typed.reason}
          maxlength={1000}
          fault={faultAt(faults, "reason")}
        />
        <Button look="quiet">{say("asideButton")}</Button>
      </Form>
    </Card>
  );
};
