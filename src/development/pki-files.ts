import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Bytes, fail, ok, type Result } from "../core/kernel.ts";

/** The folder of one development PKI: for each authority `<name>.crt` and mostly `<name>.key`, the ports, the index. */
export const pkiFolder = (dataFolder: string): string => join(dataFolder, "pki");
export const portsFile = (folder: string): string => join(folder, "ports.json");
export const indexFile = (folder: string): string => join(folder, "index.json");
export const certificateFile = (folder: string, name: string): string => join(folder, `${name}.crt`);
export const keyFile = (folder: string, name: string): string => join(folder, `${name}.key`);

export type PkiFailure = { readonly code: "pki_unreadable"; readonly file: string };

/** DER of a certificate kept as PEM. */
export const readCertificate = (folder: string, name: string): Result<Bytes, PkiFailure> =>
  readWith(certificateFile(folder, name), (text) => new Uint8Array(new X509Certificate(text).raw));

export const readKey = (folder: string, name: string): Result<KeyObject, PkiFailure> =>
  readWith(keyFile(folder, name), (text) => createPrivateKey(text));

/** A file that is missing and one that is broken are the same to whoever starts the service: both are named. */
export function readWith<T>(file: string, parse: (text: string) => T): Result<T, PkiFailure> {
  try {
    return ok(parse(readFileSync(file, "utf8")));
  } catch {
    return fail({ code: "pki_unreadable", file });
  }
}
