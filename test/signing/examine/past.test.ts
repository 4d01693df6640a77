import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bytes, type Instant, instantOfSeconds, secondsOf } from "../../../src/core/kernel.ts";
import { has } from "../../support/tools.ts";
import { appended, bodyOf } from "./appended.ts";
import { examine, makeSealedCopy, type SealedCopy } from "./sealed-copy.ts";
import { listOf, withStore } from "./stored.ts";

const contentsDigits = 16_000;
const inYears = (instant: Instant, years: number) => instantOfSeconds(secondsOf(instant) + years * 365 * 86_400);

describe.skipIf(!has("openssl"))("EN 319 102-1 §5.6: years later", () => {
  let copy: SealedCopy;
  beforeAll(async () => {
    copy = await makeSealedCopy();
    // An authority that lasts longer than the one of the signatures' own timestamps.
    openssl(
      "req",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      "long.key",
      "-out",
      "long.csr",
      "-subj",
      "/CN=Long (fictional)",
    );
    // biome-ignore format: one command
    openssl("x509", "-req", "-in", "long.csr", "-CA", "root.crt", "-CAkey", "root.key", "-set_serial", "0x2105", "-days", "3600", "-extfile", "ext.cnf", "-extensions", "tsa", "-out", "long.crt");
  });
  afterAll(async () => await copy.end());

  const path = (name: string) => join(copy.pki.folder, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: copy.pki.folder, stdio: "pipe" });

  /** A token of the authority over these bytes. */
  function tokenOver(bytes: Uint8Array, authority: string): Bytes {
    writeFileSync(path("over.bin"), bytes);
    openssl("ts", "-query", "-data", "over.bin", "-sha256", "-cert", "-out", "over.tsq");
    // biome-ignore format: one command
    openssl("ts", "-reply", "-config", "tsa.cnf", "-signer", `${authority}.crt`, "-inkey", `${authority}.key`, "-queryfile", "over.tsq", "-token_out", "-out", "over.tst");
    return new Uint8Array(readFileSync(path("over.tst")));
  }

  /** The file with a document timestamp of its own revision behind it, ISO 32000-2 §12.8.5. */
  function timestamped(pdf: Bytes, authority: string, number: number, name: string): Bytes {
    const text = Buffer.from(pdf).toString("latin1");
    const root = Number([...text.matchAll(/\/Root (\d+) 0 R/g)].at(-1)?.[1]);
    const catalog = bodyOf(pdf, root).replace(/\/Fields\s*\[([^\]]*)\]/, `/Fields [$1 ${number} 0 R]`);
    const gap = `<${"0".repeat(contentsDigits)}>`;
    const blank = "[0 0000000000 0000000000 0000000000]";
    const field = `<</FT/Sig/T(${name})/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132/V ${number + 1} 0 R>>`;
    const value = `<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161/ByteRange${blank}/Contents${gap}>>`;
    const whole = appended(pdf, [
      [root, catalog],
      [number, field],
      [number + 1, value],
    ]);
    const written = Buffer.from(whole);
    const start = written.lastIndexOf(gap);
    const end = start + gap.length;
    const digits = (value: number) => String(value).padStart(10, "0");
    written.write(
      `[0 ${digits(start)} ${digits(end)} ${digits(written.length - end)}]`,
      written.lastIndexOf(blank),
      "latin1",
    );
    const token = tokenOver(Buffer.concat([written.subarray(0, start), written.subarray(end)]), authority);
    written.write(Buffer.from(token).toString("hex"), start + 1, "latin1");
    return new Uint8Array(written);
  }

  test("a certificate that has run out needs a proof of the time when it had not: B-T no longer has it, B-LTA has", async () => {
    const at = inYears(copy.options.at, 5);
    const alone = await examine(copy.sealed, { ...copy.options, at });
    expect(alone.document).toMatchObject({ status: "INDETERMINATE", subIndication: "OUT_OF_BOUNDS_NO_POE" });
    expect(alone.signatures.map(({ provenTime }) => provenTime)).toEqual([null, null]);
    const later = await examine(timestamped(copy.sealed, "long", 910, "t1"), { ...copy.options, at });
    expect(later.signatures.map(({ verdict }) => verdict.status)).toEqual(["PASSED", "PASSED", "PASSED"]);
    expect(later.document.status).toBe("PASSED");
  });

  test("renewal: a timestamp that has run out itself is held up by a younger one, and only by one that lasts", async () => {
    const at = inYears(copy.options.at, 5);
    const first = timestamped(copy.sealed, "tsa", 910, "t1");
    const alone = await examine(first, { ...copy.options, at });
    expect(alone.document.status).toBe("INDETERMINATE");
    const renewed = await examine(timestamped(first, "long", 920, "t2"), { ...copy.options, at });
    expect(renewed.signatures.map(({ kind }) => kind).slice(2)).toEqual(["document_timestamp", "document_timestamp"]);
    expect(renewed.document.status).toBe("PASSED");
    const atLast = inYears(copy.options.at, 15);
    expect(
      (await examine(timestamped(first, "long", 920, "t2"), { ...copy.options, at: atLast })).document.status,
    ).toBe("INDETERMINATE");
  });

  test("NO_POE: a certificate that has run out, and nobody left to answer; unless the answer was gathered in time", async () => {
    const options = { ...copy.options, at: inYears(copy.options.at, 5), revocationRequired: true };
    const silent = await examine(timestamped(copy.sealed, "long", 910, "t1"), options);
    expect(silent.document).toMatchObject({ status: "INDETERMINATE", subIndication: "NO_POE" });
    const stored = withStore(copy.sealed, { CRLs: listOf(copy.pki.folder, []) });
    const gathered = await examine(timestamped(stored, "long", 910, "t1"), options);
    expect(gathered.document.status).toBe("PASSED");
    expect(gathered.signatures[0]).toMatchObject({ level: "B-LTA", revocation: { status: "good", source: "dss" } });
  });
});
