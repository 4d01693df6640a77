import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { oids } from "../../signing/format/oids.ts";
import { type Bytes, hexOf, instantOfSeconds, ok, type Result, secondsOf } from "../core/kernel.ts";
import { makePrivateFolder, nameFolder, writePrivateFile } from "../roof/durable-files.ts";
import type { ReportKeyFiles } from "../roof/report-key.ts";
import {
  basicConstraints,
  certificateOf,
  certificatePem,
  extendedKeyUsage,
  type Issuer,
  keyUsage,
  nameOf,
} from "./certificate.ts";
import { pkcs12Of } from "./pkcs12.ts";
import { type PkiFailure, readCertificate } from "./pki-files.ts";
import { newRsaKey, newSerial, notBefore, type PkiWorld } from "./pki-making.ts";

export type DevelopmentReportKey = ReportKeyFiles & {
  /** DER of the authority above it; an anchor for public certificates only. */
  readonly anchor: Bytes;
};

/**
 * Opens `<data>/report-key`, after making it where there is none. A tree of its own beside the PKI of officials and
 * agencies: no path leads from a report to an anchor that vouches for either. The folder appears whole or not at all.
 */
export async function openDevelopmentReportKey(
  dataFolder: string,
  world: PkiWorld,
): Promise<Result<DevelopmentReportKey, PkiFailure>> {
  const folder = join(dataFolder, "report-key");
  if (!existsSync(folder)) await make(folder, world);
  const anchor = readCertificate(folder, "authority");
  if (!anchor.ok) return anchor;
  return ok({ file: join(folder, "report.p12"), pinFile: join(folder, "report.pin"), anchor: anchor.value });
}

async function make(folder: string, world: PkiWorld): Promise<void> {
  const [authority, report] = await Promise.all([newRsaKey(), newRsaKey()]);
  const now = world.now();
  const tenYears = { notBefore: notBefore(now), notAfter: instantOfSeconds(secondsOf(now) + 3652 * 86_400) };
  const issuer: Issuer = { name: named("DEVELOPMENT Report CA"), ...authority };
  const authorityCertificate = certificateOf(
    {
      ...{ serial: newSerial(world), subject: issuer.name, publicKey: authority.publicKey, ...tenYears },
      extensions: [basicConstraints(true, 0), keyUsage("keyCertSign", "cRLSign")],
    },
    issuer,
  );
  const certificate = certificateOf(
    {
      ...{ serial: newSerial(world), subject: named(reportName), publicKey: report.publicKey, ...tenYears },
      extensions: [
        basicConstraints(false),
        keyUsage("digitalSignature", "nonRepudiation"),
        extendedKeyUsage(false, oids.documentSigning),
      ],
    },
    issuer,
  );
  const pin = hexOf(world.random(16));
  const pkcs12 = pkcs12Of(
    { key: report.privateKey, friendlyName: reportName, chain: [certificate] },
    pin,
    world.random,
  );
  const making = `${folder}.making`;
  rmSync(making, { recursive: true, force: true });
  makePrivateFolder(making);
  writePrivateFile(join(making, "authority.crt"), certificatePem(authorityCertificate));
  writePrivateFile(join(making, "report.pin"), `${pin}\n`);
  writePrivateFile(join(making, "report.p12"), pkcs12);
  nameFolder(making, folder); // last: what a killed first start left is made anew
}

const reportName = "DEVELOPMENT Examination reports";
const named = (commonName: string): Bytes =>
  nameOf({ organisation: "chungthuc DEVELOPMENT, valid nowhere", commonName });
