import type { DispatchedThing } from "../../core/dispatch.ts";
import type { Fills } from "../design/speech.ts";
import { speaker } from "../design/speech.ts";
import { dispatchEn } from "../words/dispatch.en.ts";
import { dispatchVi } from "../words/dispatch.vi.ts";

export const dispatchSpeech = speaker({ vi: dispatchVi, en: dispatchEn });

/** Of an annulment, as far as the public list tells it. */
export type Decided = {
  readonly number: string;
  readonly book: string;
  readonly decision: string;
  readonly day: string;
};

export type LetterFacts = {
  readonly what: DispatchedThing;
  readonly agency: string;
  /** What the public list says of the decision; null but for `annulled`. */
  readonly decided: Decided | null;
  readonly link: string;
  /** The copy comes with the letter. */
  readonly attached: boolean;
};

export type Letter = { readonly subject: string; readonly text: string; readonly html: string };

/**
 * Vietnamese first, English below. Neither subject nor text names anybody or any paper: a mailbox is read by others too.
 * The HTML is the same words with one link: no picture, no style, nothing that tells us that it was opened.
 */
export function letterOf({ what, agency, decided, link, attached }: LetterFacts): Letter {
  const { say, beside } = dispatchSpeech("vi");
  const subject = `${what}Subject` as const;
  const lines = [
    `${what}Lead` as const,
    "letterDo",
    ...(attached ? (["letterAttached"] as const) : []),
    what === "annulled" ? "annulledDo" : "letterKeep",
    "letterNoAnswer",
  ] as const;
  const fills: Fills = { agency, ...decided };
  const [vi, en] = [say, beside].map((speak) => lines.map((line) => speak(line, fills))) as [string[], string[]];
  const plain = (paragraphs: readonly string[]) => [paragraphs[0], link, ...paragraphs.slice(1)].join("\n\n");
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

const Half = ({ paragraphs, link, lang }: { paragraphs: readonly string[]; link: string; lang?: string }) => (
  <div lang={lang}>
    <p>{paragraphs[0]}</p>
    <p>
      <a href={link}>{link}</a>
    </p>
    {paragraphs.slice(1).map((text) => (
      <p>{text}</p>
    ))}
  </div>
);
