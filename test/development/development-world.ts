import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Instant, instantOfSeconds } from "../../src/core/kernel.ts";
import { type Authorities, startAuthorities } from "../../src/development/authorities.ts";
import { certificatePem } from "../../src/development/certificate.ts";
import { issueCertificate, openDevelopmentPki } from "../../src/development/pki.ts";

export const world = {
  now: (): Instant => instantOfSeconds(Math.floor(Date.now() / 1000)),
  random: (bytes: number): Uint8Array => new Uint8Array(randomBytes(bytes)),
};

export const newFolder = (): string => mkdtempSync(join(tmpdir(), "chungthuc-development-"));
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

export async function openedPki(dataFolder: string) {
  const pki = await openDevelopmentPki(dataFolder, world);
  if (!pki.ok) throw new Error(pki.failure.file);
  return pki.value;
}

export const demoSubject = {
  organisation: "Ủy ban nhân dân phường Hoa Ban (hư cấu)",
  title: "Phó Chủ tịch",
  commonName: "Quàng Văn Mẫu Ba (hư cấu)",
};

/** Issues and writes `<data>/<name>.pem`, as openssl wants to read it. */
export async function issued(pki: Awaited<ReturnType<typeof openedPki>>, name: string) {
  const certificate = await issueCertificate(pki, { subject: demoSubject }, world);
  if (!certificate.ok) throw new Error(certificate.failure.file);
  const path = join(pki.folder, "..", `${name}.pem`);
  writeFileSync(path, certificatePem(certificate.value.certificateDer));
  return { ...certificate.value, path };
}

/** Every file below, with its bytes in hexadecimal. */
export function contentsOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).toSorted();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path).toString("hex")]));
}

export async function startedAuthorities(dataFolder: string): Promise<Authorities> {
  const outcome = await startAuthorities(dataFolder);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
}

export function post(url: string, type: string, body: Uint8Array<ArrayBuffer>): Promise<Response> {
  return fetch(url, { method: "POST", headers: { "content-type": type }, body });
}
