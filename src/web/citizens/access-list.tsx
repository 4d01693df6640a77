import type { CopyCheck } from "../../core/copy-check.ts";
import type { Opening } from "../../core/grant.ts";
import type { Instant } from "../../core/kernel.ts";
import type { Access } from "../../core/personal-data.ts";
import { Card } from "../design/content.tsx";
import { type SpeechOf, speaker } from "../design/speech.ts";
import { shortTimeText } from "../design/time.ts";
import { personalDataEn } from "../words/personal-data.en.ts";
import { type PersonalDataWord, personalDataVi } from "../words/personal-data.vi.ts";

export const dataSpeech = speaker({ vi: personalDataVi, en: personalDataEn });
export type DataSpeech = SpeechOf<PersonalDataWord>;

/** One opening of a grant, as its holder is told: who proved to be what, and for which procedure. By the link alone: when. */
export type OwnOpening = Pick<Opening, "openedAt"> & {
  readonly told: (Pick<Opening, "proof" | "openedBy"> & { readonly procedure: string }) | null;
};

/** Everything that reached the content or asked about it, each list newest first. */
export type OwnAccesses = {
  /** Inside the agency, and by the holder's own link. */
  readonly accesses: readonly Access[];
  readonly openings: readonly OwnOpening[];
  /** Of the released copy; never by whom. */
  readonly checks: readonly CopyCheck[];
};

/** One list, newest first, whoever it was: officials by duty, receivers by name, checks by nobody's name. DATA-1. */
export const AccessList = ({ view, speech }: { readonly view: OwnAccesses; readonly speech: DataSpeech }) => {
  const { say } = speech;
  const lines = linesOf(view, speech);
  return (
    <Card title={say("accessTitle")}>
      {lines.length === 0 ? (
        <p>{say("accessNone")}</p>
      ) : (
        <ul>
          {lines.map(({ says }) => (
            <li>{says}</li>
          ))}
        </ul>
      )}
      <p class="hint">{say("accessHint")}</p>
    </Card>
  );
};

type Line = { readonly at: Instant; readonly says: string };

function linesOf({ accesses, openings, checks }: OwnAccesses, speech: DataSpeech): readonly Line[] {
  const lines: Line[] = [
    ...accesses.map((access) => ({ at: access.at, says: accessText(access, speech) })),
    ...openings.map((opening) => ({ at: opening.openedAt, says: openingText(opening, speech) })),
    ...checks.map(({ at, door }) => ({
      at,
      says: speech.say("checkLine", { time: shortTimeText(at, speech.language), door: speech.say(`door_${door}`) }),
    })),
  ];
  return lines.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

const duties = ["receiver", "comparer", "signer", "clerk", "administrator"] as const;

function accessText({ what, duties: held, purpose, basis, at }: Access, { say, language }: DataSpeech): string {
  const isOwn = purpose === "own_copy" || purpose === "own_data";
  const known = duties.filter((duty) => held.includes(duty)).map((duty) => say(`duty_${duty}`));
  const who = isOwn ? say("ownLink") : known.length === 0 ? say("noDuty") : known.join(", ");
  const fills = { what: say(what), who, purpose: say(purpose), basis: say(basis) };
  return say("accessLine", { ...fills, time: shortTimeText(at, language) });
}

function openingText({ told, openedAt }: OwnOpening, { say, language }: DataSpeech): string {
  if (told === null) return say("openingHidden", { time: shortTimeText(openedAt, language) });
  const { proof, openedBy, procedure } = told;
  const fills = { who: `${openedBy}, ${say(`proof_${proof}`)}`, what: say("copy_opened"), purpose: procedure };
  return say("accessLine", { ...fills, basis: say("CONSENT"), time: shortTimeText(openedAt, language) });
}
