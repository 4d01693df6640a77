import type { Sql, TransactionSql } from "postgres";
import type { RecipientId } from "../../src/core/ids.ts";
import { type Instant, instantOfSeconds, secondsOf } from "../../src/core/kernel.ts";
import { enqueue } from "../jobs.ts";
import { instantOf } from "./rows.ts";

/** What a letter is about; its words are made when it is sent, and kept nowhere. */
export type MailKind = "code" | "handed_over" | "annulled";

export const mailJob = "send_mail";

/** A code is worth ten minutes, and the queue waits a minute at most between two attempts; other letters get a day. */
const mostAttempts: Readonly<Record<MailKind, number>> = { code: 12, handed_over: 1440, annulled: 1440 };

type NewMail = {
  readonly id: string;
  readonly kind: MailKind;
  readonly recipientId: RecipientId;
  readonly subject: string;
  readonly at: Instant;
};

/** Part of the caller's transaction: the letter exists if and only if what it tells of does. */
export async function keepMail(tx: TransactionSql, { id, kind, recipientId, subject, at }: NewMail): Promise<void> {
  await tx`insert into outbox_mail (id, kind, recipient_id, subject, made_at)
    values (${id}, ${kind}, ${recipientId}, ${subject}, ${at})`;
  await enqueue(tx, { kind: mailJob, subject: id, maxAttempts: mostAttempts[kind] });
}

export type WaitingMail = {
  readonly id: string;
  readonly kind: MailKind;
  readonly subject: string;
  /** As it is registered now. */
  readonly address: string;
  readonly recipientId: RecipientId;
  readonly recipientName: string;
  readonly madeAt: Instant;
};

/** Null for one that was sent or given up. */
export async function waitingMail(sql: Sql, id: string): Promise<WaitingMail | null> {
  const [row] = await sql<
    {
      kind: MailKind;
      subject: string;
      address: string;
      recipient_id: RecipientId;
      recipient_name: string;
      made_at: string;
    }[]
  >`
    select m.kind, m.subject, m.made_at, m.recipient_id, r.email as address, r.name as recipient_name
    from outbox_mail m join recipient r on r.id = m.recipient_id where m.id = ${id} and m.state = 'waiting'`;
  if (row === undefined) return null;
  const { kind, subject, address, recipient_id: recipientId, recipient_name: recipientName, made_at } = row;
  return { id, kind, subject, address, recipientId, recipientName, madeAt: instantOf(made_at) };
}

/** What became of an attempt. @param error a code; null when it was sent */
export async function noteMail(
  sql: Sql,
  id: string,
  state: "waiting" | "sent" | "failed",
  error: string | null,
  at: Instant,
): Promise<void> {
  await sql`update outbox_mail set state = ${state}, attempts = attempts + 1, last_error = ${error},
    ended_at = ${state === "waiting" ? null : at} where id = ${id} and state = 'waiting'`;
}

/** How many letters were given up since then: told to the operator, since nobody else sees them. */
export async function failedMails(sql: Sql, since: Instant): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from outbox_mail where state = 'failed' and made_at >= ${since}`;
  return row?.count ?? 0;
}

const codeSeconds = 600;
const mostTries = 5;

/** A code and the letter that carries it, in one transaction. */
export async function keepCode(
  sql: Sql,
  code: { readonly id: string; readonly recipientId: RecipientId; readonly mailId: string; readonly at: Instant },
): Promise<void> {
  const { id, recipientId, mailId, at } = code;
  await sql.begin(async (tx) => {
    await tx`insert into recipient_code (id, recipient_id, sent_at, expires_at)
      values (${id}, ${recipientId}, ${at}, ${instantOfSeconds(secondsOf(at) + codeSeconds)})`;
    await keepMail(tx, { id: mailId, kind: "code", recipientId, subject: id, at });
  });
}

/** Counts one try before it is made. @returns whose code it is; null when its time or its tries are over */
export async function tryCode(sql: Sql, id: string, at: Instant): Promise<RecipientId | null> {
  const [row] = await sql<{ recipient_id: RecipientId }[]>`
    update recipient_code set tries = tries + 1
    where id = ${id} and tries < ${mostTries} and spent_at is null and expires_at > ${at} returning recipient_id`;
  return row?.recipient_id ?? null;
}

/** @returns false when another request spent it first */
export async function spendCode(sql: Sql, id: string, at: Instant): Promise<boolean> {
  const spent = await sql`update recipient_code set spent_at = ${at} where id = ${id} and spent_at is null`;
  return spent.count === 1;
}

export async function isCodeOver(sql: Sql, id: string, at: Instant): Promise<boolean> {
  const [row] = await sql`select 1 from recipient_code where id = ${id} and spent_at is null and expires_at > ${at}`;
  return row === undefined;
}
