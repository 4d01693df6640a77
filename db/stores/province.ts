import type { Sql, TransactionSql } from "postgres";
import type { AgencyId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import type { PetitionKind } from "../../src/core/petition.ts";
import type { DossierStatus } from "../../src/core/stages.ts";
import { instantOf } from "./rows.ts";
import { isOwed } from "./statistics-by-agency.ts";

export type AgencyOfProvince = { readonly agencyId: AgencyId; readonly name: string };

/** Agencies that lie in the province, by name; not who watches. */
export const agenciesOfProvince = (
  sql: Sql | TransactionSql,
  provinceCode: string,
): Promise<readonly AgencyOfProvince[]> =>
  sql<AgencyOfProvince[]>`
    select agency_id as "agencyId", name from agency_in_province where province_code = ${provinceCode} order by name, agency_id`;

/** So many things of one agency that are due at one moment: terms end with the day, so there are few. */
export type DueTogether = { readonly agencyId: AgencyId; readonly dueAt: Instant; readonly count: number };

type DueRow = { agency_id: AgencyId; due_at: string; count: string };
const dueOf = ({ agency_id, due_at, count }: DueRow): DueTogether => ({
  ...{ agencyId: agency_id, dueAt: instantOf(due_at), count: Number(count) },
});

/** Dossiers whose applicants wait, due before then. */
export async function owedBefore(sql: Sql | TransactionSql, agencyIds: readonly AgencyId[], before: Instant) {
  const rows = await sql<DueRow[]>`
    select d.agency_id, d.due_at, count(*) as count from dossier d
    where d.agency_id = any(${[...agencyIds]}) and d.due_at < ${before} and ${isOwed(sql)} group by 1, 2`;
  return rows.map(dueOf);
}

/** Petitions without an answer, due before then. */
export async function petitionsBefore(sql: Sql | TransactionSql, agencyIds: readonly AgencyId[], before: Instant) {
  const rows = await sql<DueRow[]>`
    select p.agency_id, p.due_at, count(*) as count from petition p
    where p.agency_id = any(${[...agencyIds]}) and p.due_at < ${before}
      and not exists (select 1 from petition_answer a where a.petition_id = p.id) group by 1, 2`;
  return rows.map(dueOf);
}

/** A dossier as the province sees it: nobody's name, no kind of paper. */
export type OwedDossier = {
  readonly agencyId: AgencyId;
  readonly code: string;
  /** Which paper of the submission. */
  readonly paper: number;
  readonly status: DossierStatus;
  readonly noticeWaits: boolean;
  readonly dueAt: Instant;
  readonly againAt: Instant | null;
};

type OwedRow = {
  agency_id: AgencyId;
  code: string;
  ordinal: number;
  status: DossierStatus;
  due_at: string;
  again_at: string | null;
};

/** The longest due first. */
export async function owedDossiers(
  sql: Sql | TransactionSql,
  agencyIds: readonly AgencyId[],
  before: Instant,
  most: number,
): Promise<readonly OwedDossier[]> {
  const rows = await sql<OwedRow[]>`
    select d.agency_id, s.code, d.ordinal_in_submission as ordinal, d.status, d.due_at, d.again_at
    from dossier d join submission s on s.id = d.submission_id
    where d.agency_id = any(${[...agencyIds]}) and d.due_at < ${before} and ${isOwed(sql)}
    order by d.due_at, s.code, 3 limit ${most}`;
  return rows.map(({ agency_id: agencyId, code, ordinal: paper, status, due_at, again_at }) => ({
    ...{ agencyId, code, paper, status, dueAt: instantOf(due_at) },
    noticeWaits: status === "refused",
    againAt: again_at === null ? null : instantOf(again_at),
  }));
}

/** A petition as the province sees it: neither its words nor who wrote it. VOICE-2. */
export type WaitingPetition = {
  readonly number: number;
  readonly kind: PetitionKind;
  readonly receivedAt: Instant;
  readonly dueAt: Instant;
};

type PetitionRow = { number: string; kind: PetitionKind; received_at: string; due_at: string };

export async function waitingPetitions(
  sql: Sql | TransactionSql,
  agencyId: AgencyId,
  before: Instant,
  most: number,
): Promise<readonly WaitingPetition[]> {
  const rows = await sql<PetitionRow[]>`
    select p.number, p.kind, p.received_at, p.due_at from petition p
    where p.agency_id = ${agencyId} and p.due_at < ${before}
      and not exists (select 1 from petition_answer a where a.petition_id = p.id) order by p.due_at, p.number limit ${most}`;
  return rows.map(({ number, kind, received_at, due_at }) => ({
    ...{ number: Number(number), kind, receivedAt: instantOf(received_at), dueAt: instantOf(due_at) },
  }));
}

/** The day of the first line of any of them; null before there is one. */
export async function firstDayOf(sql: Sql | TransactionSql, agencyIds: readonly AgencyId[]): Promise<LocalDate | null> {
  const [row] = await sql<{ first: LocalDate | null }[]>`
    select least((select min(printed_on) from certificate where agency_id = any(${[...agencyIds]}) and status = 'issued'),
      (select min(printed_on) from paper_line where agency_id = any(${[...agencyIds]}) and status = 'issued'))::text as first`;
  return row?.first ?? null;
}
