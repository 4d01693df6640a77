import { z } from "zod";
import type { SpeechOf } from "../../design/speech.ts";
import type { ComparingWord } from "../../words/comparing.vi.ts";

const Words = z.array(z.object({ text: z.string(), line: z.number(), block: z.number(), confidence: z.number() }));
type Say = SpeechOf<ComparingWord>["say"];
type Word = z.infer<typeof Words>[number];

/** What the reader kept of a page's words; none where it kept none that we understand. */
export function parseWords(bytes: Uint8Array): readonly Word[] {
  const parsed = Words.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  return parsed.success ? parsed.data : [];
}

const sure = 75; // below it about one word in five is wrong on the scans we tried

/** An aid beside the picture, by blocks and lines as they stand on the page. */
export const WordsBeside = ({ words, waits, say }: { words: readonly Word[]; waits: boolean; say: Say }) => (
  <section class="card words-side">
    <h2>{say("words")}</h2>
    <p class="hint">{say("wordsLead")}</p>
    {words.length === 0 ? (
      <p>{say(waits ? "wordsComing" : "wordsNone")}</p>
    ) : (
      <section class="read-words" lang="vi" tabindex={0} aria-label={say("words")}>
        {groupedBy(words, ({ block }) => block).map((block) => (
          <p>
            {groupedBy(block, ({ line }) => line).map((line, i) => (
              <>
                {i > 0 && <br />}
                {line.map(shown)}
              </>
            ))}
          </p>
        ))}
      </section>
    )}
  </section>
);

const shown = ({ text, confidence }: Word) =>
  confidence < sure ? (
    <>
      <mark>{text}</mark>{" "}
    </>
  ) : (
    `${text} `
  );

/** Runs of neighbours with the same key. */
function groupedBy(words: readonly Word[], keyOf: (word: Word) => number): readonly (readonly Word[])[] {
  const groups: Word[][] = [];
  let last: number | null = null;
  for (const word of words) {
    const key = keyOf(word);
    if (key !== last) groups.push([]);
    groups.at(-1)?.push(word);
    last = key;
  }
  return groups;
}
