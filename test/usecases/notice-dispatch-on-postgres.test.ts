import { randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { keepEmail } from "../../db/stores/dispatches.ts";
import { keepRefusal } from "../../db/stores/dossiers.ts";
import { keepNotice } from "../../db/stores/notices.ts";
import type { Email } from "../../src/core/dispatch.ts";
import type { BlobId } from "../../src/core/ids.ts";
import { agency, morning } from "./desk.ts";
import { actor, aPaper, aSigner, found, openPaperDesk, sql } from "./paper-desk.ts";

openPaperDesk();

test("DISPATCH-1: a signed notice goes to the e-mail that was given, once, and not before it is signed", async () => {
  const { id } = await aPaper("read", false);
  await keepEmail(sql, id, "nguoi-dan@vi-du.example" as Email, actor.personId, morning);
  const refusal = { ground: "A22_1", reason: "Bản chính bị tẩy xóa (hư cấu)", page: null } as const;
  expect(await keepRefusal(sql, await found(id), refusal, actor, morning)).toBe(true);
  const planned = () => sql`select way, what, state from dispatch where dossier_id = ${id}`;
  expect(await planned()).toEqual([]);
  const blobId = randomUUID() as BlobId;
  await sql`insert into agency_key (agency_id, master_key_id, key_wrapped) values (${agency}, 'none', ${randomBytes(60)})`;
  await sql`insert into blob (id, agency_id, kind, sha256, size_bytes, key_wrapped)
    values (${blobId}, ${agency}, 'notice', ${"0".repeat(64)}, 1, ${randomBytes(60)})`;
  const signed = { blobId, signer: aSigner(), signedAt: morning };
  expect(await keepNotice(sql, await found(id), signed, actor)).toBe(true);
  expect(await keepNotice(sql, await found(id), signed, actor)).toBe(false);
  expect(await planned()).toEqual([{ way: "email", what: "notice", state: "waiting" }]);
});
