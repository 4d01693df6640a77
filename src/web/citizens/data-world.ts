import type { Dossier } from "../../core/dossier.ts";
import type { Bytes, Instant, Result } from "../../core/kernel.ts";
import type { ErasureItem } from "../../core/personal-data.ts";
import type { DossierStatus } from "../../core/stages.ts";
import type { DataWish, Terms } from "../../core/terms.ts";
import type { Failure } from "../../usecases/failure.ts";
import type { OwnAccesses } from "./access-list.tsx";

/** A request of the holder's and what became of it. */
export type OwnRequest = {
  readonly kind: DataWish;
  readonly askedAt: Instant;
  readonly dueAt: Instant;
  readonly answeredAt: Instant | null;
  readonly items: readonly ErasureItem[];
};

/** Who reached the content, what was asked; nothing of the content, since the link alone shows it. */
export type OwnDataView = OwnAccesses & {
  readonly status: DossierStatus;
  readonly agencyName: string;
  readonly requests: readonly OwnRequest[];
  readonly terms: Terms;
};

export type OwnDataWorld = {
  readonly view: (secret: string) => Promise<Result<OwnDataView, Failure>>;
  /** By the four digits; the request is durable on return. */
  readonly ask: (secret: string, digits: string, wish: DataWish) => Promise<Result<Dossier, Failure>>;
  /** Of a holder who proved the digits: ZIP of what is known and the files. */
  readonly archive: (dossier: Dossier) => Promise<Bytes>;
};
