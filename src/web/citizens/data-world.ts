import type { Dossier } from "../../core/dossier.ts";
import type { Bytes, Instant, Result } from "../../core/kernel.ts";
import type { ErasureItem } from "../../core/personal-data.ts";
import type { DossierStatus } from "../../core/stages.ts";
import type { DataWish, Terms } from "../../core/terms.ts";
import type { Asking } from "../../usecases/ask-data.ts";
import type { Failure } from "../../usecases/failure.ts";
import type { OwnAccesses } from "./access-list.tsx";

/** A request of the holder's and what became of it. */
export type OwnRequest = {
  readonly kind: DataWish;
  readonly askedAt: Instant;
  /** With its extension. */
  readonly dueAt: Instant;
  readonly extension: { readonly at: Instant; readonly reason: string } | null;
  readonly answeredAt: Instant | null;
  readonly items: readonly ErasureItem[];
  /** Of a correction or restriction. */
  readonly outcome: "done" | "declined" | null;
  /** The holder's and the administrator's; null of other kinds, and once erased. */
  readonly words: { readonly asked: string; readonly answered: string | null } | null;
};

/** Who reached the content, what was asked; nothing of the content, since the link alone shows it. */
export type OwnDataView = OwnAccesses & {
  readonly status: DossierStatus;
  readonly agencyName: string;
  readonly requests: readonly OwnRequest[];
  readonly terms: Terms;
  /** Officials do not look at the content, until the holder lifts it. */
  readonly isRestricted: boolean;
};

export type OwnDataWorld = {
  readonly view: (secret: string) => Promise<Result<OwnDataView, Failure>>;
  /** By the four digits; the request is durable on return. */
  readonly ask: (secret: string, asking: Asking) => Promise<Result<Dossier, Failure>>;
  /** Of a holder who proved the digits: ZIP of what is known and the files. */
  readonly archive: (dossier: Dossier) => Promise<Bytes>;
};
