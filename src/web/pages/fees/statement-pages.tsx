import type { Child } from "hono/jsx";
import { receiptText } from "../../../core/fee-account.ts";
import type { Statement, StatementLine } from "../../../core/statement-match.ts";
import type { MatchedLine } from "../../../usecases/fees/reconcile.ts";
import { Card, Fold, Table } from "../../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { FileField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { dayText, shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { Language } from "../../language.ts";
import { dongText } from "../receiving/money.ts";
import { feesRoomSpeech } from "./speech.ts";
import type { StatementView } from "./statements-world.ts";

type StatementsProps = {
  readonly frame: Frame;
  readonly statements: readonly (Statement & { readonly waiting: number })[];
  readonly faults: readonly Fault[];
};

/** `/fees/statements`: a file in, and those that came in before. FEE-7. */
export const StatementsPage = ({ frame, statements, faults }: StatementsProps) => {
  const { say } = feesRoomSpeech(frame.language);
  return (
    <Page frame={frame} title={say("statementsTitle")} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href="/fees">
        ‹ {say("back")}
      </a>
      <h1>{say("statementsTitle")}</h1>
      <p>{say("statementsLead")}</p>
      <Card>
        <Form frame={frame} action="/fees/statements" files once>
          <FileField
            name="file"
            label={say("file")}
            hint={say("fileHint")}
            accept=".csv,text/csv"
            fault={faultAt(faults, "file")}
            starts
          />
          <Button>{say("send")}</Button>
        </Form>
      </Card>
      {statements.length === 0 ? (
        <p class="nothing">{say("broughtNone")}</p>
      ) : (
        <Table
          caption={say("broughtIn")}
          columns={[
            { label: say("at") },
            { label: say("by") },
            { label: say("lines"), number: true },
            { label: say("open"), number: true },
          ]}
          rows={statements.map(({ id, at, by, incoming, added, waiting }) => [
            <a href={`/fees/statements/${id}`}>{shortTimeText(at, frame.language)}</a>,
            by,
            `${incoming}, ${added}`,
            waiting,
          ])}
        />
      )}
    </Page>
  );
};

/** `/fees/statements/<id>`: what agrees is booked in one press after it was looked at; the rest is for a person. */
export const StatementPage = ({ frame, view }: { readonly frame: Frame; readonly view: StatementView }) => {
  const { say } = feesRoomSpeech(frame.language);
  const { statement, waiting, settled } = view;
  const title = say("statementTitle", { time: shortTimeText(statement.at, frame.language) });
  const exact = waiting.filter(({ verdict }) => verdict.kind === "exact");
  const others = waiting.filter(({ verdict }) => verdict.kind !== "exact");
  const { incoming, added, outgoing, unread } = statement;
  return (
    <Page frame={frame} title={title} wide scripts={["app"]}>
      <a class="way-back" href="/fees/statements">
        ‹ {say("statementsTitle")}
      </a>
      <h1>{title}</h1>
      <p>{say("statementFacts", { incoming, added, outgoing })}</p>
      {unread.length > 0 && <Notice tone="care" title={say("unread", { lines: unread.join(", ") })} />}
      {added < incoming && <p class="hint">{say("knownBefore", { count: incoming - added })}</p>}
      {waiting.length === 0 && <Notice tone="good" title={say("allDone")} />}
      {exact.length > 0 && (
        <Card>
          <Lines caption={say("exactTitle", { count: exact.length })} lines={exact} language={frame.language} />
          <p>{say("exactLead")}</p>
          <Form frame={frame} action={`/fees/statements/${statement.id}/book`} once>
            <Button starts>{say("bookAll", { count: exact.length })}</Button>
          </Form>
        </Card>
      )}
      {others.length > 0 && (
        <Card>
          <Lines caption={say("othersTitle", { count: others.length })} lines={others} language={frame.language} />
        </Card>
      )}
      {settled.length > 0 && (
        <Fold title={say("settledTitle", { count: settled.length })} open={waiting.length === 0}>
          <Settled lines={settled} language={frame.language} />
        </Fold>
      )}
    </Page>
  );
};

type LinesProps = { readonly caption: string; readonly lines: readonly MatchedLine[]; readonly language: Language };

const Lines = ({ caption, lines, language }: LinesProps) => {
  const { say } = feesRoomSpeech(language);
  return (
    <div class="listed">
      <Table
        caption={caption}
        columns={[
          { label: say("content") },
          { label: say("day") },
          { label: say("amount"), number: true },
          { label: say("matches") },
          { label: say("settle") },
        ]}
        rows={lines.map(({ line, verdict }) => [
          line.content,
          <span class="number">{dayText(line.day)}</span>,
          dongText(line.amountDong),
          <Match line={line} verdict={verdict} language={language} />,
          verdict.kind === "exact" ? (
            "–"
          ) : (
            <a href={`/fees/statements/lines/${line.id}`}>
              {say("settle")}
              <span class="hidden"> {line.content}</span>
            </a>
          ),
        ])}
      />
    </div>
  );
};

export const alikeTold = ({ code, receipt }: NonNullable<StatementLine["alike"]>) => {
  return { code, number: receiptText(receipt) };
};

export const Match = ({ line, verdict, language }: MatchedLine & { readonly language: Language }): Child => {
  const { say } = feesRoomSpeech(language);
  const away = verdict.payable === null ? 0 : Math.abs(verdict.payable.outstandingDong - line.amountDong);
  return (
    <>
      {verdict.payable !== null && <span class="number">{verdict.payable.code} </span>}
      <span class="hint">
        {say(`kind_${verdict.kind}`, { amount: dongText(away), ...(line.alike && alikeTold(line.alike)) })}
      </span>
    </>
  );
};

const Settled = ({ lines, language }: { readonly lines: readonly StatementLine[]; readonly language: Language }) => {
  const { say } = feesRoomSpeech(language);
  return (
    <Table
      caption={say("result")}
      columns={[
        { label: say("content") },
        { label: say("day") },
        { label: say("amount"), number: true },
        { label: say("result") },
      ]}
      rows={lines.map((line) => [
        line.content,
        <span class="number">{dayText(line.day)}</span>,
        dongText(line.amountDong),
        becameOf(line, language),
      ])}
    />
  );
};

export function becameOf({ booked, setAside, amountDong }: StatementLine, language: Language): string {
  const { say } = feesRoomSpeech(language);
  if (booked !== null) {
    const { receipt, code, givenBackDong } = booked;
    const asBooked = say("bookedAs", { number: receiptText(receipt), code, amount: dongText(booked.amountDong) });
    const told = givenBackDong > 0 ? asBooked + say("bookedBack", { amount: dongText(givenBackDong) }) : asBooked;
    const rest = amountDong - booked.amountDong;
    return rest > 0 ? told + say("bookedRest", { rest: dongText(rest) }) : told;
  }
  return setAside === null ? "" : say("asideAs", setAside);
}
