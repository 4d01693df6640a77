import type { Page as ScannedPage } from "../../../core/dossier.ts";
import { Card, Tag } from "../../design/content.tsx";
import { Buttons, Form, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { ToneMark } from "../../design/icons.tsx";
import { Page } from "../../design/page.tsx";
import { Notice } from "../../design/verdict.tsx";
import type { DossierView, PaperSeen } from "../../officials/world.ts";
import { imagePath } from "../receiving/scans.tsx";
import { pathOf } from "../receiving/with-dossier.ts";
import { PlaceInSubmission } from "../submission/place.tsx";
import { FieldsBeside, MarksHint, SecretHint } from "./fields-beside.tsx";
import { Findings, FormChoice, MissingPages } from "./findings.tsx";
import { comparingSpeech, type Speech, type Stopped, StoppedNotice } from "./handled.tsx";
import { OddFigures } from "./odd-figures.tsx";
import { type parseWords, WordsBeside } from "./words-beside.tsx";

export type ComparePageProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  /** Null where the dossier has none. */
  readonly page: ScannedPage | null;
  readonly words: ReturnType<typeof parseWords>;
  readonly paper: PaperSeen | null;
  readonly stopped: Stopped | null;
};

/** A page's final picture beside the paper on the desk: looked at, confirmed with one key, the next. */
export const ComparePage = ({ frame, view, page, words, paper, stopped }: ComparePageProps) => {
  const { language } = frame;
  const speech = comparingSpeech(language);
  const { say } = speech;
  const total = view.pages.length;
  const title = page === null ? say("compareNone") : say("compareTitle", { number: page.number, total });
  return (
    <Page frame={frame} title={title} wide scripts={["app", "compare"]}>
      {stopped && <StoppedNotice stopped={stopped} language={language} />}
      <a class="way-back" href={pathOf(view)}>
        ‹ {say("toDossier")}
      </a>
      <div class="between">
        <div>
          <h1>{title}</h1>
          <p class="hint">
            {view.dossier.title} · {view.dossier.holderName}
          </p>
          <PlaceInSubmission view={view} language={language} />
        </div>
        <Leaves view={view} page={page} speech={speech} />
      </div>
      {page === null ? (
        <Notice tone="neutral" title={say("compareNoneYet")} />
      ) : (
        <Comparison frame={frame} view={view} page={page} words={words} paper={paper} speech={speech} />
      )}
    </Page>
  );
};

type PartProps = { readonly view: DossierView; readonly page: ScannedPage; readonly speech: Speech };

const Comparison = (props: PartProps & Pick<ComparePageProps, "frame" | "words" | "paper">) => {
  const { frame, view, page, words, paper, speech } = props;
  const { say } = speech;
  return (
    <>
      <CountFault view={view} speech={speech} />
      <MissingPages view={view} speech={speech} />
      <div class="beside-each">
        <Viewer view={view} page={page} speech={speech} />
        <div class="stack">
          <Findings frame={frame} view={view} page={page} speech={speech} />
          <Confirming frame={frame} view={view} page={page} speech={speech} />
          {paper && <SecretHint paper={paper} say={say} />}
          {paper && <MarksHint paper={paper} say={say} />}
          {paper && <OddFigures paper={paper} view={view} page={page} say={say} />}
          {paper && <FieldsBeside paper={paper} language={frame.language} say={say} />}
          {isComparing(view) && mayConfirm(frame) && (
            <FormChoice frame={frame} view={view} page={page} speech={speech} />
          )}
          <WordsBeside words={words} waits={page.wordsBlobId === null} say={say} />
          {isComparing(view) && mayConfirm(frame) && (
            <Card>
              <p>{say("differs")}</p>
              <p class="hint">{say("scanAgain")}</p>
              <p>
                <a href={pathOf(view, `/refuse?page=${page.number}`)}>{say("refuseLink")}</a>
              </p>
            </Card>
          )}
        </div>
      </div>
    </>
  );
};

export const isDone = ({ confirmedSha256, streamSha256 }: ScannedPage): boolean => confirmedSha256 === streamSha256;
const isComparing = ({ dossier }: DossierView): boolean => dossier.status === "read";
const mayConfirm = ({ person }: Frame): boolean => person?.roles.includes("comparer") ?? false;

const Leaves = ({ view, page, speech: { say } }: Omit<PartProps, "page"> & Pick<ComparePageProps, "page">) => (
  <nav aria-label={say("pagesNav")}>
    <p class="hint">{say("progress", { done: view.pages.filter(isDone).length, total: view.pages.length })}</p>
    <ol class="leaves">
      {view.pages.map((one) => (
        <li>
          <a
            href={pathOf(view, `/compare?page=${one.number}`)}
            class={isDone(one) ? "done" : undefined}
            aria-current={one.number === page?.number ? "page" : undefined}
            aria-label={say(isDone(one) ? "pageDone" : "pageOpen", { number: one.number })}
          >
            {one.number}
            {isDone(one) && <ToneMark tone="good" />}
          </a>
        </li>
      ))}
    </ol>
  </nav>
);

/** Told as soon as it is known: the comparison cannot end well while it stands. */
export const CountFault = ({ view, speech: { say } }: { view: DossierView; speech: Speech }) => {
  const declared = view.dossier.declaredPages;
  if (view.pages.length === declared || !isComparing(view)) return null;
  return (
    <Notice tone="care" title={say("countFault", { scanned: view.pages.length, declared })}>
      <p>
        <a href={pathOf(view, "/declared-pages")}>{say("countLink")}</a>
      </p>
    </Notice>
  );
};

const zooms = ["page", "100", "150", "200", "300"] as const;

/** Sizes by the sheet alone, so that they work without scripts; the full picture is a link away. */
const Viewer = ({ view, page, speech: { say } }: PartProps) => (
  <div class="viewer">
    <fieldset class="zoom">
      <legend>{say("zoom")}</legend>
      {zooms.map((size) => (
        <label for={`zoom-${size}`}>
          <input
            type="radio"
            name="zoom"
            id={`zoom-${size}`}
            value={size}
            checked={size === "100"}
            autocomplete="off"
          />
          {size === "100" ? say("zoomFit") : size === "page" ? say("zoomPage") : `${size}%`}
        </label>
      ))}
    </fieldset>
    <section class="sheet" tabindex={0} aria-label={say("pictureOf", { number: page.number })}>
      <img
        src={imagePath(view, page)}
        alt={say("pictureOf", { number: page.number })}
        width={page.widthPx}
        height={page.heightPx}
      />
    </section>
    <p>
      <a href={imagePath(view, page)}>{say("fullPicture")}</a>
    </p>
  </div>
);

const Confirming = ({ frame, view, page, speech }: PartProps & { frame: Frame }) => {
  const { say } = speech;
  const { number } = page;
  return (
    <section class="card confirm">
      <h2>{say("confirmTitle", { number })}</h2>
      {isDone(page) ? (
        <Tag tone="good">{say("confirmed")}</Tag>
      ) : (
        <Question frame={frame} view={view} page={page} speech={speech} />
      )}
      {isDone(page) && isComparing(view) && <Onward view={view} page={page} speech={speech} />}
    </section>
  );
};

/** The form names the bytes that were shown: what is confirmed is what was seen. COPY-2. */
const Question = ({ frame, view, page, speech: { say } }: PartProps & { frame: Frame }) => {
  if (!isComparing(view)) return <p>{say("pastStage")}</p>;
  if (!mayConfirm(frame)) return <p>{say("mayNotConfirm")}</p>;
  const isLast = view.pages.filter((one) => !isDone(one)).length === 1;
  return (
    <>
      <p class="hint">{say("confirmLead")}</p>
      <Form frame={frame} action={pathOf(view, "/compare")} once>
        <input type="hidden" name="page" value={String(page.number)} />
        <input type="hidden" name="sha256" value={page.streamSha256} />
        <button type="submit" class="button" autofocus data-confirm="">
          {say(isLast ? "confirmLastButton" : "confirmButton")}
        </button>
        <p class="hint" hidden data-keys="">
          {say("confirmKeys")} <kbd>K</kbd>
        </p>
        <div class="choice" hidden data-keys="">
          <input type="checkbox" id="keys" checked autocomplete="off" />
          <label for="keys">{say("keysOn")}</label>
        </div>
      </Form>
    </>
  );
};

const Onward = ({ view, page, speech: { say } }: PartProps) => {
  const open = nextOpenPage(view.pages, page.number);
  return (
    <Buttons>
      {open === null ? (
        <LinkButton href={pathOf(view, "/attest")}>{say("toAttest")}</LinkButton>
      ) : (
        <LinkButton href={pathOf(view, `/compare?page=${open}`)}>{say("nextOpenPage", { number: open })}</LinkButton>
      )}
    </Buttons>
  );
};

/** The next page after this one that nobody confirmed, from the beginning where none follows; null when all are. */
export function nextOpenPage(pages: readonly ScannedPage[], after: number): number | null {
  const open = pages.filter((page) => !isDone(page)).map(({ number }) => number);
  return open.find((number) => number > after) ?? open[0] ?? null;
}
