import type { KeptCoarseScan } from "../../../core/coarse-scan.ts";
import type { Actor, Certificate, Dossier, Page } from "../../../core/dossier.ts";
import type { DossierId } from "../../../core/ids.ts";
import type { Bytes, Instant, LocalDate, Result } from "../../../core/kernel.ts";
import type { LeftOutPage } from "../../../core/left-out.ts";
import type { ListedDossier, OpenBook, RegisterLine } from "../../../core/lists.ts";
import type { Mandate } from "../../../core/mandate.ts";
import type { DossierStatus } from "../../../core/stages.ts";
import type { KeptAnnulment } from "../../../core/status/annulment.ts";
import type { OneOfMany } from "../../../usecases/act-on-each.ts";
import type { Failure } from "../../../usecases/failure.ts";
import type { ActElsewhere } from "../../../usecases/sign-elsewhere.ts";
import type { QrModules } from "../../design/qr.tsx";
import type { RemoteWorld } from "./remote-world.ts";

type Answer<T> = Promise<Result<T, Failure>>;
/** What a person ticked in a list. @property title null where it stood in the list no more */
export type Chosen = { readonly id: DossierId; readonly title: string | null };
/** Null: it goes on, and `listAct` tells how far it is. `another`: so does another list of the actor's, and of this one nothing was done. */
type KeyUseOnMany = (
  chosen: readonly Chosen[],
  pin: string,
  actor: Actor,
) => Promise<readonly OneOfMany[] | "another" | null>;
type KeyUse = (id: DossierId, pin: string, actor: Actor) => Answer<Certificate>;

/** What the signing official and the clerk may ask; each member checks the actor's agency. */
export type DeskWorld = {
  readonly now: () => Instant;
  readonly desk: (id: DossierId, actor: Actor) => Answer<DeskView>;
  /** Oldest first. */
  readonly queue: (
    actor: Actor,
    statuses: readonly DossierStatus[],
    range: { readonly limit: number; readonly offset: number },
  ) => Promise<readonly ListedDossier[]>;
  /** COPY-1: of these dossiers of the actor's agency, how many scanned pages no copy will have; those without any are left out. */
  readonly leftOutOf: (ids: readonly DossierId[]) => Promise<ReadonlyMap<DossierId, number>>;
  /** SCAN-1: of these dossiers of the actor's agency, those with pages below 200 dpi. */
  readonly coarseScansOf: (ids: readonly DossierId[]) => Promise<ReadonlyMap<DossierId, KeptCoarseScan>>;
  readonly sign: KeyUse;
  readonly seal: KeyUse;
  /** One PIN for a list; each dossier has its own result. */
  readonly signMany: KeyUseOnMany;
  readonly sealMany: KeyUseOnMany;
  /** The actor's newest list; null where this process knows of none. */
  readonly listAct: (act: "sign" | "seal", actor: Actor) => ListAct | null;
  /** Where the token agent is, if the key for that act lies at its holder's own computer. */
  readonly agentFor: (act: ActElsewhere, actor: Actor) => Promise<string | null>;
  /** The same address, whoever asks. */
  readonly agentAddress: string;
  readonly remote: RemoteWorld;
  readonly voidNumber: (id: DossierId, reason: string, actor: Actor) => Answer<null>;
  /** The copy as the person signed it, while it waits for the seal. */
  readonly personSigned: (id: DossierId, actor: Actor) => Answer<Bytes>;
  readonly sealedCopy: (id: DossierId, actor: Actor) => Answer<Bytes>;
  /** Null for an address too long for a code. */
  readonly qrOf: (link: string) => QrModules | null;
};

/** @property results null while it is under way */
export type ListAct = {
  readonly chosen: readonly Chosen[];
  readonly done: number;
  readonly results: readonly OneOfMany[] | null;
};

/** How far the copies of one number are, and the acts on them. COPIES-1. */
export type CopiesUnderWay = {
  readonly copies: number;
  readonly signed: number;
  readonly sealed: number;
  /** Null before it was begun. */
  readonly sign: CopiesAct | null;
  readonly seal: CopiesAct | null;
};

/** @property failure why it ended before all was done */
export type CopiesAct = { readonly isAlive: boolean; readonly failure: Failure | null };

export type Signer = { readonly name: string; readonly titleLines: readonly string[]; readonly mandate: Mandate };

/** A copy on its way over the desk. */
export type DeskView = {
  readonly dossier: Dossier;
  readonly pages: readonly Page[];
  /** Scanned, and not in the copy: who signs sees that, too. COPY-1. */
  readonly leftOut: readonly LeftOutPage[];
  /** Attested with pages below 200 dpi, and why. SCAN-1. */
  readonly coarseScan: KeptCoarseScan | null;
  readonly attestedBy: { readonly name: string; readonly at: Instant } | null;
  /** Null where the number has one copy, or none is taken yet. */
  readonly copies: CopiesUnderWay | null;
  /** The newest line in the register; also one that was voided. */
  readonly line: RegisterLine | null;
  /** The actor as signer, or why the actor may not sign this. */
  readonly signer: Result<Signer, Failure>;
  /** Numbers are taken from it; the code says why none is fit. */
  readonly book: Result<OpenBook, { readonly code: "no_open_book" | "several_open_books" }>;
  /** The printed words of the attestation around number, book and day. LAW 3.1. */
  readonly wording: AttestationWording;
  readonly today: LocalDate;
  readonly agencyName: string;
  /** Of a released copy that a decision took the value of. */
  readonly annulment: KeptAnnulment | null;
  /** Of a released copy. */
  readonly verificationLink: string | null;
};

export type AttestationWording = {
  readonly heading: string;
  readonly numberLabel: string;
  readonly bookLabel: string;
  readonly signer: string;
  /** `Ngày 22 tháng 11 năm 2026`. */
  readonly dayLine: (day: LocalDate) => string;
  /** Place, hour and minute of what was certified elsewhere than at the office; null for the office. */
  readonly elsewhere: string | null;
};
