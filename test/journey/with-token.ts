import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sql } from "postgres";
import { apiClient, type SignedIn } from "../../src/commands/api-client.ts";
import type { Bytes } from "../../src/core/kernel.ts";
import { issueCertificate } from "../../src/development/pki.ts";
import { createLog } from "../../src/roof/log.ts";
import { startService } from "../../src/service.ts";
import type { House } from "../../src/wiring/house.ts";
import { passOn } from "../../src/wiring/waypoints.ts";
import { type Desk, deskOf } from "../pages/administration-world.ts";
import { freshDatabase } from "../support/database.ts";
import { type Officials, officialsAt, secretsOf } from "../support/officials.ts";
import { type SoftTokens, softTokens } from "../support/soft-token.ts";
import { wordlessReaders } from "../support/wordless-readers.ts";

/** A demo service whose signer keeps a key elsewhere than in a file. */
export type HouseWithToken = {
  readonly url: string;
  readonly sql: Sql;
  readonly house: House;
  readonly officials: Officials;
  readonly tokens: SoftTokens;
  readonly administrator: Desk;
  readonly session: (userName: string) => Promise<SignedIn>;
  readonly logged: () => string;
  /** A new key of the signer, or of the agency: its certificate on the token and registered there, the older ones ended. */
  readonly giveKey: (
    place: string,
    credential?: string,
    holder?: "signer" | "agency",
  ) => Promise<{ certificate: Bytes; keyFile: string }>;
  readonly stop: () => Promise<void>;
};

export async function startWithToken(devices: (tokens: SoftTokens) => object): Promise<HouseWithToken> {
  const dataFolder = mkdtempSync(join(tmpdir(), "chungthuc-keys-"));
  const tokens = softTokens();
  tokens.add("official");
  const keyDevices = join(tokens.folder, "devices.json");
  writeFileSync(keyDevices, JSON.stringify(devices(tokens)));
  const database = await freshDatabase();
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const log = createLog({ now: () => "2026-01-01T00:00:00.000Z", write, lowest: "debug", showMessages: false });
  const common = { dataFolder, databaseUrl: database.url, host: "127.0.0.1", port: 0, publicPort: 8080 } as const;
  const config = { ...common, mode: "development", trustedProxies: 0, keyDevices } as const;
  const service = await startService(config, log, passOn, wordlessReaders);
  if (!service.ok) throw new Error(service.failure.code);
  const url = `http://127.0.0.1:${service.value.port}`;
  const { house } = service.value;
  const session = async (userName: string) => {
    const signed = await apiClient(url).signIn(userName, secretsOf(dataFolder)[userName]?.password ?? "");
    if (!signed.ok) throw new Error(signed.failure.code);
    return signed.value;
  };
  const administrator = deskOf(url, await session("quantri"));
  const giveKey = async (place: string, credential = "", holder: "signer" | "agency" = "signer") => {
    const { certificate, keyFile } = await newKey(house, tokens.folder);
    tokens.put("official", randomBytes(4).toString("hex"), keyFile, `${keyFile}.der`);
    await register({ administrator, house, sql: database.owner.sql }, certificate, { place, credential, holder });
    return { certificate, keyFile };
  };
  return {
    ...{ url, sql: database.owner.sql, house, tokens, administrator, session, giveKey },
    officials: officialsAt(url, dataFolder),
    logged: () => lines.join(""),
    stop: async () => {
      await service.value.stop();
      await database.drop();
      tokens.end();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

async function newKey(house: House, folder: string) {
  const pki = house.trial?.pki;
  if (pki === undefined) throw new Error("no trial");
  const random = (length: number) => new Uint8Array(randomBytes(length)) as Bytes;
  const subject = { commonName: "Lãnh đạo ký bằng token (hư cấu)", organisation: "UBND (hư cấu)" };
  const issued = await issueCertificate(pki, { subject }, { now: house.now, random });
  if (!issued.ok) throw new Error(issued.failure.code);
  const keyFile = join(folder, `${randomBytes(6).toString("hex")}.key`);
  writeFileSync(`${keyFile}.p12`, issued.value.pkcs12("123456"));
  execFileSync(
    "openssl",
    ["pkcs12", "-in", `${keyFile}.p12`, "-nocerts", "-nodes", "-passin", "pass:123456", "-out", keyFile],
    { stdio: "pipe" },
  );
  const certificate = issued.value.certificateDer;
  writeFileSync(`${keyFile}.der`, certificate);
  return { certificate, keyFile };
}

async function register(
  { administrator, house, sql }: Pick<HouseWithToken, "administrator" | "house" | "sql">,
  certificate: Bytes,
  { place, credential, holder }: { place: string; credential: string; holder: "signer" | "agency" },
): Promise<void> {
  const [signer] = await sql<{ id: string }[]>`select id from person where user_name = 'lanhdao'`;
  const id = holder === "agency" ? null : (signer?.id ?? "");
  const older = await sql<{ id: string }[]>`
    select id from credential where person_id is not distinct from ${id} and ended_at is null`;
  for (const { id } of older) await administrator.send(`/admin/certificates/${id}/end`, [["confirm", "yes"]]);
  const pem = (der: Uint8Array) =>
    `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString("base64")}\n-----END CERTIFICATE-----\n`;
  const sent = await administrator.send("/admin/certificates/device", [
    ["holder", id ?? "agency"],
    ["place", place],
    ["credential", credential],
    ["file", new File([pem(certificate), pem(house.trial?.pki.issuingCertificate ?? new Uint8Array())], "ky.pem")],
  ]);
  if (sent.status !== 303) throw new Error(`registering: ${sent.status} ${sent.text.slice(0, 4000)}`);
}
