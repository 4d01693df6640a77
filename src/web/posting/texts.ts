import type { Session } from "../../core/calendar.ts";
import type { Posting } from "../../core/posting.ts";
import { procedures } from "../../core/procedure.ts";
import { refusalGrounds } from "../../core/refusal-grounds.ts";
import { speaker } from "../design/speech.ts";
import type { Language } from "../language.ts";
import { dongText } from "../pages/receiving/money.ts";
import { postingEn } from "../words/posting.en.ts";
import { postingVi } from "../words/posting.vi.ts";
import { refusalGroundsEn } from "../words/rules.en.ts";
import { refusalGroundsVi } from "../words/rules.vi.ts";

export const postingSpeech = speaker({ vi: postingVi, en: postingEn });

export type PostedPart = {
  readonly heading: string;
  readonly lines: readonly string[];
  readonly numbered?: boolean;
  readonly table?: {
    readonly caption: string;
    readonly columns: readonly [string, string];
    readonly rows: readonly (readonly [string, string])[];
  };
};

/** What the page and the paper say, from the same figures. POST-1. @param address of the service */
export function partsOf(posting: Posting, language: Language, address: string): readonly PostedPart[] {
  const { say } = postingSpeech(language);
  const grounds = { vi: refusalGroundsVi, en: refusalGroundsEn }[language];
  const { cutOff, extensionWorkingDays: days, petitionWorkingDays } = posting;
  return [
    { heading: say("hours"), lines: hoursOf(posting, language) },
    {
      heading: say("procedure"),
      lines: procedures.map((one) => say(`procedure_${one}`, { code: posting.procedureCodes[one] })),
    },
    { heading: say("who"), lines: [say("whoText")] },
    { heading: say("bring"), lines: [say("bringOriginal"), say("bringIdentity"), say("bringVneid")] },
    { heading: say("steps"), lines: [say("step1"), say("step2"), say("step3"), say("step4")], numbered: true },
    { heading: say("terms"), lines: [say("termSame", { cutOff }), say("termMore", { days })] },
    feesPart(posting, language),
    {
      heading: say("refusal"),
      lines: [...refusalGrounds.map((ground) => `${grounds[ground]}.`), say("refusalNote")],
    },
    {
      heading: say("voice"),
      lines: [say("voiceText", { address: `${address}/feedback`, days: petitionWorkingDays })],
    },
    { heading: say("check"), lines: [say("checkText", { address: `${address}/verify` })] },
  ];
}

function hoursOf({ hours, saturdayHours, places }: Posting, language: Language): readonly string[] {
  const { say } = postingSpeech(language);
  const saturday =
    saturdayHours.length === 0
      ? [say("hoursNoSaturday")]
      : [say("hoursSaturday", { hours: sessionsText(saturdayHours) }), say("hoursSunday")];
  return [say("hoursWeek", { hours: sessionsText(hours) }), ...saturday, ...places.map((place) => say("place", place))];
}

/** `07:30–11:30, 13:30–17:00`. */
const sessionsText = (sessions: readonly Session[]): string =>
  sessions.map(({ from, to }) => `${from}–${to}`).join(", ");

function feesPart({ fees }: Posting, language: Language): PostedPart {
  const { say } = postingSpeech(language);
  const { eachOfFirstTwo, eachFurther, most, examples } = fees;
  const sums = { first: dongText(eachOfFirstTwo), further: dongText(eachFurther), most: dongText(most) };
  return {
    heading: say("fees"),
    lines: [say("feesText", sums)],
    table: {
      caption: say("feesTable"),
      columns: [say("pages"), say("dong")],
      rows: examples.map(({ pages, dong }) => [
        dong === most ? say("mostPages", { pages }) : String(pages),
        dongText(dong),
      ]),
    },
  };
}
