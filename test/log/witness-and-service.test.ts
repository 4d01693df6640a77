import { type ChildProcess, spawn } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { witnessKeyOf } from "../../src/commands/witness/door.ts";
import { openWitnessMemory } from "../../src/commands/witness/memory.ts";
import { noteTypes, verifierKeyOf } from "../../src/core/log/note.ts";
import { nodeSha256 } from "../../src/primitives-node.ts";
import { rawPublicKey } from "../../src/publish/node-keys.ts";
import { verificationVi } from "../../src/web/words/verification.vi.ts";
import { copyOfDatabase, type FreshDatabase, freshDatabase } from "../support/database.ts";
import { inBuild } from "../support/in-build.ts";
import { officialsAt, smallScan } from "../support/officials.ts";
import { type ServiceProcess, startServiceProcess } from "../support/service-process.ts";
import { parseCheckpoint, parseVkey, verifyNote } from "./c2sp-reader.ts";

const name = "witness.example/hu-cau";
const awaiting = verificationVi.logWitnesses.replace("{n}", "1");
const cosigned = verificationVi.logCosigned.replace("{n}", "1").replace("{names}", name);

/** Who was silent is left alone for 15 s and asked again every 10. */
const slow = { timeout: 60_000, interval: 500 };

describe("DESIGN decision 7, ADR 34: a witness's process beside a service's", () => {
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-witnessed-"));
  const [dataFolder, backup, witnessFolder] = ["data", "backup", "witness"].map((part) => join(folder, part)) as [
    string,
    string,
    string,
  ];
  const checkpoint = () => readFileSync(join(dataFolder, "public/log/checkpoint"), "utf8");
  const running: ChildProcess[] = [];
  const databases: FreshDatabase[] = [];
  let nobody: Server;
  let port = 0;
  let vkey = "";
  let service: ServiceProcess;

  /** As the variable WITNESSES takes it. */
  const witnesses = () => `${vkey} http://127.0.0.1:${port}`;

  beforeAll(async () => {
    const memory = openWitnessMemory(witnessFolder, name); // its key, before the log's is known
    if (!memory.ok) throw new Error(memory.failure.code);
    vkey = verifierKeyOf(witnessKeyOf(memory.value), noteTypes.cosignature, nodeSha256);
    memory.value.release();
    nobody = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(nobody, "listening");
    const address = nobody.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
    databases.push(await freshDatabase());
  });
  afterAll(async () => {
    for (const child of running) child.kill("SIGKILL");
    nobody.close();
    await service?.stop();
    for (const database of databases) await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** `chungthuc witness`, as its operator starts it. @returns the verifier key that it prints */
  async function startWitness(): Promise<string> {
    const logKey = createPrivateKey(readFileSync(join(dataFolder, "keys/log.pem")));
    const envelope = JSON.parse(readFileSync(join(dataFolder, "public/keys"), "utf8"));
    const origin: string = JSON.parse(Buffer.from(envelope.payload, "base64").toString()).logOrigin;
    const log = verifierKeyOf({ name: origin, publicKey: rawPublicKey(logKey) }, noteTypes.ed25519, nodeSha256);
    const cli = inBuild("src/cli.ts");
    const args = ["witness", "--folder", witnessFolder, "--log", log, "--listen", `127.0.0.1:${port}`];
    const child = spawn(process.execPath, [cli, ...args], { stdio: ["ignore", "pipe", "ignore"] });
    running.push(child);
    const ended = once(child, "exit").then((): never => {
      throw new Error("the witness ended before it listened");
    });
    const [line] = await Promise.race([once(createInterface(child.stdout), "line"), ended]);
    ended.catch(() => undefined);
    return String(line);
  }

  /** Told to stop, as its operator does it. */
  async function stopWitness(): Promise<number | null> {
    const child = running.pop();
    child?.kill("SIGTERM");
    const [code] = await once(child as ChildProcess, "exit");
    return code;
  }

  const witnessSays = async () => (await fetch(`http://127.0.0.1:${port}/status`)).json();

  /** A copy certified and sealed. @returns its dossier */
  async function sealed(mark: number): Promise<string> {
    const officials = officialsAt(service.url, dataFolder);
    const { dossierId } = await officials.attested(await smallScan(mark));
    expect((await officials.sign(dossierId)).code).toBe("");
    expect((await officials.seal(dossierId)).code).toBe("");
    return dossierId;
  }

  /** @returns the path of its page */
  async function pathOnceReleased(dossierId: string): Promise<string> {
    const { verificationLink } = await officialsAt(service.url, dataFolder).waitFor(dossierId, "released");
    return new URL(verificationLink ?? "").pathname;
  }

  /**
   * What the service tells its operator. On a busy machine a witness may need longer than it is waited for; then it counts
   * as silent and the service starts, so it is started anew until the witness was heard.
   */
  async function refusalWith(databaseUrl: string): Promise<string> {
    for (let i = 0; i < 5; i++) {
      const started = await startServiceProcess(dataFolder, databaseUrl, { witnesses: witnesses() }).catch(
        (error: Error) => error,
      );
      if (started instanceof Error) return started.message;
      await started.stop();
    }
    return "it started each time";
  }
  const page = async (path: string) =>
    (await fetch(`${service.url}${path}`, { headers: { accept: "text/html" } })).text();

  /** How often the copy's publishing was tried; it waits in the database until it comes about. */
  async function triesToPublish({ url }: FreshDatabase): Promise<number> {
    const sql = postgres(url, { max: 1 }); // closed again: a database that is to be copied has nobody in it
    const [row] = await sql`
      select coalesce(max(attempts), 0)::int as tries from job where kind = 'publish_certificate' and finished_at is null`;
    await sql.end();
    return Number(row?.["tries"]);
  }

  test("silent since the start: sealed copies wait; heard: they are released; silent again: nothing waits; restored from before: the service signs nothing and says why", async () => {
    const [database] = databases as [FreshDatabase];
    service = await startServiceProcess(dataFolder, database.url, { witnesses: witnesses() });
    const waiting = await sealed(1);
    await expect.poll(() => triesToPublish(database), slow).toBeGreaterThan(1);
    expect(existsSync(join(dataFolder, "public/log/checkpoint"))).toBe(false);
    nobody.close();
    expect(await startWitness()).toBe(vkey);
    const first = await pathOnceReleased(waiting);
    await expect.poll(() => page(first), slow).toContain(cosigned);
    await service.stop();
    cpSync(join(dataFolder, "public"), backup, { recursive: true });
    databases.push(await copyOfDatabase(database.url));
    const { size: before } = parseCheckpoint(checkpoint());

    service = await startServiceProcess(dataFolder, database.url, { witnesses: witnesses() });
    expect(await stopWitness()).toBe(0);
    const second = await pathOnceReleased(await sealed(2));
    expect(await page(second)).toContain(awaiting);
    await startWitness();
    await expect.poll(() => page(second), slow).toContain(cosigned);
    expect(await page(second)).not.toContain(awaiting);
    const newest = checkpoint();
    const { size } = parseCheckpoint(newest);
    expect(size).toBeGreaterThan(before);
    expect(verifyNote(newest, parseVkey(vkey))).not.toBeNull();
    expect(await witnessSays()).toMatchObject({ witness: vkey, logs: [{ cosignedSize: Number(size) }], alarms: [] });
    await service.stop();
    expect(await stopWitness()).toBe(0);

    rmSync(join(dataFolder, "public"), { recursive: true });
    cpSync(backup, join(dataFolder, "public"), { recursive: true });
    const old = checkpoint();
    const restored = databases[1] as FreshDatabase;
    service = await startServiceProcess(dataFolder, restored.url, { witnesses: witnesses() }); // the witness alone could tell, and is silent
    await sealed(3);
    await expect.poll(() => triesToPublish(restored), slow).toBeGreaterThan(1);
    expect(checkpoint()).toBe(old);
    await service.stop();

    await startWitness(); // it remembers in its own folder
    const refusal = await refusalWith(restored.url);
    expect(refusal).toContain(`witness_ahead ${name} ${size} ${before}`);
    expect(refusal).toMatch(/rebuild-log.*\s\[log_disagrees\]/);
    expect(checkpoint()).toBe(old);
    expect(await witnessSays()).toMatchObject({ logs: [{ cosignedSize: Number(size) }], alarms: [] });
  });
});
