import type { KeptForgeryRecord } from "../../../core/forgery.ts";
import type { DossierId } from "../../../core/ids.ts";
import type { Bytes, Instant, Result } from "../../../core/kernel.ts";
import type { Failure } from "../../../usecases/failure.ts";
import type { NewForgeryRecord } from "../../../usecases/record-forgery.ts";
import type { DossierView, OfficialsWorld } from "../../officials/world.ts";
import type { Actor } from "../../route.ts";

type By = Parameters<OfficialsWorld["dossier"]>[1];

/** Records of papers that are suspected to be forged. REFUSE-2. */
export type ForgeryPagesWorld = Pick<OfficialsWorld, "dossier" | "newFormId"> & {
  readonly now: () => Instant;
  /** Oldest first; of a dossier that was found for who asks. */
  readonly forgeryRecords: (view: Pick<DossierView, "dossier">) => Promise<readonly KeptForgeryRecord[]>;
  readonly recordForgery: (id: DossierId, record: NewForgeryRecord, actor: By) => Promise<Result<null, Failure>>;
  readonly forgeryPaper: (view: Pick<DossierView, "dossier">, record: KeptForgeryRecord) => Promise<Bytes>;
};

export type Asked = { readonly person: Actor; readonly world: ForgeryPagesWorld };
