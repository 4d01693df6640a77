import { createHash } from "node:crypto";
import type { Sql } from "postgres";
import type { Instant } from "../../src/core/kernel.ts";
import { instantOfSeconds, localDateOf, secondsOf } from "../../src/core/kernel.ts";

/** Papers of two agencies at random moments about the turn of a year, many of them near midnight in Vietnam. */
export type Paper = {
  readonly id: string;
  readonly agency: string;
  readonly end: (typeof ends)[number];
  readonly pages: number;
  readonly copies: number;
  readonly dong: number;
  readonly ground: string;
  readonly openedAt: Instant;
  readonly dueAt: Instant;
  /** Attested, numbered, signed, sealed, and the last moment. */
  readonly at: readonly Instant[];
  readonly endedAt: Instant;
  /** Of a line on paper: copies as corrected. */
  readonly reads: number | null;
};

const ends = ["copy", "copy", "paper", "both", "refused", "unsigned", "withdrawn", "reused", "voided", "open"] as const;
export const agencies = ["mot", "hai"];
const start = secondsOf("2025-12-28T17:00:00Z" as Instant);

export function somePapers(count: number, seed: number): readonly Paper[] {
  const random = randomFrom(seed);
  const below = (most: number) => Math.floor(random() * most);
  return Array.from({ length: count }, (_, i) => {
    const opened = start + below(12) * 86_400 + (below(3) === 0 ? ([-1, 0, 1][below(3)] ?? 0) : below(86_400));
    const at = [0, 1, 2, 3, 4].reduce<number[]>((all) => [...all, (all.at(-1) ?? opened) + below(9000)], []);
    const end = ends[below(ends.length)] ?? "open";
    return {
      ...{
        id: uuidOf(seed * 10_000 + i),
        agency: agencies[below(2)] ?? "",
        end,
        pages: 1 + below(9),
        copies: 1 + below(4),
      },
      ...{ dong: 1000 * below(20), ground: `A22_${1 + below(6)}`, openedAt: instantOfSeconds(opened) },
      ...{ dueAt: instantOfSeconds(opened + below(20_000)), at: at.map(instantOfSeconds) },
      ...{ endedAt: instantOfSeconds(at.at(-1) ?? 0), reads: below(4) === 0 ? 6 + below(5) : null },
    };
  });
}

const randomFrom = (seed: number) => () => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return seed / 0x80000000;
};

const uuidOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
export const dayOf = (at: Instant) => localDateOf(at);
const paperLineOf = ({ id }: Paper) => id.replace("-8000-", "-9000-");
const isOnPaper = ({ end }: Paper) => end === "paper" || end === "both";
/** Before its line on paper another number was taken and given up. */
export const hadNumberGivenUp = (paper: Paper) => isOnPaper(paper) && paper.pages % 3 === 0;
const givenUp = (p: Paper) => ({
  ...{ id: p.id.replace("-8000-", "-b000-"), status: "voided", void_reason: "lý do (hư cấu)" },
  ...{ voided_at: p.at[2] ?? "", mandate_id: p.id },
});
const status = {
  ...{ copy: "released", both: "released", paper: "handed_over", refused: "refused", unsigned: "refused" },
  ...{ withdrawn: "withdrawn", reused: "reused", voided: "voided", open: "read" },
} as const;

const noHash = new Uint8Array(32);

/** Straight into the tables: triggers are not asked, so that the moments can be any. */
export async function keepPapers(sql: Sql, papers: readonly Paper[]): Promise<void> {
  const person = uuidOf(999_999);
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into dossier ${tx(
      papers.map((p) => ({
        ...{ id: p.id, agency_id: p.agency, submission_id: p.id, ordinal_in_submission: 1, status: status[p.end] },
        ...{
          applicant_name: "(hư cấu)",
          kind: "Bằng",
          title: "Bằng",
          holder_name: "(hư cấu)",
          declared_pages: p.pages,
        },
        ...{ paper_copies: isOnPaper(p) ? p.copies : 0, on_paper_only: p.end === "paper", opened_by: person },
        ...{ opened_at: p.openedAt, due_at: p.dueAt },
      })),
    )}`;
    const opened = papers.map((p, i) => ({
      ...{ id: p.id, agency_id: p.agency, code: `H01-260101-${String(i).padStart(6, "0")}`, channel: "counter" },
      ...{ identity_digits_hash: noHash, secret_hash: Buffer.from(p.id), secret_expires_at: p.dueAt },
      ...{ opened_by: person, opened_at: p.openedAt },
    }));
    await tx`insert into submission ${tx(opened)}`;
    await tx`insert into attestation ${tx(papers.map((p) => ({ dossier_id: p.id, person_id: person, original_presented: true, pages: p.pages, attested_at: p.at[0] ?? "" })))}`;
    const lines = papers.filter(({ end }) => ["copy", "both", "voided"].includes(end));
    await tx`insert into certificate ${tx(lines.map((p, i) => ({ ...lineOf(p, i, person), ...certificateOf(p, person) })))}`;
    const onPaper = papers.filter(isOnPaper);
    const handed = (p: Paper) => ({
      status: "issued",
      handed_over_by: person,
      handed_over_at: p.endedAt,
      mandate_id: person,
    });
    await tx`insert into paper_line ${tx(onPaper.map((p, i) => ({ ...lineOf(p, i, person), ...handed(p), id: paperLineOf(p) })))}`;
    await tx`insert into paper_line ${tx(onPaper.filter(hadNumberGivenUp).map((p, i) => ({ ...lineOf(p, 10_000 + i, person), ...givenUp(p) })))}`;
    const refused = papers.filter(({ end }) => end === "refused" || end === "unsigned");
    const reason = "lý do (hư cấu)";
    await tx`insert into refusal ${tx(refused.map((p) => ({ dossier_id: p.id, ground: p.ground, reason, person_id: person, refused_at: p.at[0] ?? "" })))}`;
    const signed = refused.filter(({ end }) => end === "refused");
    await tx`insert into refusal_notice ${tx(signed.map((p) => ({ dossier_id: p.id, blob_id: p.id, officer_id: person, signer_name: "x", signer_title: [], signed_at: p.endedAt })))}`;
    await tx`insert into withdrawal ${tx(papers.filter(({ end }) => end === "withdrawn").map((p) => ({ dossier_id: p.id, reason, withdrawn_at: p.endedAt })))}`;
    await tx`insert into give_once ${tx(papers.filter(({ end }) => end === "reused").map((p) => ({ dossier_id: p.id, answer: "in_vneid", person_id: person, answered_at: p.endedAt })))}`;
    const corrected = onPaper.filter(({ reads }) => reads !== null);
    await tx`insert into register_correction ${tx(
      corrected.map((p) => ({
        ...{
          line_id: paperLineOf(p),
          agency_id: p.agency,
          suffix: "SCT/BS",
          ordinal: 1,
          part: "copies",
          was: String(p.copies),
          reads: String(p.reads),
        },
        ...{ reason, person_id: person, counted_in: dayOf(p.openedAt).slice(0, 7), corrected_at: p.endedAt },
      })),
    )}`;
  });
}

/** The day on the line is the day of the receipt. */
const lineOf = (p: Paper, i: number, person: string) => ({
  ...{ id: p.id, agency_id: p.agency, book_id: person, suffix: "SCT/BS", year: 2026, number: i + 1, dossier_id: p.id },
  ...{
    printed_on: dayOf(p.openedAt),
    numbered_at: p.at[1] ?? "",
    officer_id: person,
    signer_name: "x",
    signer_title: [],
  },
  ...{ applicant_name: "(hư cấu)", title: "Bằng", copies: p.copies, fee_dong: p.dong },
});

const certificateOf = (p: Paper, person: string) => ({
  copies: 1, // more would want a code each
  ...{ status: p.end === "voided" ? "voided" : "issued", code_hash: createHash("sha256").update(p.id).digest() },
  ...{ code_blob_id: person, person_signed_at: p.at[2] ?? "", sealed_at: p.at[3] ?? "", sealed_blob_id: person },
  ...{ clerk_id: p.id, identity_sha256: p.id, identity_length: 1, released_at: p.end === "voided" ? null : p.endedAt },
  ...{ voided_at: p.end === "voided" ? p.endedAt : null, void_reason: p.end === "voided" ? "lý do" : null },
});
