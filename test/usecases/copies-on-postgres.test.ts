import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepPersonSigned, keepSealed, returnToOfficer } from "../../db/stores/certificates.ts";
import { beginAct, endAct, knownActs } from "../../db/stores/copies-acts.ts";
import { copiesLacking, countCopies, keepCopySealed, keepCopySigned } from "../../db/stores/further-copies.ts";
import { mostCopies } from "../../src/core/dossier.ts";
import type { BlobId, CertificateId } from "../../src/core/ids.ts";
import { type CopiesDesk, count, now, openCopies, today } from "./copies-desk.ts";

let desk: CopiesDesk;
beforeAll(async () => {
  desk = await openCopies();
});
afterAll(() => desk?.drop());

const refused = (act: Promise<unknown>, why: string | RegExp) => expect(act).rejects.toThrow(why);

describe("COPIES-1 in the database: copies of one number stay together", () => {
  test("COPIES-1: one number, one line, and as many copies as were asked for, each with an own place in the status list", async () => {
    const line = await desk.numbered(await desk.attestedDossier());
    expect(line).toMatchObject({ copy: 1, copies: count, number: 1 });
    const places =
      await desk.sql`select copy, status_index from certified_copy where line_id = ${line.id} order by copy`;
    expect(places.map(({ copy }) => copy)).toEqual([1, 2, 3]);
    expect(new Set(places.map(({ status_index }) => status_index)).size).toBe(count);
    expect((await desk.numbered(line.dossierId)).id).toBe(line.id);
    expect(await countCopies(desk.sql, line.id)).toEqual({ signed: 0, sealed: 0 });
  });

  test("DESIGN decision 7: the line is not signed before its copies are, nor sealed before they are", async () => {
    const line = await desk.numbered(await desk.attestedDossier());
    await desk.signCopies(line, 1);
    await refused(keepPersonSigned(desk.sql, line, await desk.blob(), desk.officer, now), "not person_signed yet");
    await refused(
      desk.sql`update dossier set status = 'person_signed' where id = ${line.dossierId}`,
      "not person_signed yet",
    );
    await desk.signCopies(line);
    expect(await keepPersonSigned(desk.sql, line, await desk.blob(), desk.officer, now)).toBe(true);
    const ready = await desk.copyOf(line.id);
    await refused(keepSealed(desk.sql, ready, await desk.aSeal(), desk.clerk), "not sealed yet");
    for (const id of await copiesLacking(desk.sql, line.id, "seal")) {
      expect(await keepCopySealed(desk.sql, await desk.copyOf(id), await desk.aSeal(), desk.clerk)).toBe(true);
    }
    expect(await countCopies(desk.sql, line.id)).toEqual({ signed: count, sealed: count - 1 });
    expect(await keepSealed(desk.sql, ready, await desk.aSeal(), desk.clerk)).toBe(true);
  });

  test("a copy is signed once and sealed once, over its signature, by another person than the officer", async () => {
    const line = await desk.signed();
    const [id] = await copiesLacking(desk.sql, line.id, "seal");
    const copy = await desk.copyOf(id as CertificateId);
    expect(await keepCopySigned(desk.sql, copy, await desk.blob())).toBe(false);
    await refused(keepCopySealed(desk.sql, copy, await desk.aSeal(), desk.officer), "by another person");
    expect(await keepCopySealed(desk.sql, copy, await desk.aSeal(), desk.clerk)).toBe(true);
    expect(await keepCopySealed(desk.sql, copy, await desk.aSeal(), desk.clerk)).toBe(false);
    const change = (set: ReturnType<typeof desk.sql>) => desk.sql`update further_copy set ${set} where id = ${copy.id}`;
    await refused(change(desk.sql`ordinal = 9`), "keeps its place");
    await refused(change(desk.sql`code_hash = ${randomBytes(32)}`), "keeps its place");
    await refused(change(desk.sql`sealed_blob_id = ${await desk.blob()}`), "sealed once");
    await refused(
      change(
        desk.sql`sealed_blob_id = null, sealed_at = null, clerk_id = null, identity_sha256 = null, identity_length = null`,
      ),
      "not taken back",
    );
    await refused(desk.owner.sql`delete from further_copy where id = ${copy.id}`, "is refused");
    await refused(desk.owner.sql`truncate further_copy`, "is refused");
  });

  test("no copy is added to a number later, and how many it has never changes", async () => {
    const line = await desk.signed();
    await refused(
      desk.sql`insert into further_copy (id, certificate_id, ordinal, code_hash) values (${randomUUID()}, ${line.id}, 4, ${randomBytes(32)})`,
      "begins with its number",
    );
    await refused(desk.sql`update certificate set copies = 2 where id = ${line.id}`, "is told once");
    await refused(
      desk.sql`update dossier set electronic_copies = 1001 where id = ${line.dossierId}`,
      "violates check constraint",
    );
  });

  test("COPIES-1: no copy behind those that the line tells, even while its number is fresh", async () => {
    const line = await desk.numbered(await desk.attestedDossier());
    const one = (ordinal: number) => desk.sql`insert into further_copy (id, certificate_id, ordinal, code_hash)
      values (${randomUUID()}, ${line.id}, ${ordinal}, ${randomBytes(32)})`;
    await refused(one(count + 1), "begins with its number");
  });

  test("COPIES-1: the program lets ask for as many copies as the database, and that is a thousand", async () => {
    const id = await desk.attestedDossier();
    const ask = (copies: number) => desk.sql`update dossier set electronic_copies = ${copies} where id = ${id}`;
    await expect(ask(mostCopies)).resolves.toMatchObject({ count: 1 });
    await refused(ask(mostCopies + 1), "violates check constraint");
    expect(mostCopies).toBe(1000);
  });

  test("DATE-1: on another day all copies are signed again, and what bore both signatures is let go", async () => {
    const line = await desk.signed();
    const [id] = await copiesLacking(desk.sql, line.id, "seal");
    const seal = await desk.aSeal();
    await keepCopySealed(desk.sql, await desk.copyOf(id as CertificateId), seal, desk.clerk);
    const toErase = await returnToOfficer(desk.sql, line);
    expect(toErase).toContain(seal.blobId);
    expect(toErase.length).toBe(count - 1);
    expect(await countCopies(desk.sql, line.id)).toEqual({ signed: 0, sealed: 0 });
  });

  test("AUTH-1: another official takes the line up: what the first one signed of it is let go, and counts no more", async () => {
    const line = await desk.numbered(await desk.attestedDossier());
    await desk.signCopies(line, 1);
    const letGo: BlobId[] = [];
    const other = await desk.person(`officer-${randomUUID()}`);
    const theirs = await desk.numbered(line.dossierId, today, other, letGo);
    expect(letGo.length).toBe(1);
    const [id] = await copiesLacking(desk.sql, line.id, "signature");
    const stale = { ...(await desk.copyOf(id as CertificateId)), officerId: desk.officer.personId };
    expect(await keepCopySigned(desk.sql, stale, await desk.blob())).toBe(false);
    await desk.signCopies(theirs);
    expect(await keepPersonSigned(desk.sql, line, await desk.blob(), desk.officer, now)).toBe(false);
    expect(await keepPersonSigned(desk.sql, theirs, await desk.blob(), other, now)).toBe(true);
  });

  test("one act at a time goes through the copies; one that falls silent may be followed by another", async () => {
    const line = await desk.numbered(await desk.attestedDossier());
    const [first, second] = [randomUUID(), randomUUID()];
    expect(await beginAct(desk.sql, line.id, "sign", first, desk.officer)).toBe(true);
    expect(await beginAct(desk.sql, line.id, "sign", second, desk.officer)).toBe(false);
    expect(await knownActs(desk.sql, line.id)).toEqual([{ act: "sign", isAlive: true, failure: null }]);
    await desk.sql`update copies_act set beat_at = '-infinity'`;
    expect(await knownActs(desk.sql, line.id)).toEqual([{ act: "sign", isAlive: false, failure: { code: "act_cut" } }]);
    expect(await beginAct(desk.sql, line.id, "sign", second, desk.officer)).toBe(true);
    await endAct(desk.sql, first, null); // the first wakes up again: it is not told of the second's run
    expect(await knownActs(desk.sql, line.id)).toMatchObject([{ isAlive: true }]);
    await endAct(desk.sql, second, { code: "timestamp_unavailable" });
    expect(await knownActs(desk.sql, line.id)).toMatchObject([
      { isAlive: false, failure: { code: "timestamp_unavailable" } },
    ]);
  });
});
