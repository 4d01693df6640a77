import type { AgencyId, PersonId } from "./ids.ts";
import { type Branded, fail, type Instant, type LocalDate, localDateOf, ok, type Result } from "./kernel.ts";

export type MandateId = Branded<string, "MandateId">;

/** A rule of the agency on who compares and who signs. AUTH-4. */
export type ComparingPolicyId = Branded<string, "ComparingPolicyId">;

/** On what it rests: the office itself, or a deed that authorises (ủy quyền) or assigns (phân công). NĐ 280/2025 Art. 1(1). */
export const mandateKinds = ["office", "authorisation", "assignment"] as const;

export type MandateKind = (typeof mandateKinds)[number];

/** What may be certified, NĐ 23/2015 Art. 5 as amended. This program certifies copies; a deed may be about something else. */
export const works = ["copies", "signatures", "translations", "transactions"] as const;

export type Work = (typeof works)[number];

/** The document that gives the right. */
export type Deed = {
  readonly number: string;
  /** Null of what was written down before days and issuers were asked for. */
  readonly date: LocalDate | null;
  readonly issuedBy: string | null;
};

/** By what right a person signs for an agency: never changed, only ended. LAW 2.1, R3. */
export type Mandate = {
  readonly id: MandateId;
  readonly agencyId: AgencyId;
  readonly personId: PersonId;
  readonly kind: MandateKind;
  /** Null: by office, where nobody wrote down the document of election. */
  readonly deed: Deed | null;
  readonly from: LocalDate;
  /** The last day, whole; null where none is named. */
  readonly to: LocalDate | null;
  readonly works: readonly Work[];
  /** Kinds of paper as they are written on a dossier; null: every kind. */
  readonly paperKinds: readonly string[] | null;
  /** What the person is there, such as `Phó Chủ tịch`. */
  readonly post: string;
  /** The lines over the signature: `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`. */
  readonly titleLines: readonly string[];
  readonly endedAt: Instant | null;
};

export type MandateFault =
  | { code: "mandate_missing" }
  | { code: "mandate_not_begun"; deed: string; from: LocalDate }
  | { code: "mandate_over"; deed: string; since: LocalDate }
  | { code: "mandate_scope"; deed: string };

/** What is to be signed; `paperKind` null: the whole register, so that no deed for some kinds of paper is enough. */
export type ToSign = { readonly at: Instant; readonly paperKind: string | null };

/**
 * AUTH-2: the mandate under which the person may sign this now. Of several an office comes before a deed, then the one
 * that began last. Of several that do not do, the nearest one is told: whoever reads it should know which deed to mend.
 */
export function mandateFor(all: readonly Mandate[], toSign: ToSign): Result<Mandate, MandateFault> {
  const ordered = all.toSorted((a, b) => rankOf(a) - rankOf(b) || (a.from < b.from ? 1 : -1));
  const judged = ordered.map((mandate) => ({ mandate, fault: faultOf(mandate, toSign) }));
  const good = judged.find(({ fault }) => fault === null);
  if (good !== undefined) return ok(good.mandate);
  const nearest = (["mandate_scope", "mandate_not_begun", "mandate_over"] as const)
    .map((code) => judged.find(({ fault }) => fault?.code === code)?.fault)
    .find((fault) => fault != null);
  return fail(nearest ?? { code: "mandate_missing" });
}

const rankOf = ({ kind }: Mandate): number => (kind === "office" ? 0 : 1);

function faultOf(mandate: Mandate, { at, paperKind }: ToSign): MandateFault | null {
  const today = localDateOf(at);
  const deed = mandate.deed?.number ?? mandate.post;
  if (mandate.endedAt !== null) return { code: "mandate_over", deed, since: localDateOf(mandate.endedAt) };
  if (mandate.to !== null && mandate.to < today) return { code: "mandate_over", deed, since: mandate.to };
  if (mandate.from > today) return { code: "mandate_not_begun", deed, from: mandate.from };
  return covers(mandate, paperKind) ? null : { code: "mandate_scope", deed };
}

/** Certifying copies, and this kind of paper; the database compares kinds the same way (`plain_text`). */
function covers(mandate: Pick<Mandate, "works" | "paperKinds">, paperKind: string | null): boolean {
  if (!mandate.works.includes("copies")) return false;
  if (mandate.paperKinds === null) return true;
  return paperKind !== null && mandate.paperKinds.some((kind) => plain(kind) === plain(paperKind));
}

/** Without marks and case, as the function `plain_text` of the database: `Giấy khai sinh` is `GIAY KHAI SINH`. */
const plain = (shown: string): string =>
  shown
    .normalize("NFD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .replaceAll(/[đĐ]/g, "d")
    .replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
