import type { TransactionSql } from "postgres";
import { refusalGrounds } from "../../src/core/refusal-grounds.ts";
import { type Spread, type StepName, stepNames } from "../../src/core/statistics/counts.ts";
import { type CountAsked, within } from "./statistics-asked.ts";
import { answersByAgency } from "./statistics-by-agency.ts";

/** Received, answered and in time, refused by ground, given up. */
export async function countAnswers(tx: TransactionSql, asked: CountAsked) {
  const { agencyId, from, before, now } = asked;
  const [answers] = await answersByAgency(tx, [agencyId], asked);
  const [ends] = await tx<Record<"received" | "withdrawn" | "voided" | "annulled", string>[]>`
    select (select count(*) from dossier where agency_id = ${agencyId} and ${within(tx, tx`opened_at`, asked)}) as received,
      (select count(*) from withdrawal w join dossier d on d.id = w.dossier_id
        where d.agency_id = ${agencyId} and ${within(tx, tx`w.withdrawn_at`, asked)}) as withdrawn,
      (select count(*) from certificate where agency_id = ${agencyId} and status = 'voided' and ${within(tx, tx`voided_at`, asked)})
      + (select count(*) from paper_line where agency_id = ${agencyId} and status = 'voided' and ${within(tx, tx`voided_at`, asked)}) as voided,
      (select count(*) from annulment where agency_id = ${agencyId} and ${within(tx, tx`noted_at`, asked)}) as annulled`;
  return {
    answered: answers?.answered ?? 0,
    answeredInTime: answers?.answeredInTime ?? 0,
    received: Number(ends?.received ?? 0),
    overdue: answers?.overdue ?? 0,
    withdrawn: Number(ends?.withdrawn ?? 0),
    voided: Number(ends?.voided ?? 0),
    annulled: Number(ends?.annulled ?? 0),
    refusals: await refusalsIn(tx, { agencyId, from, before, now }),
  };
}

async function refusalsIn(tx: TransactionSql, asked: CountAsked) {
  const rows = await tx<{ ground: string; refused: string }[]>`
    select r.ground, count(*) as refused from refusal r join dossier d on d.id = r.dossier_id
    where d.agency_id = ${asked.agencyId} and ${within(tx, tx`r.refused_at`, asked)} group by 1`;
  const of = (ground: string) => Number(rows.find((row) => row.ground === ground)?.refused ?? 0);
  return Object.fromEntries(refusalGrounds.map((ground) => [ground, of(ground)])) as Record<
    (typeof refusalGrounds)[number],
    number
  >;
}

type SpreadRow = { step: StepName; count: string; median: number; p90: number };

/** Of copies released, and of papers handed over by hand, in these days. */
export async function spreadOfSteps(
  tx: TransactionSql,
  asked: CountAsked,
): Promise<Readonly<Record<StepName, Spread>>> {
  const rows = await tx<SpreadRow[]>`
    select step, count(*) as count, percentile_disc(0.5) within group (order by seconds) as median,
      percentile_disc(0.9) within group (order by seconds) as p90
    from (
      select way.step, extract(epoch from way.took)::int as seconds
      from certificate c join dossier d on d.id = c.dossier_id join attestation a on a.dossier_id = d.id
        cross join lateral (values ('compare', a.attested_at - d.opened_at), ('number', c.numbered_at - a.attested_at),
          ('sign', c.person_signed_at - c.numbered_at), ('seal', c.sealed_at - c.person_signed_at),
          ('publish', c.released_at - c.sealed_at), ('whole', c.released_at - d.opened_at)) way (step, took)
      where c.agency_id = ${asked.agencyId} and c.status = 'issued' and ${within(tx, tx`c.released_at`, asked)} and way.took is not null
      union all
      select 'paper', extract(epoch from l.handed_over_at - d.opened_at)::int from paper_line l join dossier d on d.id = l.dossier_id
      where l.agency_id = ${asked.agencyId} and l.status = 'issued' and ${within(tx, tx`l.handed_over_at`, asked)}) steps
    group by step`;
  const of = (step: StepName): Spread => {
    const row = rows.find((one) => one.step === step);
    return row === undefined ? { count: 0, median: 0, p90: 0 } : { ...row, count: Number(row.count) };
  };
  return Object.fromEntries(stepNames.map((step) => [step, spreadOnly(of(step))])) as Record<StepName, Spread>;
}

const spreadOnly = ({ count, median, p90 }: Spread): Spread => ({ count, median, p90 });
