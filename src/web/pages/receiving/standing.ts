import type { DossierStatus } from "../../../core/stages.ts";
import type { SpeechOf } from "../../design/speech.ts";
import type { Step } from "../../design/steps.tsx";
import { shortTimeText } from "../../design/time.ts";
import type { DossierStep, DossierView } from "../../officials/world.ts";
import type { Role } from "../../route.ts";
import type { FeesWord } from "../../words/fees.vi.ts";
import type { ReceivingWord } from "../../words/receiving.vi.ts";
import { feesSpeech } from "../fees/speech.ts";
import { pathOf } from "./with-dossier.ts";

type Speech = SpeechOf<ReceivingWord>;

/** Each station with the event that ends it. */
const stations = [
  { word: "stepReceive", ends: "opened" },
  { word: "stepCompare", ends: "attested" },
  { word: "stepSign", ends: "person_signed" },
  { word: "stepSeal", ends: "sealed" },
  { word: "stepRelease", ends: "released" },
] as const;

/** How many stations lie behind. */
const passed: Readonly<Record<DossierStatus, number>> = {
  received: 0,
  read: 1,
  attested: 2,
  numbered: 2,
  person_signed: 3,
  sealed: 4,
  logged: 4,
  released: 5,
  refused: 1,
  voided: 2,
  reused: 1,
  handed_over: 5,
  withdrawn: 1,
};

/** Where the dossier is on its way, and who brought it there. */
export function stepsOf({ dossier: { status }, events }: DossierView, speech: Speech): readonly Step[] {
  const stopped = ["refused", "voided", "reused", "withdrawn"].includes(status);
  return stations.map(({ word, ends }, i) => {
    const here = i === passed[status];
    const event = events.findLast(({ what }) => what === (here && stopped ? status : ends));
    const note = event === undefined ? undefined : whoAndWhen(event, speech);
    if (i < passed[status]) return { title: speech.say(word), state: "done", note };
    if (!here) return { title: speech.say(word), state: "later" };
    return { title: speech.say(word), state: stopped ? "stopped" : "now", note };
  });
}

export const whoAndWhen = ({ by, at }: DossierStep, { language, say }: Speech): string =>
  `${by ?? say("bySystem")}, ${shortTimeText(at, language)}`;

const deeds: Readonly<Record<string, ReceivingWord>> = {
  opened: "didOpened",
  scan_received: "didScanReceived",
  scan_read: "didScanRead",
  scan_refused: "didScanRefused",
  declaration_corrected: "didCorrected",
  attested: "didAttested",
  numbered: "didNumbered",
  person_signed: "didSigned",
  sealed: "didSealed",
  logged: "didLogged",
  released: "didReleased",
  refused: "didRefused",
  notice_signed: "didNoticeSigned",
  notice_delivered: "didNoticeDelivered",
  voided: "didVoided",
  delivered: "didDelivered",
  link_renewed: "didRenewed",
  link_ended: "didLinkEnded",
  original_taken: "didTaken",
  annulled: "didAnnulled",
  superseded: "didSuperseded",
  reused: "didReused",
  found_in_vneid: "didVneid",
  certified_again: "didAgain",
  given_again: "didGivenAgain",
  asked_export: "didAskedExport",
  asked_erase: "didAskedErase",
  asked_erase_all: "didAskedEraseAll",
  erasure_answered: "didErasureAnswered",
  deadline_extended: "didExtended",
  deadline_agreed: "didAgreed",
  deadline_apology: "didApology",
  printed_date_passed: "didDatePassed",
  email_given: "didEmailGiven",
  email_sent: "didEmailSent",
  email_refused: "didEmailFailed",
  email_given_up: "didEmailFailed",
  email_withdrawn: "didEmailWithdrawn",
  store_sent: "didStoreSent",
  store_refused: "didStoreFailed",
  store_given_up: "didStoreFailed",
  told_called: "didToldCalled",
  told_handed_over: "didToldHandedOver",
  told_not_reached: "didToldNotReached",
  line_corrected: "didLineCorrected",
  paper_numbered: "didPaperNumbered",
  paper_handed_over: "didPaperHandedOver",
  paper_voided: "didPaperVoided",
  withdrawn: "didWithdrawn",
  source_looked_up: "didLookUp",
  off_site_told: "didOffSite",
  off_site_ended: "didOnSite",
  forgery_recorded: "didForgeryRecord",
  page_left_out: "didLeftOut",
  page_taken_back: "didTakenBack",
  coarse_scan_told: "didCoarse",
};

const feeDeeds: Readonly<Record<string, FeesWord>> = {
  fee_paid: "didPaid",
  fee_taken_back: "didTakenBack",
  fee_given_back: "didGivenBack",
  fee_given_back_undone: "didGivenBackUndone",
  fee_waived: "didWaived",
  fee_waiver_ended: "didWaiverEnded",
};

export function deedText(what: string, { say, language }: Speech): string {
  const word = deeds[what];
  const ofFee = feeDeeds[what];
  if (ofFee !== undefined) return feesSpeech(language).say(ofFee);
  return word === undefined ? what : say(word);
}

export type Next = {
  readonly says: ReceivingWord;
  readonly go?: { readonly href: string; readonly word: ReceivingWord };
};

/** What waits, and for the one whose turn it is the way there. */
export function nextOf(view: DossierView, roles: readonly Role[]): Next {
  const { status, onPaperOnly } = view.dossier;
  const isOnPaper = onPaperOnly && status !== "refused";
  return isOnPaper ? nextOnPaper(status, { href: pathOf(view, "/paper"), word: "nextPaperButton" }) : next(view, roles);
}

function next(view: DossierView, roles: readonly Role[]): Next {
  const may = (role: Role) => roles.includes(role);
  const go = (rest: string, word: ReceivingWord) => ({ href: pathOf(view, rest), word });
  switch (view.dossier.status) {
    case "received":
      if (isReading(view)) return { says: "nextReading" };
      return { says: may("receiver") ? "nextScan" : "nextScanOther" };
    case "read":
      return may("comparer")
        ? { says: "nextCompare", go: go("/compare", "nextCompareButton") }
        : { says: "nextCompareOther" };
    case "attested":
    case "numbered":
      return may("signer") ? { says: "nextSign", go: go("/sign", "nextSignButton") } : { says: "nextSignOther" };
    case "person_signed":
      return may("clerk") ? { says: "nextSeal", go: go("/seal", "nextSealButton") } : { says: "nextSealOther" };
    case "sealed":
    case "logged":
      return { says: "nextPublish" };
    case "released":
      return { says: "nextReleased", go: go("/copy", "nextReleasedButton") };
    case "refused":
      return nextOfRefused(view, may("signer"));
    case "reused":
      return { says: "nextReused", go: go("/earlier", "nextReusedButton") };
    case "voided":
      return { says: "nextVoided" };
    case "withdrawn":
      return { says: "nextWithdrawn" };
    case "handed_over":
      return { says: "nextHandedOver" };
  }
}

/** Nothing is scanned, and nobody uses a key: all of it is one page. */
function nextOnPaper(status: DossierStatus, go: NonNullable<Next["go"]>): Next {
  if (status === "received" || status === "read") return { says: "nextPaperCompare", go };
  if (status === "attested") return { says: "nextPaperSign", go };
  if (status === "numbered") return { says: "nextPaperDone", go };
  if (status === "handed_over") return { says: "nextHandedOver", go };
  return { says: status === "withdrawn" ? "nextWithdrawn" : "nextVoided" };
}

function nextOfRefused(view: DossierView, maySign: boolean): Next {
  const href = pathOf(view, "/refusal");
  if (view.notice !== null) return { says: "nextNotice", go: { href, word: "nextRefusedButton" } };
  return maySign
    ? { says: "nextNoticeSign", go: { href, word: "nextNoticeSignButton" } }
    : { says: "nextRefused", go: { href, word: "nextRefusedButton" } };
}

export const isReading = ({ originals }: DossierView): boolean => originals.some(({ status }) => status === "waiting");

/** While nothing is attested scans may come, and the declared number may be corrected. */
export const isOpen = ({ dossier: { status } }: DossierView): boolean => status === "received" || status === "read";
