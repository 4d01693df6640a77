import { numberText } from "../../../core/register.ts";
import { Buttons, LinkButton } from "../../design/form.tsx";
import { speaker } from "../../design/speech.ts";
import { dayText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { Language } from "../../language.ts";
import type { DossierView } from "../../officials/world.ts";
import { giveOnceEn } from "../../words/give-once.en.ts";
import { giveOnceVi } from "../../words/give-once.vi.ts";
import { pathOf } from "../receiving/with-dossier.ts";

export const giveOnceSpeech = speaker({ vi: giveOnceVi, en: giveOnceEn });

/** There is a copy of this original and nobody has decided yet. ONCE-1. */
export const awaitsAnswer = ({ earlier, onceAnswer }: DossierView): boolean =>
  earlier.length > 0 && onceAnswer === null;

type Props = { readonly view: DossierView; readonly language: Language; readonly mayAnswer: boolean };

/** What there is already, on the pages where it matters. */
export const EarlierNotice = ({ view, language, mayAnswer }: Props) => {
  const { say } = giveOnceSpeech(language);
  if (!awaitsAnswer(view)) return null;
  return (
    <Notice tone="care" title={say("noticeTitle")}>
      <ul>
        {view.earlier.map(({ number, bookText, printedOn, kind }) => (
          <li>{say("noticeCopy", { number: numberText(number), book: bookText, day: dayText(printedOn), kind })}</li>
        ))}
      </ul>
      <p>{say("noticeNext")}</p>
      {mayAnswer && (
        <Buttons>
          <LinkButton href={pathOf(view, "/earlier")}>{say("noticeButton")}</LinkButton>
        </Buttons>
      )}
    </Notice>
  );
};
