import { createHash, randomBytes, randomUUID } from "node:crypto";
import { keepCredential } from "../../db/stores/credentials.ts";
import type { AgencyId, BlobId, DossierId, PersonId } from "../../src/core/ids.ts";
import { type Bytes, type Instant, instantOfSeconds, ok, type Sha256, secondsOf } from "../../src/core/kernel.ts";
import { usualTerms } from "../../src/core/terms.ts";
import { nodePrimitives } from "../../src/primitives-node.ts";
import { coalesced } from "../../src/roof/coalesced.ts";
import type { Actor, Role } from "../../src/web/route.ts";
import type { House } from "../../src/wiring/house.ts";
import { type LogHouse, writeLog } from "../../src/wiring/watched-log.ts";
import type { Waypoint } from "../../src/wiring/waypoints.ts";
import { nothing } from "../citizens/light-house.ts";
import { aLogKey, keyListOf } from "../log/log-house.ts";
import { memoryFiles } from "../log/memory-files.ts";
import { freshDatabase } from "../support/database.ts";
import { storedMandate } from "../support/mandates.ts";
import type { Chance } from "../support/seeded.ts";
import { aCredential } from "../usecases/desk.ts";

/** The process died here; whoever called it sees nothing but that. */
export class Crash extends Error {
  override name = "Crash";
}

export const agencies = ["hoaban", "muong-thu"] as const;
const staff: readonly (readonly [name: string, roles: readonly Role[]])[] = [
  ["receiver", ["receiver"]],
  ["comparer", ["comparer"]],
  ["signer", ["signer", "comparer"]],
  ["substitute", ["signer"]],
  ["clerk", ["clerk"]],
  ["head", ["administrator"]],
];

/** Begins a day before a year ends, so that a short walk crosses it too. */
const begin = secondsOf("2026-12-30T08:00:00Z" as Instant);

/**
 * Two fictional agencies over a real database and a real log. Not real: keys, timestamps, composing and examining (their
 * bytes are drawn), and the files, which lie in memory.
 *
 * @param options.crashIn one of so many passings of a waypoint kills who passes; 0: none
 */
export async function openTown(chance: Chance, options: { readonly crashIn: number }) {
  const database = await freshDatabase({ max: 24 });
  const { sql, db } = database;
  const files = new Map<string, Bytes>();
  const logKey = aLogKey();
  let seconds = begin;
  let crashes = 0;
  let { crashIn } = options;
  const now = (): Instant => instantOfSeconds(seconds);
  const pass = async (_: Waypoint) => {
    if (crashIn === 0 || chance.below(crashIn) !== 0) return;
    crashes++;
    throw new Crash();
  };
  const keyList = { ...keyListOf(logKey.secret, []), agencies: agencies.map(listed) };
  const parts: Partial<House> = {
    development: true,
    publicUrl: "http://127.0.0.1:8080",
    ...{ sql, db, now, pass },
    hashSecret: new Uint8Array(32).fill(9),
    primitives: nodePrimitives,
    terms: usualTerms,
    publicFiles: memoryFiles(),
    serviceKeys: { log: logKey.secret, code: logKey.secret, status: logKey.secret, credential: null },
    witnesses: { names: [] } as never,
    keyList: () => keyList as never,
    tellStatus: async () => undefined,
    atTheDesk: (act) => act(),
    longActs: { run: (act: () => Promise<unknown>) => act(), isStopping: () => false } as never,
    blobs: blobsIn(files, sql),
  };
  const house = new Proxy(parts, {
    get: (known, name) => (name in known ? known[name as keyof House] : nothing),
  }) as House;
  Object.assign(parts, { writeLog: coalesced(() => writeLog(house as LogHouse)) });

  const people = new Map<string, Actor>();

  async function settle(agencyId: string): Promise<void> {
    await sql`insert into agency (id, name, province, code, development, created_at)
      values (${agencyId}, ${`${agencyId} (hư cấu)`}, 'Tỉnh Ví Dụ (hư cấu)', ${`H${agencyId.length}.01`}, true, ${now()})`;
    await sql`insert into agency_key (agency_id, master_key_id, key_wrapped) values (${agencyId}, 'none', ${randomBytes(60)})`;
    for (const [name, roles] of staff) await hire(agencyId as AgencyId, name, roles);
    await keepCredential(sql, { ...aKey(agencyId as AgencyId, null), role: "agency_seal" });
    if (agencyId === "muong-thu") await shareSeries(agencyId);
  }

  /** One of the two agencies keeps one book for both kinds of copies. ADR 0075 */
  const shareSeries = (
    agencyId: string,
  ) => sql`insert into book_naming (agency_id, year, electronic, paper, kept_by, kept_at)
    select ${agencyId}, 2026, 'SCT/BS', 'SCT/BS', id, ${now()} from person where agency_id = ${agencyId} limit 1`;

  async function hire(agencyId: AgencyId, name: string, roles: readonly Role[]): Promise<void> {
    const personId = randomUUID() as PersonId;
    people.set(`${agencyId} ${name}`, { personId, agencyId, userName: name, fullName: `${name} (hư cấu)`, roles });
    await sql`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
      values (${personId}, ${agencyId}, ${`${agencyId}-${name}`}, ${`${name} (hư cấu)`}, '$argon2id$none', ${now()})`;
    for (const role of roles) await sql`insert into person_role (person_id, role) values (${personId}, ${role})`;
    if (!roles.includes("signer")) return;
    await keepCredential(sql, aKey(agencyId, personId));
    await storedMandate(sql, { agencyId, personId });
  }

  for (const agencyId of agencies) await settle(agencyId);

  return {
    ...{ house, sql, now, people, files },
    crashes: () => crashes,
    wait: (more: number): void => {
      seconds += more;
    },
    /** Ids of papers, as those who work on them know them. */
    dossiers: new Map<string, DossierId[]>(agencies.map((id) => [id, []])),
    /** Of the tables, who may look past what the officials' programs may. */
    owner: database.owner.sql,
    /** From here on nobody dies, writers of the log neither. */
    endDying: () => {
      crashIn = 0;
    },
    close: () => database.drop(),
  };
}

export type Town = Awaited<ReturnType<typeof openTown>>;

const listed = (agencyId: string) => ({ agencyId, agencyName: `${agencyId} (hư cấu)`, certificates: [] });

const aKey = (agencyId: AgencyId, personId: PersonId | null) => ({
  ...aCredential({ id: randomUUID(), agencyId, personId, validTo: "2060-12-31T00:00:00Z" as Instant }),
  validFrom: "2020-01-01T00:00:00Z" as Instant,
  sha256: createHash("sha256").update(randomBytes(8)).digest("hex") as Sha256,
  pkcs12: null,
});

function blobsIn(files: Map<string, Bytes>, sql: House["sql"]): House["blobs"] {
  return {
    put: async (
      agencyId: AgencyId,
      { kind, content }: { kind: string; content: Bytes | AsyncIterable<Uint8Array> },
    ) => {
      const bytes = content instanceof Uint8Array ? content : new Uint8Array(randomBytes(16));
      const id = randomUUID() as string as BlobId;
      const sha256 = createHash("sha256").update(bytes).digest("hex") as Sha256;
      files.set(id, bytes);
      await sql`insert into blob (id, agency_id, kind, sha256, size_bytes, key_wrapped)
        values (${id}, ${agencyId}, ${kind}, ${sha256}, ${bytes.length}, ${randomBytes(60)})`;
      return ok({ id, sha256, sizeBytes: bytes.length });
    },
    get: async (id: BlobId) => ok(files.get(id) ?? new Uint8Array()),
    erase: async (id: BlobId) => {
      await sql`update blob set key_wrapped = null, erased_at = now() where id = ${id} and key_wrapped is not null`;
      files.delete(id);
    },
  } as never;
}
