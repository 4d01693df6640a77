import type { Dossier } from "../../core/dossier.ts";
import type { Bytes, Instant, Result } from "../../core/kernel.ts";
import type { ErasureItem } from "../../core/personal-data.ts";
import type { DossierStatus } from "../../core/stages.ts";
import type { DataWish, Terms } from "../../core/terms.ts";
import type { Asking } from "../../usecases/ask-data.ts";
import type { Failure } from "../../usecases/failure.ts";
import type { Visit } from "../grants/world.ts";
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

/**
 * Who reached the content, what was asked; nothing of the content. By the link alone, without the visit that the four digits
 * open, neither receivers nor words either: they tell where the holder went, and what is wrong in the paper.
 */
export type OwnDataView = OwnAccesses & {
  readonly isProven: boolean;
  readonly status: DossierStatus;
  readonly agencyName: string;
  readonly requests: readonly OwnRequest[];
  readonly terms: Terms;
  /** Officials do not look at the content, until the holder lifts it. */
  readonly isRestricted: boolean;
};

export type OwnDataWorld = {
  /** @param token of the visit that the digits of this link opened; null for none */
  readonly view: (secret: string, token: string | null) => Promise<Result<OwnDataView, Failure>>;
  /** The four digits, for a visit of some minutes. */
  readonly prove: (secret: string, digits: string) => Promise<Result<Visit, Failure>>;
  /** For a holder who proved the digits just now. */
  readonly begin: (secret: string, dossier: Dossier) => Promise<Visit>;
  /** By the four digits; the request is durable on return. */
  readonly ask: (secret: string, asking: Asking) => Promise<Result<Dossier, Failure>>;
  /** Of a holder who proved the digits: ZIP of what is known and the files. */
  readonly archive: (dossier: Dossier) => Promise<Bytes>;
};
