import { randomBytes, randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import { expect } from "vitest";
import { keepBook } from "../../db/stores/books.ts";
import { findCertificate, type KeptSeal, keepPersonSigned } from "../../db/stores/certificates.ts";
import { copiesLacking, keepCopySigned } from "../../db/stores/further-copies.ts";
import { takeNumber } from "../../db/stores/numbers.ts";
import type { Actor, Certificate } from "../../src/core/dossier.ts";
import type { AgencyId, BlobId, BookId, CertificateId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { Instant, LocalDate, Sha256 } from "../../src/core/kernel.ts";
import type { Mandate } from "../../src/core/mandate.ts";
import { freshDatabase } from "../support/database.ts";
import { storedMandate } from "../support/mandates.ts";
import { aSubmission } from "../support/presented.ts";
import { aCredential, aDossier } from "./desk.ts";

const agency = "hoaban" as AgencyId;
export const now = "2026-11-23T03:00:00Z" as Instant;
export const today = "2026-11-23" as LocalDate;
const suffix = "SCTĐT/BS";
/** Copies of each number. */
export const count = 3;

export type CopiesDesk = Awaited<ReturnType<typeof openCopies>>;

/** An agency in a database of its own whose applicants ask for three electronic copies under one number. COPIES-1. */
export async function openCopies() {
  const { sql, owner, drop } = await freshDatabase();
  await sql`insert into agency (id, name, province, code, development, created_at)
    values (${agency}, 'Ủy ban nhân dân phường Ví Dụ (hư cấu)', 'Tỉnh Ví Dụ (hư cấu)', 'H00.00', true, ${now})`;
  await sql`insert into agency_key (agency_id, master_key_id, key_wrapped) values (${agency}, 'none', ${randomBytes(60)})`;
  await keepBook(sql, { id: randomUUID() as BookId, agencyId: agency, suffix, year: 2026, openedAt: now });
  const person = (name: string) => addPerson(sql, name);
  const [officer, clerk] = [await person("officer"), await person("clerk")];
  const mandateOf = mandatesOnce(sql);
  const attestedDossier = () => addAttested(sql, officer);
  const numbered = async (id: DossierId, on = today, by = officer, letGo: BlobId[] = []) =>
    numberOf(sql, { id, on, by, mandate: await mandateOf(by), letGo });
  const signCopies = async (line: Certificate, most = count) => {
    for (const id of (await copiesLacking(sql, line.id, "signature")).slice(0, most)) {
      expect(await keepCopySigned(sql, await copyOf(sql, id), await addBlob(sql))).toBe(true);
    }
  };
  const signed = async () => {
    const line = await numbered(await attestedDossier());
    await signCopies(line);
    expect(await keepPersonSigned(sql, line, await addBlob(sql), officer, now)).toBe(true);
    return copyOf(sql, line.id);
  };
  return {
    ...{ sql, owner, drop, officer, clerk, person, mandateOf, attestedDossier, numbered, signCopies, signed },
    blob: () => addBlob(sql),
    copyOf: (id: CertificateId) => copyOf(sql, id),
    aSeal: () => aSeal(sql),
  };
}

async function addPerson(sql: Sql, name: string): Promise<Actor> {
  const personId = randomUUID() as PersonId;
  await sql`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
    values (${personId}, ${agency}, ${name}, 'Lê Thị Minh Họa (hư cấu)', '$argon2id$none', ${now})`;
  return { personId, agencyId: agency };
}

function mandatesOnce(sql: Sql): (actor: Actor) => Promise<Mandate> {
  const mandates = new Map<PersonId, Mandate>();
  return async ({ personId }) => {
    const known = mandates.get(personId) ?? (await storedMandate(sql, { personId }));
    mandates.set(personId, known);
    return known;
  };
}

async function addBlob(sql: Sql): Promise<BlobId> {
  const id = randomUUID() as BlobId;
  await sql`insert into blob (id, agency_id, kind, sha256, size_bytes, key_wrapped)
    values (${id}, ${agency}, 'person_signed', ${randomBytes(32).toString("hex")}, 1, ${randomBytes(60)})`;
  return id;
}

async function addAttested(sql: Sql, { personId }: Actor): Promise<DossierId> {
  const id = randomUUID() as DossierId;
  const submission = await aSubmission(sql, { agency, person: personId, at: now });
  await sql`insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, kind, title,
      holder_name, declared_pages, electronic_copies, opened_by, opened_at, due_at)
    values (${id}, ${agency}, ${submission}, 1, 'attested', 'Trần Văn Ví Dụ (hư cấu)', 'other', 'Giấy (hư cấu)',
      'Trần Thị Ví Dụ (hư cấu)', 1, ${count}, ${personId}, ${now}, ${now})`;
  return id;
}

type Asked = { id: DossierId; on: LocalDate; by: Actor; mandate: Mandate; letGo: BlobId[] };

async function numberOf(sql: Sql, { id, on, by, mandate, letGo }: Asked): Promise<Certificate> {
  const copies = Array.from({ length: count - 1 }, () => {
    return { id: randomUUID() as CertificateId, codeHash: new Uint8Array(randomBytes(32)) };
  });
  const further = { codesBlobId: await addBlob(sql), copies };
  const fresh = {
    id: randomUUID() as CertificateId,
    codeHash: new Uint8Array(randomBytes(32)),
    codeBlobId: await addBlob(sql),
  };
  const taken = await takeNumber(sql, {
    dossier: aDossier({ id, status: "attested", electronicCopies: count }),
    signer: { ...aCredential({ personId: by.personId }), mandate, comparingPolicyId: null },
    ...{ today: on, suffix, feeDong: 6000, fresh: { ...fresh, further } },
    beforeCommit: async () => undefined,
    letGo: (blobIds) => letGo.push(...blobIds),
  });
  if (!taken.ok) throw new Error(taken.failure.code);
  return taken.value;
}

async function copyOf(sql: Sql, id: CertificateId): Promise<Certificate> {
  const copy = await findCertificate(sql, id);
  if (copy === null) throw new Error("no such copy");
  return copy;
}

async function aSeal(sql: Sql): Promise<KeptSeal> {
  const sha256 = randomBytes(32).toString("hex") as Sha256;
  return { blobId: await addBlob(sql), identity: { sha256, length: 9 }, sealedAt: now };
}
