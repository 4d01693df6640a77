import type { Sql, TransactionSql } from "postgres";
import type { Credential, KeyPlace } from "../../src/core/dossier.ts";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import type { Bytes, Instant, Sha256 } from "../../src/core/kernel.ts";
import { bytesOf, instantOf } from "./rows.ts";

type CredentialRow = {
  id: string;
  agency_id: string;
  person_id: string | null;
  role: Credential["role"];
  certificate: Uint8Array;
  chain: string[];
  sha256: string;
  valid_from: string;
  valid_to: string;
  key_place: KeyPlace;
  full_name: string | null;
  name: string;
};

const credentialOf = (row: CredentialRow): Credential => ({
  id: row.id,
  agencyId: row.agency_id as AgencyId,
  personId: row.person_id as PersonId | null,
  role: row.role,
  certificate: bytesOf(row.certificate),
  chain: row.chain.map((link) => bytesOf(Buffer.from(link, "base64"))),
  sha256: row.sha256 as Sha256,
  validFrom: instantOf(row.valid_from),
  validTo: instantOf(row.valid_to),
  signerName: row.full_name ?? row.name,
  keyPlace: row.key_place,
});

const selectCredential = (sql: Sql) => sql`
  select k.*, p.full_name, a.name from credential k join agency a on a.id = k.agency_id left join person p on p.id = k.person_id`;

/** The official's own certificate while it holds; by what right it signs, the mandates say. AUTH-1, DESIGN decision 9. */
export async function officialCredential(sql: Sql, personId: PersonId, at: Instant): Promise<Credential | null> {
  const [row] = await sql<CredentialRow[]>`${selectCredential(sql)}
    where k.person_id = ${personId} and k.role = 'official' and k.valid_from <= ${at} and k.valid_to > ${at}
    order by k.valid_from desc limit 1`;
  return row === undefined ? null : credentialOf(row);
}

export async function agencyCredential(sql: Sql, agencyId: AgencyId, at: Instant): Promise<Credential | null> {
  const [row] = await sql<CredentialRow[]>`${selectCredential(sql)}
    where k.agency_id = ${agencyId} and k.role = 'agency_seal' and k.valid_from <= ${at} and k.valid_to > ${at}
    order by k.valid_from desc limit 1`;
  return row === undefined ? null : credentialOf(row);
}

/** Everything ever registered: what the key list names. */
export async function allCredentials(sql: Sql): Promise<(Credential & { readonly agencyName: string })[]> {
  const rows = await sql<CredentialRow[]>`${selectCredential(sql)} order by k.agency_id, k.valid_from, k.sha256`;
  return rows.map((row) => ({ ...credentialOf(row), agencyName: row.name }));
}

/** Encrypted with its holder's PIN. */
export async function pkcs12Of(sql: Sql, id: string): Promise<Bytes | null> {
  const [row] = await sql<{ pkcs12: Uint8Array | null }[]>`select pkcs12 from credential where id = ${id}`;
  return row?.pkcs12 == null ? null : bytesOf(row.pkcs12);
}

export type NewCredential = Omit<Credential, "signerName" | "keyPlace"> & {
  /** Left away: in the file. */
  readonly keyPlace?: KeyPlace;
  readonly pkcs12: Bytes | null;
};

/** The same certificate is registered once. @returns false when it is already */
export async function keepCredential(sql: Sql | TransactionSql, credential: NewCredential): Promise<boolean> {
  const kept =
    await sql`insert into credential (id, agency_id, person_id, role, certificate, chain, sha256, valid_from, valid_to,
      pkcs12, key_place)
    values (${credential.id}, ${credential.agencyId}, ${credential.personId}, ${credential.role}, ${credential.certificate},
      ${credential.chain.map((link) => Buffer.from(link).toString("base64"))}, ${credential.sha256}, ${credential.validFrom},
      ${credential.validTo}, ${credential.pkcs12}, ${JSON.stringify(credential.keyPlace ?? { kind: "file" })}::text::jsonb)
    on conflict (sha256) do nothing`;
  return kept.count === 1;
}
