import type { KeyObject } from "node:crypto";
import { isMarked, markOnce } from "../../db/stores/store-mark.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import type { Config, DevelopmentConfig, ProductionConfig } from "../config.ts";
import { type Bytes, equalBytes, fail, type Hash, ok, type Result } from "../core/kernel.ts";
import type { KeyList, KeyListFailure, ListedAnchor } from "../core/key-list.ts";
import type { NoteKey } from "../core/log/note.ts";
import { usualBookNames } from "../core/register.ts";
import { type AuthorityFailure, startAuthorities } from "../development/authorities.ts";
import { keptDemoSecrets } from "../development/demo-secrets.ts";
import { type DevelopmentPki, openDevelopmentPki } from "../development/pki.ts";
import type { PkiFailure } from "../development/pki-files.ts";
import { openDevelopmentReportKey } from "../development/report-key.ts";
import { seedDemo } from "../development/seed-demo.ts";
import type { PublicFiles } from "../publish/public-files.ts";
import type { ReportKeyFailure } from "../roof/report-key.ts";
import {
  loadServiceKey,
  loadServiceKeys,
  makeServiceKeys,
  type ServiceKeyFailure,
  type ServiceKeys,
} from "../roof/service-keys.ts";
import { takeTurns } from "../roof/turns.ts";
import { newId, randomOf, systemClock } from "./house.ts";
import type { Store } from "./open-store.ts";
import { openReportKey } from "./report-key.ts";
import { makeTrust, readTrust, type Trust } from "./trust.ts";

export type OpenedTrust = {
  readonly keyList: () => KeyList;
  readonly rootPublicKey: Bytes;
  /** Null in production: there the root is offline, and nobody issues certificates for a trial. */
  readonly trial: Trial | null;
  readonly serviceKeys: ServiceKeys;
  readonly timestampUrls: readonly string[];
  /** Signs reports of examinations; null where none is configured. */
  readonly reportKey: KeyHolder | null;
  readonly close: () => Promise<void>;
};

/** What only a development store has. */
export type Trial = {
  readonly pki: DevelopmentPki;
  /** Makes the list anew from what is registered and publishes it; on return verifiers are told. */
  readonly renewKeyList: () => Promise<void>;
};

export type TrustFailure =
  | ReportKeyFailure
  | PkiFailure
  | AuthorityFailure
  | ServiceKeyFailure
  | KeyListFailure
  /** WITNESSES names one that the root's key list does not: nobody would count its cosignature. */
  | { readonly code: "witness_not_listed"; readonly witness: string };

/** Keys, authorities and the key list: configured in production, made on the first run in development. */
export function openTrust(
  config: Config,
  store: Store,
  files: PublicFiles,
  sha256: Hash,
): Promise<Result<OpenedTrust, TrustFailure>> {
  return config.mode === "development"
    ? openDevelopmentTrust(config, store, files, sha256)
    : openProductionTrust(config, files, sha256);
}

async function openProductionTrust(
  config: ProductionConfig,
  files: PublicFiles,
  sha256: Hash,
): Promise<Result<OpenedTrust, TrustFailure>> {
  const serviceKeys = loadServiceKeys(config.serviceKeys);
  if (!serviceKeys.ok) return serviceKeys;
  const trust = await readTrust(config.keyList, config.rootKey, files, sha256);
  if (!trust.ok) return trust;
  const stranger = config.witnesses?.find(({ key }) => !isListed(trust.value.keyList, key));
  if (stranger !== undefined) return fail({ code: "witness_not_listed", witness: stranger.key.name });
  const { timestampUrls } = config;
  const { keyList, rootPublicKey } = trust.value;
  const reportKey =
    config.reportKey === null ? ok(null) : await openReportKey(config.reportKey, keyList, systemClock());
  if (!reportKey.ok) return reportKey;
  const known = { keyList: () => keyList, rootPublicKey, trial: null, reportKey: reportKey.value };
  return ok({ ...known, serviceKeys: serviceKeys.value, timestampUrls, close: async () => undefined });
}

const isListed = ({ witnesses }: KeyList, { name, publicKey }: NoteKey): boolean =>
  (witnesses?.keys ?? []).some((key) => key.name === name && equalBytes(key.publicKey, publicKey));

const world = { now: systemClock, random: randomOf };

async function openDevelopmentTrust(
  config: DevelopmentConfig,
  store: Store,
  files: PublicFiles,
  sha256: Hash,
): Promise<Result<OpenedTrust, TrustFailure>> {
  const { dataFolder } = config;
  const [pki, report] = await Promise.all([
    openDevelopmentPki(dataFolder, world),
    openDevelopmentReportKey(dataFolder, world),
  ]);
  if (!pki.ok) return pki;
  if (!report.ok) return report;
  const keys = await developmentKeys(`${dataFolder}/keys`, store);
  if (!keys.ok) return keys;
  const { sql, db } = store.database;
  const secrets = keptDemoSecrets(`${dataFolder}/keys`, randomOf);
  await seedDemo(secrets, { sql, db, pki: pki.value, newId, sha256, bookSuffix: usualBookNames.electronic, ...world });
  const anchors = [...anchorsOf(pki.value), { purpose: "public", certificate: report.value.anchor } as const];
  const { witnesses = [], witnessQuorum = Math.floor(witnesses.length / 2) + 1 } = config;
  const watched = { quorum: witnessQuorum, keys: witnesses.map(({ key }) => key) };
  const making = { sql, files, keys: keys.value, anchors, witnesses: watched, sha256 };
  const trust = await makeTrust({ ...making, now: systemClock() });
  if (!trust.ok) return trust;
  const reportKey = await openReportKey(report.value, trust.value.keyList, systemClock());
  if (!reportKey.ok) return reportKey;
  const renewable = renewableList(trust.value, () => makeTrust({ ...making, now: systemClock() }));
  const authorities = await startAuthorities(dataFolder);
  if (!authorities.ok) return authorities;
  const { timestampUrl, stop } = authorities.value;
  const { rootPublicKey } = trust.value;
  const trial = { pki: pki.value, renewKeyList: renewable.renew };
  const known = { keyList: renewable.keyList, rootPublicKey, trial, reportKey: reportKey.value };
  return ok({ ...known, serviceKeys: keys.value.online, timestampUrls: [timestampUrl], close: stop });
}

/** One making at a time: each takes the next sequence from what is published. Until it is published the old list holds. */
function renewableList(first: Trust, make: () => Promise<Result<Trust, KeyListFailure>>) {
  let current = first;
  const inTurn = takeTurns(1);
  const renew = () =>
    inTurn(async () => {
      const made = await make();
      if (!made.ok) throw new Error(`the key list cannot be made: ${made.failure.code}`);
      current = made.value;
    });
  return { keyList: () => current.keyList, renew };
}

/** Made while the store is being born; a store with a past that lost a key must not get another in silence. */
async function developmentKeys(folder: string, { database }: Store): Promise<Result<Keys, ServiceKeyFailure>> {
  if (!(await isMarked(database.sql, "service_keys"))) {
    makeServiceKeys(folder);
    await markOnce(database.sql, "service_keys");
  }
  const online = loadServiceKeys(folder);
  if (!online.ok) return online;
  const root = loadServiceKey(folder, "root");
  return root.ok ? ok({ online: online.value, root: root.value }) : root;
}

type Keys = { readonly online: ServiceKeys; readonly root: KeyObject };

const anchorsOf = ({ anchors }: DevelopmentPki): ListedAnchor[] => [
  { purpose: "official", certificate: anchors.officialsAndAgencies },
  { purpose: "agency_seal", certificate: anchors.officialsAndAgencies },
  { purpose: "timestamp", certificate: anchors.timestamp },
];
