import type { Dossier } from "./dossier.ts";
import type { DossierId, PersonId } from "./ids.ts";
import type { Instant, LocalDate } from "./kernel.ts";
import type { Mandate } from "./mandate.ts";
import type { ElsewhereAct } from "./off-site.ts";
import type { Correction } from "./register-correction.ts";
import type { DossierStatus } from "./stages.ts";
import type { AnnulmentKind } from "./status/annulment.ts";
import type { DossierCode } from "./submission.ts";

/** Where the newest scan of a dossier stands: nothing came yet, the machine reads it, it was refused, it is read. */
export type ScanState = "none" | "reading" | "refused" | "read";

/** A dossier as lists show it. */
export type ListedDossier = Pick<
  Dossier,
  | "id"
  | "status"
  | "applicantName"
  | "kind"
  | "title"
  | "documentNumber"
  | "declaredPages"
  | "electronicCopies"
  | "openedAt"
  | "dueAt"
  | "againAt"
  | "onPaperOnly"
> & {
  /** Of the submission it was presented with, which paper of how many it is. */
  readonly code: DossierCode;
  readonly paper: number;
  readonly papers: number;
  readonly scan: ScanState;
  /** What is left of the fee of all that was presented together. */
  readonly unpaidDong: number;
  /** Of a refused one: its notice waits for the signature. */
  readonly noticeWaits: boolean;
  /** Its newest line in the register, a voided one too. */
  readonly line: { readonly number: number; readonly bookText: string; readonly officerId: PersonId } | null;
};

/** A line of the register with the columns of form SCT/BS. LAW 3.3. */
export type RegisterLine = {
  /** Which book it stands in: of electronic copies, or of copies on paper. */
  readonly form: "electronic" | "paper";
  readonly dossierId: DossierId;
  readonly number: number;
  readonly bookText: string;
  readonly status: "in_progress" | "issued" | "voided";
  readonly printedOn: LocalDate;
  readonly applicantName: string;
  readonly title: string;
  readonly documentNumber: string | null;
  readonly officerId: PersonId;
  readonly signerName: string;
  readonly signerTitle: readonly string[];
  /** By what right, as it stood that day; null on lines from before mandates were kept. AUTH-2. */
  readonly basis: Pick<Mandate, "kind" | "deed"> | null;
  /** The agency's rule by which the officer had compared too; null where another person had. AUTH-4. */
  readonly comparedBySigner: { readonly number: string; readonly date: LocalDate } | null;
  readonly copies: number;
  readonly feeDong: number;
  readonly dossierStatus: DossierStatus;
  readonly personSignedAt: Instant | null;
  readonly sealedAt: Instant | null;
  readonly clerkName: string | null;
  /** Of a voided line: a person's sentence, or the code `year_changed`. */
  readonly voidReason: string | null;
  readonly voidedAt: Instant | null;
  readonly voidedByName: string | null;
  /** Column 8 of form SCT/BS notes what was certified elsewhere than at the office, and an annulment. */
  readonly elsewhere: ElsewhereAct | null;
  readonly annulment: { readonly kind: AnnulmentKind; readonly number: string; readonly date: LocalDate } | null;
  /** In their order; the fields above are as they were first written. REG-4. */
  readonly corrections: readonly Correction[];
};

/** The electronic book that numbers are taken from this year. */
export type OpenBook = {
  readonly bookText: string;
  readonly openedAt: Instant;
  /** Number that the next line will get, if nobody takes it before. */
  readonly nextNumber: number;
};
