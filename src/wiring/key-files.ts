import { entryBeside, startChild } from "../../ocr/child.ts";
import { type Certificate, type KeyAlgorithm, parseCertificate } from "../../signing/format/certificate.ts";
import { findChain } from "../../signing/format/chain.ts";
import type { Name } from "../../signing/format/name.ts";
import { type Bytes, fail, ok, type Result } from "../core/kernel.ts";
import type { AdministrationFailure } from "../usecases/administration/failure.ts";
import type { FoundKey } from "../usecases/administration/key-holding.ts";
import type { House } from "./house.ts";
import { anchorsOf } from "./timestamps.ts";

const trySeconds = 3; // signing opens the file again, in the service: one that takes longer would hold everyone up

/** Tries a PKCS#12 with its PIN in a process of its own. Neither PIN nor key is kept; the file stays as it came. */
export async function openKeyFile(file: Bytes, pin: string): Promise<Result<FoundKey, AdministrationFailure>> {
  const child = await startChild({
    entry: entryBeside(import.meta.url, "key-file-child"),
    heapMiB: 128,
    growthMiB: 256,
  });
  if (!child.ok) return fail({ code: "key_file_unreadable" });
  const answer = await child.value.ask({ head: { pin }, parts: [file] }, { wallSeconds: trySeconds });
  child.value.kill();
  if (!answer.ok) return fail({ code: "key_file_unreadable" });
  const { head, parts } = answer.value;
  if ((head as { refused?: unknown }).refused === "wrong_pin") return fail({ code: "key_file_pin" });
  const [certificate, ...chain] = parts;
  return certificate === undefined ? fail({ code: "key_file_unreadable" }) : foundKey(certificate, chain);
}

const pemBlock = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;

/** DER of one certificate, or PEM of it and of those above it. */
export function readCertificateFile(file: Bytes): Result<FoundKey, AdministrationFailure> {
  const blocks = [...Buffer.from(file).toString("latin1").matchAll(pemBlock)].slice(0, 10);
  const ders = blocks.map(([, base64]) => new Uint8Array(Buffer.from(base64 ?? "", "base64")));
  const [certificate = file, ...chain] = ders;
  const found = foundKey(certificate, chain);
  return !found.ok && found.failure.code === "key_file_unreadable" ? fail({ code: "certificate_unreadable" }) : found;
}

export function foundKey(der: Bytes, chain: readonly Bytes[]): Result<FoundKey, AdministrationFailure> {
  const certificate = parseCertificate(der);
  if (!certificate.ok) return fail({ code: "key_file_unreadable" });
  if (!isStrong(certificate.value.keyAlgorithm)) return fail({ code: "key_too_weak" });
  const { notBefore, notAfter, subject } = certificate.value;
  return ok({ certificate: der, chain, notBefore, notAfter, subject: shortName(subject) });
}

/** LAW 5.4: RSA of 2048 bits or more, or a curve of 256. */
function isStrong(key: KeyAlgorithm): boolean {
  if (key.kind === "rsa") return key.bits >= 2048;
  return key.kind === "ed25519" || (key.kind === "ec" && key.curve !== "other");
}

export const shortName = ({ commonName, text }: Name): string => commonName ?? text;

/** A certificate that no anchor vouches for would sign copies that nobody believes: said now, not at the counter. */
export async function checkTrust(
  house: House,
  key: FoundKey,
  role: "official" | "agency_seal",
): Promise<Result<FoundKey, AdministrationFailure>> {
  const leaf = parseCertificate(key.certificate);
  if (!leaf.ok) return fail({ code: "key_file_unreadable" });
  const candidates = key.chain.flatMap((der) => certificatesIn(der));
  const question = { leaf: leaf.value, candidates, anchors: anchorsOf(house), purposes: [role], at: house.now() };
  const found = await findChain(question, house.primitives);
  if (found.trusted) return ok({ ...key, chain: issuersIn(found.path) });
  return fail({ code: found.reason === "certificate_expired" ? "certificate_expired" : "certificate_untrusted" });
}

const certificatesIn = (der: Bytes): Certificate[] => {
  const parsed = parseCertificate(der);
  return parsed.ok ? [parsed.value] : [];
};

/** Without the anchor, which verifiers have, unless it issued the certificate itself: revocation is asked of the issuer. */
function issuersIn(path: readonly Certificate[]): readonly Bytes[] {
  const between = path.slice(1, -1);
  return (between.length > 0 ? between : path.slice(1, 2)).map(({ raw }) => raw);
}
