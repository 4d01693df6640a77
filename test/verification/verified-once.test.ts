import { beforeEach, expect, test } from "vitest";
import type { Bytes, Instant } from "../../src/core/kernel.ts";
import { utf8 } from "../../src/core/kernel.ts";
import { makeKeyList } from "../../src/core/key-list.ts";
import { rememberedCheckpoints } from "../../src/core/remembered-checkpoints.ts";
import { nodePrimitives } from "../../src/primitives-node.ts";
import { verifyEd25519 } from "../../src/publish/node-keys.ts";
import { publishedRecords } from "../../src/publish/published-records.ts";
import { sha256 } from "../log/memory-files.ts";
import { cipher, publishedSample, publishStatuses, type Sample } from "./sample.ts";

let sample: Sample;
let verified = 0;
const counting = {
  sha256,
  verifyEd25519: (...asked: Parameters<typeof verifyEd25519>) => {
    verified++;
    return verifyEd25519(...asked);
  },
};
beforeEach(async () => {
  sample = await publishedSample();
  verified = 0;
});

const [madeAt, later] = ["2026-12-01T02:00:00Z", "2026-12-01T02:01:00Z"] as const satisfies readonly string[];
const [nextNight, sealedAt] = ["2026-12-02T02:00:00Z" as Instant, "2026-11-22T03:15:30Z" as Instant];

function recordsOf(second?: () => number) {
  let readings = 0;
  const read = (path: string): Promise<Bytes | null> => {
    readings += path.startsWith("record/") ? 0 : 1;
    return sample.files.read(path);
  };
  const ports = { ...counting, inflate: nodePrimitives.inflate, cipher, pinnedRoot: sample.root.publicKey };
  return { ...publishedRecords({ read, ...ports, ...(second !== undefined && { second }) }), readings: () => readings };
}

test("C2SP signed-note: a note's signature is verified once; another note, list or a later time is judged anew", async () => {
  const believe = rememberedCheckpoints(1);
  const { list, record } = sample;
  const judge = async (note: string, keyList = list, since = sealedAt) =>
    (await believe(note, keyList, since, counting)).ok;
  const note = record.log.checkpoint;
  expect([await judge(note), await judge(note), verified]).toEqual([true, true, 1]);
  expect(await judge(note, list, "2026-01-01T00:00:00Z" as Instant)).toBe(true);
  expect(verified).toBe(1);
  expect(await judge(`${note} `)).toBe(false);
  expect(await judge(note.replace("\n40\n", "\n41\n"))).toBe(false);
  const ended = list.keys.map((key) => (key.use === "log" ? { ...key, to: "2026-11-30T00:00:00Z" as Instant } : key));
  const withEnd = { ...list, keys: ended };
  expect(await judge(note, withEnd)).toBe(true);
  expect(await judge(note, withEnd, madeAt as Instant)).toBe(false);
  expect(await judge(note, withEnd)).toBe(true);
});

test("what is remembered is bounded: the note that came first is forgotten first, and verified again", async () => {
  const believe = rememberedCheckpoints(1);
  const [first, second] = [sample, await publishedSample()];
  for (const one of [first, second, first])
    expect((await believe(one.record.log.checkpoint, one.list, sealedAt, counting)).ok).toBe(true);
  expect(verified).toBe(3);
});

test("a status list is opened once, until its bytes change; its end is looked at each time", async () => {
  const records = recordsOf();
  await publishStatuses(sample.files, sample, madeAt as Instant);
  for (let i = 0; i < 3; i++)
    expect(await records.statusAt(16, madeAt as Instant)).toEqual({ status: "valid", asOf: madeAt });
  expect(verified).toBe(2); // the key list, the status list
  expect(await records.statusAt(16, nextNight)).toEqual({ status: "unknown", asOf: null });
  await publishStatuses(sample.files, sample, later as Instant, [[16, "annulled"]]);
  expect(await records.statusAt(16, later as Instant)).toEqual({ status: "annulled", asOf: later });
});

test("a key withdrawn by a new key list is withdrawn for lists and notes that were believed before", async () => {
  const records = recordsOf();
  await publishStatuses(sample.files, sample, madeAt as Instant);
  expect((await records.statusAt(16, madeAt as Instant)).status).toBe("valid");
  expect((await records.prove(sample.record)).ok).toBe(true);
  const keys = sample.list.keys.filter(({ use }) => use === "code");
  const next = await makeKeyList({ ...sample.list, sequence: 4, keys }, sample.root, sha256);
  await sample.files.write("keys", utf8(next));
  expect((await records.statusAt(16, madeAt as Instant)).status).toBe("unknown");
  expect(await records.prove(sample.record)).toMatchObject({ failure: { code: "log_key_unknown" } });
});

test("a door with a clock reads what is everybody's once a second, and sees a change in the next one", async () => {
  let second = 1;
  const records = recordsOf(() => second);
  await publishStatuses(sample.files, sample, madeAt as Instant);
  for (let i = 0; i < 5; i++) await records.statusAt(16, madeAt as Instant);
  expect(records.readings()).toBe(2);
  await publishStatuses(sample.files, sample, later as Instant, [[16, "superseded"]]);
  expect((await records.statusAt(16, later as Instant)).status).toBe("valid");
  second = 2;
  expect((await records.statusAt(16, later as Instant)).status).toBe("superseded");
});
