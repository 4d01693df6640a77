import type { Child } from "hono/jsx";
import type { RegisterLine } from "../../../core/lists.ts";
import { numberText } from "../../../core/register.ts";
import { type CorrectedPart, struckTexts, textNow } from "../../../core/register-correction.ts";
import { Tag } from "../../design/content.tsx";
import { dayText, shortTimeText } from "../../design/time.ts";
import { registerEn } from "../../words/register.en.ts";
import { type RegisterWord, registerVi } from "../../words/register.vi.ts";
import { basisText, comparedText, correctionText, elsewhereText, grouped, shownAs } from "./line-texts.ts";
import type { Speech } from "./register.tsx";

/** The columns of form SCT/BS in its order. LAW 3.3; Art. 13(3): a computerised register has every one of them. */
const columns = [
  "columnNumber",
  "columnDate",
  "columnApplicant",
  "columnPaper",
  "columnSigner",
  "columnCopies",
  "columnFee",
  "columnNote",
] as const satisfies readonly RegisterWord[];

type TableProps = { readonly speech: Speech; readonly caption: string; readonly lines: readonly RegisterLine[] };
type WholeTableProps = TableProps & {
  /** Said where there is no line. */
  readonly empty: RegisterWord;
  /** Below the number, where lines of several books stand together. */
  readonly beside?: (line: RegisterLine) => string;
  readonly totals?: Child;
};

/** Scrolls sideways on a phone, by keyboard too: the law fixes the columns, so rows are not folded. */
export const RegisterTable = ({ speech, caption, lines, empty, beside = () => "", totals }: WholeTableProps) => {
  const { say } = speech;
  return (
    <section class="table" tabindex={0} aria-label={caption}>
      <table>
        <caption class="hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th scope="col">
                {say(column)} <span class="ordinal">({i + 1})</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line speech={speech} line={line} beside={beside(line)} />
          ))}
          {lines.length === 0 && (
            <tr>
              <td colspan={columns.length}>{say(empty)}</td>
            </tr>
          )}
        </tbody>
        {totals}
      </table>
    </section>
  );
};

const wordsIn = { vi: registerVi, en: registerEn };

type LineProps = { readonly speech: Speech; readonly line: RegisterLine };

const Line = ({ speech, line, beside }: LineProps & { readonly beside: string }) => (
  <tr class={line.status === "voided" ? "voided" : undefined}>
    <th scope="row" class="number">
      {line.status === "issued" ? <a href={addressOfLine(line)}>{numberText(line.number)}</a> : numberText(line.number)}
      <Hint text={beside} />
    </th>
    <td>
      <span class="number">{dayText(line.printedOn)}</span>
    </td>
    <td>
      <Corrected line={line} part="applicant" />
    </td>
    <td>
      <Corrected line={line} part="title" />
      <span class="hint">
        <Corrected line={line} part="documentNumber" show={(number) => speech.say("paperNumber", { number })} />
      </span>
    </td>
    <td>
      {line.signerName}
      {line.signerTitle.map((title) => (
        <span class="hint">{title}</span>
      ))}
      <Hint text={basisText(line.basis, wordsIn[speech.language])} />
    </td>
    <td class="number">{line.status === "voided" ? 0 : <Corrected line={line} part="copies" />}</td>
    <td class="number">{line.status === "voided" ? 0 : <Corrected line={line} part="fee" />}</td>
    <td>
      <Note speech={speech} line={line} />
      <Hint text={elsewhereText(line, speech.language)} />
      <Hint text={comparedText(line, wordsIn[speech.language])} />
      {line.corrections.map((one) => (
        <Hint text={correctionText(one, wordsIn[speech.language], speech.language)} />
      ))}
    </td>
  </tr>
);

/** Where the line is looked at by itself, and corrected. */
const addressOfLine = ({ dossierId, form }: RegisterLine): string =>
  `/dossiers/${dossierId}/line${form === "paper" ? "?book=paper" : ""}`;

type CorrectedProps = {
  readonly line: RegisterLine;
  readonly part: CorrectedPart;
  readonly show?: (text: string) => string;
};

/** What stands there, below what stood there before: struck through and legible. LAW 3.4, REG-4. */
export const Corrected = ({ line, part, show = (text) => shownAs(part, text) }: CorrectedProps) => {
  const now = textNow(line, part);
  const struck = struckTexts(line, part).filter((text) => text !== "");
  return (
    <>
      {struck.map((text) => (
        <s class="was">{show(text)}</s>
      ))}
      {now === "" ? "" : show(now)}
    </>
  );
};

const Hint = ({ text }: { text: string }) => (text === "" ? null : <span class="hint">{text}</span>);

const Note = ({ speech, line }: LineProps) => {
  const { say } = speech;
  if (line.annulment !== null) return <AnnulledNote speech={speech} annulment={line.annulment} />;
  if (line.status === "issued") return <span class="hidden">–</span>;
  if (line.status === "in_progress") return <Tag tone="neutral">{say(openNote(line))}</Tag>;
  const reason = line.voidReason === "year_changed" ? say("noteYearChanged") : line.voidReason;
  return (
    <>
      <Tag tone="bad">{say("noteVoided")}</Tag> {reason}
      {line.voidedByName !== null && line.voidedAt !== null && (
        <span class="hint">
          {say("noteVoidedBy", { name: line.voidedByName, at: shortTimeText(line.voidedAt, speech.language) })}
        </span>
      )}
    </>
  );
};

type AnnulledNoteProps = { readonly speech: Speech; readonly annulment: NonNullable<RegisterLine["annulment"]> };

const AnnulledNote = ({ speech: { say }, annulment: { kind, number, date } }: AnnulledNoteProps) => (
  <>
    <Tag tone={kind === "annulled" ? "bad" : "care"}>
      {say(kind === "annulled" ? "noteAnnulled" : "noteSuperseded")}
    </Tag>{" "}
    {say("noteDecision", { number, day: dayText(date) })}
  </>
);

function openNote({ form, dossierStatus }: RegisterLine): RegisterWord {
  if (form === "paper") return "noteAwaitsHand";
  if (dossierStatus === "numbered") return "noteAwaitsSignature";
  return dossierStatus === "person_signed" ? "noteAwaitsSeal" : "noteSealed";
}

export const Totals = ({ speech: { say }, lines }: Pick<TableProps, "speech" | "lines">) => {
  const issued = lines.filter(({ status }) => status === "issued");
  const countOf = (status: RegisterLine["status"]) => lines.filter((line) => line.status === status).length;
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const fills = { count: lines.length, voided: countOf("voided"), open: countOf("in_progress") };
  return (
    <tfoot>
      <tr>
        <th scope="row" colspan={2}>
          {say("totals")}
        </th>
        <td colspan={3}>{say("totalNumbers", fills)}</td>
        <td class="number">{sum(issued.map((line) => Number(textNow(line, "copies"))))}</td>
        <td class="number">{grouped(sum(issued.map((line) => Number(textNow(line, "fee")))))}</td>
        <td class="hint">{say("totalsNote")}</td>
      </tr>
    </tfoot>
  );
};
