import type { Child } from "hono/jsx";
import { Card, SummaryList } from "../design/content.tsx";
import { Buttons, LinkButton } from "../design/form.tsx";
import type { Frame } from "../design/frame.ts";
import { Page } from "../design/page.tsx";
import { dayText, shortTimeText } from "../design/time.ts";
import { Verdict } from "../design/verdict.tsx";
import { givenTo, type ReceiversSpeech, receiversSpeech } from "./receiver-pages.tsx";
import type { OpeningView } from "./receiver-world.ts";

type OpeningPageProps = { readonly frame: Frame; readonly view: OpeningView };

/** `/openings/<id>`: what was opened, for this browser only; and the receipt. */
export const OpeningPage = ({ frame, view }: OpeningPageProps) => {
  const speech = receiversSpeech(frame.language);
  const { say } = speech;
  const path = `/openings/${view.openingId}`;
  return (
    <Page frame={frame} title={say("title")}>
      {view.closed === null ? <Opened frame={frame} view={view} /> : <Closed speech={speech} closed={view.closed} />}
      {view.closed === null && <Content path={path} view={view} speech={speech} />}
      <Card title={say("receiptTitle")}>
        <p>{say("receiptText")}</p>
        <SummaryList rows={receiptRows(view, speech)} />
        <Buttons>
          <LinkButton href={`${path}/receipt.pdf`} look="quiet">
            {say("takeReceiptPdf")}
          </LinkButton>
          <LinkButton href={`${path}/receipt.json`} look="quiet">
            {say("takeReceiptJson")}
          </LinkButton>
        </Buttons>
      </Card>
    </Page>
  );
};

const Opened = ({ frame, view }: OpeningPageProps) => {
  const { say, language } = receiversSpeech(frame.language);
  return (
    <Verdict
      tone="good"
      badge={say("openedBadge")}
      sentence={say("openedSays", { n: view.opening.ordinal, uses: view.uses })}
      next={say("openedNext", { time: shortTimeText(view.until, language) })}
    />
  );
};

type ClosedProps = { readonly speech: ReceiversSpeech; readonly closed: NonNullable<OpeningView["closed"]> };

const nextOf = { over: "overNext", revoked: "revokedNext", annulled: "nextAnnulled" } as const;

const Closed = ({ speech: { say }, closed }: ClosedProps) => (
  <Verdict tone="care" badge={say("closedBadge")} sentence={say(closed)} next={say(nextOf[closed])} />
);

type ContentProps = { readonly path: string; readonly view: OpeningView; readonly speech: ReceiversSpeech };

/** The whole copy as it is; of some pages their pictures, since a cut PDF would look like a certified copy. */
const Content = ({ path, view, speech: { say } }: ContentProps) =>
  view.pages === null ? (
    <Card title={say("copyTitle")}>
      <LinkButton href={`${path}/copy.pdf`}>{say("takeCopy")}</LinkButton>
      <p class="hint">{say("copyNote")}</p>
    </Card>
  ) : (
    <Card title={say("pagesTitle")}>
      <p>{say("pagesNote")}</p>
      <div class="pictures">
        {view.pages.map((page) => (
          <a href={`${path}/pages/${page}`}>
            <img src={`${path}/pages/${page}`} alt={say("pagePicture", { page })} />
          </a>
        ))}
      </div>
    </Card>
  );

const proofWords = { key: "proofKey", code: "proofCode", confirmation: "proofConfirmation" } as const;

/** What, who, when, for which procedure, on what basis: the same on this page, in the signed receipt and for the sender. */
export function receiptRows(view: OpeningView, speech: ReceiversSpeech): readonly (readonly [string, Child])[] {
  const { say } = speech;
  return [
    ...openingRows(view, speech),
    ...copyRows(view, speech),
    [
      say("check"),
      <a class="address" href={view.copy.verificationLink}>
        {view.copy.verificationLink}
      </a>,
    ],
  ];
}

export function openingRows(
  { opening, procedure, pages }: OpeningView,
  speech: ReceiversSpeech,
): readonly (readonly [string, string])[] {
  const { say, language } = speech;
  return [
    [say("openedAt"), shortTimeText(opening.openedAt, language)],
    [say("openedBy"), opening.openedBy],
    [say("proof"), say(proofWords[opening.proof])],
    [say("procedure"), procedure],
    [say("given"), givenTo(pages, speech)],
    [say("basis"), say("basisText")],
  ];
}

export function copyRows({ copy }: OpeningView, { say }: ReceiversSpeech): readonly (readonly [string, string])[] {
  return [
    [say("paper"), copy.kind],
    [say("certifiedBy"), copy.agencyName],
    [say("number"), say("numberOf", { number: copy.number, book: copy.bookText })],
    [say("date"), dayText(copy.printedOn)],
  ];
}
