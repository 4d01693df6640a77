import type { Server } from "node:http";
import { isIP } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { getRequestListener } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { fail, instantOfSeconds, ok, type Result } from "../core/kernel.ts";
import { noteTypes, readVerifierKey, verifierKeyOf } from "../core/log/note.ts";
import { type HttpClient, httpClient } from "../http.ts";
import { nodeSha256 } from "../primitives-node.ts";
import { publicFolder } from "../publish/folder.ts";
import { boundedServer } from "../roof/pipelining.ts";
import { serverTimeouts } from "../web/body-limit.ts";
import { print, printJson, tell } from "./output.ts";
import { type Alarms, alarmsOf } from "./witness/alarms.ts";
import { witnessDoor, witnessKeyOf } from "./witness/door.ts";
import { openWitnessMemory, originName, type WitnessMemory } from "./witness/memory.ts";
import { type MonitorPorts, monitorOf, type WatchedLog } from "./witness/monitor.ts";
import { alarmWords, memoryWords } from "./witness/words.ts";

const usage =
  'chungthuc witness --folder DIR [--name NAME] --log "VERIFIER_KEY [https://SERVICE/log]"… [--listen 127.0.0.1:17438] [--every 60] [--json]';

/**
 * `chungthuc witness`: another body cosigns a log and watches it, until told to stop. C2SP tlog-witness, tlog-cosignature.
 *
 * @returns 0 when told to stop, 1 when it cannot start
 */
export async function witnessCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if (!asked.ok) return refuse(usage);
  const { folder, name, watched, listen, everySeconds, json } = asked.value;
  const memory = openWitnessMemory(folder, name);
  if (!memory.ok) {
    const { vi, en } = memoryWords[memory.failure.code];
    return refuse(`${vi} ${en} [${memory.failure.code}]`);
  }
  const logs = watched.map((log) => ({
    ...log,
    mirror: publicFolder(join(folder, "mirror", originName(log.key.name))),
  }));
  const alarms = alarmsOf((alarm) => {
    const at = new Date().toISOString();
    memory.value.appendAlarm(JSON.stringify({ at, ...alarm }));
    const { vi, en } = alarmWords[alarm.code];
    tell(`${at} [${alarm.code}] ${alarm.origin} ${alarm.size} ${alarm.detail ?? ""}\n  ${vi}\n  ${en}`);
  });
  const stopping = new AbortController();
  const server = await openDoor(memory.value, logs, alarms, listen);
  if (server === null) {
    memory.value.release();
    return refuse(`Cổng đã có chương trình khác dùng. Port ${listen.port} is in use. [port_taken]`);
  }
  announce(memory.value, server, json);
  const http = httpClient({ timeoutSeconds: 20, answerBytes: 32 * 1024 * 1024, reach: "anywhere" });
  const watching = logs.map((log) => watch(log, { memory: memory.value, alarms, http, everySeconds }, stopping.signal));
  await untilTold();
  stopping.abort();
  await Promise.all(watching);
  await new Promise<void>((closed) => {
    server.close(() => closed());
    server.closeIdleConnections();
  });
  http.close();
  memory.value.release();
  return 0;
}

type Listen = { readonly hostname: string; readonly port: number };

type Asked = {
  readonly folder: string;
  readonly name: string | null;
  readonly watched: readonly Omit<WatchedLog, "mirror">[];
  readonly listen: Listen;
  readonly everySeconds: number;
  readonly json: boolean;
};

const options = {
  folder: { type: "string" },
  name: { type: "string" },
  log: { type: "string", multiple: true, default: [] as string[] },
  listen: { type: "string", default: "127.0.0.1:17438" },
  every: { type: "string", default: "60" },
  json: { type: "boolean", default: false },
} as const;

function readArguments(args: readonly string[]): Result<Asked, { readonly code: "usage" }> {
  const wrong = fail({ code: "usage" } as const);
  try {
    const { values } = parseArgs({ args: [...args], options });
    const watched = values.log.map(readLog).filter((log) => log !== null);
    const listen = readListen(values.listen);
    const everySeconds = Number(values.every);
    const whole = watched.length > 0 && watched.length === values.log.length && values.folder !== undefined;
    const once = new Set(watched.map(({ key }) => key.name)).size === watched.length;
    if (!whole || !once || listen === null || !(everySeconds >= 1 && everySeconds <= 86_400)) return wrong;
    const folder = resolve(values.folder ?? "");
    return ok({ folder, name: values.name ?? null, watched, listen, everySeconds, json: values.json });
  } catch {
    return wrong;
  }
}

function readLog(text: string): Omit<WatchedLog, "mirror"> | null {
  const [vkey = "", prefix = null, ...more] = text.trim().split(/\s+/);
  const key = readVerifierKey(vkey, noteTypes.ed25519, nodeSha256);
  const isAddress = prefix === null || (URL.canParse(prefix) && /^https?:\/\//i.test(prefix));
  return key !== null && isAddress && more.length === 0 ? { key, prefix: prefix?.replace(/\/+$/, "") ?? null } : null;
}

function readListen(text: string): Listen | null {
  const [, hostname = "", port = ""] = /^\[?([0-9a-fA-F.:]+?)\]?:(\d{1,5})$/.exec(text) ?? [];
  return isIP(hostname) !== 0 && Number(port) <= 65_535 ? { hostname, port: Number(port) } : null;
}

async function openDoor(
  memory: WitnessMemory,
  logs: readonly WatchedLog[],
  alarms: Alarms,
  listen: Listen,
): Promise<Server | null> {
  const seconds = () => Math.floor(Date.now() / 1000);
  const addressOf = (c: Parameters<typeof getConnInfo>[0]) => getConnInfo(c).remote.address ?? "";
  const { fetch } = witnessDoor({ memory, logs, alarms, seconds, addressOf });
  const listener = getRequestListener(fetch, { hostname: listen.hostname });
  const server = boundedServer({ ...serverTimeouts, requestTimeout: 10_000 }, listener);
  server.listen(listen.port, listen.hostname);
  const opened = await new Promise<boolean>((settle) => {
    server.once("listening", () => settle(true));
    server.once("error", () => settle(false));
  });
  return opened ? server : null;
}

/** What the operator of the log puts into WITNESSES, and the root into its key list. */
function announce(memory: WitnessMemory, server: Server, json: boolean): void {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const verifierKey = verifierKeyOf(witnessKeyOf(memory), noteTypes.cosignature, nodeSha256);
  if (json) printJson({ version: 1, verifierKey, port });
  else print(verifierKey);
  tell(`chungthuc witness: cổng / port ${port}; POST /add-checkpoint, GET /status`);
}

type Watching = Pick<MonitorPorts, "memory" | "alarms"> & { readonly http: HttpClient; readonly everySeconds: number };

async function watch(log: WatchedLog, { memory, alarms, http, everySeconds }: Watching, signal: AbortSignal) {
  const { prefix } = log;
  if (prefix === null) return;
  const fetch: MonitorPorts["fetch"] = async (path) => {
    const answer = await http.get({ url: `${prefix}/${path}`, accept: "*/*" });
    if (!answer.ok) return fail({ code: "unreachable" });
    if (answer.value.status === 404) return ok(null);
    return answer.value.status === 200 ? ok(answer.value.body) : fail({ code: "unreachable" });
  };
  const now = () => instantOfSeconds(Math.floor(Date.now() / 1000));
  const round = monitorOf(log, { fetch, memory, alarms, now });
  while (!signal.aborted) {
    await round().catch((error) => tell(`${log.key.name}: ${error instanceof Error ? error.message : "?"}`));
    await wait(everySeconds * 1000, undefined, { signal }).catch(() => undefined);
  }
}

function untilTold(): Promise<void> {
  return new Promise((told) => {
    process.once("SIGINT", () => told());
    process.once("SIGTERM", () => told());
  });
}

function refuse(words: string): number {
  tell(words);
  return 1;
}
