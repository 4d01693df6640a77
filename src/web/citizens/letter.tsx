import type { DispatchedThing } from "../../core/dispatch.ts";
import type { Fills } from "../design/speech.ts";
import { speaker } from "../design/speech.ts";
import { dispatchEn } from "../words/dispatch.en.ts";
import { type DispatchWord, dispatchVi } from "../words/dispatch.vi.ts";

export const dispatchSpeech = speaker({ vi: dispatchVi, en: dispatchEn });

/** Of an annulment, as far as the public list tells it. */
export type Decided = {
  readonly number: string;
  readonly book: string;
  readonly decision: string;
  readonly day: string;
  /** The copy that stands in its place. */
  readonly successor: { readonly newNumber: string; readonly newBook: string } | null;
};

export type LetterFacts = {
  readonly what: DispatchedThing;
  readonly agency: string;
  /** What the public list says of the decision; null but for `annulled`. */
  readonly decided: Decided | null;
  /** Null while the holder's link is ended: then the letter says how to get another. DESIGN decision 14. */
  readonly link: string | null;
  /** The copy comes with the letter. */
  readonly attached: boolean;
};

type Say = ReturnType<typeof dispatchSpeech>["say"];

export type Letter = { readonly subject: string; readonly text: string; readonly html: string };

/**
 * Vietnamese first, English below. Neither subject nor text names anybody or any paper: a mailbox is read by others too.
 * The HTML is the same words with one link: no picture, no style, nothing that tells us that it was opened.
 */
export function letterOf({ what, agency, decided, link, attached }: LetterFacts): Letter {
  const { say, beside } = dispatchSpeech("vi");
  const subject = `${what}Subject` as const;
  const lines = linesOf({ what, link, attached });
  const [vi, en] = [say, beside].map((speak) => {
    const fills = decided === null ? { agency } : decidedFills(decided, agency, speak);
    return lines.map((line) => speak(line, fills));
  }) as [string[], string[]];
  const plain = (paragraphs: readonly string[]) =>
    [...paragraphs.slice(0, 1), ...(link === null ? [] : [link]), ...paragraphs.slice(1)].join("\n\n");
  const html = (
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <title>{say(subject)}</title>
      </head>
      <body>
        <Half paragraphs={vi} link={link} />
        <hr />
        <Half paragraphs={en} link={link} lang="en" />
      </body>
    </html>
  );
  return {
    subject: `${say(subject)} / ${beside(subject)}`,
    text: `${plain(vi)}\n\n---\n\n${plain(en)}\n`,
    html: `<!doctype html>${html.toString()}`,
  };
}

function decidedFills({ successor, ...told }: Decided, agency: string, say: Say): Fills {
  const outcome = successor === null ? say("outcomeNone") : say("outcomeReplaced", successor);
  return { ...told, agency, outcome };
}

/** The link stands behind the first of them. */
function linesOf({ what, link, attached }: Pick<LetterFacts, "what" | "link" | "attached">): readonly DispatchWord[] {
  const withIt = attached ? (["letterAttached"] as const) : [];
  if (link === null) {
    const stop = what === "annulled" ? (["annulledStop"] as const) : [];
    return [`${what}Told`, ...stop, ...withIt, "letterLinkEnded", "letterNoAnswer"];
  }
  return [`${what}Lead`, "letterDo", ...withIt, what === "annulled" ? "annulledDo" : "letterKeep", "letterNoAnswer"];
}

type HalfProps = { readonly paragraphs: readonly string[]; readonly link: string | null; readonly lang?: string };

const Half = ({ paragraphs, link, lang }: HalfProps) => (
  <div lang={lang}>
    <p>{paragraphs[0]}</p>
    {link !== null && (
      <p>
        <a href={link}>{link}</a>
      </p>
    )}
    {paragraphs.slice(1).map((text) => (
      <p>{text}</p>
    ))}
  </div>
);
