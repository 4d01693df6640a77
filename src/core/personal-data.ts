import type { Instant } from "./kernel.ts";
import { type DossierStatus, isLast } from "./stages.ts";
import type { ErasingWish, KeptThing } from "./terms.ts";

/** An access to the content of a paper; for what, and by which right. LAW 8.2, DATA-1. */
const accessRights = {
  pages_seen: { purpose: "certify", basis: "ND45_10" },
  scan_taken: { purpose: "certify", basis: "ND45_10" },
  copy_seen: { purpose: "hand_over", basis: "ND45_10" },
  copy_taken: { purpose: "own_copy", basis: "LAW91_RIGHTS" },
  notice_taken: { purpose: "own_copy", basis: "LAW91_RIGHTS" },
  data_taken: { purpose: "own_data", basis: "LAW91_RIGHTS" },
} as const;

export type AccessKind = keyof typeof accessRights;
export type AccessPurpose = (typeof accessRights)[AccessKind]["purpose"];
export type AccessBasis = (typeof accessRights)[AccessKind]["basis"];

export const rightOf = (what: AccessKind): { readonly purpose: AccessPurpose; readonly basis: AccessBasis } =>
  accessRights[what];

/** As the person is told: who inside the agency looked is told by duty, never by name. No duty: the person's own link. */
export type Access = {
  readonly what: AccessKind;
  readonly duties: readonly string[];
  readonly purpose: AccessPurpose;
  readonly basis: AccessBasis;
  readonly at: Instant;
};

/** What becomes of each thing when its holder asks for erasure, and why it stays where it does. DATA-2. */
export type ErasureItem =
  | { readonly item: KeptThing; readonly outcome: "erased" }
  | { readonly item: KeptThing | "register" | "evidence" | "log"; readonly outcome: "kept"; readonly why: KeptWhy };

export type KeptWhy =
  | "for_ever" // NĐ 23/2015 Art. 14: the register is a State archive
  | "liability" // NĐ 23/2015 Art. 9, 19: who compared what, when
  | "no_person" // the public log's leaves name nobody
  | "accounts" // papers of the agency's books; names in them are blanked in their own term
  | "own_term" // the record of accesses protects its holder, and has a term of its own
  | "not_asked" // the copy stays to be fetched
  | "under_way" // there is no certification without the scan
  | "held"; // a complaint or inspection needs it

/** The register and the evidence of who did what are never among what is erased. */
export function erasureItems(wish: ErasingWish, status: DossierStatus, held: boolean): readonly ErasureItem[] {
  const stays = !isLast(status) ? "under_way" : held ? "held" : null;
  const thing = (item: KeptThing): ErasureItem =>
    stays === null ? { item, outcome: "erased" } : { item, outcome: "kept", why: stays };
  return [
    thing("scan"),
    thing("contact"),
    wish === "erase_all" ? thing("copy") : { item: "copy", outcome: "kept", why: "not_asked" },
    // What was lent out ends with the copy that it led to; it shows where its holder went.
    wish === "erase_all" ? thing("grant") : { item: "grant", outcome: "kept", why: "own_term" },
    { item: "access", outcome: "kept", why: "own_term" },
    { item: "payment", outcome: "kept", why: "accounts" },
    { item: "register", outcome: "kept", why: "for_ever" },
    { item: "evidence", outcome: "kept", why: "liability" },
    { item: "log", outcome: "kept", why: "no_person" },
  ];
}

/** What an erasing left behind: the rule, how many things, SHA-256 over their ids. KEEP-1. */
export type ErasureProof = {
  readonly id: string;
  readonly rule: KeptThing;
  readonly onRequest: boolean;
  readonly things: number;
  readonly idsSha256: string;
  readonly at: Instant;
};
