import { expect, test } from "vitest";
import { hexOf } from "../../src/core/kernel.ts";
import { bytesOfBase64 } from "../../src/core/log/base64.ts";
import { noteKeyId, openCheckpoint, signCheckpoint } from "../../src/core/log/checkpoint.ts";
import { logSigner, sha256 } from "./memory-files.ts";

const signer = logSigner("log.example/a");
const checkpoint = { origin: "log.example/a", size: 7, root: sha256(new Uint8Array([1])) };
const open = (note: string, key = signer.key) => openCheckpoint(note, key, signer.verify, sha256);
const signed = () => signCheckpoint(checkpoint, signer.key, signer.sign, sha256);

test("C2SP signed-note: what the log signed is read back under its key", async () => {
  expect(await open(await signed())).toEqual({ ok: true, value: checkpoint });
});

test("C2SP signed-note: the key id is that of the published example of Go's checksum database", () => {
  // sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8: name, key id, 0x01 and the key
  const key = bytesOfBase64("Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")?.slice(1) ?? new Uint8Array();
  expect(hexOf(noteKeyId({ name: "sum.golang.org", publicKey: key }, sha256))).toBe("033de0ae");
});

test("C2SP signed-note: signatures of others change nothing", async () => {
  const note = `${await signed()}— witness.example/w ${Buffer.alloc(76, 5).toString("base64")}\n`;
  expect(await open(note)).toEqual({ ok: true, value: checkpoint });
});

test.each([
  ["a changed size", (note: string) => note.replace("\n7\n", "\n8\n"), "checkpoint_signature_wrong"],
  ["another origin", (note: string) => note.replace("log.example/a\n", "log.example/b\n"), "checkpoint_of_another_log"],
  [
    "no signature of the log",
    (note: string) => note.replace("— log.example/a", "— log.example/c"),
    "checkpoint_not_signed_by_log",
  ],
  ["a size with a leading zero", (note: string) => note.replace("\n7\n", "\n07\n"), "malformed_checkpoint"],
  ["no blank line", (note: string) => note.replace("\n\n", "\n"), "malformed_checkpoint"],
  ["an extension line", (note: string) => note.replace("\n\n", "\nmore\n\n"), "malformed_checkpoint"],
  ["a cut end", (note: string) => note.slice(0, -1), "malformed_checkpoint"],
  ["nothing", () => "", "malformed_checkpoint"],
])("C2SP tlog-checkpoint: %s is refused", async (_, change, code) => {
  expect(await open(change(await signed()))).toMatchObject({ ok: false, failure: { code } });
});

test("C2SP signed-note: the same text under another key is not believed", async () => {
  const stranger = logSigner("log.example/a");
  expect(await open(await signed(), stranger.key)).toMatchObject({ failure: { code: "checkpoint_not_signed_by_log" } });
});
