import { randomBytes, randomUUID } from "node:crypto";
import type { Sql, TransactionSql } from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepAnnulment } from "../../db/stores/annulments.ts";
import { livingCertificate } from "../../db/stores/certificates.ts";
import { keepEmail, keepLetterLink, noteAttempt } from "../../db/stores/dispatches.ts";
import { keepLink, keepLinkEnd } from "../../db/stores/dossiers.ts";
import { eraseDueContacts } from "../../db/stores/erasures.ts";
import { keepGuest } from "../../db/stores/guests.ts";
import type { Email } from "../../src/core/dispatch.ts";
import type { AgencyId, DispatchId, DossierId } from "../../src/core/ids.ts";
import type { Bytes, LocalDate } from "../../src/core/kernel.ts";
import { daysAfter } from "../../src/core/terms.ts";
import { hashSecret } from "../../src/wiring/citizen-links.ts";
import { untilSomebodyWaits } from "../support/waiting.ts";
import { type LightHouse, lightHouse } from "./light-house.ts";

let world: LightHouse;
beforeAll(async () => {
  world = await lightHouse();
});
afterAll(() => world.close());

const bytes = (): Bytes => new Uint8Array(randomBytes(32));
const dossierOf = (id: DossierId) => ({ id, agencyId: "hoaban" as AgencyId }) as Parameters<typeof keepLink>[1];
const renew = (id: DossierId, secretHash = bytes()) =>
  keepLink(world.sql, dossierOf(id), { secretHash, secretExpiresAt: daysAfter(world.now(), 365) }, receiver());
const receiver = () => ({ personId: world.idOf("receiver"), agencyId: "hoaban" as AgencyId });
const prove = (dossierId: DossierId, secretHash: Bytes) => {
  const times = { createdAt: world.now(), expiresAt: daysAfter(world.now(), 1) };
  const link = { secretHash, ordinal: null };
  return keepGuest(world.sql, bytes(), { kind: "citizen", dossierId, link }, times);
};
const visitsOf = async (id: DossierId) =>
  (await world.sql`select 1 from guest_session where dossier_id = ${id}`).length;

/** Released, with a letter on its way that carries a link. */
async function onItsWay() {
  const { id, secret } = await world.released({ email: "a@vi-du.example" });
  const [letter] = await world.sql<{ id: DispatchId }[]>`select id from dispatch where dossier_id = ${id}`;
  if (letter === undefined) throw new Error("no letter");
  const letterHash = bytes();
  await keepLetterLink(world.sql, letter.id, letterHash);
  return { id, letter: letter.id, letterHash, slipHash: hashSecret(secret) };
}

/**
 * Presented together, with one letter that tells of both and was tried before.
 *
 * @param isTurned whether the row that goes along was written behind the other one's last change
 */
async function twoInOneLetter(isTurned: boolean) {
  const [one, other] = [await world.released({ email: "a@vi-du.example" }), await world.released()];
  const found = await world.sql<{ id: DispatchId }[]>`select id from dispatch where dossier_id = ${one.id}`;
  const [letter, along] = [found[0]?.id, randomUUID() as string as DispatchId];
  if (letter === undefined) throw new Error("no letter");
  await world.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update dossier set submission_id = ${one.id}, ordinal_in_submission = 2 where id = ${other.id}`;
    await tx`insert into dispatch (id, dossier_id, agency_id, way, what, with_id, next_try_at, made_at)
      select ${along}, ${other.id}, agency_id, way, what, ${letter}, next_try_at + interval '1 s', made_at from dispatch where id = ${letter}`;
    await tx`update dispatch set link_hash = ${bytes()} where id = ${letter}`;
    for (const id of isTurned ? [letter, along] : [along, letter])
      await tx`update dispatch set attempts = attempts + 1, state = 'deferred', reason = 'mail_deferred' where id = ${id}`;
  });
  return { ids: [one.id, other.id] as const, letters: [letter, along] as const };
}

/** As PostgreSQL may choose in a large store: one statement finds its rows in the order of an index, another in that of the table. */
const asked = (off: readonly string[]) =>
  ({
    begin: (act: (tx: TransactionSql) => Promise<unknown>) =>
      world.sql.begin(async (tx) => {
        for (const way of off) await tx.unsafe(`set local enable_${way} = off`);
        return act(tx);
      }),
  }) as Sql;
const byIndex = asked(["seqscan", "bitmapscan"]);
const byTable = asked(["indexscan", "bitmapscan"]);

/** Each begun while the submission is held, in this order, so that the first has its turn first. */
async function inTurn(id: DossierId, acts: readonly (() => Promise<unknown>)[]): Promise<void> {
  const begun: Promise<unknown>[] = [];
  await world.sql.begin(async (tx) => {
    await tx`select 1 from submission where id = ${id} for update`;
    for (const act of acts) {
      begun.push(act());
      await untilSomebodyWaits(world.sql, begun.length);
    }
  });
  await Promise.all(begun);
}

describe("who changes a link and who works behind it wait for each other in one order", () => {
  test.each([
    ["the link is renewed", (id: DossierId) => renew(id)],
    [
      "another address is given",
      (id: DossierId) => keepEmail(world.sql, id, "b@vi-du.example" as Email, null, world.now()),
    ],
  ])("DISPATCH-1: a letter's attempt is noted, once, while %s", async (_, act) => {
    const { id, letter } = await onItsWay();
    const outcome = { state: "sent", reason: null, nextTryAt: null, endedAt: world.now() } as const;
    let acting: Promise<unknown> | undefined;
    await world.sql.begin(async (tx) => {
      await tx`select 1 from dispatch where id = ${letter} for no key update`; // as the attempt's first line does
      acting = act(id);
      await untilSomebodyWaits(world.sql);
      await noteAttempt(tx, letter, outcome);
    });
    await acting;
    const [kept] = await world.sql`select state, attempts, link_hash from dispatch where id = ${letter}`;
    expect(kept).toMatchObject({ state: "sent", attempts: 1, link_hash: null });
  });

  test("DISPATCH-1: an attempt at a letter that tells of two papers and another address for it change its rows in one order", async () => {
    const outcome = { state: "sent", reason: null, nextTryAt: null, endedAt: world.now() } as const;
    for (const [isTurned, which] of [
      [false, 0],
      [false, 1],
      [true, 0],
      [true, 1],
    ] as const) {
      const { ids, letters } = await twoInOneLetter(isTurned);
      const begun: Promise<unknown>[] = [];
      await world.sql.begin(async (tx) => {
        await tx`select 1 from dispatch where id = ${letters[which]} for update`;
        begun.push(byTable.begin((attempt) => noteAttempt(attempt, letters[0], outcome)));
        await untilSomebodyWaits(world.sql);
        begun.push(keepEmail(byIndex, ids[0], "b@vi-du.example" as Email, null, world.now()));
        await untilSomebodyWaits(world.sql, 2);
      });
      await Promise.all(begun);
      const kept = await world.sql`select state, link_hash from dispatch where id = any(${letters})`;
      expect(kept).toEqual(letters.map(() => ({ state: "sent", link_hash: null })));
    }
  });

  test("DISPATCH-1: with another address the visits end that were proved through the former one's letter; the same address ends none", async () => {
    const { id, letterHash } = await onItsWay();
    await prove(id, letterHash);
    await keepEmail(world.sql, id, "a@vi-du.example" as Email, null, world.now());
    expect(await visitsOf(id)).toBe(1);
    await keepEmail(world.sql, id, "c@vi-du.example" as Email, null, world.now());
    expect(await visitsOf(id)).toBe(0);
    await prove(id, letterHash);
    expect(await visitsOf(id)).toBe(0);
  });

  test("DISPATCH-1: a first address ends no visit; one after an erased address ends those of its letters", async () => {
    const { id, secret } = await world.released();
    const slipHash = hashSecret(secret);
    await prove(id, slipHash);
    await keepEmail(world.sql, id, "a@vi-du.example" as Email, null, world.now());
    expect(await visitsOf(id)).toBe(1);
    const lettered = await onItsWay();
    await prove(lettered.id, lettered.letterHash);
    await world.sql`update dispatch_address set email = null where submission_id = ${lettered.id}`; // as its term does
    await keepEmail(world.sql, lettered.id, "b@vi-du.example" as Email, null, world.now());
    expect(await visitsOf(lettered.id)).toBe(0);
  });

  test("DISPATCH-1: of an address that is given while the copy is annulled its letter says so, once", async () => {
    const { id } = await world.released();
    const certificate = await livingCertificate(world.sql, id);
    if (certificate === null) throw new Error("no certificate");
    const decision = {
      number: "1/QĐ",
      date: "2026-11-23" as LocalDate,
      by: "Chủ tịch (hư cấu)",
      reason: "Bản chính thiếu trang.",
    };
    const acts = [
      () => keepEmail(world.sql, id, "b@vi-du.example" as Email, null, world.now()),
      () => keepAnnulment(world.sql, certificate, { kind: "annulled", decision, successorId: null }, receiver()),
    ];
    await inTurn(id, acts);
    const open = await world.sql`select what from dispatch where dossier_id = ${id} and ended_at is null`;
    expect(open).toEqual([{ what: "annulled" }]);
  });

  test("KEEP-1: who erases contacts by terms and who gives another address wait for each other in one order", async () => {
    const ids = [(await world.released({ email: "a@vi-du.example" })).id, (await world.released()).id].toSorted();
    const [first, second] = ids as [DossierId, DossierId];
    const [address] = await world.sql<{ id: DossierId }[]>`
      select submission_id as id from dispatch_address where submission_id = any(${ids})`;
    const together = address?.id ?? first;
    await world.sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update dossier set submission_id = ${together}, ordinal_in_submission = 2
        where id = any(${ids}) and id <> ${together}`;
      await tx`update dossier set contact = null where id = ${first}`;
    });
    const begun: Promise<unknown>[] = [];
    await world.sql.begin(async (tx) => {
      await tx`select 1 from dispatch_address where submission_id = ${together} for update`;
      begun.push(eraseDueContacts(world.sql, daysAfter(world.now(), 1), world.now()));
      await untilSomebodyWaits(world.sql);
      begun.push(keepEmail(world.sql, second, "b@vi-du.example" as Email, null, world.now()));
      await untilSomebodyWaits(world.sql, 2);
    });
    await Promise.all(begun);
    const [kept] = await world.sql`select email from dispatch_address where submission_id = ${together}`;
    expect(kept?.["email"]).toBe("b@vi-du.example");
  });

  test("DESIGN decision 14: of who proves the digits and who ends or renews the link none is broken off, and no visit outlives the link", async () => {
    for (const change of [renew, (id: DossierId) => keepLinkEnd(world.sql, dossierOf(id), null, world.now())]) {
      const { id, slipHash } = await onItsWay();
      await inTurn(id, [() => prove(id, slipHash), () => change(id)]);
      expect(await visitsOf(id)).toBe(0);
    }
  });

  test("DESIGN decision 14: digits proved at a link that is renewed in this moment open no visit; at the new one they do", async () => {
    for (const by of ["slipHash", "letterHash"] as const) {
      const paper = await onItsWay();
      await prove(paper.id, paper[by]);
      expect(await visitsOf(paper.id)).toBe(1);
      const next = bytes();
      await inTurn(paper.id, [() => renew(paper.id, next), () => prove(paper.id, paper[by])]);
      expect(await visitsOf(paper.id)).toBe(0);
      await prove(paper.id, next);
      expect(await visitsOf(paper.id)).toBe(1);
    }
  });
});
