import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { identityOf } from "../../signing/examine/identity.ts";
import { examineCommand } from "../../src/commands/examine.ts";
import type { Bytes } from "../../src/core/kernel.ts";
import { nodePrimitives } from "../../src/primitives-node.ts";
import { examine, makeSealedCopy, type SealedCopy, value } from "../signing/examine/sealed-copy.ts";
import { has } from "../support/tools.ts";
import { code } from "../verification/sample.ts";
import { jsonOf, outputOf } from "./output.ts";
import { scratchFolder, storeOf } from "./store.ts";

let copy: SealedCopy;
const hasPki = has("openssl");
if (!hasPki) console.warn("skipped: openssl is not installed, no fictional authority can be made for `examine`");

beforeAll(async () => {
  if (hasPki) copy = await makeSealedCopy();
});
afterAll(() => {
  vi.unstubAllEnvs();
  copy?.end();
});
beforeEach(() => {
  vi.stubEnv("DATA_FOLDER", scratchFolder()); // no store at hand unless a test makes one
});

function fileWith(bytes: Bytes): string {
  const file = join(scratchFolder(), "copy.pdf");
  writeFileSync(file, bytes);
  return file;
}

const examined = (bytes: Bytes, ...args: string[]) =>
  jsonOf(() => examineCommand([fileWith(bytes), "--json", "--offline", ...args]));

const keys = ["version", "documentSha256", "code", "document", "certifiedCopy", "policy", "trustListSequence"];

describe.skipIf(!hasPki)("examine", () => {
  test("DESIGN examine --json: version 1 with its keys in order; a given certificate makes a good file PASSED, exit 0", async () => {
    const { code: exit, json } = await examined(copy.sealed, "--trust", copy.pki.pem("root"));
    expect(exit).toBe(0);
    expect(Object.keys(json as object)).toEqual([...keys, "checkedAt", "signatures"]);
    expect(json).toMatchObject({ version: 1, code: "INTACT", document: { status: "PASSED" }, trustListSequence: null });
  });

  test("DESIGN decision 12: without an authority list nothing is said of certified copies, in either direction", async () => {
    const { json } = await examined(copy.sealed, "--trust", copy.pki.pem("root"));
    expect(json).toMatchObject({ certifiedCopy: { status: "unknown", reason: "signer_not_recognised" } });
  });

  test("a folder of certificates is trusted as a whole; one without any is refused and not taken for no trust", async () => {
    expect((await examined(copy.sealed, "--trust", copy.pki.folder)).code).toBe(0);
    const empty = await examined(copy.sealed, "--trust", scratchFolder());
    expect(empty).toMatchObject({ code: 3, json: { error: { code: "trust_unreadable" } } });
  });

  test("one changed byte exits 1, no trust at hand exits 2, a file without signatures exits 3", async () => {
    const changed = copy.sealed.with(600, (copy.sealed[600] ?? 0) ^ 1);
    expect((await examined(new Uint8Array(changed), "--trust", copy.pki.pem("root"))).code).toBe(1);
    expect((await examined(copy.sealed)).code).toBe(2);
    expect(await examined(copy.unsigned)).toMatchObject({ code: 3, json: { code: "UNSIGNED" } });
  });

  test("EN 319 102-1 FORMAT_FAILURE: a signed file that cannot be read exits 1, a damaged file without signature exits 3", async () => {
    const damaged = (pdf: Bytes) =>
      new Uint8Array(Buffer.from(Buffer.from(pdf).toString("latin1").replaceAll("startxref", "startxxxx"), "latin1"));
    expect(await examined(damaged(copy.sealed))).toMatchObject({
      code: 1,
      json: {
        code: "BAD_STRUCTURE",
        document: { status: "FAILED", subIndication: "FORMAT_FAILURE", reason: "structure_unreadable" },
        certifiedCopy: { status: "not_a_certified_copy", reason: "signed_content_changed" },
      },
    });
    expect(await examined(damaged(copy.unsigned))).toMatchObject({ code: 3, json: { code: "PARSE_ONLY" } });
  });

  test("--at: before its certificates were valid, a signature is not PASSED", async () => {
    const early = await examined(copy.officerOnly, "--trust", copy.pki.pem("root"), "--at", "2020-01-01T00:00:00Z");
    expect(early).toMatchObject({ json: { checkedAt: "2020-01-01T00:00:00Z" } });
    expect(early.code).not.toBe(0);
    expect(await examined(copy.sealed, "--at", "yesterday")).toMatchObject({ code: 3 });
  });

  test("DESIGN decision 12: with the key list at hand and the copy's code the copy is issued_here, without the code its record is missing", async () => {
    const { sha256: digest, lengthBytes } = value(
      identityOf(copy.sealed, await examine(copy.sealed, copy.options), nodePrimitives),
    );
    vi.stubEnv("DATA_FOLDER", await storeOf(copy, { digest, lengthBytes }));
    const missing = await examined(copy.sealed);
    expect(missing).toMatchObject({
      code: 0,
      json: { certifiedCopy: { reason: "record_missing" }, trustListSequence: 4 },
    });
    const link = `https://example.invalid/v/${code}`;
    const found = await examined(copy.sealed, "--code", link);
    expect(found).toMatchObject({ code: 0, json: { certifiedCopy: { status: "issued_here", number: 17 } } });
    expect(found).toMatchObject({ json: { signatures: [{ role: "official" }, { role: "agency_seal" }] } });
    const another = await examined(copy.officerOnly, "--code", code);
    expect(another).toMatchObject({ json: { certifiedCopy: { status: "not_a_certified_copy" } } });
  });

  test("for people: both verdicts stand apart, a line each in Vietnamese and English, then a line a signature", async () => {
    const { output } = await outputOf(() =>
      examineCommand([fileWith(copy.sealed), "--offline", "--trust", copy.pki.pem("root")]),
    );
    const lines = output.trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain("(PASSED)");
    expect(lines[1]).toContain("[unknown, signer_not_recognised]");
    expect(lines[2]).toContain("Nguyễn Văn Giả (hư cấu)");
  });
});

test("bounds: a file over 100 MB is refused by its length, a missing one is told so; both exit 3", async () => {
  const file = fileWith(new Uint8Array());
  truncateSync(file, 101 * 1024 * 1024);
  const large = await jsonOf(() => examineCommand([file, "--json", "--offline"]));
  expect(large).toMatchObject({ code: 3, json: { version: 1, error: { code: "file_too_large" } } });
  const nothing = await jsonOf(() => examineCommand([join(file, "nowhere"), "--json", "--offline"]));
  expect(nothing).toMatchObject({ code: 3, json: { error: { code: "file_unreadable" } } });
});
