import { randomBytes, randomUUID } from "node:crypto";
import type { JobContext } from "../../db/job-loop.ts";
import { claim } from "../../db/jobs.ts";
import { livingCertificate, release } from "../../db/stores/certificates.ts";
import { dispatchJob, keepAddress } from "../../db/stores/dispatches.ts";
import { keepSession } from "../../db/stores/sessions.ts";
import type { BlobId, DossierId, PersonId } from "../../src/core/ids.ts";
import { type Bytes, type Instant, instantOfSeconds, ok, secondsOf, utf8 } from "../../src/core/kernel.ts";
import { usualProcedureCodes } from "../../src/core/procedure.ts";
import { usualTerms } from "../../src/core/terms.ts";
import { verificationCodeOf } from "../../src/core/verification-code.ts";
import { nodePrimitives } from "../../src/primitives-node.ts";
import type { Role } from "../../src/web/route.ts";
import { csrfTokenOf, sessionIdHash, sessionTokenOf } from "../../src/web/session.ts";
import { hashSecret } from "../../src/wiring/citizen-links.ts";
import { hashDigits } from "../../src/wiring/citizens.ts";
import { dispatchHandler } from "../../src/wiring/dispatching.ts";
import { type House, systemClock } from "../../src/wiring/house.ts";
import { buildWeb } from "../../src/wiring/routes.ts";
import { freshDatabase } from "../support/database.ts";

/** Answers any question with itself: what these tests ask of the house is there in earnest. */
export const nothing: unknown = new Proxy(() => nothing, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => "" : name === "then" ? undefined : nothing),
});

export const agency = "hoaban";
export const digits = "4321";
export const copyBytes = utf8("%PDF-1.7 the sealed copy (hư cấu)");
export const roles = ["receiver", "comparer", "signer", "clerk", "administrator"] as const;

/** The web application and the dispatches over a real database, a clock of the test's and files in memory; no process. */
export async function lightHouse() {
  const database = await freshDatabase();
  const { sql } = database.owner;
  const errors: unknown[] = [];
  let [ahead, serial] = [0, 0];
  const now = (): Instant => instantOfSeconds(secondsOf(systemClock()) + ahead); // the database's clock, or later
  const files = new Map<string, Bytes>();
  const people = new Map<string, PersonId>();
  const parts: Partial<House> = {
    development: true,
    publicUrl: "http://127.0.0.1:8080",
    sql: database.sql,
    db: database.db,
    now,
    hashSecret: new Uint8Array(32).fill(9),
    primitives: nodePrimitives,
    terms: usualTerms,
    procedureCodes: usualProcedureCodes,
    mail: null,
    citizenStore: null,
    keyList: () => ({ agencies: [{ agencyId: agency, agencyName: "Ủy ban nhân dân xã Hoa Ban (hư cấu)" }] }) as never,
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (...told: unknown[]) => void errors.push(told),
    } as never,
    blobs: {
      get: async (id: BlobId) => ok(files.get(id) ?? new Uint8Array()),
      erase: async (id: BlobId) => void files.delete(id),
    } as never,
    pass: async () => undefined,
  };
  const house = new Proxy(parts, {
    get: (known, name) => (name in known ? known[name as keyof House] : nothing),
  }) as House;

  for (const id of [agency, "noi-khac"]) {
    await sql`insert into agency (id, name, province, code, development, created_at)
      values (${id}, ${`${id} (hư cấu)`}, 'Tỉnh Ví Dụ (hư cấu)', ${id.toUpperCase()}, true, ${now()})`;
    await sql`insert into agency_key (agency_id, master_key_id, key_wrapped) values (${id}, 'none', ${randomBytes(60)})`;
    for (const role of roles) {
      const person = randomUUID() as PersonId;
      people.set(`${id} ${role}`, person);
      await sql`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
        values (${person}, ${id}, ${`${id}-${role}`}, 'Người Thử (hư cấu)', '$argon2id$none', ${now()})`;
      await sql`insert into person_role (person_id, role) values (${person}, ${role})`;
    }
  }
  const idOf = (role: Role, of = agency) => people.get(`${of} ${role}`) as PersonId;

  async function keepFile(bytes: Bytes, kind: string): Promise<BlobId> {
    const id = randomUUID() as string as BlobId;
    await sql`insert into blob (id, agency_id, kind, sha256, size_bytes, key_wrapped)
      values (${id}, ${agency}, ${kind}, ${"0".repeat(64)}, ${bytes.length}, ${randomBytes(60)})`;
    files.set(id, bytes);
    return id;
  }

  /** Sealed and in the log; released by `release` below, as the publishing job does it. */
  async function logged(given: { email?: string; account?: string } = {}) {
    const [id, certificate] = [randomUUID() as string as DossierId, randomUUID()];
    const secret = randomBytes(16).toString("base64url");
    const at = now();
    const code = `H00-261123-${String(++serial).padStart(4, "0")}`;
    await sql`insert into submission (id, agency_id, code, channel, identity_kind, identity_digits_hash, secret_hash,
        secret_expires_at, opened_by, opened_at)
      values (${id}, ${agency}, ${code}, 'counter', 'identity_card', ${hashDigits(house, id, digits)},
        ${hashSecret(secret)}, ${instantOfSeconds(secondsOf(at) + 365 * 86_400)}, ${idOf("receiver")}, ${at})`;
    await sql`insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, kind, title,
        holder_name, contact, declared_pages, opened_by, opened_at, due_at)
      values (${id}, ${agency}, ${id}, 1, 'logged', 'Lò Thị Thử (hư cấu)', 'Giấy khai sinh', 'Giấy khai sinh (hư cấu)',
        'Lò Thị Riêng (hư cấu)', '0900 000 000', 1, ${idOf("receiver")}, ${at}, ${at})`;
    const link = await keepFile(utf8(verificationCodeOf(new Uint8Array(randomBytes(16)))), "verification_code");
    const sealed = await keepFile(copyBytes, "sealed_copy");
    await sql`insert into book (id, agency_id, suffix, year, ordinal, opened_at)
      values (${randomUUID()}, ${agency}, 'SCTĐT/BS', 2026, 1, ${at}) on conflict do nothing`;
    // without the triggers that the steps of a real certificate satisfy one by one
    await sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`insert into certificate (id, agency_id, book_id, suffix, year, number, dossier_id, status, printed_on,
        numbered_at, officer_id, signer_name, signer_title, applicant_name, title, fee_dong, code_hash, code_blob_id,
        clerk_id, sealed_blob_id, sealed_at, identity_sha256, identity_length)
      select ${certificate}, b.agency_id, b.id, b.suffix, b.year, (select count(*) + 1 from certificate), ${id},
        'in_progress', '2026-11-23', ${at}, ${idOf("signer")}, 'Lò Văn Ký (hư cấu)', array['Phó Chủ tịch'],
        'Lò Thị Thử (hư cấu)', 'Giấy khai sinh (hư cấu)', 2000, ${randomBytes(32)}, ${link}, ${idOf("clerk")}, ${sealed},
        ${at}, ${randomBytes(32).toString("hex")}, ${copyBytes.length} from book b where b.agency_id = ${agency}`;
    });
    const accountBlobId = given.account === undefined ? null : await keepFile(utf8(given.account), "portal_account");
    await sql.begin((tx) => keepAddress(tx, id, { email: given.email ?? null, accountBlobId, by: null, at }));
    return { id, secret, code, path: `/c/${secret}`, accountBlobId };
  }

  async function released(given: { email?: string; account?: string } = {}) {
    const dossier = await logged(given);
    const certificate = await livingCertificate(sql, dossier.id);
    if (certificate === null) throw new Error("no certificate");
    await release(sql, certificate);
    return dossier;
  }

  /** What the queue would do now: every dispatch that is due, once. @returns how many */
  async function dispatchAll(): Promise<number> {
    await sql`update job set run_after = now() - interval '1 s' where kind = ${dispatchJob} and finished_at is null`;
    for (let count = 0; ; count++) {
      const job = await claim(sql, [dispatchJob], 60);
      if (job === null) return count;
      await dispatchHandler(house, { job } as JobContext);
    }
  }

  const sessions = new Map<string, string>();
  const later = (seconds: number) => {
    ahead += seconds;
    sessions.clear(); // whoever asks next signs in anew
  };
  const web = buildWeb({
    house,
    dataFolder: "",
    trustedProxies: 0,
    nobodysPasswordHash: "",
    scripts: [],
    isDraining: () => false,
  });
  async function sessionOf(role: Role, of: string): Promise<string> {
    const known = sessions.get(`${of} ${role}`);
    if (known !== undefined) return known;
    const token = sessionTokenOf(new Uint8Array(randomBytes(32)));
    const expiresAt = instantOfSeconds(secondsOf(now()) + 8 * 3600);
    const session = { idHash: sessionIdHash(token), personId: idOf(role, of), createdAt: now(), expiresAt };
    await keepSession(database.db, session);
    sessions.set(`${of} ${role}`, token);
    return token;
  }
  /** As a browser without scripts asks; `as` signs in first. */
  async function ask(
    path: string,
    { form, as, of = agency }: { form?: Record<string, string>; as?: Role; of?: string } = {},
  ) {
    const token = as === undefined ? null : await sessionOf(as, of);
    const headers = { accept: "text/html", ...(token !== null && { cookie: `__Host-session=${token}` }) };
    const csrf = token === null ? {} : { csrf: csrfTokenOf(token) };
    const body = form === undefined ? {} : { method: "POST", body: new URLSearchParams({ ...csrf, ...form }) };
    const answer = await web.request(`http://127.0.0.1:8080${path}`, { headers, ...body });
    if (answer.status === 500) throw new Error(`${path} broke`, { cause: errors.at(-1) });
    const text = await answer.text();
    return { status: answer.status, to: answer.headers.get("location") ?? "", text, headers: answer.headers };
  }
  return {
    ...{ sql, house, web, sessionOf, parts, now, later, files, idOf, logged, released, dispatchAll, ask },
    close: () => database.drop(),
  };
}

export type LightHouse = Awaited<ReturnType<typeof lightHouse>>;

/** As if the process died after the other side answered and before that was written down; its lease is over after. */
export async function dyingOnNote({ sql }: Pick<LightHouse, "sql">, act: () => Promise<void>): Promise<void> {
  await sql`create or replace function die() returns trigger language plpgsql as $$ begin raise exception 'dies'; end $$`;
  await sql`create trigger dies before update of state on dispatch for each row execute function die()`;
  await act();
  await sql`drop trigger dies on dispatch`;
  await sql`update job set locked_until = now() - interval '1 s', attempts = 0 where status = 'running'`;
}
