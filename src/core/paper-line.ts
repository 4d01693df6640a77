import type { AgencyId, BookId, DossierId, PersonId } from "./ids.ts";
import type { Branded, Instant, LocalDate } from "./kernel.ts";
import type { DossierStatus } from "./stages.ts";

export type PaperLineId = Branded<string, "PaperLineId">;

/** A line of the book for copies on paper: signed and sealed by hand. NĐ 23/2015 Art. 13. */
export type PaperLine = {
  readonly id: PaperLineId;
  readonly agencyId: AgencyId;
  readonly dossierId: DossierId;
  readonly bookId: BookId;
  readonly bookText: string;
  readonly number: number;
  readonly status: "in_progress" | "issued" | "voided";
  readonly printedOn: LocalDate;
  readonly numberedAt: Instant;
  readonly officerId: PersonId;
  readonly signerName: string;
  readonly signerTitle: readonly string[];
  readonly copies: number;
  readonly feeDong: number;
  readonly handedOverAt: Instant | null;
};

const compared: readonly DossierStatus[] = ["attested", "numbered", "person_signed", "sealed", "logged", "released"];

/** ORIG-1: once the original was compared, and while the dossier goes on. */
export const mayNumberPaper = (status: DossierStatus): boolean => compared.includes(status);
