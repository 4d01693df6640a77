import { readFileSync } from "node:fs";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import { openPkcs12 } from "../../signing/keys/pkcs12.ts";
import { fail, ok, type Result } from "../core/kernel.ts";

/** Where the key for reports lies: a PKCS#12, and a file whose first line is its PIN. */
export type ReportKeyFiles = { readonly file: string; readonly pinFile: string };

export type ReportKeyFailure = {
  readonly code: "report_key_unusable";
  /** Which file, or what is wrong with the certificate; never the PIN. */
  readonly reason: string;
};

export const unusableReportKey = (reason: string) => fail({ code: "report_key_unusable", reason } as const);

/** Opens the key that signs reports of examinations and nothing else; it stays open while the service runs. */
export function loadReportKey({ file, pinFile }: ReportKeyFiles): Result<KeyHolder, ReportKeyFailure> {
  const pkcs12 = readOrNull(file);
  if (pkcs12 === null) return unusableReportKey(`cannot read ${file}`);
  const pin = readOrNull(pinFile);
  if (pin === null) return unusableReportKey(`cannot read ${pinFile}`);
  const [line = ""] = pin.toString("utf8").split(/\r?\n/);
  const opened = openPkcs12(new Uint8Array(pkcs12), line);
  return opened.ok ? ok(opened.value) : unusableReportKey(`${file}: ${opened.failure.code}`);
}

function readOrNull(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}
