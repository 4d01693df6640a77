import type { CopyCheck } from "../../core/copy-check.ts";
import type { Dispatch } from "../../core/dispatch.ts";
import type { Instant, Result } from "../../core/kernel.ts";
import type { DossierStatus } from "../../core/stages.ts";
import type { KeptAnnulment } from "../../core/status/annulment.ts";
import type { DossierCode, PaperOfSubmission } from "../../core/submission.ts";
import type { Delivery, WantedCopies } from "../../usecases/deliver-copy.ts";
import type { Failure } from "../../usecases/failure.ts";
import type { QrModules } from "../design/qr.tsx";
import type { Counter } from "../handover/world.ts";
import type { CitizenFee } from "./fee-card.tsx";

/** What the secret link tells whoever holds it; nothing of the paper's content. */
export type CitizenView = {
  readonly code: DossierCode;
  /** Which paper of how many that were presented together. */
  readonly ordinal: number;
  readonly papers: number;
  readonly status: DossierStatus;
  readonly kind: string;
  readonly agencyName: string;
  readonly openedAt: Instant;
  /** When the result is owed: the day named again, where an apology named one. */
  readonly dueAt: Instant;
  /** Of a refused one: the signed notice may be fetched. */
  readonly hasNotice: boolean;
  /** Of a released copy: whether what is fetched now proves itself for long (DESIGN decision 6); null before. */
  readonly evidence: "pending" | "lasting" | null;
  /** Of a released copy: what is handed on. It shows masked facts only, so it asks for no digits. */
  readonly verificationLink: string | null;
  /** Of a released copy: when somebody checked it and by which door, newest first; never who. */
  readonly checks: readonly CopyCheck[];
  /** Of a released number with many copies: how many, and how many fit into one archive. */
  readonly copies: { readonly count: number; readonly atOnce: number } | null;
  /** Of a released copy that a decision took the value of. */
  readonly annulment: Pick<KeptAnnulment, "kind" | "decision" | "successor"> | null;
  /** Of a released copy: its bytes are gone, by its term or at its holder's wish (KEEP-1, DATA-2). */
  readonly isErased: boolean;
  /** Of all that was presented together. */
  readonly fee: CitizenFee;
  /** What was sent to the citizen, newest first. */
  readonly sent: readonly Dispatch[];
};

/** Several papers that were presented together, as the link that names them all tells them. */
export type CitizenList = {
  readonly code: DossierCode;
  readonly agencyName: string;
  readonly openedAt: Instant;
  readonly fee: CitizenFee;
  readonly papers: readonly (Pick<PaperOfSubmission, "ordinal" | "status" | "kind"> & {
    readonly dueAt: Instant;
    /** Of a refused one: the signed notice may be fetched. */
    readonly hasNotice: boolean;
    readonly annulment: CitizenView["annulment"];
    readonly isErased: boolean;
  })[];
};

export type CitizensWorld = {
  /** The office at whose counter the phone is; null where it does not receive from this citizen's agency, or nothing is released. */
  readonly counter: (secret: string, recipientId: string) => Promise<Counter | null>;
  /** Null where the link names one paper: then its own state is told. */
  readonly papers: (secret: string) => Promise<CitizenList | null>;
  readonly state: (secret: string) => Promise<Result<CitizenView, Failure>>;
  /** The copy, or the notice why there is none. */
  readonly deliver: (secret: string, digits: string, wanted: WantedCopies) => Promise<Result<Delivery, Failure>>;
  /** Null where the link is too long for a code that phones read well. */
  readonly qrOf: (link: string) => QrModules | null;
};
