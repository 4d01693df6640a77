import { z } from "zod";
import { mostCopies } from "../../../core/dossier.ts";
import type { Procedure } from "../../../core/procedure.ts";
import { Card } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { CheckField, TextField } from "../../design/field.tsx";
import type { SpeechOf } from "../../design/speech.ts";
import type { Typed } from "../../forms/read-form.ts";
import { line } from "../../officials/opening.ts";
import { type ReceivingWord, usualKinds } from "../../words/receiving.vi.ts";

export const orNull = <T extends z.ZodType>(shape: T) => shape.nullable().default(null);

/** What is asked of one paper. What is left empty follows from what is written: most people bring their own papers. */
export const paperFields = {
  formId: orNull(z.uuid()),
  kind: line(120),
  declaredPages: z.coerce.number().int().min(1).max(2000),
  title: orNull(line(300)),
  holderName: orNull(line(200)),
  documentNumber: orNull(line(120)),
  issuedBy: orNull(line(200)),
  issuedOn: orNull(line(40)),
  issuedAbroad: z
    .literal("yes")
    .optional()
    .transform((ticked) => ticked === "yes"),
  electronicCopies: z.coerce.number().int().min(1).max(mostCopies).default(1),
  paperCopies: z.coerce.number().int().min(0).max(1000).default(0),
  onPaperOnly: z
    .literal("yes")
    .optional()
    .transform((ticked) => ticked === "yes"),
  /** Which button was pressed. */
  next: z.enum(["another", "many"]).optional(),
};

export type Say = SpeechOf<ReceivingWord>["say"];

export const paperFieldNames = [
  "kind",
  "declaredPages",
  "title",
  "holderName",
  "documentNumber",
  "issuedBy",
  "issuedOn",
  "electronicCopies",
  "paperCopies",
] as const;

export const labelsOf = (names: readonly ReceivingWord[], say: Say) =>
  Object.fromEntries(names.map((name) => [name, say(name)]));

export const ownFaults = (say: Say) => ({
  identityDigits: say("identityDigitsFault"),
  declaredPages: say("declaredPagesFault"),
  electronicCopies: say("electronicCopiesFault"),
  paperCopies: say("paperCopiesFault"),
});

export type FormPart = { readonly typed: Typed; readonly faults: readonly Fault[]; readonly say: Say };

export const common = <Name extends ReceivingWord>(name: Name, { say, typed, faults }: FormPart) => {
  return { name, label: say(name), value: typed[name], fault: faultAt(faults, name) };
};

/** A tick, since nearly every paper is of an agency of Vietnam. PROC-1. */
export const procedureOf = (issuedAbroad: boolean): Procedure => (issuedAbroad ? "foreign" : "vietnamese");

type Copies = { readonly onPaperOnly: boolean; readonly paperCopies: number };

/** Nobody asks for nothing. */
export const copiesFault = ({ onPaperOnly, paperCopies }: Copies, say: Say): Fault[] =>
  onPaperOnly && paperCopies === 0 ? [{ field: "paperCopies", says: say("onPaperOnlyFault") }] : [];

export const AbroadField = ({ say, typed }: FormPart) => (
  <CheckField
    name="issuedAbroad"
    label={say("issuedAbroad")}
    hint={say("issuedAbroadHint")}
    checked={typed["issuedAbroad"] === "yes"}
  />
);

/**
 * What is always typed stands first: Enter in either field saves, and what follows is left as it stands for most papers.
 * @property starts whether the first key belongs to the kind of paper
 */
export const PaperPart = (part: FormPart & { readonly starts?: boolean }) => {
  const { say, starts } = part;
  return (
    <Card title={say("paperPart")}>
      <TextField
        {...common("kind", part)}
        hint={say("kindHint")}
        maxlength={120}
        suggestions={usualKinds}
        starts={starts}
      />
      <TextField
        {...common("declaredPages", part)}
        hint={say("declaredPagesHint")}
        look="short"
        numeric
        maxlength={4}
      />
      <TextField {...common("title", part)} hint={say("titleHint")} maxlength={300} required={false} />
      <TextField {...common("holderName", part)} hint={say("holderHint")} maxlength={200} required={false} />
      <TextField {...common("documentNumber", part)} maxlength={120} required={false} />
      <TextField {...common("issuedBy", part)} maxlength={200} required={false} />
      <TextField {...common("issuedOn", part)} look="short" maxlength={40} required={false} />
      <AbroadField {...part} />
    </Card>
  );
};

export const CopiesPart = (part: FormPart) => {
  const { say, typed } = part;
  return (
    <Card title={say("copiesPart")}>
      <TextField
        {...common("electronicCopies", part)}
        value={typed["electronicCopies"] ?? "1"}
        hint={say("electronicCopiesHint", { most: mostCopies })}
        look="short"
        numeric
        maxlength={4}
        required={false}
      />
      <TextField
        {...common("paperCopies", part)}
        value={typed["paperCopies"] ?? "0"}
        hint={say("paperCopiesHint")}
        look="short"
        numeric
        maxlength={4}
        required={false}
      />
      <CheckField
        name="onPaperOnly"
        label={say("onPaperOnly")}
        hint={say("onPaperOnlyHint")}
        checked={typed["onPaperOnly"] === "yes"}
      />
    </Card>
  );
};
