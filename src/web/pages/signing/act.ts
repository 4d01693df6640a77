import type { DossierStatus } from "../../../core/stages.ts";
import type { Failure } from "../../../usecases/failure.ts";
import type { Role } from "../../route.ts";
import type { SigningWord } from "../../words/signing.vi.ts";
import type { DeskView, DeskWorld } from "./world.ts";

/** One of the two uses of a key: what it waits for, who does it, and how it is said. */
export type Act = {
  readonly name: "sign" | "seal";
  readonly role: Role;
  readonly waits: readonly DossierStatus[];
  readonly use: (world: DeskWorld) => DeskWorld["sign"];
  readonly useOnMany: (world: DeskWorld) => DeskWorld["signMany"];
  readonly words: Readonly<Record<ActWord, SigningWord>>;
};

type ActWord =
  | ("title" | "lead" | "attestation" | "pages" | "pinTitle" | "button" | "outage" | "cannot" | "next")
  | ("listTitle" | "listLead" | "listEmpty" | "listButton" | "listUnderWay" | "resultAll" | "resultSome");

/** The certifying official, with an own key. NĐ 45/2020 Art. 10(3). */
export const signing: Act = {
  name: "sign",
  role: "signer",
  waits: ["attested", "numbered"],
  use: (world) => world.sign,
  useOnMany: (world) => world.signMany,
  words: {
    title: "signTitle",
    lead: "signLead",
    attestation: "attestationTitle",
    pages: "pagesTitle",
    pinTitle: "pinTitle",
    button: "signButton",
    outage: "outageTitle",
    cannot: "cannotSignTitle",
    next: "nextSign",
    listTitle: "listSignTitle",
    listLead: "listSignLead",
    listEmpty: "listEmptySign",
    listButton: "listSignButton",
    listUnderWay: "listSigning",
    resultAll: "resultSignAll",
    resultSome: "resultSignSome",
  },
};

/** The clerk, another person, with the agency's key. NĐ 30/2020; SIGN-1. */
export const sealing: Act = {
  name: "seal",
  role: "clerk",
  waits: ["person_signed"],
  use: (world) => world.seal,
  useOnMany: (world) => world.sealMany,
  words: {
    title: "sealTitle",
    lead: "sealLead",
    attestation: "attestationSealTitle",
    pages: "pagesSealTitle",
    pinTitle: "pinSealTitle",
    button: "sealButton",
    outage: "outageSealTitle",
    cannot: "cannotSealTitle",
    next: "nextSeal",
    listTitle: "listSealTitle",
    listLead: "listSealLead",
    listEmpty: "listEmptySeal",
    listButton: "listSealButton",
    listUnderWay: "listSealing",
    resultAll: "resultSealAll",
    resultSome: "resultSealSome",
  },
};

export const isWaiting = (act: Act, { dossier }: Pick<DeskView, "dossier">): boolean =>
  act.waits.includes(dossier.status);

/** Nobody's mistake: the same PIN will do in a few minutes. */
export const isOutage = ({ code }: Failure): boolean =>
  code === "timestamp_unavailable" || code === "revocation_unavailable" || code === "key_unavailable";

/** What can be seen before any PIN is typed, so that nobody types one in vain. */
export function hindranceOf(act: Act, view: DeskView, personId: string): Failure | null {
  if (act.name === "seal") return view.line?.officerId === personId ? { code: "same_person" } : null;
  if (!view.signer.ok) return view.signer.failure;
  const needsNumber = view.line === null || view.line.status === "voided";
  return needsNumber && !view.book.ok ? view.book.failure : null;
}
