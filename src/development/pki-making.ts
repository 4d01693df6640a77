import { generateKeyPair, type KeyObject } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { promisify } from "node:util";
import { oids } from "../../signing/format/oids.ts";
import { type Bytes, hexOf, type Instant, instantOfSeconds, secondsOf } from "../core/kernel.ts";
import { makePrivateFolder, nameFolder, writePrivateFile } from "../roof/durable-files.ts";
import {
  basicConstraints,
  certificateOf,
  certificatePem,
  extendedKeyUsage,
  type Issuer,
  keyUsage,
  nameOf,
  ocspAccess,
  ocspNoCheck,
  serialIn,
} from "./certificate.ts";
import { type IssuedCertificateEntry, indexText } from "./issued-index.ts";
import { certificateFile, indexFile, keyFile, pkiFolder, portsFile } from "./pki-files.ts";
import { type AuthorityPorts, choosePorts, ocspUrlOf } from "./ports.ts";

/** What making and using the development PKI asks of its caller. */
export type PkiWorld = {
  now(): Instant;
  /** Unpredictable octets. */
  random(bytes: number): Uint8Array;
};

export type RsaKeyPair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

/** RSA-2048, as the tokens of Vietnamese officials hold. */
export const newRsaKey = (): Promise<RsaKeyPair> => promisify(generateKeyPair)("rsa", { modulusLength: 2048 });

/** 127 random bits, positive: more than the 64 that keep a serial number from being foreseen. */
export function newSerial(world: PkiWorld): Uint8Array {
  const serial = Uint8Array.from(world.random(16));
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40; // neither negative nor shortened: every serial has 16 octets
  return serial;
}

/** A minute back, for a clock that runs behind ours. */
export const notBefore = (now: Instant): Instant => instantOfSeconds(secondsOf(now) - 60);

/**
 * Makes the whole PKI in a folder beside and then gives that folder its name. A process killed on the way leaves only
 * the folder beside, which the next one removes.
 */
export async function makePki(dataFolder: string, world: PkiWorld): Promise<void> {
  const making = `${pkiFolder(dataFolder)}.making`;
  const [files] = await Promise.all([pkiFiles(world), rmSync(making, { recursive: true, force: true })]);
  makePrivateFolder(making);
  for (const { path, text } of files(making)) writePrivateFile(path, text);
  nameFolder(making, pkiFolder(dataFolder));
}

export const hasPki = (dataFolder: string): boolean => existsSync(pkiFolder(dataFolder));

type MadeCertificate = {
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly certificate: Bytes;
};

async function pkiFiles(world: PkiWorld) {
  const [ports, ...keys] = await Promise.all([choosePorts(world.random), ...keyNames.map(() => newRsaKey())]);
  const keyPairs = Object.fromEntries(keyNames.map((name, i) => [name, keys[i]])) as Record<KeyName, RsaKeyPair>;
  const made = certificates(keyPairs, ports, world);
  return (folder: string) => [
    ...made.map(({ name, certificate }) => ({
      path: certificateFile(folder, name),
      text: certificatePem(certificate),
    })),
    ...keyNames.map((name) => ({ path: keyFile(folder, name), text: keyPem(keyPairs[name]) })),
    { path: portsFile(folder), text: `${JSON.stringify(ports)}\n` },
    { path: indexFile(folder), text: indexText(made.map((one) => entryOf(one, world.now()))) },
  ];
}

const keyNames = ["root", "issuing", "timestamp-ca", "timestamp", "ocsp"] as const;
type KeyName = (typeof keyNames)[number];

const keyPem = (pair: RsaKeyPair): string => pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();

const organisation = "chungthuc DEVELOPMENT, valid nowhere";

function certificates(keys: Record<KeyName, RsaKeyPair>, ports: AuthorityPorts, world: PkiWorld): MadeCertificate[] {
  const now = world.now();
  const tenYears = { notBefore: notBefore(now), notAfter: instantOfSeconds(secondsOf(now) + 3652 * 86_400) };
  const asked = ocspAccess(ocspUrlOf(ports));
  const make = (profile: Profile): MadeCertificate => {
    const { name, issuer, key, subject, extensions } = profile;
    const issuedBy: Issuer = { name: named(subjects[issuer]), ...keys[issuer] };
    const content = { serial: newSerial(world), subject: named(subject), publicKey: keys[key].publicKey };
    return { name, issuer, subject, certificate: certificateOf({ ...content, ...tenYears, extensions }, issuedBy) };
  };
  return profiles(asked).map(make);
}

const named = (commonName: string): Bytes => nameOf({ organisation, commonName });

const subjects = {
  root: "DEVELOPMENT Root CA",
  issuing: "DEVELOPMENT Issuing CA for officials and agencies",
  "timestamp-ca": "DEVELOPMENT Timestamp CA",
} as const;
type CaName = keyof typeof subjects;

type Profile = {
  readonly name: string;
  readonly issuer: CaName;
  readonly key: KeyName;
  readonly subject: string;
  readonly extensions: readonly Bytes[];
};

/**
 * Two trees, so that an anchor has one purpose (DESIGN decision 12): root over issuing, and the timestamp authority's
 * own. Each CA has its own OCSP responder certificate over one key: RFC 6960 §4.2.2.2 wants it issued by the very CA
 * whose certificates it answers for. Authorities live as long as their CA, so that a development store never expires.
 */
function profiles(asked: Bytes): Profile[] {
  const ca = keyUsage("keyCertSign", "cRLSign");
  const responder = (issuer: CaName): Profile => ({
    name: `ocsp-${issuer}`,
    issuer,
    key: "ocsp",
    subject: `DEVELOPMENT OCSP Responder (${issuer})`,
    extensions: [
      basicConstraints(false),
      keyUsage("digitalSignature"),
      extendedKeyUsage(false, oids.ocspSigning),
      ocspNoCheck(),
    ],
  });
  const anchor = (name: "root" | "timestamp-ca"): Profile => ({
    name,
    issuer: name,
    key: name,
    subject: subjects[name],
    extensions: [basicConstraints(true, name === "root" ? 1 : 0), ca],
  });
  const timestampUses = [keyUsage("digitalSignature", "nonRepudiation"), extendedKeyUsage(true, oids.timeStamping)];
  return [
    anchor("root"),
    anchor("timestamp-ca"),
    {
      name: "issuing",
      issuer: "root",
      key: "issuing",
      subject: subjects.issuing,
      extensions: [basicConstraints(true, 0), ca, asked],
    },
    {
      name: "timestamp",
      issuer: "timestamp-ca",
      key: "timestamp",
      subject: "DEVELOPMENT Timestamp Authority",
      extensions: [basicConstraints(false), ...timestampUses, asked],
    },
    responder("root"),
    responder("issuing"),
    responder("timestamp-ca"),
  ];
}

function entryOf({ certificate, issuer, subject }: MadeCertificate, issuedAt: Instant): IssuedCertificateEntry {
  return { serial: hexOf(serialIn(certificate)), issuer, subject, issuedAt, revoked: null };
}
