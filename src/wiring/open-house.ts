import { join } from "node:path";
import { statusAtIndices } from "../../db/stores/annulments.ts";
import { keepChecks } from "../../db/stores/copy-checks.ts";
import type { Readers } from "../../ocr/readers.ts";
import type { Config } from "../config.ts";
import { usualProcedureCodes } from "../core/procedure.ts";
import { usualStandards } from "../core/statistics/step-times.ts";
import { usualTerms } from "../core/terms.ts";
import { samplePaths } from "../development/sample.ts";
import { loadFonts } from "../fonts.ts";
import type { HttpClient } from "../http.ts";
import { nodePrimitives } from "../primitives-node.ts";
import type { PublicFiles } from "../publish/public-files.ts";
import { askedTogether } from "../roof/asked-together.ts";
import { coalesced } from "../roof/coalesced.ts";
import type { KeyDevices } from "../roof/key-devices.ts";
import type { Log } from "../roof/log.ts";
import { longActs } from "../roof/long-acts.ts";
import { folderDoor, type MailDoor, smtpDoor } from "../roof/mail.ts";
import { notedChecks } from "../roof/noted-checks.ts";
import { takeTurns } from "../roof/turns.ts";
import { withBeginnings } from "./beginnings.ts";
import type { Examiner } from "./examiner.ts";
import { type House, systemClock } from "./house.ts";
import { readSignatureImage } from "./images.ts";
import type { Store } from "./open-store.ts";
import type { OpenedTrust } from "./open-trust.ts";
import { derivedKey } from "./routes.ts";
import { publishStatusList } from "./status.ts";
import { circleOf, writeLog } from "./watched-log.ts";
import type { Pass } from "./waypoints.ts";

const checksEveryMs = 1000;
const aMoment = () => new Promise<void>((resolve) => void setTimeout(resolve, 1));

type Opened = {
  readonly config: Config;
  readonly store: Store;
  readonly trust: OpenedTrust;
  readonly files: PublicFiles;
  readonly http: HttpClient;
  readonly webhooks: House["webhooks"];
  readonly citizenStore: House["citizenStore"];
  readonly readers: Readers;
  readonly examiner: Examiner;
  readonly log: Log;
  readonly pass: Pass;
  readonly keyDevices: KeyDevices;
};

/** Puts together what the roof has opened. */
export async function openHouse(opened: Opened): Promise<House> {
  const { config, store, trust, files, http, webhooks, readers, examiner, log, pass, keyDevices } = opened;
  const development = config.mode === "development";
  const [fonts, images] = await Promise.all([loadFonts(), development ? demoImages() : null]);
  const house: House = {
    development,
    publicUrl: config.mode === "development" ? `http://${config.host}:${config.publicPort}` : config.publicUrl,
    ...store.database,
    blobs: store.blobs,
    publicFiles: files,
    primitives: withBeginnings(nodePrimitives),
    http,
    webhooks,
    readers,
    examiner,
    timestampUrls: trust.timestampUrls,
    keyDevices,
    serviceKeys: trust.serviceKeys,
    reportKey: trust.reportKey,
    mail: mailOf(config),
    citizenStore: opened.citizenStore,
    hashSecret: derivedKey(store.masterKey.bytes, "keyed hashes"),
    fonts,
    images,
    keyList: trust.keyList,
    trial: trust.trial,
    rootPublicKey: trust.rootPublicKey,
    log,
    now: systemClock,
    terms: config.terms ?? usualTerms,
    standards: config.standards ?? usualStandards,
    procedureCodes: config.procedureCodes ?? usualProcedureCodes,
    pass,
    witnesses: circleOf(config.witnesses ?? [], http, log),
    writeLog: coalesced(() => writeLog(house)),
    atTheDesk: takeTurns(2),
    longActs: longActs(),
    sampleToken: { known: null },
    checks: notedChecks({
      now: systemClock,
      keep: (checks) => keepChecks(store.database.sql, checks),
      onLost: (count, error) => log.warn("checks_not_kept", { count, error }),
      later: (act) => setTimeout(act, checksEveryMs).unref(),
    }),
    statusAt: askedTogether((indices) => statusAtIndices(store.database.lookups, indices), aMoment),
    tellStatus: coalesced(() => publishStatusList(house)),
  };
  return house;
}

/** Development writes letters into a folder unless a server is named; elsewhere there is one or no mail at all. */
function mailOf(config: Config): MailDoor | null {
  if (config.mail !== undefined) return smtpDoor(config.mail);
  return config.mode === "development" ? folderDoor(join(config.dataFolder, "outbox")) : null;
}

async function demoImages() {
  const [signature, seal] = await Promise.all([samplePaths.signature, samplePaths.seal].map(readSignatureImage));
  return signature === undefined || seal === undefined ? null : { signature, seal };
}
