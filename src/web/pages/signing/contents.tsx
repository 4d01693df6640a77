import { numberText, yearOf } from "../../../core/register.ts";
import { Card } from "../../design/content.tsx";
import { shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { Act } from "./act.ts";
import { addressOf, type Speech } from "./speech.ts";
import type { DeskView } from "./world.ts";

type Props = { readonly speech: Speech; readonly act: Act; readonly view: DeskView };

/** Exactly the streams that stand in the copy, each to be opened at full size. */
export const CopyPages = ({ speech: { say }, act, view }: Props) => (
  <Card title={say(act.words.pages, { count: view.pages.length })}>
    <ol class="pages leaf-pictures">
      {view.pages.map(({ number, streamSha256, widthPx, heightPx }) => {
        // by its digest: a page scanned anew meanwhile is refused, not shown in the old one's place
        const stream = `${addressOf(view.dossier)}/pages/${number}/image?sha256=${streamSha256}`;
        return (
          <li>
            <a href={stream}>
              <img src={stream} alt={say("pageOpen", { number })} width={widthPx} height={heightPx} loading="lazy" />
              <span aria-hidden="true">{say("page", { number })}</span>
            </a>
          </li>
        );
      })}
    </ol>
    <p class="hint">{say("notAReceipt")}</p>
  </Card>
);

/** One comparing official alone decided that the copy loses nothing by these: whoever signs answers for it, and looks. COPY-1. */
export const LeftOutPages = ({ speech: { say, language }, view: { leftOut, dossier } }: Omit<Props, "act">) =>
  leftOut.length === 0 ? null : (
    <Notice tone="care" title={say("leftOut", { count: leftOut.length })}>
      <p>{say("leftOutWhy")}</p>
      <ul>
        {leftOut.map(({ originalId, indexInOriginal: index, by, at }) => (
          <li>
            <a href={`${addressOf(dossier)}/originals/${originalId}`}>{say("leftOutPage", { index })}</a>
            {` (${by}, ${shortTimeText(at, language)})`}
          </li>
        ))}
      </ul>
    </Notice>
  );

/** Who signs answers for a scan that is coarser than the law asks: it is seen, with the reason, before the PIN. SCAN-1. */
export const CoarsePages = ({ speech: { say, language }, view: { coarseScan } }: Omit<Props, "act">) =>
  coarseScan && (
    <Notice tone="care" title={say("coarse", { pages: coarseScan.pages.join(", ") })}>
      <p>{coarseScan.reason}</p>
      <p class="hint">{`${coarseScan.by}, ${shortTimeText(coarseScan.at, language)}`}</p>
    </Notice>
  );

/**
 * The attestation as it will be printed, or as it was signed. Always in Vietnamese: it is the copy's own text. LAW 3.1.
 */
export const Attestation = ({ speech: { say }, act, view }: Props) => {
  const { wording } = view;
  const printed = act.name === "seal" ? printedLine(view) : lineToCome(view);
  return (
    <Card title={say(act.words.attestation)}>
      <div class="printed" lang="vi">
        <p class="heading">{wording.heading}</p>
        <p>
          {wording.numberLabel}
          <b>{printed.number}</b>
          {wording.bookLabel}
          <b>{printed.book}</b>
        </p>
        <p>{wording.dayLine(printed.day)}</p>
        {wording.elsewhere !== null && <p>{wording.elsewhere}</p>}
        <p class="signer">{wording.signer}</p>
        <p class="block">
          {printed.titleLines.map((line) => (
            <b>{line}</b>
          ))}
          <b class="name">{printed.name}</b>
        </p>
      </div>
      {act.name === "sign" && <p class="hint">{numberNote(view, say)}</p>}
    </Card>
  );
};

type Printed = {
  readonly number: string;
  readonly book: string;
  readonly day: DeskView["today"];
  readonly titleLines: readonly string[];
  readonly name: string;
};

function printedLine({ line, today }: DeskView): Printed {
  if (line === null) return { number: "……", book: "……", day: today, titleLines: [], name: "" };
  const { number, bookText, printedOn, signerTitle, signerName } = line;
  return { number: numberText(number), book: bookText, day: printedOn, titleLines: signerTitle, name: signerName };
}

/** A number once taken stays within its year; else it is the book's next, not taken before the PIN is right. */
function lineToCome(view: DeskView): Printed {
  const { line, today, signer, book } = view;
  const kept = keptLine(view);
  return {
    number: kept === null ? "……" : numberText(kept.number),
    book: kept?.bookText ?? (book.ok ? book.value.bookText : "……"),
    day: today,
    titleLines: signer.ok ? signer.value.titleLines : (line?.signerTitle ?? []),
    name: signer.ok ? signer.value.name : "",
  };
}

const keptLine = ({ line, today }: DeskView) =>
  line !== null && line.status === "in_progress" && yearOf(line.printedOn) === yearOf(today) ? line : null;

function numberNote(view: DeskView, say: Speech["say"]): string {
  if (keptLine(view) !== null) return say("numberKept");
  if (view.line?.status === "in_progress") return say("numberAgain", { number: numberText(view.line.number) });
  return say("numberLater", { number: view.book.ok ? numberText(view.book.value.nextNumber) : "…" });
}
