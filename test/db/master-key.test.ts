import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { readMasterKey, readOrCreateMasterKey } from "../../db/blobs/master-key.ts";

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "chungthuc-keys-"));
  return () => rmSync(scratch, { recursive: true, force: true });
});

test("a key file is made only when told to, 0600, and then read again", () => {
  const path = join(scratch, "keys", "master");
  expect(readMasterKey(path)).toEqual({ ok: false, failure: { code: "key_file_missing", path } });
  const made = readOrCreateMasterKey(path);
  expect(readOrCreateMasterKey(path)).toEqual(made);
  expect(readMasterKey(path)).toEqual(made);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test.each([0o640, 0o604, 0o660, 0o644])("a key file of mode %o is refused", (mode) => {
  const path = join(scratch, "master");
  readOrCreateMasterKey(path);
  chmodSync(path, mode);
  expect(readMasterKey(path)).toEqual({
    ok: false,
    failure: { code: "key_file_open_to_others", path, mode: mode.toString(8) },
  });
});

test.each([0, 31, 33, 64])("a key file of %i bytes is refused", (sizeBytes) => {
  const path = join(scratch, "master");
  writeFileSync(path, new Uint8Array(sizeBytes), { mode: 0o600 });
  expect(readMasterKey(path)).toEqual({ ok: false, failure: { code: "key_file_malformed", path, sizeBytes } });
  expect(readOrCreateMasterKey(path)).toMatchObject({ ok: false });
});
