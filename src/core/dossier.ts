import type { AgencyId, BlobId, BookId, CertificateId, DossierId, OriginalId, PersonId } from "./ids.ts";
import type { Instant, LocalDate, Sha256 } from "./kernel.ts";
import type { ComparingPolicyId, Mandate, MandateId } from "./mandate.ts";
import type { Procedure } from "./procedure.ts";
import type { DossierStatus } from "./stages.ts";

/** Who acts: a person of one agency. What roles allow is decided before a use case is reached. */
export type Actor = { readonly personId: PersonId; readonly agencyId: AgencyId };

/** What the receiver writes down of a paper original. `title` and `kind` fill column 4 of the register (LAW 3.3). */
export type PaperFacts = {
  readonly kind: string;
  readonly title: string;
  /** Whom the paper is about; only initials are ever public. */
  readonly holderName: string;
  readonly documentNumber: string | null;
  readonly issuedBy: string | null;
  readonly issuedOn: string | null;
  readonly procedure: Procedure;
  readonly declaredPages: number;
  /** COPIES-1: wanted of it, 1 to `mostCopies`, all under one number. */
  readonly electronicCopies: number;
};

/** COPIES-1: how many electronic copies of one original one number can have. */
export const mostCopies = 1000;

export type Dossier = PaperFacts & {
  readonly id: DossierId;
  readonly agencyId: AgencyId;
  readonly status: DossierStatus;
  readonly applicantName: string;
  /** Copies signed and sealed by hand, and no electronic one. */
  readonly onPaperOnly: boolean;
  readonly openedAt: Instant;
  /** When the result is owed: as promised at the receipt, extended or agreed since. */
  readonly dueAt: Instant;
  /** The day named with an apology for being late; null where none was. */
  readonly againAt: Instant | null;
};

/** What the applicant identified themselves with; the digits are asked for again at download. */
export const identityKinds = ["identity_card", "electronic_identity", "passport", "other"] as const;

export type IdentityKind = (typeof identityKinds)[number];

/** What the counter wrote down besides the paper: for the receipt slip and for calling the applicant. */
export type Intake = {
  readonly identityKind: IdentityKind | null;
  readonly contact: string | null;
  /** Wanted on paper: charged, and registered in the book for paper. */
  readonly paperCopies: number;
};

/** The file as it came. */
export type Original = {
  readonly id: OriginalId;
  readonly dossierId: DossierId;
  readonly agencyId: AgencyId;
  readonly ordinal: number;
  readonly status: "waiting" | "read" | "refused";
  readonly refusalReason: string | null;
  readonly blobId: BlobId;
  readonly sha256: Sha256;
  readonly sizeBytes: number;
  readonly fileName: string | null;
  readonly declaredType: string | null;
};

/** What an official should look at on a page; `place` in shares of it, null of the whole page. */
export type PageFinding = {
  readonly code: string;
  readonly place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null;
  /** Of a page that repeats another: its number; null where that one is gone. */
  readonly of: number | null;
};

/** A photographed page stands in the copy as it was taken, or as its sheet looks from above. */
export const pageForms = ["as_taken", "straightened"] as const;

export type PageForm = (typeof pageForms)[number];

/** A page in its final bytes: exactly what is confirmed, and what will stand in the copy. */
export type Page = {
  readonly originalId: OriginalId;
  readonly indexInOriginal: number;
  readonly number: number;
  readonly blobId: BlobId;
  /** Null while its words are being read. */
  readonly wordsBlobId: BlobId | null;
  readonly form: PageForm;
  /** The picture in the form that was not chosen; null where there is but one. */
  readonly otherForm: { readonly blobId: BlobId; readonly sha256: Sha256 } | null;
  readonly streamSha256: Sha256;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpi: number;
  readonly blank: boolean;
  readonly findings: readonly PageFinding[];
  /** What the page itself says: `2`, or `2/5`. */
  readonly printed: { readonly number: number; readonly total: number | null } | null;
  readonly confirmedSha256: Sha256 | null;
};

/** A line of the register and how far its certificate has come; or one of the further copies under the same number. */
export type Certificate = {
  /** Of a further copy its own. */
  readonly id: CertificateId;
  /** The certificate that stands in the register; its own id where this is copy 1. */
  readonly lineId: CertificateId;
  /** Which copy of how many, from 1. */
  readonly copy: number;
  readonly copies: number;
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
  /** By what right the officer signs; null on lines from before mandates were kept. */
  readonly mandateId: MandateId | null;
  /** The rule by which the officer had compared too; null where another person had. AUTH-4. */
  readonly comparingPolicyId: ComparingPolicyId | null;
  readonly statusIndex: number;
  /**
   * Holds the verification code, or the secret that those of all further copies follow from; encrypted, since the database
   * keeps only hashes (DESIGN decision 13).
   */
  readonly codeBlobId: BlobId;
  readonly personSignedBlobId: BlobId | null;
  readonly sealedBlobId: BlobId | null;
  readonly sealedAt: Instant | null;
  readonly identity: { readonly sha256: Sha256; readonly length: number } | null;
};

/** A certificate registered to a person or an agency, DESIGN decision 9. */
export type Credential = {
  readonly id: string;
  readonly agencyId: AgencyId;
  readonly personId: PersonId | null;
  readonly role: "official" | "agency_seal";
  readonly certificate: Uint8Array<ArrayBuffer>;
  readonly chain: readonly Uint8Array<ArrayBuffer>[];
  readonly sha256: Sha256;
  readonly validFrom: Instant;
  readonly validTo: Instant;
  readonly signerName: string;
  readonly keyPlace: KeyPlace;
};

/** An official's credential with the right to sign now. AUTH-1, AUTH-2. */
export type Signer = Credential & {
  readonly mandate: Mandate;
  /** The agency's rule by which who compared signs too; null where another person compared. AUTH-4. */
  readonly comparingPolicyId: ComparingPolicyId | null;
};

/** Where the key of a registered certificate lies. Names of devices and services are the operator's (`KEY_DEVICES`). */
export type KeyPlace =
  /** PKCS#12 in the store, encrypted with its holder's PIN. */
  | { readonly kind: "file" }
  /** On a token or HSM at the service's machine, reached by PKCS #11. */
  | { readonly kind: "token"; readonly device: string }
  /** With a remote signing service (CSC API v2), under that credential. */
  | { readonly kind: "remote"; readonly service: string; readonly credential: string }
  /** On a token at its holder's own computer: the token agent there signs, never the service. */
  | { readonly kind: "agent" };
