import type { Sql } from "postgres";
import type { KeyPlace } from "../../src/core/dossier.ts";
import type { AgencyId, BlobId, PersonId } from "../../src/core/ids.ts";
import type { Bytes, Instant } from "../../src/core/kernel.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import { noteAct } from "./admin-events.ts";
import { keepCredential, type NewCredential } from "./credentials.ts";
import { bytesOf, instantOf } from "./rows.ts";

/** A registered certificate as the administrator sees it; the key never leaves its row. */
export type Holding = {
  readonly id: string;
  readonly role: "official" | "agency_seal";
  readonly personId: PersonId | null;
  readonly fullName: string | null;
  readonly certificate: Bytes;
  readonly sha256: string;
  readonly validFrom: Instant;
  readonly validTo: Instant;
  readonly endedAt: Instant | null;
  readonly keyPlace: KeyPlace;
};

type Row = {
  id: string;
  role: Holding["role"];
  person_id: PersonId | null;
  full_name: string | null;
  certificate: Uint8Array;
  sha256: string;
  valid_from: string;
  valid_to: string;
  ended_at: string | null;
  key_place: KeyPlace;
};

const holdingOf = (row: Row): Holding => ({
  id: row.id,
  role: row.role,
  personId: row.person_id,
  fullName: row.full_name,
  certificate: bytesOf(row.certificate),
  sha256: row.sha256,
  validFrom: instantOf(row.valid_from),
  validTo: instantOf(row.valid_to),
  endedAt: row.ended_at === null ? null : instantOf(row.ended_at),
  keyPlace: row.key_place,
});

const selectHoldings = (sql: Sql) => sql`
  select k.id, k.role, k.person_id, p.full_name, k.certificate, k.sha256, k.valid_from, k.valid_to, k.ended_at,
    k.key_place
  from credential k left join person p on p.id = k.person_id`;

/** What holds longest first. */
export async function holdingsOf(sql: Sql, agencyId: AgencyId): Promise<readonly Holding[]> {
  const rows = await sql<Row[]>`${selectHoldings(sql)}
    where k.agency_id = ${agencyId} order by k.valid_to desc, k.valid_from desc, k.sha256`;
  return rows.map(holdingOf);
}

export async function findHolding(sql: Sql, id: string, agencyId: AgencyId): Promise<Holding | null> {
  const [row] = await sql<Row[]>`${selectHoldings(sql)} where k.id = ${id} and k.agency_id = ${agencyId}`;
  return row === undefined ? null : holdingOf(row);
}

export async function keepHoldingWith(sql: Sql, credential: NewCredential, note: Note): Promise<boolean> {
  return sql.begin(async (tx) => {
    const kept = await keepCredential(tx, credential);
    if (kept) await noteAct(tx, note);
    return kept;
  });
}

/** Ends now, or a second after it would have begun; false when it has ended already. */
export async function endHoldingWith(sql: Sql, id: string, note: Note): Promise<boolean> {
  return sql.begin(async (tx) => {
    const ended = await tx`
      update credential set ended_at = ${note.at},
        valid_to = least(valid_to, greatest(${note.at}::timestamptz, valid_from + interval '1 second'))
      where id = ${id} and agency_id = ${note.actor.agencyId} and ended_at is null`;
    if (ended.count === 1) await noteAct(tx, note);
    return ended.count === 1;
  });
}

export type PictureRow = {
  readonly personId: PersonId | null;
  readonly blobId: BlobId;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly keptAt: Instant;
};

type RawPicture = { person_id: PersonId | null; blob_id: BlobId; width_px: number; height_px: number; kept_at: string };

const pictureOf = (row: RawPicture): PictureRow => ({
  personId: row.person_id,
  blobId: row.blob_id,
  widthPx: row.width_px,
  heightPx: row.height_px,
  keptAt: instantOf(row.kept_at),
});

/** The newest of each holder. */
export async function picturesOf(sql: Sql, agencyId: AgencyId): Promise<readonly PictureRow[]> {
  const rows = await sql<RawPicture[]>`
    select distinct on (person_id) person_id, blob_id, width_px, height_px, kept_at from picture
    where agency_id = ${agencyId} order by person_id, id desc`;
  return rows.map(pictureOf);
}

/** @param personId null: the agency's seal */
export async function pictureFor(sql: Sql, agencyId: AgencyId, personId: PersonId | null): Promise<PictureRow | null> {
  const [row] = await sql<RawPicture[]>`
    select person_id, blob_id, width_px, height_px, kept_at from picture
    where agency_id = ${agencyId} and person_id is not distinct from ${personId} order by id desc limit 1`;
  return row === undefined ? null : pictureOf(row);
}

export async function keepPictureWith(sql: Sql, kept: Omit<PictureRow, "keptAt">, note: Note): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`insert into picture (agency_id, person_id, blob_id, width_px, height_px, kept_at)
      values (${note.actor.agencyId}, ${kept.personId}, ${kept.blobId}, ${kept.widthPx}, ${kept.heightPx}, ${note.at})`;
    await noteAct(tx, note);
  });
}
