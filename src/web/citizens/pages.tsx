import type { PropsWithChildren } from "hono/jsx";
import { outstandingOf } from "../../core/fee-account.ts";
import { numberText } from "../../core/register.ts";
import { endsWithNothingToSend, isLast } from "../../core/stages.ts";
import { Card, SummaryList } from "../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../design/error-summary.tsx";
import { TextField } from "../design/field.tsx";
import { Button, Form, LinkButton } from "../design/form.tsx";
import type { Frame } from "../design/frame.ts";
import { BarePage, Page } from "../design/page.tsx";
import { type QrModules, QrPicture } from "../design/qr.tsx";
import { type Fills, type SpeechOf, speaker } from "../design/speech.ts";
import { Steps } from "../design/steps.tsx";
import { dayText, shortTimeText } from "../design/time.ts";
import { Verdict } from "../design/verdict.tsx";
import { CounterCard } from "../handover/counter-card.tsx";
import type { Counter } from "../handover/world.ts";
import type { Language } from "../language.ts";
import { submissionSpeech } from "../pages/submission/speech.ts";
import { citizensEn } from "../words/citizens.en.ts";
import { type CitizensWord, citizensVi } from "../words/citizens.vi.ts";
import { DigitsField } from "./digits-field.tsx";
import { DispatchLines, hasFailed } from "./dispatch-lines.tsx";
import { OwnFeeCard } from "./fee-card.tsx";
import { dispatchSpeech } from "./letter.tsx";
import { WayToList } from "./list-page.tsx";
import { OtherWays } from "./other-ways.tsx";
import { stepsOf, tellingOf } from "./standing.ts";
import type { CitizenView } from "./world.ts";

export const speechIn = speaker({ vi: citizensVi, en: citizensEn });
type Speech = SpeechOf<CitizensWord>;

type StatePageProps = {
  readonly frame: Frame;
  /** Path of this secret link. */
  readonly path: string;
  readonly view: CitizenView;
  readonly qr: QrModules | null;
  readonly counter: Counter | null;
  readonly faults: readonly Fault[];
};

/** `/c/<secret>`: one sentence, what to do next, the way so far; once released the copy and what to hand on. */
export const StatePage = ({ frame, path, view, qr, counter, faults }: StatePageProps) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  const { tone, badge, sentence, next } = tellingOf(view);
  return (
    <Page frame={frame} title={say("title")} faulty={faults.length > 0} foot={say("lost", { agency: view.agencyName })}>
      <ErrorSummary language={frame.language} faults={faults} />
      {view.papers > 1 && <WayToList path={path} view={view} language={frame.language} />}
      <Verdict tone={tone} badge={say(badge)} sentence={say(sentence)} next={say(next, decisionFills(view))} />
      <FeeOf frame={frame} path={path} view={view} isDue />
      <CounterCard frame={frame} path={path} counter={counter} />
      {view.status === "released" && !view.isErased && (
        <Download
          frame={frame}
          path={path}
          speech={speech}
          faults={faults}
          words={view.copies === null ? copyWords : copiesWords}
          copies={view.copies}
        >
          {view.evidence !== null && <p class="hint">{say(evidenceWords[view.evidence])}</p>}
        </Download>
      )}
      {view.hasNotice && <Download frame={frame} path={path} speech={speech} faults={faults} words={noticeWords} />}
      {view.verificationLink !== null && view.annulment === null && (
        <HandOn speech={speech} path={path} link={view.verificationLink} qr={qr} />
      )}
      {view.verificationLink !== null && view.annulment === null && !view.isErased && (
        <Card title={say("grantTitle")}>
          <p>{say("grantText")}</p>
          <LinkButton href={`${path}/links`} look="quiet">
            {say("grantButton")}
          </LinkButton>
        </Card>
      )}
      {!endsWithNothingToSend(view.status) && <Sent view={view} path={path} language={frame.language} />}
      {view.status === "released" && <Checks speech={speech} checks={view.checks} />}
      <FeeOf frame={frame} path={path} view={view} isDue={false} />
      <Card title={say("stepsTitle")}>
        <Steps language={frame.language} steps={stepsOf(view.status, say)} />
      </Card>
      <Card title={say("factsTitle")}>
        <SummaryList
          rows={[
            [say("paper"), view.kind],
            [submissionSpeech(frame.language).say("listCode"), view.code],
            [say("agency"), view.agencyName],
            [say("openedAt"), shortTimeText(view.openedAt, frame.language)],
            ...(isLast(view.status) ? [] : [[say("dueAt"), shortTimeText(view.dueAt, frame.language)] as const]),
          ]}
        />
      </Card>
      <OtherWays path={path} view={view} language={frame.language} />
    </Page>
  );
};

/** What is to pay comes first, what was paid last; of several papers presented together the list of them tells it. */
const FeeOf = ({ frame, path, view, isDue }: Pick<StatePageProps, "frame" | "path" | "view"> & { isDue: boolean }) =>
  view.papers === 1 && outstandingOf(view.fee.balance) > 0 === isDue ? (
    <OwnFeeCard fee={view.fee} path={path} language={frame.language} />
  ) : null;

function decisionFills({ annulment, agencyName }: CitizenView): Fills {
  if (annulment === null) return {};
  const { number, date, reason } = annulment.decision;
  const { successor } = annulment;
  const newer = successor && { newNumber: numberText(successor.number), newBook: successor.bookText };
  return { number, date: dayText(date), reason, agency: agencyName, ...newer };
}

/** What was sent to the address that was given, and the way to give one: for whoever would lose the slip. */
const Sent = ({ view: { sent }, path, language }: Pick<StatePageProps, "view" | "path"> & { language: Language }) => {
  const speech = dispatchSpeech(language);
  return (
    <Card title={speech.say("emailTitle")}>
      {hasFailed(sent) && <p class="fault">{speech.say("failedTitle")}</p>}
      {sent.length > 0 && <DispatchLines sent={sent.slice(0, 3)} speech={speech} />}
      <LinkButton href={`${path}/email`} look="quiet">
        {speech.say("emailChange")}
      </LinkButton>
    </Card>
  );
};

type DownloadWords = Readonly<Record<"title" | "button" | "note", CitizensWord>>;

const copyWords: DownloadWords = { title: "downloadTitle", button: "downloadButton", note: "downloadNote" };
const copiesWords: DownloadWords = { title: "copiesTitle", button: "copiesButton", note: "downloadNote" };
const noticeWords: DownloadWords = { title: "noticeTitle", button: "noticeButton", note: "noticeNote" };

const evidenceWords = { pending: "evidencePending", lasting: "evidenceLasting" } as const;

type DownloadProps = PropsWithChildren<
  Pick<StatePageProps, "frame" | "path" | "faults"> & {
    readonly speech: Speech;
    readonly words: DownloadWords;
    readonly copies?: CitizenView["copies"];
  }
>;

/** By POST with the digits, since chat previews and mail scanners fetch links. DESIGN decision 14. */
const Download = ({ frame, path, speech: { say }, faults, words, copies, children }: DownloadProps) => (
  <Card title={say(words.title)}>
    <Form frame={frame} action={path}>
      <DigitsField language={frame.language} faults={faults} />
      {copies && (
        <TextField
          name="copies"
          label={say("whichCopies", copies)}
          hint={say(copies.atOnce < copies.count ? "whichCopiesHintSome" : "whichCopiesHint", copies)}
          value={copies.atOnce < copies.count ? `1-${copies.atOnce}` : ""}
          fault={faultAt(faults, "copies")}
          look="short"
          maxlength={12}
          required={false}
        />
      )}
      <Button>{say(words.button)}</Button>
    </Form>
    <p class="hint">{say(words.note)}</p>
    {children}
  </Card>
);

/** So that nobody is asked for a copy behind its holder's back; who checked is kept nowhere. */
const Checks = ({ speech: { say, language }, checks }: { speech: Speech; checks: CitizenView["checks"] }) => (
  <Card title={say("checksTitle")}>
    {checks.length === 0 ? (
      <p>{say("checksNone")}</p>
    ) : (
      <ul>
        {checks.map(({ at, door }) => (
          <li>{say(doorWords[door], { time: shortTimeText(at, language) })}</li>
        ))}
      </ul>
    )}
    <p class="hint">{say("checksHint")}</p>
  </Card>
);

const doorWords = { link: "checkedByLink", file: "checkedByFile", key: "checkedByKey" } as const;

type HandOnProps = { speech: Speech; path: string; link: string; qr: QrModules | null };

const HandOn = ({ speech: { say }, path, link, qr }: HandOnProps) => (
  <Card title={say("handOnTitle")}>
    <p>{say("handOn")}</p>
    <p>
      <b>{say("handOnLink")}</b>
      <br />
      <a class="address" href={link}>
        {link}
      </a>
    </p>
    {qr !== null && (
      <>
        <QrPicture modules={qr} says={say("qrPicture")} />
        <LinkButton href={`${path}/qr`} look="quiet">
          {say("showQr")}
        </LinkButton>
      </>
    )}
    <p class="hint">{say("keepSecret")}</p>
  </Card>
);

type QrPageProps = { readonly frame: Frame; readonly path: string; readonly link: string; readonly qr: QrModules };

/** `/c/<secret>/qr`: the code as large as the screen, for the counter's reader or another phone. */
export const QrPage = ({ frame, path, link, qr }: QrPageProps) => {
  const { say } = speechIn(frame.language);
  return (
    <BarePage frame={frame} title={say("qrTitle")}>
      <h1>{say("qrTitle")}</h1>
      <QrPicture modules={qr} says={say("qrPicture")} />
      <p class="address">{link}</p>
      <p>
        <a class="way-back" href={path}>
          {say("qrBack")}
        </a>
      </p>
    </BarePage>
  );
};
