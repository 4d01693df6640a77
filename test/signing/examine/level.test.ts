import { describe, expect, test } from "vitest";
import type { RevocationAnswer } from "../../../signing/examine/examination.ts";
import { levelOf } from "../../../signing/examine/level.ts";
import type { TimestampStatus } from "../../../signing/examine/timestamp.ts";
import { appended, fileOf } from "./appended.ts";
import { fileIn } from "./changing.ts";

type Asked = Parameters<typeof levelOf>;

const stored = (entries: string) => [[1, `<</Type/Catalog${entries}>>`]] as const;

/** The level of a signature over the first revision of a file whose later revisions have these catalogs. */
function level(
  catalogs: readonly string[],
  known: {
    readonly subFilter?: string | null;
    readonly pinned?: boolean;
    readonly timestamps?: readonly TimestampStatus[];
    /** The number of the revision whose end a sound document timestamp covers; null without one. */
    readonly stamped?: number | null;
    readonly trusted?: boolean | null;
    readonly standing?: RevocationAnswer["status"];
    readonly signer?: null;
  } = {},
) {
  const first = fileOf(["<</Type/Catalog>>"]);
  const file = fileIn(catalogs.reduce((pdf, entries) => appended(pdf, stored(entries)), first));
  const end = first.length;
  const { subFilter = "ETSI.CAdES.detached", pinned = true, timestamps = [], stamped = null, trusted = true } = known;
  const signer = { signedAttributes: { signingCertificate: pinned ? {} : null } };
  const timestampedEnd = stamped === null ? 0 : (file.revisions[stamped]?.end ?? 0);
  return levelOf(
    { subFilter, range: { gapStart: 0, gapEnd: 1, end } } as Asked[0],
    { signer: known.signer === null ? null : signer } as Asked[1],
    timestamps.map((status) => ({ status })) as unknown as Asked[2],
    { chain: trusted === null ? null : { trusted }, standing: { status: known.standing ?? "good" } } as Asked[3],
    { opened: { file }, timestampedEnd } as Asked[4],
  );
}

const evidence = "/DSS<</OCSPs[5 0 R]>>";
const timestamps = ["valid"] as const;

describe("EN 319 142-1 §6: the level that a sound signature has reached", () => {
  test("CMS: another form, or no certificate pinned among the signed attributes", () => {
    expect(level([], { subFilter: "adbe.pkcs7.detached" })).toBe("CMS");
    expect(level([], { subFilter: null })).toBe("CMS");
    expect(level([], { pinned: false })).toBe("CMS");
    expect(level([], { signer: null })).toBe("CMS");
    expect(level([evidence], { subFilter: "adbe.pkcs7.detached", timestamps })).toBe("CMS");
  });

  test("B-B: no timestamp that holds, of the signature or over the file, whatever evidence there is", () => {
    expect(level([])).toBe("B-B");
    expect(level([evidence])).toBe("B-B");
    for (const status of ["broken", "weak", "unsupported"] as const)
      expect(level([evidence], { timestamps: [status] })).toBe("B-B");
  });

  test("B-T: a timestamp that holds, trusted or not, among others; or a document timestamp that reaches its end", () => {
    expect(level([], { timestamps: ["valid"] })).toBe("B-T");
    expect(level([], { timestamps: ["untrusted"] })).toBe("B-T");
    expect(level([], { timestamps: ["broken", "valid"] })).toBe("B-T");
    expect(level([], { stamped: 0 })).toBe("B-T");
    expect(level([""], { stamped: 1 })).toBe("B-T");
  });

  test.each([
    "/DSS<</OCSPs[5 0 R]>>",
    "/DSS<</CRLs[5 0 R]>>",
    "/DSS<</OCSPs[5 0 R]/CRLs[6 0 R]/Certs[7 0 R]>>",
  ])("B-LT: revocation evidence in the store, %s", (store) => {
    expect(level([store], { timestamps })).toBe("B-LT");
    expect(level(["", store], { timestamps })).toBe("B-LT");
  });

  test.each([
    "/DSS<<>>",
    "/DSS<</Certs[5 0 R]>>",
    "/DSS<</OCSPs[]/CRLs[]>>",
    "/DSS 5",
    "/DSS[5 0 R]",
  ])("no evidence: %s", (store) => {
    expect(level([store], { timestamps })).toBe("B-T");
  });

  test("evidence that does not settle a trusted signer's standing lifts nothing; of an untrusted path form is all", () => {
    expect(level([evidence], { timestamps, standing: "unknown" })).toBe("B-T");
    expect(level([evidence], { timestamps, standing: "revoked" })).toBe("B-LT");
    expect(level([evidence], { timestamps, standing: "unknown", trusted: false })).toBe("B-LT");
    expect(level([evidence], { timestamps, standing: "unknown", trusted: null })).toBe("B-LT");
  });

  test("B-LTA: a document timestamp over the evidence, not only over the signature", () => {
    expect(level([evidence], { timestamps, stamped: 1 })).toBe("B-LTA");
    expect(level([evidence, ""], { timestamps, stamped: 2 })).toBe("B-LTA");
    expect(level([evidence], { stamped: 1 })).toBe("B-LTA");
    expect(level([evidence], { timestamps, stamped: 0 })).toBe("B-LT");
    expect(level(["", evidence], { timestamps, stamped: 1 })).toBe("B-LT");
  });
});
