import { isEmpty, isYear, type KeptPrint, yearOfPeriod } from "../../../core/register-print.ts";
import type { Failure } from "../../../usecases/failure.ts";
import { Card, SummaryList } from "../../design/content.tsx";
import { ErrorSummary } from "../../design/error-summary.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import { wordsOf } from "../../problem.ts";
import { signing } from "../signing/act.ts";
import { faultsOf, OutageNotice, PinForm } from "../signing/pin-form.tsx";
import { grouped } from "./line-texts.ts";
import type { PeriodView } from "./prints-world.ts";
import { monthText, numbersText, type PrintSpeech, printSpeech } from "./year-page.tsx";

type PeriodPageProps = {
  /** Path of the prints of this kind of book. */
  readonly root: string;
  readonly frame: Frame;
  readonly view: PeriodView;
  /** Of the attempt to sign just made. */
  readonly failure: Failure | null;
};

/** What stands in a month or year, its print to look through, the PIN, and the signed file. */
export const PeriodPage = ({ frame, root, view, failure }: PeriodPageProps) => {
  const speech = printSpeech(frame.language);
  const { say } = speech;
  const { totals, print, hindrance } = view;
  const { period } = totals;
  const base = `${root}/${period}`;
  const year = yearOfPeriod(period);
  const title = isYear(period)
    ? say("periodTitleYear", { year })
    : say("periodTitleMonth", { month: monthText(period) });
  const faults = faultsOf(failure, frame);
  const isSigner = frame.person?.roles.includes("signer") ?? false;
  const waits = print === null && hindrance === null;
  return (
    <Page frame={frame} title={title} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <OutageNotice act={signing} failure={failure} frame={frame} />
      <a class="way-back" href={`${root}?year=${year}`}>
        ‹ {say("toYear", { year })}
      </a>
      <h1>{title}</h1>
      {hindrance !== null && <Hindrance speech={speech} hindrance={hindrance} frame={frame} />}
      {print !== null && <SignedPrint speech={speech} print={print} base={base} />}
      <Facts speech={speech} view={view} />
      {print === null && !isEmpty(totals) && <Draft speech={speech} base={base} />}
      {waits && isSigner && (
        <Card title={say("signTitle")}>
          <PinForm frame={frame} action={base} button="signRegisterButton" faults={faults} />
        </Card>
      )}
      {waits && !isSigner && <p class="hint">{say("notSigner")}</p>}
      {!isEmpty(totals) && <Exports speech={speech} base={base} />}
    </Page>
  );
};

type PartProps = { readonly speech: PrintSpeech; readonly base: string };

const Hindrance = ({ speech, hindrance, frame }: { speech: PrintSpeech; hindrance: Failure; frame: Frame }) => {
  const { title, detail } = wordsOf(hindrance, frame.language);
  return (
    <Notice tone="neutral" title={speech.say("cannot")}>
      <p>
        {title} {detail}
      </p>
    </Notice>
  );
};

const SignedPrint = ({ speech: { say, language }, print, base }: PartProps & { print: KeptPrint }) => (
  <Card title={say("signedTitle")}>
    <SummaryList
      rows={[
        [say("signedBy"), print.signerName],
        [say("signedAt"), shortTimeText(print.signedAt, language)],
      ]}
    />
    <Buttons>
      <LinkButton href={`${base}/signed.pdf`}>{say("save")}</LinkButton>
    </Buttons>
  </Card>
);

const Facts = ({ speech, view: { totals } }: { speech: PrintSpeech; view: PeriodView }) => {
  const { say } = speech;
  return (
    <Card title={say("facts")}>
      <SummaryList
        rows={[
          [say("factNumbers"), numbersText(speech, totals)],
          [say("factIssued"), String(totals.issued)],
          [say("factVoided"), String(totals.voided)],
          [say("factAnnulled"), String(totals.annulled)],
          [say("factCopies"), String(totals.copies)],
          [say("factFee"), say("dong", { amount: grouped(totals.feeDong) })],
          [say("factCorrections"), String(totals.corrections)],
        ]}
      />
    </Card>
  );
};

const Draft = ({ speech: { say }, base }: PartProps) => (
  <Card title={say("draftTitle")}>
    <LinkButton href={`${base}/draft.pdf`} look="quiet">
      {say("draft")}
    </LinkButton>
    <p class="hint">{say("draftNote")}</p>
  </Card>
);

const Exports = ({ speech: { say }, base }: PartProps) => (
  <Card title={say("exports")}>
    <Buttons>
      <LinkButton href={`${base}/lines.xlsx`} look="quiet">
        {say("xlsx")}
      </LinkButton>
      <LinkButton href={`${base}/lines.csv`} look="quiet">
        {say("csv")}
      </LinkButton>
    </Buttons>
    <p class="hint">{say("exportsNote")}</p>
  </Card>
);
