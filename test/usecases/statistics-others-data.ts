import type { Sql } from "postgres";
import type { Instant } from "../../src/core/kernel.ts";
import { instantOfSeconds, localDateOf, secondsOf } from "../../src/core/kernel.ts";
import type { Chance } from "../support/seeded.ts";
import type { Paper } from "./statistics-data.ts";

/** What happened about papers besides their own way: money, annulments, grants, checks, dispatches, and what citizens said. */
export type Happening = {
  readonly id: string;
  readonly paper: Paper;
  readonly what: (typeof happenings)[number];
  readonly at: Instant;
  readonly amount: number;
  /** Of a petition: when it was answered, if it was. */
  readonly answeredAt: Instant | null;
  readonly dueAt: Instant;
};

const happenings = [
  ...["payment", "reversal", "given_back", "annulment", "opening", "again_opened", "check", "rating", "petition"],
  ...["to_store", "to_store_failed", "by_mail"],
] as const;

/** Of each paper some, at moments about its own end, many of them near midnight in Vietnam. */
export function someHappenings(papers: readonly Paper[], { below }: Chance): readonly Happening[] {
  const isCertified = ({ end }: Paper) => end === "copy" || end === "both";
  return papers.filter(isCertified).flatMap((paper, p) =>
    happenings
      .filter(() => below(2) === 0)
      .map((what, i): Happening => {
        const at = secondsOf(paper.endedAt) - (secondsOf(paper.endedAt) % 60) + 60 * below(6000);
        const answered = below(3) === 0 ? null : instantOfSeconds(at + below(400_000));
        return {
          ...{ id: `00000000-0000-4000-a000-${String(p * 100 + i).padStart(12, "0")}`, paper, what },
          ...{ at: instantOfSeconds(at), amount: 500 * (1 + below(40)), answeredAt: answered },
          dueAt: instantOfSeconds(at + 1 + below(300_000)),
        };
      }),
  );
}

/** Straight into the tables: triggers are not asked, so that the moments can be any. */
export async function keepHappenings(sql: Sql, all: readonly Happening[]): Promise<void> {
  const are = (...what: readonly Happening["what"][]) => all.filter((one) => what.includes(one.what));
  const person = "00000000-0000-4000-8000-000000999999";
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into fee_entry ${tx(
      are("payment", "reversal", "given_back").map(({ id, paper, what, at, amount }) => ({
        ...{ id, agency_id: paper.agency, submission_id: paper.id, kind: what, way: "cash", amount_dong: amount },
        ...{ payer: "(hư cấu)", reverses: what === "reversal" ? id : null, person_id: person, entered_at: at },
        gives_back: what === "given_back" ? id : null,
        reason: what === "payment" ? null : "lý do đủ dài (hư cấu)",
      })),
    )}`;
    await tx`insert into annulment ${tx(
      are("annulment").map(({ paper, at }) => ({
        ...{ certificate_id: paper.id, agency_id: paper.agency, kind: "annulled", decision_number: "1/QĐ" },
        ...{ decision_date: localDateOf(at), decided_by: "(hư cấu)", reason: "lý do đủ dài (hư cấu)" },
        ...{ person_id: person, noted_at: at },
      })),
    )}`;
    const granted = are("opening", "again_opened");
    await tx`insert into copy_grant ${tx(
      granted.map(({ id, paper, at, dueAt }) => ({
        ...{ id, certificate_id: paper.id, agency_id: paper.agency, recipient_name: "(hư cấu)", procedure: "(hư cấu)" },
        ...{ uses: 2, secret_hash: hashOf(id), made_at: at, expires_at: dueAt },
      })),
    )}`;
    await tx`insert into grant_opening ${tx(
      granted.map(({ id, what, at }) => ({
        ...{
          id,
          grant_id: id,
          ordinal: what === "opening" ? 1 : 2,
          opened_at: at,
          proof: "confirmation",
          opened_by: "x",
        },
      })),
    )}`;
    await tx`insert into copy_check ${tx(are("check").map(({ paper, at }) => ({ certificate_id: paper.id, checked_at: at, door: "link" })))}`;
    await tx`insert into rating ${tx(
      are("rating").map(({ id, paper, at, amount }) => ({
        ...{ id, agency_id: paper.agency, steps: stepsOf(amount), rated_on: localDateOf(at) },
      })),
    )}`;
    const petitions = are("petition");
    await tx`insert into petition ${tx(
      petitions.map(({ id, paper, at, dueAt }) => ({
        ...{ id, agency_id: paper.agency, kind: "petition", words: "lời đủ dài (hư cấu)", code_hash: hashOf(id) },
        ...{ form_hash: hashOf(id), received_at: at, due_at: dueAt },
      })),
    )}`;
    await tx`insert into petition_answer ${tx(
      petitions.flatMap(({ id, answeredAt }) =>
        answeredAt === null
          ? []
          : [{ petition_id: id, person_id: person, words: "lời đủ dài (hư cấu)", answered_at: answeredAt }],
      ),
    )}`;
    await tx`insert into dispatch ${tx(
      are("to_store", "to_store_failed", "by_mail").map(({ id, paper, what, at }) => ({
        ...{
          id,
          dossier_id: paper.id,
          agency_id: paper.agency,
          way: what === "by_mail" ? "email" : "store",
          what: "copy",
        },
        ...{ state: what === "to_store_failed" ? "refused" : "sent", made_at: at, ended_at: at },
        reason: what === "to_store_failed" ? "refused" : null,
      })),
    )}`;
  });
}

export const stepsOf = (amount: number): number => 1 + ((amount / 500) % 5);
const hashOf = (id: string) => Buffer.from(id.replaceAll("-", ""));
