import { z } from "zod";
import { instantOn } from "../../../core/deadlines.ts";
import type { LocalDate } from "../../../core/kernel.ts";
import { localDateOf, localTimeOf } from "../../../core/kernel.ts";
import { type OffSite, offSiteGrounds } from "../../../core/off-site.ts";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { SelectField, TextField } from "../../design/field.tsx";
import { day } from "../../forms/day.ts";
import type { Typed } from "../../forms/read-form.ts";
import type { Language } from "../../language.ts";
import { line } from "../../officials/opening.ts";
import type { OffSiteWord } from "../../words/off-site.vi.ts";
import { orNull } from "../receiving/paper-form.tsx";
import { offSiteSpeech } from "./speech.ts";

export const offSiteFields = {
  ground: orNull(z.enum(offSiteGrounds)),
  groundNote: orNull(line(300)),
  deed: orNull(line(200)),
  askedBy: orNull(line(200)),
  place: orNull(line(200)),
  actDay: orNull(day),
  actTime: orNull(z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)),
};

export const offSiteFieldNames = ["ground", "groundNote", "deed", "askedBy", "place", "actDay", "actTime"] as const;

type OffSiteForm = {
  readonly [Name in keyof typeof offSiteFields]: z.output<(typeof offSiteFields)[Name]>;
};

const faultWords = {
  ground: "groundFault",
  groundNote: "groundNoteFault",
  deed: "deedFault",
  askedBy: "placeFault",
  place: "placeFault",
  actDay: "actFault",
  actTime: "actFault",
} as const satisfies Record<keyof OffSiteForm, OffSiteWord>;

/** Better sentences than the usual ones, by field. */
export const offSiteFaults = (language: Language) =>
  Object.fromEntries(offSiteFieldNames.map((name) => [name, offSiteSpeech(language).say(faultWords[name])]));

/** What was typed as a whole: the office, an act elsewhere, or what is missing of it. */
export function readOffSite(
  form: OffSiteForm,
  applicantName: string,
  language: Language,
): { readonly offSite: OffSite | null; readonly faults: readonly Fault[] } {
  const { ground, groundNote, deed, askedBy, place } = form;
  const faults = missingOf(form).map((field) => ({ field, says: offSiteSpeech(language).say(faultWords[field]) }));
  if (faults.length > 0 || ground === null || deed === null || place === null) return { offSite: null, faults };
  const actAt = actAtOf(form);
  return { offSite: { ground, groundNote, deed, askedBy: askedBy ?? applicantName, place, actAt }, faults };
}

function missingOf({ ground, groundNote, deed, askedBy, place, actDay, actTime }: OffSiteForm) {
  const wrong: (keyof OffSiteForm)[] = [];
  if (ground === null) {
    const others = [groundNote, deed, askedBy, place, actDay, actTime];
    return others.some((one) => one !== null) ? (["ground"] as const) : [];
  }
  if ((ground === "other") !== (groundNote !== null)) wrong.push("groundNote");
  if (deed === null) wrong.push("deed");
  if (place === null) wrong.push("place");
  if (actDay === null && actTime !== null) wrong.push("actDay");
  if (actDay !== null && actTime === null) wrong.push("actTime");
  return wrong;
}

const actAtOf = ({ actDay, actTime }: { readonly actDay: LocalDate | null; readonly actTime: string | null }) =>
  actDay === null || actTime === null ? null : instantOn(actDay, actTime);

/** As it was kept, to be changed. */
export function typedOf(offSite: OffSite | null): Typed {
  if (offSite === null) return {};
  const { ground, groundNote, deed, askedBy, place, actAt } = offSite;
  const act = actAt === null ? {} : { actDay: localDateOf(actAt), actTime: localTimeOf(actAt).slice(11, 16) };
  return { ground, groundNote: groundNote ?? "", deed, askedBy, place, ...act };
}

type FieldsProps = { readonly typed: Typed; readonly faults: readonly Fault[]; readonly language: Language };

/**
 * The office asks for nothing more, so that is hidden until another answer is chosen: by the style sheet alone, and never
 * while something in it is wrong. NĐ 23/2015 Art. 10: why not at the office, by which document, at whose asking, where and when.
 */
export const OffSiteFields = ({ typed, faults, language }: FieldsProps) => {
  const { say } = offSiteSpeech(language);
  const common = (name: keyof OffSiteForm) => {
    return { name, label: say(name), value: typed[name], fault: faultAt(faults, name), required: false };
  };
  return (
    <div class="off-site stack">
      <SelectField
        {...common("ground")}
        hint={say("law")}
        value={typed["ground"] ?? ""}
        options={["" as const, ...offSiteGrounds].map((ground) => ({
          value: ground,
          label: say(ground === "" ? "at_office" : ground),
        }))}
      />
      <div class="other-ground">
        <TextField {...common("groundNote")} hint={say("groundNoteHint")} maxlength={300} />
      </div>
      <div class="elsewhere stack">
        <TextField {...common("deed")} maxlength={200} />
        <TextField {...common("askedBy")} hint={say("askedByHint")} maxlength={200} />
        <TextField {...common("place")} hint={say("placeHint")} maxlength={200} />
        <TextField {...common("actDay")} type="date" look="short" />
        <TextField {...common("actTime")} type="time" hint={say("actTimeHint")} look="short" maxlength={5} />
      </div>
    </div>
  );
};
