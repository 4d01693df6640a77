import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExamineOptions } from "../../../signing/examine/examine.ts";
import { reportOf } from "../../../signing/examine/report.ts";
import { type Bytes, type Instant, instantOfSeconds, secondsOf } from "../../../src/core/kernel.ts";
import { has } from "../../support/tools.ts";
import { examine, makeSealedCopy, now, type SealedCopy } from "./sealed-copy.ts";
import { compact, listOf as makeList, type RevokedRow, withStore as store } from "./stored.ts";

const later = (instant: Instant, seconds: number): Instant => instantOfSeconds(secondsOf(instant) + seconds);

describe.skipIf(!has("openssl"))("EN 319 102-1: revocation at the proven time", () => {
  let copy: SealedCopy;
  let sealedAt: Instant;
  beforeAll(async () => {
    copy = await makeSealedCopy();
    sealedAt = now();
  });
  afterAll(async () => await copy.end());

  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: copy.pki.folder, stdio: "pipe" });
  const before = "2026-01-01T00:00:00Z" as Instant;

  const listOf = (rows: readonly RevokedRow[]) => makeList(copy.pki.folder, rows);
  const withStore = (entries: Parameters<typeof store>[1]) => store(copy.sealed, entries);

  const judge = async (pdf: Bytes, more: Partial<ExamineOptions> = {}) => {
    const options = { ...copy.options, at: later(now(), 60), revocationRequired: true, ...more };
    return await examine(pdf, options);
  };
  const verdictsOf = ({ signatures }: Awaited<ReturnType<typeof judge>>) =>
    signatures.map(({ verdict: { status, subIndication } }) => [status, subIndication]);

  test("§5.5.4: a list in the store, newer than the timestamps, answers for both signers; the report says whence", async () => {
    const examination = await judge(withStore({ CRLs: listOf([]) }));
    expect(examination.document).toMatchObject({ status: "PASSED" });
    const reported = reportOf(examination, { status: "unknown" }, null).signatures.map(({ revocation }) => revocation);
    for (const revocation of reported) expect(revocation).toMatchObject({ status: "good", source: "dss" });
    expect(reported.every(({ thisUpdate }) => thisUpdate !== null && thisUpdate >= before)).toBe(true);
    const given = await judge(copy.sealed, { evidence: { crls: [listOf([])], ocsps: [] } });
    expect(given.signatures[0]?.revocation).toMatchObject({ status: "good", source: "given" });
  });

  test("without any of it, or with a list that speaks of another time, the answer is TRY_LATER", async () => {
    expect((await judge(copy.sealed)).document.subIndication).toBe("TRY_LATER");
    const stale = await judge(copy.sealed, { evidence: { crls: [new Uint8Array([0x30, 0])], ocsps: [] } });
    expect(stale.document.subIndication).toBe("TRY_LATER");
  });

  test("REVOKED_NO_POE: revoked before the proven time; REVOKED where the signature covers what is younger", async () => {
    const officer = await judge(withStore({ CRLs: listOf([{ serial: "2001", revokedAt: before }]) }));
    expect(verdictsOf(officer)[0]).toEqual(["INDETERMINATE", "REVOKED_NO_POE"]);
    expect(officer.signatures[0]?.revocation).toMatchObject({ status: "revoked", revokedAt: before });
    // The seal stands over the officer's token, so it was made after the day of the revocation.
    const seal = await judge(withStore({ CRLs: listOf([{ serial: "2002", revokedAt: before }]) }));
    expect(verdictsOf(seal)[1]).toEqual(["FAILED", "REVOKED"]);
  });

  test("a revocation after the proven time changes nothing, unless the key is said to have been lost before", async () => {
    const soon = later(sealedAt, 30);
    const harmless = await judge(withStore({ CRLs: listOf([{ serial: "2001", revokedAt: soon }]) }));
    expect(verdictsOf(harmless)[0]).toEqual(["PASSED", null]);
    const why = `keyTime,${compact(before)}`;
    const lost = await judge(withStore({ CRLs: listOf([{ serial: "2001", revokedAt: soon, why }]) }));
    expect(verdictsOf(lost)[0]).toEqual(["INDETERMINATE", "REVOKED_NO_POE"]);
    expect(lost.signatures[0]?.revocation).toMatchObject({ reason: 1, invalidityDate: before });
  });

  test("RFC 3161 §4: tokens outlive an authority that only went out of service, not one whose key was lost", async () => {
    const soon = later(sealedAt, 30);
    const at = (why: string) => withStore({ CRLs: listOf([{ serial: "2005", revokedAt: soon, why }]) });
    expect((await judge(at("cessationOfOperation"))).document.status).toBe("PASSED");
    const lost = await judge(at("keyCompromise"));
    expect(lost.signatures.map(({ provenTime }) => provenTime)).toEqual([null, null]);
    expect(lost.signatures[0]?.timestamps[0]).toMatchObject({ status: "untrusted", reason: "authority_revoked" });
  });

  test("RFC 6960: a responder's answer in the store counts; the caller's own question is heard beside it", async () => {
    const ask = (serial: string) => {
      // biome-ignore format: one command
      openssl("ocsp", "-index", "index.txt", "-rsigner", "ocsp.crt", "-rkey", "ocsp.key", "-CA", "root.crt", "-issuer", "root.crt", "-serial", serial, "-respout", "stored.der", "-ndays", "1");
      return new Uint8Array(readFileSync(join(copy.pki.folder, "stored.der")));
    };
    const officerOnly = withStore({ OCSPs: ask("0x2001") });
    const known = await judge(officerOnly);
    expect(known.signatures.map(({ revocation }) => revocation.status)).toEqual(["good", "unknown"]);
    const revokedAt = before;
    const revocation = async () => ({
      status: "revoked" as const,
      source: "http://x",
      thisUpdate: revokedAt,
      revokedAt,
    });
    const asked = await judge(officerOnly, { revocation });
    expect(asked.signatures[0]?.revocation).toMatchObject({ status: "revoked", source: "http://x" });
  });

  test("evidence of a stranger, and a list whose signature was changed, are no evidence", async () => {
    const list = listOf([{ serial: "2001", revokedAt: before }]);
    const changed = list.slice();
    changed[changed.length - 5] = (changed.at(-5) ?? 0) ^ 1;
    const examination = await judge(withStore({ CRLs: changed }));
    expect(verdictsOf(examination)).toEqual([
      ["INDETERMINATE", "TRY_LATER"],
      ["INDETERMINATE", "TRY_LATER"],
    ]);
  });
});
