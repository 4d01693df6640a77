import { outstandingOf } from "../../core/fee-account.ts";
import type { DossierStatus } from "../../core/stages.ts";
import type { KeptAnnulment } from "../../core/status/annulment.ts";
import type { Tone } from "../design/icons.tsx";
import type { Step } from "../design/steps.tsx";
import type { CitizensWord } from "../words/citizens.vi.ts";
import type { CitizenView } from "./world.ts";

const stations = ["stepReceive", "stepCompare", "stepSign", "stepSeal", "stepRelease"] as const;

/** How many stations lie behind a dossier; a released one has passed all. */
const passed: Readonly<Record<DossierStatus, number>> = {
  received: 0,
  read: 1,
  attested: 2,
  numbered: 2,
  person_signed: 3,
  sealed: 3,
  logged: 4,
  released: 5,
  refused: 1,
  voided: 2,
  reused: 1,
  handed_over: 5,
  withdrawn: 1,
};

const isStopped = (status: DossierStatus): boolean => ["refused", "voided", "reused", "withdrawn"].includes(status);

/** The way of the dossier as the citizen sees it: coarser than ours, and never about who does what. */
export function stepsOf(status: DossierStatus, say: (word: CitizensWord) => string): readonly Step[] {
  const stopped = isStopped(status);
  return stations.map((word, i) => {
    if (i < passed[status]) return { title: say(word), state: "done" };
    if (i > passed[status]) return { title: say(word), state: "later" };
    return { title: say(word), state: stopped ? "stopped" : "now" };
  });
}

type Telling = {
  readonly tone: Tone;
  readonly badge: CitizensWord;
  readonly sentence: CitizensWord;
  readonly next: CitizensWord;
};

/** The fee only where it is told on the same page. */
type Told = Pick<CitizenView, "status" | "hasNotice" | "isErased"> &
  Partial<Pick<CitizenView, "fee">> & { readonly annulment: Pick<KeptAnnulment, "kind" | "successor"> | null };

/** @param hasNotice whether the signed notice of a refusal may be fetched */
export function tellingOf({ status, hasNotice, annulment, isErased, fee }: Told): Telling {
  if (annulment?.kind === "annulled")
    return { tone: "bad", badge: "lostValue", sentence: "sayAnnulled", next: nextOf(annulment) };
  if (annulment !== null)
    return { tone: "care", badge: "replaced", sentence: "saySuperseded", next: nextOf(annulment) };
  if (isErased) return { tone: "neutral", badge: "ended", sentence: "sayErased", next: "nextErased" };
  if (status === "released") return { tone: "good", badge: "ready", sentence: "sayReady", next: "nextReady" };
  if (status === "refused") {
    const next = hasNotice ? "nextNotice" : "nextRefused";
    return { tone: "care", badge: "refused", sentence: "sayRefused", next };
  }
  if (status === "voided") return { tone: "care", badge: "numberGivenUp", sentence: "sayVoided", next: "nextVoided" };
  if (status === "reused") return { tone: "neutral", badge: "ended", sentence: "sayReused", next: "nextReused" };
  if (status === "handed_over")
    return { tone: "good", badge: "ready", sentence: "sayHandedOver", next: "nextHandedOver" };
  if (status === "withdrawn")
    return { tone: "neutral", badge: "ended", sentence: "sayWithdrawn", next: "nextWithdrawn" };
  return { tone: "neutral", badge: "underWay", sentence: "sayUnderWay", next: nextUnderWay(fee) };
}

const nextOf = ({ successor }: NonNullable<Told["annulment"]>): CitizensWord =>
  successor === null ? "nextAnnulled" : "nextSuperseded";

const nextUnderWay = (fee: Told["fee"]): CitizensWord =>
  fee !== undefined && outstandingOf(fee.balance) > 0 ? "nextToPay" : "nextUnderWay";
