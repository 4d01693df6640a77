import { beforeAll, describe, expect, test } from "vitest";
import type { Examination } from "../../../signing/examine/examination.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import * as made from "../format/made-pki.ts";
import { smallPdf } from "../seal/small-pdf.ts";
import {
  authorityFor,
  type Clock,
  clockOf,
  datedOn,
  day,
  examinedOn,
  listOn,
  signedOn,
  signerOf,
  stored,
} from "./timeline.ts";

// 2021 signed, 2022 archived, 2024 renewed, 2032 looked at: by then everything but the root has run out or was revoked.

const root = made.newAuthority("Root (fictional)");
const people = made.newAuthority("People (fictional)");
const clocks = made.newAuthority("Clocks (fictional)");
const anchor = authorityFor(root, root, "2060-01-01");
const peopleCa = authorityFor(people, root, "2026-01-01");
const clocksCa = authorityFor(clocks, root, "2025-01-01");
const signer = signerOf(people, [peopleCa], "2023-06-01");
const firstClock: Clock = clockOf(clocks, "First clock (fictional)", "2023-01-01");
const secondClock: Clock = clockOf(clocks, "Second clock (fictional)", "2024-12-01");
const lastClock: Clock = clockOf(root, "Last clock (fictional)", "2040-01-01");
const above = [peopleCa.raw, clocksCa.raw];

describe("EN 319 102-1 §5.6.2.2: a path is validated from the anchor down, the control time sliding back", () => {
  let signed: Bytes;
  beforeAll(async () => {
    signed = await signedOn(await smallPdf({ useObjectStreams: false }), "2021-03-01", signer, firstClock);
  });

  /** B-LTA of 2022, with the lists of that day. */
  const archived = async (clock = firstClock) => {
    const lists = [listOn(people, "2022-01-10"), listOn(clocks, "2022-01-10"), listOn(root, "2022-01-10")];
    return datedOn(stored(signed, { crls: lists, certificates: above }), "2022-01-11", clock);
  };
  const verdicts = ({ signatures }: Examination) =>
    signatures.map(({ verdict }) => verdict.subIndication ?? verdict.status);

  test("an old B-LTA file stands although signer, authorities and first clock have run out since", async () => {
    const pdf = await datedOn(await archived(), "2022-12-01", lastClock);
    expect(verdicts(await examinedOn(pdf, "2032-01-01", anchor))).toEqual(["PASSED", "PASSED", "PASSED"]);
    expect(verdicts(await examinedOn(await archived(), "2032-01-01", anchor))[0]).toBe("OUT_OF_BOUNDS_NO_POE");
  });

  test("an authority that was revoked later takes nothing from what was proven before", async () => {
    const late = [listOn(root, "2023-11-01", [{ certificate: peopleCa, on: "2023-10-01" }])];
    const renewed = await datedOn(await archived(), "2022-12-01", lastClock);
    const pdf = await datedOn(stored(renewed, { crls: late }), "2024-01-01", lastClock);
    const found = await examinedOn(pdf, "2032-01-01", anchor);
    expect(found.document.status).toBe("PASSED");
    expect(found.signatures[0]?.revocation).toMatchObject({ status: "good", source: "dss" });
  });

  test("§5.6.2.2 (2) (a): an answer that is proven only after its authority was revoked says nothing good", async () => {
    const late = [
      listOn(people, "2023-11-01"), // dated by whoever has the key
      listOn(root, "2023-11-01", [{ certificate: peopleCa, on: "2023-10-01" }]),
    ];
    const bare = await datedOn(stored(signed, { certificates: above }), "2022-12-01", lastClock);
    const pdf = await datedOn(stored(bare, { crls: late }), "2024-01-01", lastClock);
    const found = await examinedOn(pdf, "2032-01-01", anchor);
    expect(found.document).toMatchObject({ status: "INDETERMINATE", subIndication: "NO_POE" });
    const lenient = await examinedOn(pdf, "2032-01-01", anchor, { revocationRequired: false });
    expect(lenient.signatures[0]?.revocation.status).toBe("unknown");
    // The very same answer, had nobody been revoked above it.
    const sound = await datedOn(stored(bare, { crls: late.slice(0, 1) }), "2024-01-01", lastClock);
    const unrevoked = await examinedOn(sound, "2032-01-01", anchor, { revocationRequired: false });
    expect(unrevoked.signatures[0]?.revocation.gap ?? unrevoked.signatures[0]?.revocation.status).toBe("stale");
  });

  test("§5.6.2.2 (2) (b): where the key was lost before the signature was proven, nothing stands (REVOKED_CA_NO_POE)", async () => {
    const renewed = await datedOn(await archived(), "2022-12-01", lastClock);
    const lost = listOn(root, "2023-11-01", [{ certificate: peopleCa, on: "2023-10-01", lostOn: "2021-02-01" }]);
    const pdf = await datedOn(stored(renewed, { crls: [lost] }), "2024-01-01", lastClock);
    expect((await examinedOn(pdf, "2032-01-01", anchor)).document).toMatchObject({
      status: "INDETERMINATE",
      subIndication: "REVOKED_CA_NO_POE",
    });
  });

  test("whoever was revoked stays so, also by an answer from after the authority's own end", async () => {
    const lists = [
      listOn(people, "2023-11-01", [{ certificate: signer.certificate, on: "2021-01-01" }]),
      listOn(root, "2023-11-01", [{ certificate: peopleCa, on: "2023-10-01" }]),
    ];
    const pdf = await datedOn(stored(signed, { crls: lists, certificates: above }), "2022-12-31", lastClock);
    const again = await datedOn(pdf, "2024-01-01", lastClock);
    expect((await examinedOn(again, "2032-01-01", anchor)).document.subIndication).toBe("REVOKED_NO_POE");
  });

  test("a live answer under a revoked authority is no better than a stored one", async () => {
    const renewed = await datedOn(stored(signed, { certificates: above }), "2022-12-01", lastClock);
    const lists = [listOn(root, "2023-11-01", [{ certificate: peopleCa, on: "2023-10-01" }])];
    const pdf = await datedOn(stored(renewed, { crls: lists }), "2024-01-01", lastClock);
    const answer = {
      status: "good",
      source: "http://live.invalid/",
      thisUpdate: day("2023-12-01"),
      revokedAt: null,
    } as const;
    const found = await examinedOn(pdf, "2024-02-01", anchor, { revocation: async () => answer });
    expect(found.signatures[0]?.revocation.status).toBe("unknown");
  });
});

describe("EN 319 102-1 §5.6.2.3: what each document timestamp proves to have existed", () => {
  let signed: Bytes;
  beforeAll(async () => {
    signed = await signedOn(await smallPdf({ useObjectStreams: true }), "2021-03-01", signer, firstClock);
  });
  const lists = () => [listOn(people, "2022-01-10"), listOn(clocks, "2022-01-10"), listOn(root, "2022-01-10")];
  const provenTimes = ({ signatures }: Examination) => signatures.map(({ provenTime }) => provenTime);

  test("everything before its own end and nothing behind it: evidence added later is as old as the next one", async () => {
    const first = await datedOn(stored(signed, { certificates: above }), "2022-01-11", firstClock);
    const second = await datedOn(stored(first, { crls: lists() }), "2022-12-01", lastClock);
    const revoked = listOn(root, "2023-11-01", [{ certificate: peopleCa, on: "2022-06-01" }]);
    const pdf = await datedOn(stored(second, { crls: [revoked] }), "2024-01-01", lastClock);
    // The lists bear a day before the revocation; they are proven to have existed only after it.
    const found = await examinedOn(pdf, "2032-01-01", anchor, { revocationRequired: false });
    expect(found.signatures[0]?.revocation.status).toBe("unknown");
    const inTime = await datedOn(stored(signed, { crls: lists(), certificates: above }), "2022-01-11", firstClock);
    const renewed = await datedOn(inTime, "2022-12-01", lastClock);
    const late = await datedOn(stored(renewed, { crls: [revoked] }), "2024-01-01", lastClock);
    expect((await examinedOn(late, "2032-01-01", anchor)).signatures[0]?.revocation.status).toBe("good");
  });

  test("renewal: of timestamps of three ages each is held up by the next, and the oldest proof of the signature is told", async () => {
    const first = await datedOn(stored(signed, { crls: lists(), certificates: above }), "2022-01-11", firstClock);
    const second = await datedOn(first, "2022-12-01", secondClock);
    const third = await datedOn(second, "2024-11-01", lastClock);
    const found = await examinedOn(third, "2032-01-01", anchor);
    expect(found.document.status).toBe("PASSED");
    expect(provenTimes(found)).toEqual(["2021-03-01", "2022-01-11", "2022-12-01", "2024-11-01"].map(day));
    expect(found.signatures.map(({ level }) => level)).toEqual(["B-LTA", "TS", "TS", "TS"]);
  });

  test("renewal that came too late: the clock of the middle had run out, so what is before it has no proof but the last", async () => {
    const first = await datedOn(stored(signed, { crls: lists(), certificates: above }), "2022-01-11", firstClock);
    const last = await datedOn(first, "2024-11-01", lastClock);
    const found = await examinedOn(last, "2032-01-01", anchor);
    expect(provenTimes(found).slice(1)).toEqual([null, day("2024-11-01")]);
    expect(found.document).toMatchObject({ status: "INDETERMINATE", subIndication: "OUT_OF_BOUNDS_NO_POE" });
  });

  test("RFC 3161 §4: a clock whose authority lost its key later still proves what the next one proves to be older", async () => {
    const first = await datedOn(stored(signed, { crls: lists(), certificates: above }), "2022-01-11", firstClock);
    const lost = listOn(root, "2023-11-01", [{ certificate: clocksCa, on: "2023-10-01" }]);
    const inTime = await datedOn(await datedOn(first, "2022-12-01", lastClock), "2023-11-02", lastClock);
    const stands = await examinedOn(
      await datedOn(stored(inTime, { crls: [lost] }), "2024-11-01", lastClock),
      "2032-01-01",
      anchor,
    );
    expect(stands.document.status).toBe("PASSED");
    const early = listOn(root, "2023-11-01", [{ certificate: clocksCa, on: "2022-06-01" }]);
    const falls = await examinedOn(
      await datedOn(stored(inTime, { crls: [early] }), "2024-11-01", lastClock),
      "2032-01-01",
      anchor,
    );
    expect(provenTimes(falls).slice(0, 2)).toEqual([day("2022-12-01"), null]);
  });
});

describe("EN 319 102-1 §5.6.2.1: the path of another time", () => {
  const again = authorityFor(people, root, "2036-01-01", "2022-06-01"); // the same key, certified anew
  const other = signerOf(people, [], "2023-06-01");

  /** Signed in 2021; the file holds only the authority's certificate of 2022. */
  const file = async (lists: readonly Bytes[]) => {
    const signed = await signedOn(await smallPdf({ useObjectStreams: false }), "2021-03-01", other, lastOf2020);
    return datedOn(stored(signed, { crls: lists, certificates: [again.raw] }), "2023-02-01", lastClock);
  };
  const lastOf2020 = clockOf(root, "Early clock (fictional)", "2040-01-01");

  test("an authority that was certified anew for its key since is a way to the anchor, once its standing is proven", async () => {
    const lists = [listOn(people, "2023-01-10"), listOn(root, "2023-01-10")];
    expect((await examinedOn(await file(lists), "2032-01-01", anchor)).document.status).toBe("PASSED");
  });

  test("without a word about that certificate, or with one that it was revoked, the path of then is missing still", async () => {
    const silent = await examinedOn(await file([listOn(people, "2023-01-10")]), "2032-01-01", anchor);
    expect(silent.document).toMatchObject({ status: "INDETERMINATE", subIndication: "NOT_YET_VALID" });
    const gone = [listOn(people, "2023-01-10"), listOn(root, "2023-01-10", [{ certificate: again, on: "2022-12-01" }])];
    const revoked = await examinedOn(await file(gone), "2032-01-01", anchor);
    expect(revoked.document).toMatchObject({ status: "INDETERMINATE", subIndication: "NOT_YET_VALID" });
  });
});
