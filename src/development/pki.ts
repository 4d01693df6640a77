import { createPublicKey } from "node:crypto";
import { type Bytes, fail, hexOf, type Instant, instantOfSeconds, ok, type Result, secondsOf } from "../core/kernel.ts";
import {
  basicConstraints,
  certificateOf,
  type Issuer,
  keyUsage,
  nameOf,
  ocspAccess,
  type Subject,
  serialIn,
  subjectIn,
} from "./certificate.ts";
import { changeIndex, type RevocationReason, readIndex } from "./issued-index.ts";
import { pkcs12Of } from "./pkcs12.ts";
import { indexFile, type PkiFailure, pkiFolder, readCertificate, readKey } from "./pki-files.ts";
import { hasPki, makePki, newRsaKey, newSerial, notBefore, type PkiWorld } from "./pki-making.ts";
import { type AuthorityPorts, ocspUrlOf, readPorts } from "./ports.ts";

/** A PKI whose every name says DEVELOPMENT. Its private keys stay in its folder. */
export type DevelopmentPki = {
  readonly folder: string;
  readonly ports: AuthorityPorts;
  /** Trust anchors by purpose, DESIGN decision 12; DER. */
  readonly anchors: { readonly officialsAndAgencies: Bytes; readonly timestamp: Bytes };
  /** Above every certificate of an official or an agency, below its anchor. */
  readonly issuingCertificate: Bytes;
  readonly timestampCertificate: Bytes;
};

/**
 * Opens `<data>/pki`, after making it where there is none: about a second for five RSA keys. The folder appears whole
 * under its name or not at all, so what a killed first start left is made anew, and what stands is never touched.
 *
 * @param dataFolder used by one service at a time
 * @returns `pki_unreadable` with the first file that is missing or is not what it should be
 */
export async function openDevelopmentPki(
  dataFolder: string,
  world: PkiWorld,
): Promise<Result<DevelopmentPki, PkiFailure>> {
  if (!hasPki(dataFolder)) await makePki(dataFolder, world);
  return readPki(pkiFolder(dataFolder));
}

export type CertificateRequest = {
  readonly subject: Subject;
  /** Ends this many days from now; two years unless told. */
  readonly validDays?: number;
};

export type IssuedCertificate = {
  readonly certificateDer: Bytes;
  /** As {@link revokeCertificate} wants it. */
  readonly serial: string;
  /** The key under the PIN, with its certificate and the issuing one. Only this form of the key may be kept. */
  readonly pkcs12: (pin: string) => Bytes;
};

/**
 * Issues a certificate for an official's or an agency's RSA-2048 key, for signing only (NĐ 68/2024 Art. 7, LAW 5.4).
 * The OCSP authority knows it before it is handed out.
 */
export async function issueCertificate(
  pki: DevelopmentPki,
  request: CertificateRequest,
  world: PkiWorld,
): Promise<Result<IssuedCertificate, PkiFailure>> {
  const issuing = readIssuer(pki);
  if (!issuing.ok) return issuing;
  const key = await newRsaKey();
  const now = world.now();
  const content = { ...contentFor(request, pki.ports, now), serial: newSerial(world), publicKey: key.publicKey };
  const certificateDer = certificateOf(content, issuing.value);
  const serial = hexOf(serialIn(certificateDer));
  const entry = { serial, issuer: "issuing", subject: request.subject.commonName, issuedAt: now, revoked: null };
  const known = changeIndex(indexFile(pki.folder), (entries) => [...entries, entry]);
  if (!known.ok) return known;
  const chain = [certificateDer, pki.issuingCertificate];
  const pkcs12 = (pin: string) =>
    pkcs12Of({ key: key.privateKey, friendlyName: request.subject.commonName, chain }, pin, world.random);
  return ok({ certificateDer, serial, pkcs12 });
}

/**
 * From the next question on, the OCSP authority answers "revoked". A second revocation changes nothing.
 *
 * @param serial as {@link IssuedCertificate} gives it
 */
export function revokeCertificate(
  pki: DevelopmentPki,
  serial: string,
  reason: RevocationReason,
  world: Pick<PkiWorld, "now">,
): Result<null, PkiFailure | { readonly code: "certificate_not_issued_here" }> {
  let found = false;
  const changed = changeIndex(indexFile(pki.folder), (entries) =>
    entries.map((entry) => {
      if (entry.serial !== serial) return entry;
      found = true;
      return { ...entry, revoked: entry.revoked ?? { at: world.now(), reason } };
    }),
  );
  if (!changed.ok) return changed;
  return found ? changed : fail({ code: "certificate_not_issued_here" });
}

function contentFor(request: CertificateRequest, ports: AuthorityPorts, now: Instant) {
  const validSeconds = (request.validDays ?? 730) * 86_400;
  return {
    subject: nameOf(request.subject),
    notBefore: notBefore(now),
    notAfter: instantOfSeconds(secondsOf(now) + validSeconds),
    extensions: [basicConstraints(false), keyUsage("digitalSignature", "nonRepudiation"), ocspAccess(ocspUrlOf(ports))],
  };
}

function readIssuer(pki: DevelopmentPki): Result<Issuer, PkiFailure> {
  const key = readKey(pki.folder, "issuing");
  if (!key.ok) return key;
  return ok({ name: subjectIn(pki.issuingCertificate), privateKey: key.value, publicKey: createPublicKey(key.value) });
}

function readPki(folder: string): Result<DevelopmentPki, PkiFailure> {
  const ports = readPorts(folder);
  if (!ports.ok) return ports;
  const root = readCertificate(folder, "root");
  if (!root.ok) return root;
  const timestampCa = readCertificate(folder, "timestamp-ca");
  if (!timestampCa.ok) return timestampCa;
  const issuing = readCertificate(folder, "issuing");
  if (!issuing.ok) return issuing;
  const timestamp = readCertificate(folder, "timestamp");
  if (!timestamp.ok) return timestamp;
  const index = readIndex(indexFile(folder));
  if (!index.ok) return index;
  return ok({
    folder,
    ports: ports.value,
    anchors: { officialsAndAgencies: root.value, timestamp: timestampCa.value },
    issuingCertificate: issuing.value,
    timestampCertificate: timestamp.value,
  });
}
