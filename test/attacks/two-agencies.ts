import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sql } from "postgres";
import { apiClient, type SignedIn } from "../../src/commands/api-client.ts";
import { createLog } from "../../src/roof/log.ts";
import { hashPassword } from "../../src/roof/passwords.ts";
import { startService } from "../../src/service.ts";
import type { Role } from "../../src/web/route.ts";
import type { House } from "../../src/wiring/house.ts";
import { newId } from "../../src/wiring/house.ts";
import { passOn } from "../../src/wiring/waypoints.ts";
import { freshDatabase } from "../support/database.ts";
import { type Officials, officialsAt, secretsOf } from "../support/officials.ts";
import { wordlessReaders } from "../support/wordless-readers.ts";

export type TwoAgencies = {
  readonly url: string;
  readonly sql: Sql;
  readonly house: House;
  readonly dataFolder: string;
  readonly officials: Officials;
  /** Every line the service has logged, as production would write it. */
  readonly logged: () => string;
  /** By name: `tiepnhan` and the other demo people, `la-<role>` of the second agency, `khong-vai` without any role. */
  readonly session: (name: string) => Promise<SignedIn>;
  readonly stop: () => Promise<void>;
};

const password = "mat-khau-thu-hu-cau";
const roles: readonly Role[] = ["receiver", "comparer", "signer", "clerk", "administrator"];

/** A service with the demo agency at work, and a second agency whose people were written straight into the database. */
export async function startTwoAgencies(): Promise<TwoAgencies> {
  const dataFolder = mkdtempSync(join(tmpdir(), "chungthuc-attacks-"));
  const database = await freshDatabase();
  const lines: string[] = [];
  const log = createLog({
    now: () => "2026-01-01T00:00:00.000Z",
    write: (line) => void lines.push(line),
    lowest: "debug",
    showMessages: false,
  });
  const common = { dataFolder, databaseUrl: database.url, host: "127.0.0.1", port: 0, publicPort: 8080 } as const;
  const config = { ...common, mode: "development", trustedProxies: 0 } as const;
  const service = await startService(config, log, passOn, wordlessReaders);
  if (!service.ok) throw new Error(service.failure.code);
  await addStrangers(database.owner.sql);
  const url = `http://127.0.0.1:${service.value.port}`;
  return {
    url,
    sql: database.owner.sql,
    house: service.value.house,
    dataFolder,
    officials: officialsAt(url, dataFolder),
    logged: () => lines.join(""),
    session: sessions(url, dataFolder),
    stop: async () => {
      await service.value.stop();
      await database.drop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

async function addStrangers(sql: Sql): Promise<void> {
  const hash = await hashPassword(password);
  await sql`insert into agency (id, name, province, code, development, created_at)
    values ('noi-khac', 'Ủy ban nhân dân xã Nơi Khác (hư cấu)', 'Tỉnh Thử (hư cấu)', 'OTHER', true, now())`;
  await sql`insert into agency (id, name, province, code, development, created_at)
    values ('tinh-khac', 'Ủy ban nhân dân tỉnh Thử (hư cấu)', 'Tỉnh Thử (hư cấu)', 'OTHER-TINH', true, now())`;
  await sql`insert into area values ('THU')`;
  await sql`insert into area_saying (code, name, kind, file_sha256, said_at)
    values ('THU', 'Tỉnh Thử (hư cấu)', 'tinh', ${"0".repeat(64)}, now())`;
  await sql`insert into province_watch (agency_id, area_code, said_at) values ('tinh-khac', 'THU', now())`;
  await sql`update agency set area_code = 'THU' where id = 'noi-khac'`;
  await addPerson(sql, "tinh-khac", "la-province", hash, "province");
  for (const role of roles) await addPerson(sql, "noi-khac", `la-${role}`, hash, role);
  await addPerson(sql, "hoaban", "khong-vai", hash, null);
}

async function addPerson(sql: Sql, agency: string, name: string, hash: string, role: Role | null): Promise<void> {
  const id = newId();
  await sql`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
    values (${id}, ${agency}, ${name}, 'Người Thử (hư cấu)', ${hash}, now())`;
  if (role !== null) await sql`insert into person_role (person_id, role) values (${id}, ${role})`;
}

function sessions(url: string, dataFolder: string): TwoAgencies["session"] {
  const secrets = secretsOf(dataFolder);
  const known = new Map<string, Promise<SignedIn>>();
  const signIn = async (name: string) => {
    const signed = await apiClient(url).signIn(name, secrets[name]?.password ?? password);
    if (!signed.ok) throw new Error(`sign in as ${name}: ${signed.failure.code}`);
    return signed.value;
  };
  return (name) => {
    const session = known.get(name) ?? signIn(name);
    known.set(name, session);
    return session;
  };
}
