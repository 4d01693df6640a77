import { type Fault, faultAt } from "../design/error-summary.tsx";
import { TextField } from "../design/field.tsx";
import { speaker } from "../design/speech.ts";
import type { Language } from "../language.ts";
import { citizensEn } from "../words/citizens.en.ts";
import { citizensVi } from "../words/citizens.vi.ts";

const speechIn = speaker({ vi: citizensVi, en: citizensEn });

/** By which a citizen shows to be who presented the paper; never put back once sent. DESIGN decision 14. */
export const DigitsField = ({
  language,
  faults,
}: {
  readonly language: Language;
  readonly faults: readonly Fault[];
}) => {
  const { say } = speechIn(language);
  return (
    <TextField
      name="digits"
      label={say("digits")}
      hint={say("digitsHint")}
      fault={faultAt(faults, "digits")}
      look="digits"
      numeric
      maxlength={4}
    />
  );
};
