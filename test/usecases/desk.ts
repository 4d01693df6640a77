import { createHash } from "node:crypto";
import type { Absence } from "../../src/core/absence.ts";
import type { Actor, Certificate, Credential, Dossier, Original, Page } from "../../src/core/dossier.ts";
import type { EarlierCopy } from "../../src/core/give-once.ts";
import type { AgencyId, BlobId, BookId, CertificateId, DossierId, OriginalId, PersonId } from "../../src/core/ids.ts";
import { hexOf, type Instant, type LocalDate, type Sha256 } from "../../src/core/kernel.ts";
import type { ComparingPolicyId, Mandate } from "../../src/core/mandate.ts";
import type { OffSite } from "../../src/core/off-site.ts";
import type { Refusal } from "../../src/core/refusal-grounds.ts";
import { aMandate } from "../support/mandates.ts";

/** One dossier on one agency's desk, with everything that the database, the blobs and the log would remember of it. */
export type Desk = {
  now: Instant;
  dossier: Dossier;
  originals: Original[];
  pages: Page[];
  confirmations: { page: number; streamSha256: Sha256; by: PersonId }[];
  attestations: { pages: number; by: PersonId }[];
  offSite: OffSite | null;
  earlier: EarlierCopy[];
  onceAnswers: string[];
  refusals: (Refusal & { by: PersonId })[];
  notice: string | null;
  mandates: Mandate[];
  absences: Absence[];
  /** By which who attested may sign; null: not. */
  comparingPolicy: ComparingPolicyId | null;
  books: { suffix: string; year: number }[];
  /** Numbers taken so far, in order: never one twice, never one left out. */
  numbersTaken: number[];
  certificate: Certificate | null;
  voids: { number: number; reason: string; by: PersonId }[];
  personSigned: string | null;
  sealed: string | null;
  leaves: string[];
  integrated: number;
  records: string[];
  deliveries: number;
  attemptsLeft: number;
  readonly blobs: Map<string, Uint8Array>;
  ids: number;
};

export const agency = "hoaban" as AgencyId;
export const officer: Actor = { personId: "officer" as PersonId, agencyId: agency };
export const clerk: Actor = { personId: "clerk" as PersonId, agencyId: agency };
export const stranger: Actor = { personId: "stranger" as PersonId, agencyId: "another" as AgencyId };
export const dossierId = "0193b0a0-0000-7000-8000-000000000001" as DossierId;
export const morning = "2026-11-22T03:00:00Z" as Instant;

export const sha256 = (bytes: Uint8Array): Sha256 => hexOf(createHash("sha256").update(bytes).digest()) as Sha256;
export const streamOf = (page: number): Sha256 => sha256(Buffer.from(`page ${page}`));

export const aStatement = { originalPresented: true, again: null, coarseReason: null, fields: [] } as const;

export const anEarlierCopy = (changes: Partial<EarlierCopy> = {}): EarlierCopy => ({
  certificateId: "earlier" as CertificateId,
  dossierId: "earlier dossier" as DossierId,
  number: 12,
  bookText: "01/2026-SCTĐT/BS",
  printedOn: "2026-03-02" as LocalDate,
  kind: "Giấy khai sinh",
  sameFile: true,
  sameApplicant: true,
  ...changes,
});

export const aDossier = (changes: Partial<Dossier> = {}): Dossier => ({
  id: dossierId,
  agencyId: agency,
  status: "read",
  applicantName: "Trần Văn Ví Dụ (hư cấu)",
  onPaperOnly: false,
  openedAt: morning,
  dueAt: "2026-11-23T10:00:00Z" as Instant,
  againAt: null,
  kind: "birth_certificate",
  title: "Giấy khai sinh (hư cấu)",
  holderName: "Trần Thị Ví Dụ (hư cấu)",
  documentNumber: "12/2020",
  issuedBy: null,
  issuedOn: null,
  procedure: "vietnamese",
  declaredPages: 2,
  electronicCopies: 1,
  ...changes,
});

export const aPage = (number: number, changes: Partial<Page> = {}): Page => ({
  number,
  blobId: `stream-${number}` as BlobId,
  wordsBlobId: `words-${number}` as BlobId,
  streamSha256: streamOf(number),
  widthPx: 1654,
  heightPx: 2339,
  dpi: 200,
  blank: false,
  findings: [],
  printed: null,
  originalId: "original-1" as OriginalId,
  indexInOriginal: number,
  form: "as_taken",
  otherForm: null,
  confirmedSha256: streamOf(number),
  ...changes,
});

export const anOriginal = (changes: Partial<Original> = {}): Original => ({
  id: "original-1" as OriginalId,
  dossierId,
  agencyId: agency,
  ordinal: 1,
  status: "waiting",
  refusalReason: null,
  blobId: "scan-1" as BlobId,
  sha256: streamOf(0),
  sizeBytes: 4,
  fileName: "scan.jpg",
  declaredType: "image/jpeg",
  ...changes,
});

export const aCertificate = (changes: Partial<Certificate> = {}): Certificate => ({
  id: "certificate-1" as CertificateId,
  lineId: "certificate-1" as CertificateId,
  copy: 1,
  copies: 1,
  agencyId: agency,
  dossierId,
  bookId: "book-1" as BookId,
  bookText: "01/2026-SCTĐT/BS",
  number: 1,
  status: "in_progress",
  printedOn: "2026-11-22" as LocalDate,
  numberedAt: morning,
  officerId: officer.personId,
  signerName: "Lê Thị Minh Họa (hư cấu)",
  signerTitle: ["CHỦ TỊCH"],
  mandateId: aMandate().id,
  comparingPolicyId: null,
  statusIndex: 0,
  codeBlobId: "code-1" as BlobId,
  personSignedBlobId: null,
  sealedBlobId: null,
  sealedAt: null,
  identity: null,
  ...changes,
});

export const aCredential = (changes: Partial<Credential> = {}): Credential => ({
  id: "credential-1",
  agencyId: agency,
  personId: officer.personId,
  role: "official",
  certificate: new Uint8Array([0x30]),
  chain: [],
  sha256: streamOf(0),
  validFrom: "2026-01-01T00:00:00Z" as Instant,
  validTo: "2026-12-31T00:00:00Z" as Instant,
  signerName: "Lê Thị Minh Họa (hư cấu)",
  keyPlace: { kind: "file" },
  ...changes,
});

export const aDesk = (changes: Partial<Desk> = {}): Desk => ({
  now: morning,
  dossier: aDossier(),
  originals: [],
  pages: [aPage(1), aPage(2)],
  confirmations: [],
  attestations: [],
  offSite: null,
  earlier: [],
  onceAnswers: [],
  refusals: [],
  notice: null,
  mandates: [aMandate()],
  absences: [],
  comparingPolicy: null,
  books: [{ suffix: "SCTĐT/BS", year: 2026 }],
  numbersTaken: [],
  certificate: null,
  voids: [],
  personSigned: null,
  sealed: null,
  leaves: [],
  integrated: 0,
  records: [],
  deliveries: 0,
  attemptsLeft: 3,
  blobs: new Map(),
  ids: 0,
  ...changes,
});

/** As the stage `person_signed` leaves it. */
export const aSignedDesk = (changes: Partial<Desk> = {}): Desk =>
  aDesk({
    dossier: aDossier({ status: "person_signed" }),
    certificate: aCertificate({ personSignedBlobId: "signed-1" as BlobId }),
    numbersTaken: [1],
    personSigned: "copy 01 of 2026-11-22 + officer",
    ...changes,
  });

/** As the stage `sealed` leaves it. */
export const aSealedDesk = (changes: Partial<Desk> = {}): Desk =>
  aSignedDesk({
    dossier: aDossier({ status: "sealed" }),
    certificate: aCertificate({ status: "issued", identity: { sha256: streamOf(0), length: 40 }, sealedAt: morning }),
    sealed: "copy 01 of 2026-11-22 + officer + agency",
    ...changes,
  });

/** What lasts, without ids: two desks that say the same are the same to everybody outside. */
export const remembered = ({ blobs: _, ids: __, now: ___, originals, pages, ...rest }: Desk): unknown =>
  structuredClone({
    ...rest,
    originals: originals.map(({ status, refusalReason, sha256: digest }) => ({ status, refusalReason, digest })),
    pages: pages.map(({ number, streamSha256, confirmedSha256 }) => ({ number, streamSha256, confirmedSha256 })),
  });
