import { randomBytes, randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepBook } from "../../db/stores/books.ts";
import { findCertificate, keepPersonSigned, keepSealed, returnToOfficer } from "../../db/stores/certificates.ts";
import { beginAct, endAct, knownActs } from "../../db/stores/copies-acts.ts";
import { copiesLacking, countCopies, keepCopySealed, keepCopySigned } from "../../db/stores/further-copies.ts";
import { takeNumber } from "../../db/stores/numbers.ts";
import { type Actor, type Certificate, mostCopies } from "../../src/core/dossier.ts";
import type { AgencyId, BlobId, BookId, CertificateId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { Instant, LocalDate, Sha256 } from "../../src/core/kernel.ts";
import type { Mandate } from "../../src/core/mandate.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { storedMandate } from "../support/mandates.ts";
import { aSubmission } from "../support/presented.ts";
import { aCredential, aDossier } from "./desk.ts";

const agency = "hoaban" as AgencyId;
const now = "2026-11-23T03:00:00Z" as Instant;
const today = "2026-11-23" as LocalDate;
const suffix = "SCTĐT/BS";
const count = 3;

let database: FreshDatabase;
let sql: Sql;
let officer: Actor;
let clerk: Actor;

beforeAll(async () => {
  database = await freshDatabase();
  sql = database.sql;
  await sql`insert into agency (id, name, province, code, development, created_at)
    values (${agency}, 'Ủy ban nhân dân phường Ví Dụ (hư cấu)', 'Tỉnh Ví Dụ (hư cấu)', 'H00.00', true, ${now})`;
  await sql`insert into agency_key (agency_id, master_key_id, key_wrapped) values (${agency}, 'none', ${randomBytes(60)})`;
  officer = await person("officer");
  clerk = await person("clerk");
  await keepBook(sql, { id: randomUUID() as BookId, agencyId: agency, suffix, year: 2026, openedAt: now });
});
afterAll(() => database.drop());

async function person(name: string): Promise<Actor> {
  const personId = randomUUID() as PersonId;
  await sql`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
    values (${personId}, ${agency}, ${name}, 'Lê Thị Minh Họa (hư cấu)', '$argon2id$none', ${now})`;
  return { personId, agencyId: agency };
}

const mandates = new Map<PersonId, Mandate>();
async function mandateOf({ personId }: Actor): Promise<Mandate> {
  const known = mandates.get(personId) ?? (await storedMandate(sql, { personId }));
  mandates.set(personId, known);
  return known;
}

async function blob(): Promise<BlobId> {
  const id = randomUUID() as BlobId;
  await sql`insert into blob (id, agency_id, kind, sha256, size_bytes, key_wrapped)
    values (${id}, ${agency}, 'person_signed', ${randomBytes(32).toString("hex")}, 1, ${randomBytes(60)})`;
  return id;
}

async function attestedDossier(): Promise<DossierId> {
  const id = randomUUID() as DossierId;
  const submission = await aSubmission(sql, { agency, person: officer.personId, at: now });
  await sql`insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, kind, title,
      holder_name, declared_pages, electronic_copies, opened_by, opened_at, due_at)
    values (${id}, ${agency}, ${submission}, 1, 'attested', 'Trần Văn Ví Dụ (hư cấu)', 'other', 'Giấy (hư cấu)',
      'Trần Thị Ví Dụ (hư cấu)', 1, ${count}, ${officer.personId}, ${now}, ${now})`;
  return id;
}

async function numbered(id: DossierId, on = today, by = officer, let_go: BlobId[] = []): Promise<Certificate> {
  const copies = Array.from({ length: count - 1 }, () => {
    return { id: randomUUID() as CertificateId, codeHash: new Uint8Array(randomBytes(32)) };
  });
  const further = { codesBlobId: await blob(), copies };
  const fresh = {
    id: randomUUID() as CertificateId,
    codeHash: new Uint8Array(randomBytes(32)),
    codeBlobId: await blob(),
  };
  const taken = await takeNumber(sql, {
    dossier: aDossier({ id, status: "attested", electronicCopies: count }),
    signer: { ...aCredential({ personId: by.personId }), mandate: await mandateOf(by), comparingPolicyId: null },
    ...{ today: on, suffix, feeDong: 6000, fresh: { ...fresh, further } },
    beforeCommit: async () => undefined,
    letGo: (blobIds) => let_go.push(...blobIds),
  });
  if (!taken.ok) throw new Error(taken.failure.code);
  return taken.value;
}

const copyOf = async (id: CertificateId): Promise<Certificate> => {
  const copy = await findCertificate(sql, id);
  if (copy === null) throw new Error("no such copy");
  return copy;
};

async function signCopies(line: Certificate, most = count): Promise<void> {
  for (const id of (await copiesLacking(sql, line.id, "signature")).slice(0, most)) {
    expect(await keepCopySigned(sql, await copyOf(id), await blob())).toBe(true);
  }
}
async function signed(): Promise<Certificate> {
  const line = await numbered(await attestedDossier());
  await signCopies(line);
  expect(await keepPersonSigned(sql, line, await blob(), officer, now)).toBe(true);
  return copyOf(line.id);
}
const aSeal = async () => {
  const sha256 = randomBytes(32).toString("hex") as Sha256;
  return { blobId: await blob(), identity: { sha256, length: 9 }, sealedAt: now };
};
const refused = (act: Promise<unknown>, why: string | RegExp) => expect(act).rejects.toThrow(why);

describe("COPIES-1 in the database: copies of one number stay together", () => {
  test("COPIES-1: one number, one line, and as many copies as were asked for, each with an own place in the status list", async () => {
    const line = await numbered(await attestedDossier());
    expect(line).toMatchObject({ copy: 1, copies: count, number: 1 });
    const places = await sql`select copy, status_index from certified_copy where line_id = ${line.id} order by copy`;
    expect(places.map(({ copy }) => copy)).toEqual([1, 2, 3]);
    expect(new Set(places.map(({ status_index }) => status_index)).size).toBe(count);
    expect((await numbered(line.dossierId)).id).toBe(line.id);
    expect(await countCopies(sql, line.id)).toEqual({ signed: 0, sealed: 0 });
  });

  test("DESIGN decision 7: the line is not signed before its copies are, nor sealed before they are", async () => {
    const line = await numbered(await attestedDossier());
    await signCopies(line, 1);
    await refused(keepPersonSigned(sql, line, await blob(), officer, now), "not person_signed yet");
    await refused(
      sql`update dossier set status = 'person_signed' where id = ${line.dossierId}`,
      "not person_signed yet",
    );
    await signCopies(line);
    expect(await keepPersonSigned(sql, line, await blob(), officer, now)).toBe(true);
    const ready = await copyOf(line.id);
    await refused(keepSealed(sql, ready, await aSeal(), clerk), "not sealed yet");
    for (const id of await copiesLacking(sql, line.id, "seal")) {
      expect(await keepCopySealed(sql, await copyOf(id), await aSeal(), clerk)).toBe(true);
    }
    expect(await countCopies(sql, line.id)).toEqual({ signed: count, sealed: count - 1 });
    expect(await keepSealed(sql, ready, await aSeal(), clerk)).toBe(true);
  });

  test("a copy is signed once and sealed once, over its signature, by another person than the officer", async () => {
    const line = await signed();
    const [id] = await copiesLacking(sql, line.id, "seal");
    const copy = await copyOf(id as CertificateId);
    expect(await keepCopySigned(sql, copy, await blob())).toBe(false);
    await refused(keepCopySealed(sql, copy, await aSeal(), officer), "by another person");
    expect(await keepCopySealed(sql, copy, await aSeal(), clerk)).toBe(true);
    expect(await keepCopySealed(sql, copy, await aSeal(), clerk)).toBe(false);
    const change = (set: ReturnType<typeof sql>) => sql`update further_copy set ${set} where id = ${copy.id}`;
    await refused(change(sql`ordinal = 9`), "keeps its place");
    await refused(change(sql`code_hash = ${randomBytes(32)}`), "keeps its place");
    await refused(change(sql`sealed_blob_id = ${await blob()}`), "sealed once");
    await refused(
      change(
        sql`sealed_blob_id = null, sealed_at = null, clerk_id = null, identity_sha256 = null, identity_length = null`,
      ),
      "not taken back",
    );
    await refused(sql`delete from further_copy where id = ${copy.id}`, "is refused");
    await refused(sql`truncate further_copy`, "is refused");
  });

  test("no copy is added to a number later, and how many it has never changes", async () => {
    const line = await signed();
    await refused(
      sql`insert into further_copy (id, certificate_id, ordinal, code_hash) values (${randomUUID()}, ${line.id}, 4, ${randomBytes(32)})`,
      "begins with its number",
    );
    await refused(sql`update certificate set copies = 2 where id = ${line.id}`, "is told once");
    await refused(
      sql`update dossier set electronic_copies = 1001 where id = ${line.dossierId}`,
      "violates check constraint",
    );
  });

  test("COPIES-1: no copy behind those that the line tells, even while its number is fresh", async () => {
    const line = await numbered(await attestedDossier());
    const one = (ordinal: number) => sql`insert into further_copy (id, certificate_id, ordinal, code_hash)
      values (${randomUUID()}, ${line.id}, ${ordinal}, ${randomBytes(32)})`;
    await refused(one(count + 1), "begins with its number");
  });

  test("COPIES-1: the program lets ask for as many copies as the database, and that is a thousand", async () => {
    const id = await attestedDossier();
    const ask = (copies: number) => sql`update dossier set electronic_copies = ${copies} where id = ${id}`;
    await expect(ask(mostCopies)).resolves.toMatchObject({ count: 1 });
    await refused(ask(mostCopies + 1), "violates check constraint");
    expect(mostCopies).toBe(1000);
  });

  test("DATE-1: on another day all copies are signed again, and what bore both signatures is let go", async () => {
    const line = await signed();
    const [id] = await copiesLacking(sql, line.id, "seal");
    const seal = await aSeal();
    await keepCopySealed(sql, await copyOf(id as CertificateId), seal, clerk);
    const toErase = await returnToOfficer(sql, line);
    expect(toErase).toContain(seal.blobId);
    expect(toErase.length).toBe(count - 1);
    expect(await countCopies(sql, line.id)).toEqual({ signed: 0, sealed: 0 });
  });

  test("AUTH-1: another official takes the line up: what the first one signed of it is let go, and counts no more", async () => {
    const line = await numbered(await attestedDossier());
    await signCopies(line, 1);
    const letGo: BlobId[] = [];
    const other = await person(`officer-${randomUUID()}`);
    const theirs = await numbered(line.dossierId, today, other, letGo);
    expect(letGo.length).toBe(1);
    const [id] = await copiesLacking(sql, line.id, "signature");
    const stale = { ...(await copyOf(id as CertificateId)), officerId: officer.personId };
    expect(await keepCopySigned(sql, stale, await blob())).toBe(false);
    await signCopies(theirs);
    expect(await keepPersonSigned(sql, line, await blob(), officer, now)).toBe(false);
    expect(await keepPersonSigned(sql, theirs, await blob(), other, now)).toBe(true);
  });

  test("one act at a time goes through the copies; one that falls silent may be followed by another", async () => {
    const line = await numbered(await attestedDossier());
    const [first, second] = [randomUUID(), randomUUID()];
    expect(await beginAct(sql, line.id, "sign", first, officer)).toBe(true);
    expect(await beginAct(sql, line.id, "sign", second, officer)).toBe(false);
    expect(await knownActs(sql, line.id)).toEqual([{ act: "sign", isAlive: true, failure: null }]);
    await sql`update copies_act set beat_at = '-infinity'`;
    expect(await knownActs(sql, line.id)).toEqual([{ act: "sign", isAlive: false, failure: { code: "act_cut" } }]);
    expect(await beginAct(sql, line.id, "sign", second, officer)).toBe(true);
    await endAct(sql, first, null); // the first wakes up again: it is not told of the second's run
    expect(await knownActs(sql, line.id)).toMatchObject([{ isAlive: true }]);
    await endAct(sql, second, { code: "timestamp_unavailable" });
    expect(await knownActs(sql, line.id)).toMatchObject([
      { isAlive: false, failure: { code: "timestamp_unavailable" } },
    ]);
  });
});
