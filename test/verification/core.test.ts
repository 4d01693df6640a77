import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { type Bytes, equalBytes, type LocalDate } from "../../src/core/kernel.ts";
import { makeKeyList, verifyKeyList } from "../../src/core/key-list.ts";
import { decodeRecord, encodeRecord, makeRecord, openRecord, sealRecord } from "../../src/core/record.ts";
import { verifyRecord } from "../../src/core/record-proof.ts";
import {
  type CodeFacts,
  fingerprintOf,
  makeSignedCode,
  maximumSignedCodeBytes,
  signedCodeOfFragment,
  signedCodeUrl,
  verifySignedCode,
} from "../../src/core/signed-code.ts";
import {
  bytesOfCode,
  groupedCode,
  parseVerificationCode,
  recordName,
  verificationCodeOf,
} from "../../src/core/verification-code.ts";
import { verifyEd25519, verifyEs256 } from "../../src/publish/node-keys.ts";
import { logSigner, sha256 } from "../log/memory-files.ts";
import { cipher, code, facts, publishedSample, type Sample, serviceKeys } from "./sample.ts";

let sample: Sample;
beforeAll(async () => {
  sample = await publishedSample();
});

const proves = (record = sample.record, list = sample.list) => verifyRecord(record, list, sha256, verifyEd25519);
const nonce = () => crypto.getRandomValues(new Uint8Array(12));

test("DESIGN decision 13: 128 bits are 26 characters, read back from any way of typing them", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (random) => {
      const written = verificationCodeOf(random);
      expect(written).toMatch(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/);
      expect(equalBytes(bytesOfCode(written), random)).toBe(true);
      const typed = ` ${groupedCode(written).toUpperCase().replaceAll("0", "O").replaceAll("1", "I")} `;
      expect(parseVerificationCode(typed)).toEqual({ ok: true, value: written });
    }),
  );
});

test.each([
  "",
  "7",
  "8".repeat(26),
  "0".repeat(27),
  `${"0".repeat(25)}u`,
  `${"0".repeat(25)}é`,
  " ".repeat(1000),
])("a code typed as %j is malformed", (typed) => {
  expect(parseVerificationCode(typed)).toEqual({ ok: false, failure: { code: "malformed_code" } });
});

test('DESIGN decision 13: a record\'s name is SHA-256 of "name" and the code, and the code cannot be read from it', () => {
  const expected = sha256(new Uint8Array([...Buffer.from("name"), ...bytesOfCode(code)]));
  expect(recordName(code, sha256)).toBe(Buffer.from(expected).toString("hex"));
});

test("Record v1: what is sealed under a code opens under it, whole", async () => {
  const sealed = await sealRecord(code, sample.record, cipher, nonce());
  expect(await openRecord(code, sealed, cipher)).toEqual({ ok: true, value: sample.record });
  expect(Buffer.from(sealed).includes(Buffer.from("Bằng tốt nghiệp"))).toBe(false);
});

test("Record v1: any changed byte, a cut end, or another code refuses plainly", async () => {
  const sealed = await sealRecord(code, sample.record, cipher, nonce());
  for (let at = 0; at < sealed.length; at += 41) {
    const changed = sealed.with(at, (sealed[at] ?? 0) ^ 1) as Bytes;
    const opened = await openRecord(code, changed, cipher);
    expect(!opened.ok && opened.failure.code).toMatch(at === 0 ? "record_malformed" : "record_changed");
  }
  expect(await openRecord(code, sealed.slice(0, -1), cipher)).toMatchObject({ failure: { code: "record_changed" } });
  expect(await openRecord(code, sealed.slice(0, 10), cipher)).toMatchObject({ failure: { code: "record_malformed" } });
  const other = verificationCodeOf(new Uint8Array(16));
  expect(await openRecord(other, sealed, cipher)).toMatchObject({ failure: { code: "record_changed" } });
});

test("Record v1: a field that is missing, added, or beyond its bound is refused by name", () => {
  const { log, ...told } = sample.record;
  const { salt: _, ...withoutSalt } = told;
  const odd = (changed: object) => decodeRecord(encodeRecord({ ...withoutSalt, log, ...changed } as never));
  expect(odd({})).toMatchObject({ failure: { code: "record_malformed", field: "record" } });
  expect(odd({ salt: new Uint8Array(8) })).toMatchObject({ failure: { field: "salt" } });
  expect(odd({ salt: told.salt, more: 1 })).toMatchObject({ failure: { field: "record" } });
  expect(odd({ salt: told.salt, status: "valid" })).toMatchObject({ failure: { field: "status" } });
  expect(makeRecord({ ...told, holderInitials: "x".repeat(41) }, log)).toMatchObject({
    failure: { field: "holderInitials" },
  });
});

test("RFC 9162 §2.1.3: a record proves its own leaf from itself and the key list alone", async () => {
  expect(await proves()).toEqual({
    ok: true,
    value: {
      ...{ leafIndex: 21, treeSize: 40, loggedAt: facts.sealedAt, witnessed: { cosigned: [], quorum: 0 } },
      checkpoint: { origin: sample.list.logOrigin, root: expect.any(Uint8Array) },
    },
  });
});

test("a record changed in any fact that the log holds is refused, and the reason is told", async () => {
  const { record } = sample;
  const { log } = record;
  const failures = await Promise.all([
    proves({ ...record, number: 18 }),
    proves({ ...record, agency: { ...record.agency, id: "H99.102" } }),
    proves({ ...record, book: { ...record.book, id: "another" } }),
    proves({ ...record, identity: { ...record.identity, lengthBytes: 1 } }),
    proves({ ...record, salt: new Uint8Array(32) }),
    proves({ ...record, log: { ...log, leaf: log.leaf.slice(1) } }),
    proves({ ...record, log: { ...log, leafIndex: 20 } }),
    proves({ ...record, log: { ...log, inclusion: log.inclusion.slice(1) } }),
    proves({ ...record, log: { ...log, inclusion: log.inclusion.with(0, new Uint8Array(32)) } }),
    proves({ ...record, log: { ...log, checkpoint: log.checkpoint.replace("\n40\n", "\n41\n") } }),
  ]);
  expect(failures.map((answer) => !answer.ok && answer.failure.code)).toEqual([
    "leaf_of_another_copy",
    "leaf_of_another_copy",
    "leaf_of_another_copy",
    "commitment_wrong",
    "commitment_wrong",
    "leaf_malformed",
    "not_in_log",
    "not_in_log",
    "not_in_log",
    "checkpoint_signature_wrong",
  ]);
});

test("a checkpoint by a key that the list does not name for the log, or no longer named, is not believed", async () => {
  const stranger = logSigner(sample.list.logOrigin).key.publicKey;
  const [logKey] = sample.list.keys;
  if (!logKey) throw new Error("the sample has a log key");
  const withKey = (changed: object) => ({ ...sample.list, keys: [{ ...logKey, ...changed }] });
  const code = async (list: typeof sample.list) => {
    const answer = await proves(sample.record, list);
    return !answer.ok && answer.failure.code;
  };
  expect(await code(withKey({ publicKey: stranger }))).toBe("checkpoint_not_signed_by_log");
  expect(await code(withKey({ use: "status" }))).toBe("log_key_unknown");
  expect(await code(withKey({ to: "2026-02-01T00:00:00Z" }))).toBe("log_key_unknown");
  expect(await code({ ...sample.list, logOrigin: "another.example/log" })).toBe("checkpoint_of_another_log");
});

test("DESIGN decision 16: the key list is believed under the pinned root only, whole, and never an older one", async () => {
  const { list, root } = serviceKeys();
  const ports = { sha256, verifyEd25519 };
  const envelope = await makeKeyList(list, root, sha256);
  expect(await verifyKeyList(envelope, root.publicKey, ports)).toEqual({ ok: true, value: list });
  expect(await verifyKeyList(envelope, root.publicKey, ports, 4)).toMatchObject({
    failure: { code: "key_list_rolled_back", sequence: 3, atLeast: 4 },
  });
  const stranger = serviceKeys().root.publicKey;
  expect(await verifyKeyList(envelope, stranger, ports)).toMatchObject({
    failure: { code: "key_list_of_another_root" },
  });
  const parsed = JSON.parse(envelope);
  const payload = Buffer.from(
    JSON.stringify({ ...JSON.parse(Buffer.from(parsed.payload, "base64").toString()), sequence: 9 }),
  );
  const forged = JSON.stringify({ ...parsed, payload: payload.toString("base64") });
  expect(await verifyKeyList(forged, root.publicKey, ports)).toMatchObject({
    failure: { code: "key_list_signature_wrong" },
  });
  for (const broken of ["", "[]", "{}", envelope.slice(2), JSON.stringify({ ...parsed, more: 1 })]) {
    expect(await verifyKeyList(broken, root.publicKey, ports)).toMatchObject({
      failure: { code: "key_list_malformed" },
    });
  }
});

const codeFacts: CodeFacts = {
  agencyId: facts.agency.id,
  bookText: facts.book.text,
  number: facts.number,
  date: "2026-11-22" as LocalDate,
  pageCount: 2,
  kind: "Bằng tốt nghiệp",
  holderInitials: facts.holderInitials,
  numberMasked: facts.paper.numberMasked,
  pagesDigest: fingerprintOf([sha256(new Uint8Array([1])), sha256(new Uint8Array([2]))], sha256),
  statusIndex: 1_000_000,
};

test("Signed code: at most 200 bytes in the fragment of the link, answering facts to compare and never more", async () => {
  const made = await makeSignedCode(codeFacts, sample.code);
  if (!made.ok) throw new Error(made.failure.code);
  expect(made.value.length).toBeLessThanOrEqual(maximumSignedCodeBytes);
  const url = signedCodeUrl(`https://chungthuc.example/v/${code}`, made.value);
  const read = signedCodeOfFragment(new URL(url).hash.slice(1));
  const answer = read.ok ? await verifySignedCode(read.value, sample.list, verifyEs256) : read;
  expect(answer).toEqual({
    ok: true,
    value: { code: "CODE_GENUINE_COMPARE", facts: { ...codeFacts, numberMasked: "•431" } },
  });
});

test("Signed code: RFC 9052 as another library reads it: tag 18, ES256, our key id", async () => {
  const { decode } = await import("cborg");
  const made = await makeSignedCode(codeFacts, sample.code);
  if (!made.ok) throw new Error(made.failure.code);
  const [header] = decode(made.value, { useMaps: true, tags: { 18: (inner: () => unknown) => inner() } as never }) as [
    Bytes,
  ];
  const protectedHeader = decode(header, { useMaps: true }) as Map<number, unknown>;
  expect(protectedHeader.get(1)).toBe(-7);
  expect(Buffer.from(protectedHeader.get(4) as Bytes).toString("hex")).toBe(sample.code.id);
});

test("Signed code: too long a kind is told with both sizes", async () => {
  const made = await makeSignedCode({ ...codeFacts, kind: "x".repeat(64) }, sample.code);
  expect(made).toMatchObject({ failure: { code: "signed_code_too_long", maximumBytes: 200 } });
});

test("Signed code: no changed byte passes; a key outside its days or its use is unknown", async () => {
  const made = await makeSignedCode(codeFacts, sample.code);
  if (!made.ok) throw new Error(made.failure.code);
  for (let at = 0; at < made.value.length; at++) {
    const changed = made.value.with(at, (made.value[at] ?? 0) ^ 1) as Bytes;
    expect((await verifySignedCode(changed, sample.list, verifyEs256)).ok).toBe(false);
  }
  const ended = {
    ...sample.list,
    keys: sample.list.keys.map((key) => ({ ...key, to: "2026-03-01T00:00:00Z" as never })),
  };
  expect(await verifySignedCode(made.value, ended, verifyEs256)).toMatchObject({
    failure: { code: "signed_code_key_unknown" },
  });
  expect(signedCodeOfFragment("no base64url!")).toMatchObject({ failure: { code: "signed_code_malformed" } });
});
