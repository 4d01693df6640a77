import { isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";
import { fail, ok, type Result } from "./core/kernel.ts";
import { noteTypes, readVerifierKey } from "./core/log/note.ts";
import { parseProcedureCodes } from "./core/procedure.ts";
import { parseStandards } from "./core/statistics/step-times.ts";
import { parseTerms } from "./core/terms.ts";
import { nodeSha256 } from "./primitives-node.ts";
import type { Witness } from "./publish/witnesses.ts";
import type { CitizenStoreSetting } from "./roof/citizen-store.ts";
import { readCitizenStore } from "./roof/citizen-store-setting.ts";
import type { SmtpSetting } from "./roof/mail.ts";
import { readMail } from "./roof/mail-setting.ts";
import { isInside, realPath } from "./roof/real-path.ts";
import { readTerms, type TermsSetting } from "./roof/terms-setting.ts";

/** Empty text is as good as unset: `FOO= npm start` forgets a variable, it does not set it. */
const text = z.preprocess((value) => (value === "" ? undefined : value), z.string().optional());

const Environment = z.object({
  DATA_FOLDER: text,
  HOST: text,
  PORT: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.coerce.number().int().min(0).max(65_535).optional(),
  ),
  PUBLIC_URL: text,
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  DATABASE_URL: text,
  DATABASE_OWNER_URL: text,
  KEY_FILE: text,
  SERVICE_KEYS: text,
  TIMESTAMP_URLS: text,
  KEY_LIST: text,
  ROOT_KEY: text,
  KEY_DEVICES: text,
  PRIVATE_HOSTS: text,
  WEBHOOK_PRIVATE_HOSTS: text,
  PROCEDURE_CODES: text.refine((value) => value === undefined || parseProcedureCodes(value).ok),
  TERMS: text.refine((value) => value === undefined || parseTerms(value).ok),
  STEP_TIMES: text.refine((value) => value === undefined || parseStandards(value).ok),
  REPORT_KEY: text,
  REPORT_KEY_PIN_FILE: text,
  SMTP_URL: text,
  SMTP_PASSWORD_FILE: text,
  MAIL_FROM: text,
  CITIZEN_STORE_URL: text,
  CITIZEN_STORE_TOKEN_FILE: text,
  WITNESSES: text,
  WITNESS_QUORUM: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.coerce.number().int().min(1).max(32).optional(),
  ),
});

type Common = TermsSetting & {
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  /** In links where no PUBLIC_URL is set; differs from `port` while a command lends the service another one. */
  readonly publicPort: number;
  /** Behind how many proxies of ours the service stands: that many addresses of X-Forwarded-For are believed. */
  readonly trustedProxies: number;
  /** File that names tokens and remote signing services; see roof/key-devices.ts. */
  readonly keyDevices?: string;
  /** Server that takes letters to recipients; left out where none is configured. */
  readonly mail?: SmtpSetting;
  /** Gateway to the citizens' stores at the portal; left out where copies are not sent there. */
  readonly citizenStore?: CitizenStoreSetting;
  /** Who is asked to cosign the log; in production the root's key list names the same, with the quorum. */
  readonly witnesses?: readonly Witness[];
  /** How many must have cosigned. A development store puts it into its key list; more than half unless told. */
  readonly witnessQuorum?: number;
  /** Hosts in private networks, as `host` or `host:port`, where recipients may have their webhooks; none unless told. */
  readonly webhookHosts?: readonly string[];
  /** By the role that owns the tables: for migrations and the rights of the other. */
  readonly databaseOwnerUrl?: string;
  /** The whole store by that role, for what no service may do; never from the environment. */
  readonly worksAsOwner?: true;
};

/** DESIGN decision 10: own database, loopback, a PKI made on the first run. */
export type DevelopmentConfig = Common & {
  readonly mode: "development";
  /** Always null from the environment; tests give a server of their own. */
  readonly databaseUrl: string | null;
};

export type ProductionConfig = Common & {
  readonly mode: "production";
  readonly publicUrl: string;
  readonly databaseUrl: string;
  /** 32 bytes outside the data folder, never backed up with it. DESIGN decision 15. */
  readonly keyFile: string;
  /** Folder with the three online service keys, DESIGN decision 16. */
  readonly serviceKeys: string;
  readonly timestampUrls: readonly string[];
  /** Hosts in private networks, as `host` or `host:port`, that addresses inside certificates may lead to. */
  readonly privateHosts: readonly string[];
  /** The key list as the offline root signed it: trust anchors, agencies, their certificates. */
  readonly keyList: string;
  /** Base64 of the root's 32-byte Ed25519 public key. */
  readonly rootKey: string;
  /** PKCS#12 that signs reports of examinations, and the file with its PIN; null where reports are not offered. */
  readonly reportKey: { readonly file: string; readonly pinFile: string } | null;
};

export type Config = DevelopmentConfig | ProductionConfig;

export type ConfigFailure =
  | { readonly code: "malformed_environment"; readonly variable: string }
  | { readonly code: "variables_missing"; readonly variables: readonly string[]; readonly why: "database" | "address" }
  | { readonly code: "key_file_inside_data_folder" };

/**
 * Reads the environment once, whole. Development mode holds only without a database named and on loopback; anything else
 * wants every key, authority and list named, since a forgotten variable must not certify.
 */
export function readConfig(environment: Readonly<Record<string, unknown>>): Result<Config, ConfigFailure> {
  const read = Environment.safeParse(environment);
  if (!read.success) {
    return fail({ code: "malformed_environment", variable: String(read.error.issues[0]?.path[0] ?? "") });
  }
  const env = read.data;
  const host = env.HOST ?? "127.0.0.1";
  const dataFolder = resolve(env.DATA_FOLDER ?? "data");
  const port = env.PORT ?? 8080;
  const devices = env.KEY_DEVICES === undefined ? {} : { keyDevices: resolve(env.KEY_DEVICES) };
  const watched = watchedBy(env);
  if (!watched.ok) return watched;
  const mail = readMail(env);
  if (!mail.ok) return mail;
  const store = readCitizenStore(env);
  if (!store.ok) return store;
  const common: Common = {
    ...{ dataFolder, host, port, publicPort: port },
    trustedProxies: env.TRUSTED_PROXIES,
    ...devices,
    ...watched.value,
    ...mail.value,
    ...store.value,
    ...readTerms(env),
    webhookHosts: hostsOf(env.WEBHOOK_PRIVATE_HOSTS),
    ...(env.DATABASE_OWNER_URL !== undefined && { databaseOwnerUrl: env.DATABASE_OWNER_URL }),
  };
  if (env.DATABASE_URL === undefined && env.DATABASE_OWNER_URL === undefined && isLoopback(host))
    return ok({ ...common, mode: "development", databaseUrl: null });
  return production(env, common);
}

function watchedBy({
  WITNESSES,
  WITNESS_QUORUM: quorum,
}: z.infer<typeof Environment>): Result<Pick<Common, "witnesses" | "witnessQuorum">, ConfigFailure> {
  const witnesses = witnessesOf(WITNESSES);
  if (witnesses === null) return fail({ code: "malformed_environment", variable: "WITNESSES" });
  if (quorum !== undefined && quorum > witnesses.length)
    return fail({ code: "malformed_environment", variable: "WITNESS_QUORUM" });
  return ok({ witnesses, ...(quorum !== undefined && { witnessQuorum: quorum }) });
}

const demanded = [
  "DATABASE_URL",
  "KEY_FILE",
  "SERVICE_KEYS",
  "TIMESTAMP_URLS",
  "KEY_LIST",
  "ROOT_KEY",
  "PUBLIC_URL",
] as const;

const isAddress = (text: string, protocols: readonly string[]): boolean =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol);

const listOf = (text: string): string[] => text.split(",").map((url) => url.trim());

/** Over HTTP too, since tokens are signed; behind `#` the policy wanted, an object identifier. */
const isAuthority = (text: string): boolean =>
  isAddress(text, ["http:", "https:"]) && (!text.includes("#") || /#[0-2](\.\d{1,15})+$/.test(text));

/** `VERIFIER_KEY URL, …` in the form that `chungthuc witness` prints; null where one of them is not. */
function witnessesOf(text = ""): readonly Witness[] | null {
  const pairs = hostsOf(text).map((pair) => pair.split(/\s+/));
  const read = pairs.map(([vkey = "", url = "", ...more]) => {
    const key = readVerifierKey(vkey, noteTypes.cosignature, nodeSha256);
    const isWhole = key !== null && isAddress(url, ["http:", "https:"]) && more.length === 0;
    return isWhole ? { key, url: url.replace(/\/+$/, "") } : null;
  });
  const whole = read.filter((witness) => witness !== null);
  return whole.length === read.length ? whole : null;
}

const hostsOf = (text = ""): string[] => listOf(text).filter((host) => host !== "");

// Found at the start and not at the counter: links go out on paper, and without a timestamp nothing is released.
const addresses = [
  { name: "PUBLIC_URL", fits: (text: string) => isAddress(text, ["https:"]) && !/[?#]/.test(text) },
  {
    name: "TIMESTAMP_URLS",
    fits: (text: string) => listOf(text).every(isAuthority),
  },
] as const;

function production(env: z.infer<typeof Environment>, common: Common): Result<Config, ConfigFailure> {
  const fault = faultOf(env);
  if (fault !== null) return fail(fault);
  const keyFile = resolve(env.KEY_FILE ?? "");
  if (isInside(realPath(keyFile), realPath(common.dataFolder))) return fail({ code: "key_file_inside_data_folder" });
  return ok({
    ...common,
    mode: "production",
    publicUrl: (env.PUBLIC_URL ?? "").replace(/\/+$/, ""),
    databaseUrl: env.DATABASE_URL ?? "",
    keyFile,
    serviceKeys: resolve(env.SERVICE_KEYS ?? ""),
    timestampUrls: listOf(env.TIMESTAMP_URLS ?? ""),
    privateHosts: hostsOf(env.PRIVATE_HOSTS),
    keyList: resolve(env.KEY_LIST ?? ""),
    rootKey: env.ROOT_KEY ?? "",
    reportKey: reportKeyOf(env),
  });
}

function faultOf(env: z.infer<typeof Environment>): ConfigFailure | null {
  const variables = demanded.filter((name) => env[name] === undefined);
  if (variables.length > 0)
    return { code: "variables_missing", variables, why: env.DATABASE_URL === undefined ? "address" : "database" };
  const unfit = addresses.find(({ name, fits }) => !fits(env[name] ?? ""));
  if (unfit !== undefined) return { code: "malformed_environment", variable: unfit.name };
  // Both or neither: with one of them forgotten, reports would be missing in silence.
  const { REPORT_KEY: file, REPORT_KEY_PIN_FILE: pinFile } = env;
  if ((file === undefined) === (pinFile === undefined)) return null;
  return { code: "malformed_environment", variable: file === undefined ? "REPORT_KEY" : "REPORT_KEY_PIN_FILE" };
}

function reportKeyOf({ REPORT_KEY: file, REPORT_KEY_PIN_FILE: pinFile }: z.infer<typeof Environment>) {
  return file === undefined || pinFile === undefined ? null : { file: resolve(file), pinFile: resolve(pinFile) };
}

/** Only addresses that no other machine can reach; a name could be pointed elsewhere. */
function isLoopback(host: string): boolean {
  return host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
