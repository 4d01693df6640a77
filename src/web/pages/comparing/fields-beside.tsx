import { SummaryList, Tag } from "../../design/content.tsx";
import type { SpeechOf } from "../../design/speech.ts";
import { Notice } from "../../design/verdict.tsx";
import type { Language } from "../../language.ts";
import type { PaperSeen } from "../../officials/world.ts";
import type { ComparingWord } from "../../words/comparing.vi.ts";
import { fieldNamesEn, kindNamesEn } from "../../words/papers.en.ts";
import { fieldNamesVi, kindNamesVi } from "../../words/papers.vi.ts";

type Props = { readonly paper: PaperSeen; readonly language: Language; readonly say: SpeechOf<ComparingWord>["say"] };

const names = {
  vi: { kinds: kindNamesVi, fields: fieldNamesVi },
  en: { kinds: kindNamesEn, fields: fieldNamesEn },
} as const;

/** Kind and values as they were read, with a mark where one does not fit another. An aid: nothing here decides. */
export const FieldsBeside = ({ paper, language, say }: Props) => {
  const { kinds, fields } = names[language];
  if (paper.kind === null) return null;
  return (
    <section class="card">
      <h2>{nameIn(kinds, paper.kind)}</h2>
      <p class="hint">{say("fieldsLead")}</p>
      <SummaryList
        rows={paper.fields.map(({ name, value, confidence, lookAgain }) => [
          nameIn(fields, name),
          <>
            <span lang="vi">{value}</span> <span class="hint">{say("sure", { percent: confidence })}</span>{" "}
            {lookAgain && <Tag tone="care">{say("lookAgain")}</Tag>}
          </>,
        ])}
      />
    </section>
  );
};

/** A word that may be a mark of state secrecy: such a paper is copied by other rules. The machine may be wrong, and says so. */
export const SecretHint = ({ paper, say }: Pick<Props, "paper" | "say">) =>
  paper.secretMarking === null ? null : (
    <Notice tone="care" title={say("secretTitle", { marking: paper.secretMarking })}>
      <p>{say("secretNext")}</p>
    </Notice>
  );

/** A signed page on which no seal or no pen's stroke was seen. The machine may be wrong: the paper is what counts. */
export const MarksHint = ({ paper, say }: Pick<Props, "paper" | "say">) =>
  paper.missingMarks.length === 0 ? null : (
    <Notice tone="care" title={say("marksTitle")}>
      <ul>
        {paper.missingMarks.map((mark) => (
          <li>{say(mark === "SEAL_NOT_SEEN" ? "sealNotSeen" : "signatureNotSeen")}</li>
        ))}
      </ul>
      <p>{say("marksNext")}</p>
    </Notice>
  );

const nameIn = (table: Readonly<Record<string, string>>, name: string): string =>
  Object.hasOwn(table, name) ? (table[name] ?? name) : name;
