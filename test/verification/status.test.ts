import { inflateSync } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import { standingOn } from "../../src/core/status/annulment.ts";
import { standingRecord } from "../../src/core/status/standing.ts";
import { indexesAFile, openStatusToken, packStatuses, statusFileOf } from "../../src/core/status/status-list.ts";
import { nodePrimitives } from "../../src/primitives-node.ts";
import { verifyEd25519 } from "../../src/publish/node-keys.ts";
import { publishedRecords } from "../../src/publish/published-records.ts";
import { verificationVi } from "../../src/web/words/verification.vi.ts";
import { sha256 } from "../log/memory-files.ts";
import { doorOf } from "./door.ts";
import { cipher, code, facts, publish, publishedSample, publishStatuses, type Sample, serviceKeys } from "./sample.ts";

const madeAt = "2026-12-01T02:00:00Z" as Instant;
const soon = "2026-12-01T02:00:40Z" as Instant;
const nextNight = "2026-12-02T02:00:00Z" as Instant;
const ports = { verifyEd25519, inflate: nodePrimitives.inflate };
const decision = {
  number: "12/QĐ-UBND",
  date: "2026-11-25" as LocalDate,
  by: "Chủ tịch UBND xã (hư cấu)",
  reason: "thiếu trang",
};

let sample: Sample;
beforeEach(async () => {
  sample = await publishedSample();
});
const text = (path: string) => new TextDecoder().decode(sample.files.stored.get(path));
const open = (token: string, now = soon, file = 0, list = sample.list) =>
  openStatusToken(token, file, list, now, ports);

describe("Token Status List: one signed file tells every index of it", () => {
  test("two bits an index, the first in the lowest bits of its byte; what nobody was given is not in force", () => {
    const packed = packStatuses({
      file: 0,
      allocated: 6,
      exceptions: [
        [1, "annulled"],
        [2, "superseded"],
        [4, "not_in_force"],
      ],
    });
    expect(packed.length).toBe(indexesAFile / 4);
    expect([...packed.slice(0, 3)]).toEqual([0b00_11_01_00, 0b10_10_00_10, 0b10_10_10_10]);
  });

  test("a stranger reads header, claims and bits with JSON, base64url and zlib alone", async () => {
    await publishStatuses(sample.files, sample, madeAt, [[16, "annulled"]]);
    const [head = "", body = ""] = text("status/0").split(".");
    const json = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
    expect(json(head)).toEqual({ typ: "statuslist+jwt", alg: "EdDSA", kid: sample.status.id });
    const claims = json(body);
    expect(claims).toMatchObject({
      sub: "https://chungthuc.example/status/0",
      iat: 1796090400,
      exp: 1796176800,
      ttl: 60,
    });
    const bits = inflateSync(Buffer.from(claims.status_list.lst, "base64url"));
    expect([claims.status_list.bits, (bits[4] ?? 0) & 3, (bits[4] ?? 0) >> 2]).toEqual([2, 1, 0]);
    expect(text("status/0").length).toBeLessThan(1000); // 131,072 copies, as compact as this
  });

  test("opened, it answers each index of its file and none of another", async () => {
    await publishStatuses(sample.files, sample, madeAt, [[16, "superseded"]]);
    const list = await open(text("status/0"));
    if (!list.ok) throw new Error(list.failure.code);
    expect([list.value.statusAt(16), list.value.statusAt(17), list.value.statusAt(100)]).toEqual([
      "superseded",
      "valid",
      "not_in_force",
    ]);
    expect([list.value.asOf, list.value.statusAt(indexesAFile)]).toEqual([madeAt, null]);
    expect([statusFileOf(indexesAFile - 1), statusFileOf(indexesAFile)]).toEqual([0, 1]);
  });

  test("changed, by another key, of another file, of another use, or past its time: each refused by name", async () => {
    await publishStatuses(sample.files, sample, madeAt);
    const token = text("status/0");
    const code_ = async (...asked: Parameters<typeof open>) => {
      const opened = await open(...asked);
      return opened.ok ? "opened" : opened.failure.code;
    };
    const changed = token.replace(/\.(.)/, (_, first) => `.${first === "e" ? "f" : "e"}`);
    expect(await code_(changed)).toMatch(/status_list_(malformed|signature_wrong)/);
    expect(await code_(`${token.slice(0, -8)}AAAAAAAA`)).toBe("status_list_signature_wrong");
    expect(await code_(token, soon, 1)).toBe("status_list_of_another_file");
    expect(await code_(token, nextNight)).toBe("status_list_expired");
    expect(await code_(token, soon, 0, serviceKeys().list)).toBe("status_list_key_unknown");
    const asLogKey = sample.list.keys.map((key) => (key.use === "status" ? { ...key, use: "log" as const } : key));
    expect(await code_(token, soon, 0, { ...sample.list, keys: asLogKey })).toBe("status_list_key_unknown");
    for (const rubbish of ["", "a.b.c", "{}", "x".repeat(200_000)])
      expect(await code_(rubbish)).toBe("status_list_malformed");
  });
});

describe("issue of status: the worse of record and list is told, and a list past its time says nothing", () => {
  const stands = { status: "valid", asOf: madeAt } as const;

  test("a cached record from before the decision does not hide it; an older list does not hide a newer record", () => {
    expect(standingRecord(sample.record, { status: "annulled", asOf: madeAt }).status).toBe("annulled");
    expect(standingRecord({ ...sample.record, status: "annulled", decision }, stands).status).toBe("annulled");
    expect(standingRecord(sample.record, stands).status).toBe("issued");
    for (const status of ["unknown", "not_in_force"] as const)
      expect(standingRecord(sample.record, { status, asOf: madeAt }).status).toBe("unknown");
  });

  test("an edge answers from the list; without one, or with one of yesterday, the status is unknown and never valid", async () => {
    const { root, files } = sample;
    const records = publishedRecords({ read: files.read, pinnedRoot: root.publicKey, sha256, ...ports, cipher });
    expect(await records.statusAt(16, soon)).toEqual({ status: "unknown", asOf: null });
    await publishStatuses(files, sample, madeAt, [[16, "annulled"]]);
    expect(await records.statusAt(16, soon)).toEqual({ status: "annulled", asOf: madeAt });
    expect(await records.statusAt(17, soon)).toEqual({ status: "valid", asOf: madeAt });
    expect(await records.statusAt(17, nextNight)).toEqual({ status: "unknown", asOf: null });
  });

  test("the page says as of when it speaks; of an unknown status it is neither green nor red", async () => {
    const page = async (status: "valid" | "unknown" | "superseded") => {
      const asOf = status === "unknown" ? null : madeAt;
      const { app } = doorOf(sample, { status: { status, asOf } as Parameters<typeof standingRecord>[1] });
      return (await app.request(`/v/${code}`)).text();
    };
    expect(await page("valid")).toContain("Trạng thái tính đến 09:00:00, 01/12/2026");
    const unknown = await page("unknown");
    expect(unknown).toContain(verificationVi.recordStatusUnknown);
    expect(unknown).toContain('class="verdict care"');
    expect(unknown).not.toContain("Điều 6 khoản 2");
    expect(await page("superseded")).toContain(verificationVi.recordSuperseded);
  });
});

describe("how a copy stood on day X", () => {
  const now = madeAt;
  const at = (day: string, known: Partial<Parameters<typeof standingOn>[1]> = {}) =>
    standingOn(
      day as LocalDate,
      { sealedAt: facts.sealedAt, status: "annulled", decision: { date: decision.date }, ...known },
      now,
    );

  test("before it was certified, in force, annulled from the day of the decision on, and no day that is still to come", () => {
    expect(at("2026-11-21")).toBe("not_yet");
    expect(at("2026-11-22")).toBe("valid");
    expect(at("2026-11-24")).toBe("valid");
    expect(at("2026-11-25")).toBe("annulled");
    expect(at("2026-12-02")).toBe("day_ahead");
    expect(at("2026-11-30", { status: "issued", decision: null })).toBe("valid");
    expect(at("2026-11-30", { status: "unknown" })).toBe("unknown");
    expect(at("2026-11-23", { decision: null })).toBe("annulled"); // a decision that is not known may be of any day
  });

  test("the page answers for the day that was asked, and a day that is none is told so", async () => {
    await publish(sample.files, { ...sample.record, status: "annulled", decision });
    const { app } = doorOf(sample);
    const on = async (day: string) => (await app.request(`/v/${code}?on=${day}`)).text();
    expect(await on("2026-11-23")).toContain(verificationVi.dayValid.replace("{day}", "23/11/2026"));
    expect(await on("2026-11-26")).toContain(verificationVi.dayAnnulled.replace("{day}", "26/11/2026"));
    expect(await on("next-week")).toContain(verificationVi.dayFault);
  });
});
