import type { ListedDossier } from "../../../core/lists.ts";
import type { DossierStatus } from "../../../core/stages.ts";
import type { Tone } from "../../design/icons.tsx";
import type { Role } from "../../route.ts";
import type { QueueWord } from "../../words/queue.vi.ts";

/** Whose turn it is at each step. The machine's own steps wait for nobody. */
const turns: readonly (readonly [Role, readonly DossierStatus[]])[] = [
  ["receiver", ["received"]],
  ["comparer", ["read"]],
  ["signer", ["attested", "numbered", "refused"]],
  ["clerk", ["person_signed"]],
];

export const statusesOf = (roles: readonly Role[]): readonly DossierStatus[] =>
  turns.flatMap(([role, statuses]) => (roles.includes(role) ? statuses : []));

type Next = { readonly href: string; readonly word: QueueWord; readonly isTurn: boolean };

/** A refused dossier is nobody's any more once its notice is signed. */
const isDue = ({ status, noticeWaits }: ListedDossier): boolean => status !== "refused" || noticeWaits;

/** Paper only is never scanned: opened, it waits for whoever compares. The lists count it there too. */
const stepOf = ({ status, onPaperOnly }: ListedDossier): DossierStatus =>
  onPaperOnly && status === "received" ? "read" : status;

/** What this person does next with it; whoever has nothing to do may still look. */
export function nextStepOf(dossier: ListedDossier, roles: readonly Role[]): Next {
  const own = `/dossiers/${dossier.id}`;
  const isTurn = isDue(dossier) && statusesOf(roles).includes(stepOf(dossier)) && dossier.scan !== "reading";
  if (dossier.status === "released") return { href: `${own}/copy`, word: "doHandOn", isTurn: false };
  if (!isTurn) return { href: own, word: "doLook", isTurn };
  if (dossier.onPaperOnly && dossier.status !== "refused") return { href: `${own}/paper`, word: "doPaper", isTurn };
  const [path, word] = steps[dossier.status] ?? ["", "doLook"];
  const isRefused = dossier.status === "received" && dossier.scan === "refused";
  return { href: `${own}${path}`, word: isRefused ? "doScanAgain" : word, isTurn };
}

const steps: Partial<Record<DossierStatus, readonly [path: string, word: QueueWord]>> = {
  received: ["", "doScan"],
  read: ["/compare", "doCompare"],
  attested: ["/sign", "doSign"],
  numbered: ["/sign", "doSign"],
  person_signed: ["/seal", "doSeal"],
  refused: ["/refusal", "doSignNotice"],
};

/** The step in a word, with its colour. */
export function standOf({
  status,
  scan,
  noticeWaits,
  onPaperOnly,
}: Pick<ListedDossier, "status" | "scan" | "noticeWaits" | "onPaperOnly">): readonly [Tone, QueueWord] {
  const onPaper = onPaperOnly ? standsOnPaper[status] : undefined;
  if (onPaper !== undefined) return onPaper;
  if (status === "received" && scan === "reading") return ["neutral", "statusReading"];
  if (status === "received" && scan === "refused") return ["care", "statusScanRefused"];
  if (status === "refused" && noticeWaits) return ["care", "statusNoticeWaits"];
  return stands[status];
}

const standsOnPaper: Partial<Record<DossierStatus, readonly [Tone, QueueWord]>> = {
  received: ["neutral", "statusPaperCompare"],
  read: ["neutral", "statusPaperCompare"],
  attested: ["neutral", "statusPaper"],
  numbered: ["care", "statusPaperNumbered"],
};

/** The same of the status alone. */
export const standOfStatus = (status: DossierStatus): readonly [Tone, QueueWord] => stands[status];

const stands: Readonly<Record<DossierStatus, readonly [Tone, QueueWord]>> = {
  received: ["neutral", "statusReceived"],
  read: ["neutral", "statusRead"],
  attested: ["neutral", "statusAttested"],
  numbered: ["care", "statusNumbered"],
  person_signed: ["neutral", "statusPersonSigned"],
  sealed: ["good", "statusPublishing"],
  logged: ["good", "statusPublishing"],
  released: ["good", "statusReleased"],
  refused: ["bad", "statusRefused"],
  voided: ["bad", "statusVoided"],
  reused: ["neutral", "statusReused"],
  handed_over: ["good", "statusHandedOver"],
  withdrawn: ["neutral", "statusWithdrawn"],
};
