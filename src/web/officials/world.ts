import type { WorkingCalendar } from "../../core/calendar.ts";
import type { KeptCoarseScan } from "../../core/coarse-scan.ts";
import type { Actor, Certificate, Dossier, Intake, Original, Page, PageForm } from "../../core/dossier.ts";
import type { FeeBalance } from "../../core/fee-account.ts";
import type { EarlierCopy, OnceAnswer } from "../../core/give-once.ts";
import type { BookId, DossierId, OriginalId, PersonId } from "../../core/ids.ts";
import type { Bytes, Instant, Result, Sha256 } from "../../core/kernel.ts";
import type { LeftOutPage, PagePlace } from "../../core/left-out.ts";
import type { KeptOffSite, OffSite } from "../../core/off-site.ts";
import type { ProcedureCodes } from "../../core/procedure.ts";
import type { KeptNotice, KeptRefusal } from "../../core/refusal-grounds.ts";
import type { KeptLookUp } from "../../core/source.ts";
import type { DossierCode, Submission } from "../../core/submission.ts";
import type { ReceivingAccount } from "../../core/vietqr.ts";
import type { Withdrawal } from "../../core/withdrawal.ts";
import type { PaperRequest } from "../../usecases/add-paper.ts";
import type { Added, AlikePapers } from "../../usecases/add-scanned-papers.ts";
import type { Statement } from "../../usecases/attest-copy.ts";
import type { Failure } from "../../usecases/failure.ts";
import type { OnceRequest } from "../../usecases/give-once.ts";
import type { LookUpRequest } from "../../usecases/look-up-source.ts";
import type { OpeningRequest } from "../../usecases/open-dossier.ts";
import type { Scan } from "../../usecases/receive-scan.ts";
import type { QrModules } from "../design/qr.tsx";
import type { DispatchPart } from "../pages/dispatch/dossier-part.tsx";

/** What the reader made of one page: an aid beside the picture. Names as in src/web/words/papers.vi.ts. */
export type PaperSeen = {
  readonly kind: string | null;
  readonly fields: readonly {
    readonly name: string;
    readonly value: string;
    /** 0 to 100, of the word read worst. */
    readonly confidence: number;
    readonly lookAgain: boolean;
  }[];
  /** A mark of state secrecy that seems to stand on the page; a hint that decides nothing. */
  readonly secretMarking: string | null;
  /** What a signed page has and the machine did not see on this one; a hint too. */
  readonly missingMarks: readonly ("SEAL_NOT_SEEN" | "SIGNATURE_NOT_SEEN")[];
  /** Figures unlike the others of their number, as if set later; boxes in pixels of the page. A hint as well. */
  readonly oddFigures: readonly OddFigure[];
};

export type OddFigure = {
  readonly figure: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

type Answer<T> = Promise<Result<T, Failure>>;

/** What officials may ask. The roof binds each member to its use case; every one checks the actor's agency. */
export type OfficialsWorld = {
  readonly openDossier: (
    request: OpeningRequest,
    actor: Actor,
  ) => Answer<{ dossierId: DossierId; code: DossierCode; citizenLink: string | null }>;
  /** Another paper of the same applicant, beside one that is here. DOS-1. */
  readonly addPaper: (
    beside: DossierId,
    request: PaperRequest,
    actor: Actor,
  ) => Answer<{ dossierId: DossierId; code: DossierCode }>;
  /** Many papers alike, a file each. DOS-1. */
  readonly addScannedPapers: (
    beside: DossierId,
    request: AlikePapers,
    scans: AsyncIterable<Scan>,
    actor: Actor,
  ) => Answer<Added>;
  /** OFFSITE-1: elsewhere than at the office; null: here after all. */
  readonly recordOffSite: (id: DossierId, offSite: OffSite | null, actor: Actor) => Answer<null>;
  /** SOURCE-1: what was seen in VNeID or a database besides the paper. */
  readonly lookUpSource: (id: DossierId, request: LookUpRequest, actor: Actor) => Answer<null>;
  /** For a form that opens something: sent twice, it opens it once. */
  readonly newFormId: () => string;
  readonly waiting: (actor: Actor) => Promise<readonly Dossier[]>;
  readonly dossier: (id: DossierId, actor: Actor) => Answer<DossierView>;
  /** The dossier that waits longest for its comparison, and how many wait. */
  readonly nextToCompare: (actor: Actor) => Promise<NextToCompare | null>;
  readonly correctDeclaration: (id: DossierId, pages: number, actor: Actor) => Answer<null>;
  readonly receiveScan: (id: DossierId, scan: Scan, actor: Actor) => Answer<{ originalId: OriginalId; sha256: Sha256 }>;
  /** In the form that stands, or in the other where its digest is asked for. */
  readonly pageStream: (id: DossierId, page: number, actor: Actor, sha256?: string) => Answer<Bytes>;
  /** A repeat or a blank page left out of the copy, or taken back. COPY-1. */
  readonly leaveOutPage: (id: DossierId, asked: { place: PagePlace; leftOut: boolean }, actor: Actor) => Answer<null>;
  readonly chooseForm: (id: DossierId, choice: { number: number; form: PageForm }, actor: Actor) => Answer<null>;
  readonly pageWords: (id: DossierId, page: number, actor: Actor) => Answer<Bytes>;
  readonly pagePaper: (id: DossierId, page: number, actor: Actor) => Answer<PaperSeen>;
  readonly confirmPage: (id: DossierId, page: { number: number; streamSha256: Sha256 }, actor: Actor) => Answer<null>;
  readonly attest: (id: DossierId, statement: Statement, actor: Actor) => Answer<null>;
  /** ONCE-1. The link of the copy that is given again is shown once; null where none is. */
  readonly giveOnce: (
    id: DossierId,
    request: OnceRequest,
    actor: Actor,
  ) => Answer<{ earlier: EarlierCopy | null; citizenLink: string | null }>;
  readonly refuse: (
    id: DossierId,
    refusal: { ground: string; reason: string; page: number | null },
    actor: Actor,
  ) => Answer<null>;
  /** Signs the notice of a refusal; once, however often it is sent. */
  readonly signNotice: (id: DossierId, pin: string, actor: Actor) => Answer<null>;
  /** As it was signed. */
  readonly refusalNotice: (id: DossierId, actor: Actor) => Answer<Bytes>;
  /** As the actor would sign it now. */
  readonly noticeDraft: (id: DossierId, actor: Actor) => Answer<Bytes>;
  readonly sign: (id: DossierId, pin: string, actor: Actor) => Answer<Certificate>;
  readonly seal: (id: DossierId, pin: string, actor: Actor) => Answer<Certificate>;
  readonly voidNumber: (id: DossierId, reason: string, actor: Actor) => Answer<null>;
  readonly sealedCopy: (id: DossierId, actor: Actor) => Answer<Bytes>;
  /** The file as it came; `mediaType` by its bytes. Who took it is noted. */
  readonly originalFile: (
    id: DossierId,
    originalId: string,
    actor: Actor,
  ) => Answer<{ bytes: Bytes; mediaType: string; fileName: string | null }>;
  /** Shown once; the link before is dead. */
  readonly renewLink: (id: DossierId, actor: Actor) => Answer<{ citizenLink: string }>;
  /** Null where the link is too long for a code that phones read well. */
  readonly qrOf: (link: string) => QrModules | null;
  /** Whether copies can be put into citizens' stores at the portal: the counter asks for the account only then. */
  readonly hasCitizenStore: boolean;
  /** The year's next book of electronic copies, or of copies on paper. */
  /** @param year the running one where none is named; in December the next one too */
  readonly openBook: (actor: Actor, book?: "electronic" | "paper", year?: number) => Answer<BookId>;
  readonly now: () => Instant;
  /** The working time of the actor's agency, as it stands now. */
  readonly calendar: (actor: Actor) => Promise<WorkingCalendar>;
};

export type NextToCompare = { readonly id: DossierId; readonly waiting: number };

export type DossierView = {
  readonly dossier: Dossier;
  /** What it was presented with. */
  readonly submission: Submission;
  /** PROC-1. */
  readonly procedureCodes: ProcedureCodes;
  readonly originals: readonly Original[];
  readonly pages: readonly Page[];
  /** Scanned, and not for the copy. */
  readonly leftOut: readonly LeftOutPage[];
  /** Why it was attested with pages below 200 dpi; null where none is. SCAN-1. */
  readonly coarseScan: KeptCoarseScan | null;
  readonly certificate: Certificate | null;
  /** Of a released copy: what the citizen hands on. */
  readonly verificationLink: string | null;
  readonly reading: { readonly done: number; readonly total: number } | null;
  readonly events: readonly DossierStep[];
  readonly intake: Intake;
  readonly refusal: KeptRefusal | null;
  readonly withdrawal: Withdrawal | null;
  /** The signed notice of it; null while it waits for its signature. */
  readonly notice: KeptNotice | null;
  /** While nothing is attested: copies of what seems the same original. */
  readonly earlier: readonly EarlierCopy[];
  readonly onceAnswer: OnceAnswer | null;
  /** What was looked up besides the paper. */
  readonly sources: readonly KeptLookUp[];
  /** Where it is certified, if not at the office. */
  readonly offSite: KeptOffSite | null;
  /** Where its fee is transferred to; null where the agency entered no account. */
  readonly account: ReceivingAccount | null;
  /** Of all that was presented together. */
  readonly fee: FeeBalance;
  /** Its term had passed, or its holder asked for it. */
  readonly scanErased: boolean;
  /** Where the result goes, and what was sent. */
  readonly dispatch: DispatchPart;
};

/** What happened to a dossier; `by` is the name of who did it, null where nobody did. */
export type DossierStep = {
  readonly what: string;
  readonly at: Instant;
  readonly personId: PersonId | null;
  readonly by: string | null;
};
