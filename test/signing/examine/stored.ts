import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bytes, Instant } from "../../../src/core/kernel.ts";
import { appended, bodyOf } from "./appended.ts";

/** A row of openssl's index: serial of the certificate, and when and why it was revoked. */
export type RevokedRow = { readonly serial: string; readonly revokedAt: Instant; readonly why?: string };

export const compact = (instant: Instant) => instant.replace(/[-:T]/g, "");

/** DER of the root's list as openssl issues it now, for a week. */
export function listOf(folder: string, rows: readonly RevokedRow[]): Bytes {
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const text = rows.map(({ serial, revokedAt, why }) => {
    const when = [compact(revokedAt).slice(2), ...(why === undefined ? [] : [why])].join(",");
    return `R\t351231235959Z\t${when}\t${serial}\tunknown\t/CN=x (fictional)\n`;
  });
  const path = (name: string) => join(folder, name);
  writeFileSync(path("crl-index.txt"), text.join(""));
  writeFileSync(
    path("crl.cnf"),
    "[ca]\ndefault_ca=d\n[d]\ndatabase=crl-index.txt\ndefault_md=sha256\ndefault_crl_days=7\n",
  );
  openssl("ca", "-gencrl", "-config", "crl.cnf", "-keyfile", "root.key", "-cert", "root.crt", "-out", "list.pem");
  openssl("crl", "-in", "list.pem", "-outform", "DER", "-out", "list.der");
  return new Uint8Array(readFileSync(path("list.der")));
}

/** The file with a document security store behind it. */
export function withStore(pdf: Bytes, entries: { readonly CRLs?: Bytes; readonly OCSPs?: Bytes }): Bytes {
  const text = Buffer.from(pdf).toString("latin1");
  const root = Number([...text.matchAll(/\/Root (\d+) 0 R/g)].at(-1)?.[1]);
  const stream = (der: Bytes) => `<</Length ${der.length}>>\nstream\n${Buffer.from(der).toString("latin1")}\nendstream`;
  const lists = Object.keys(entries).map((key, i) => `/${key}[${904 + i} 0 R]`);
  const catalog = bodyOf(pdf, root).replace(/>>$/, `/DSS<<${lists.join("")}>>>>`);
  const streams = Object.values(entries).map((der, i) => [904 + i, stream(der)] as const);
  return appended(pdf, [[root, catalog], ...streams]);
}
