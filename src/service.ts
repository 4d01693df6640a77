import type { Server } from "node:http";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { openReaders, type Readers } from "../ocr/readers.ts";
import type { Config } from "./config.ts";
import { fail, ok, type Result } from "./core/kernel.ts";
import { startDevelopmentStore } from "./development/citizen-store.ts";
import { httpClient } from "./http.ts";
import { nodePrimitives } from "./primitives-node.ts";
import { publicFolder } from "./publish/folder.ts";
import { httpCitizenStore } from "./roof/citizen-store.ts";
import { type KeyDevices, type KeyDevicesFailure, readKeyDevices } from "./roof/key-devices.ts";
import type { Log } from "./roof/log.ts";
import { hashPassword } from "./roof/passwords.ts";
import { boundedServer } from "./roof/pipelining.ts";
import { drawWithoutAsyncContext } from "./roof/plain-drawing.ts";
import type { Reach } from "./roof/reach.ts";
import { endSlowSenders, usualSending } from "./roof/slow-senders.ts";
import { serverTimeouts } from "./web/body-limit.ts";
import { openExaminer } from "./wiring/examiner.ts";
import { type House, randomOf } from "./wiring/house.ts";
import { openHouse } from "./wiring/open-house.ts";
import { openStore, type StoreFailure } from "./wiring/open-store.ts";
import { openTrust, type TrustFailure } from "./wiring/open-trust.ts";
import { buildWeb } from "./wiring/routes.ts";
import { loadScripts, publishBrowserScripts } from "./wiring/scripts.ts";
import { agreesWithAll } from "./wiring/watched-log.ts";
import type { Pass } from "./wiring/waypoints.ts";
import { startWorker } from "./worker.ts";

export type ServiceFailure =
  | StoreFailure
  | TrustFailure
  | KeyDevicesFailure
  | { readonly code: "port_taken"; readonly port: number }
  /** The public log promises what this store does not have, as after a restore from an old backup: signing would fork it. */
  | { readonly code: "log_disagrees"; readonly reason: string };

export type Service = {
  readonly house: House;
  readonly port: number;
  /** Drains: requests and jobs under way end, nothing new begins; then everything is closed, last opened first. */
  readonly stop: () => Promise<void>;
};

/**
 * @param pass see waypoints.ts; only tests give one
 * @param readersOf opens who reads the scans; only tests give others
 */
export async function startService(
  config: Config,
  log: Log,
  pass: Pass,
  readersOf: () => Readers = openReaders,
): Promise<Result<Service, ServiceFailure>> {
  drawWithoutAsyncContext();
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const one of closing.reverse()) await one();
  };
  const started = await open({ config, log, pass, readersOf }, closing);
  if (!started.ok) await close();
  return started.ok ? ok({ ...started.value, stop: close }) : started;
}

// The revocation list of a national authority is the largest of what authorities answer.
const largestListBytes = 16 * 1024 * 1024;

/** Addresses that the operator typed lead anywhere; those that stand in certificates to public hosts and PRIVATE_HOSTS. */
function reachOf(config: Config, { remotes }: KeyDevices): Reach {
  const typed = [...remotes, ...(config.witnesses ?? [])].map(({ url }) => new URL(url).host);
  if (config.mode === "development") return { privateHosts: ["127.0.0.1", ...typed] }; // its authorities are here
  return { privateHosts: [...config.privateHosts, ...config.timestampUrls.map((url) => new URL(url).host), ...typed] };
}

/**
 * Recipients type these addresses: they reach public hosts and those named for webhooks alone, never the authorities and
 * signing services inside. A development store, which is on loopback itself, calls this machine.
 */
function webhookReachOf({ mode, webhookHosts = [] }: Config): Reach {
  return { privateHosts: mode === "development" ? ["127.0.0.1", ...webhookHosts] : webhookHosts };
}

const webhookAnswerBytes = 64 * 1024; // nothing in it is read

/** What was opened, to be closed in reverse. */
export type Closing = (() => Promise<void>)[];

type HouseParts = {
  readonly config: Config;
  readonly log: Log;
  readonly pass: Pass;
  readonly readersOf?: () => Readers;
};

/** Everything but jobs and the door: for a command that works on the store while the service is off. */
export async function openHouseOf(
  { config, log, pass, readersOf = openReaders }: HouseParts,
  closing: Closing,
): Promise<Result<House, StoreFailure | TrustFailure | KeyDevicesFailure>> {
  const keyDevices = readKeyDevices(config.keyDevices);
  if (!keyDevices.ok) return keyDevices;
  const store = await openStore(config, (line) => log.info("database", { step: line }));
  if (!store.ok) return store;
  closing.push(store.value.close);
  const files = publicFolder(join(config.dataFolder, "public"));
  const trust = await openTrust(config, store.value, files, (bytes) => nodePrimitives.digest("sha256", bytes));
  if (!trust.ok) return trust;
  closing.push(trust.value.close);
  const reach = reachOf(config, keyDevices.value);
  const http = httpClient({ timeoutSeconds: 10, answerBytes: largestListBytes, reach, redirects: 3 });
  closing.push(async () => http.close());
  const webhookReach = webhookReachOf(config);
  const webhooks = httpClient({ timeoutSeconds: 10, answerBytes: webhookAnswerBytes, reach: webhookReach });
  closing.push(async () => webhooks.close());
  const citizenStore = await citizenStoreOf(config, closing);
  const readers = readersOf();
  const examiner = openExaminer();
  closing.push(async () => examiner.stop());
  const opened = {
    store: store.value,
    trust: trust.value,
    files,
    http,
    webhooks: { post: webhooks.post, reach: webhookReach },
    citizenStore,
    readers,
    examiner,
    keyDevices: keyDevices.value,
  };
  return ok(await openHouse({ ...opened, config, log, pass }));
}

/** The operator typed its address: it may stand in a private network, and it alone is reached. */
async function citizenStoreOf(config: Config, closing: Closing) {
  const setting = config.citizenStore ?? (await developmentStore(config, closing));
  if (setting === null) return null;
  const reach = { privateHosts: [new URL(setting.url).host] };
  const http = httpClient({ timeoutSeconds: 60, answerBytes: webhookAnswerBytes, reach });
  closing.push(async () => http.close());
  return httpCitizenStore(setting, http);
}

async function developmentStore({ mode, dataFolder }: Config, closing: Closing) {
  if (mode !== "development") return null;
  const store = await startDevelopmentStore(join(dataFolder, "citizen-store"));
  closing.push(store.close);
  return store;
}

async function open(parts: HouseParts, closing: Closing): Promise<Result<Omit<Service, "stop">, ServiceFailure>> {
  const house = await openHouseOf(parts, closing);
  if (!house.ok) return house;
  const agreed = await agreesWithAll(house.value);
  if (!agreed.ok) {
    const { code, ...facts } = agreed.failure;
    return fail({ code: "log_disagrees", reason: [code, ...Object.values(facts)].join(" ") });
  }
  await publishBrowserScripts(house.value);
  closing.push(house.value.longActs.stop);
  closing.push(house.value.checks.flush); // when the door is closed, and before the database is
  openWork(house.value, closing);
  return openDoor(parts.config, house.value, closing);
}

function openWork(house: House, closing: Closing): void {
  const { readers } = house;
  const stopping = new AbortController();
  const worker = startWorker(house, readers, stopping.signal);
  closing.push(async () => {
    stopping.abort();
    await worker;
    readers.stop();
  });
}

async function openDoor(config: Config, house: House, closing: Closing) {
  let draining = false;
  const web = buildWeb({
    house,
    dataFolder: config.dataFolder,
    trustedProxies: config.trustedProxies,
    nobodysPasswordHash: await hashPassword(Buffer.from(randomOf(16)).toString("hex")),
    isDraining: () => draining,
    scripts: await loadScripts(),
  });
  const server = boundedServer(serverTimeouts, getRequestListener(web.fetch, { hostname: config.host }));
  server.listen(config.port, config.host);
  const stopLooking = endSlowSenders(server, usualSending);
  closing.push(async () => stopLooking());
  const port = await listening(server);
  if (port === null) return fail({ code: "port_taken", port: config.port } as const);
  closing.push(async () => {
    draining = true;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    });
  });
  return ok({ house, port });
}

function listening(server: Server): Promise<number | null> {
  return new Promise((resolve, reject) => {
    server.once("listening", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : null);
    });
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(null) : reject(error),
    );
  });
}
