import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseCertificate } from "../../../signing/format/certificate.ts";
import type { Config } from "../../config.ts";
import { type Bytes, fail, ok, type Result } from "../../core/kernel.ts";
import type { ListedAgency, ListedAnchor } from "../../core/key-list.ts";
import { type PublishedRecords, publishedRecords } from "../../publish/published-records.ts";
import { readBounded } from "../read-bounded.ts";
import { recordPortsOf } from "./key-list-at-hand.ts";

/** Whom an examination believes, and where it looks a record up. */
export type Trust = {
  readonly anchors: readonly ListedAnchor[];
  /** Null where nobody told which agencies certify: then nothing can be said of certified copies. */
  readonly agencies: readonly ListedAgency[] | null;
  readonly sequence: number | null;
  readonly records: PublishedRecords | null;
};

export type TrustFailure = { readonly code: "trust_unreadable"; readonly reason: string };

const purposes = ["official", "agency_seal", "timestamp", "public"] as const;
const certificateFileBytes = 1024 * 1024;

/** Every certificate of these files and folders, each an anchor for every purpose: whoever names a file vouches for it. */
export async function trustFromFiles(paths: readonly string[]): Promise<Result<Trust, TrustFailure>> {
  const anchors: ListedAnchor[] = [];
  for (const path of paths.flatMap(filesOf)) {
    const bytes = await readBounded(path, certificateFileBytes);
    const certificates = bytes.ok ? certificatesIn(bytes.value) : [];
    if (certificates.length === 0) return fail({ code: "trust_unreadable", reason: path });
    anchors.push(...certificates.flatMap((certificate) => purposes.map((purpose) => ({ purpose, certificate }))));
  }
  if (anchors.length === 0) return fail({ code: "trust_unreadable", reason: paths.join(", ") });
  return ok({ anchors, agencies: null, sequence: null, records: null });
}

function filesOf(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => /\.(pem|crt|cer|der)$/i.test(name));
  return names.toSorted().map((name) => join(path, name));
}

/** DER, or PEM with one or several blocks (RFC 7468); whatever is no certificate is left out. */
export function certificatesIn(bytes: Bytes): Bytes[] {
  const text = new TextDecoder("latin1").decode(bytes);
  const blocks = [...text.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g)];
  const ders = blocks.length === 0 ? [bytes] : blocks.map(([, base64 = ""]) => derOf(base64));
  return ders.filter((der) => parseCertificate(der).ok);
}

const derOf = (base64: string): Bytes => new Uint8Array(Buffer.from(base64, "base64"));

const noTrust: Trust = { anchors: [], agencies: null, sequence: null, records: null };

/** The key list of the store that this machine keeps, where there is one; otherwise nobody is believed. */
export async function trustAtHand(config: Config | null): Promise<Trust> {
  const ports = config === null ? null : recordPortsOf(config);
  const records = ports === null ? null : publishedRecords(ports);
  const list = records === null ? null : await records.keyList();
  if (list === null || !list.ok) return noTrust;
  const { anchors, agencies, sequence } = list.value;
  return { anchors, agencies, sequence, records };
}
