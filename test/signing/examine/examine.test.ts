import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { identityOf } from "../../../signing/examine/identity.ts";
import { reportOf } from "../../../signing/examine/report.ts";
import type { Bytes, Instant } from "../../../src/core/kernel.ts";
import { nodePrimitives, nodeSha256 } from "../../../src/primitives-node.ts";
import { has } from "../../support/tools.ts";
import { judgeCopy } from "./judging.ts";
import { examine, makeSealedCopy, type SealedCopy } from "./sealed-copy.ts";

const hasOpenssl = has("openssl");
const from = "2020-01-01T00:00:00Z" as Instant;

describe.skipIf(!hasOpenssl)(`examining what we sealed${hasOpenssl ? "" : " (missing: openssl)"}`, () => {
  let copy: SealedCopy;
  beforeAll(async () => {
    copy = await makeSealedCopy();
  });
  afterAll(async () => await copy.end());

  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  const judge = (pdf: Bytes, options = copy.options) => judgeCopy(copy, pdf, { options });

  test("EN 319 102-1 §5.1.3: a sealed copy is PASSED, both signatures B-T, intact, trusted, at a proven time", async () => {
    const { examination } = await judge(copy.sealed);
    expect(examination).toMatchObject({ code: "INTACT", document: { status: "PASSED" } });
    expect(examination.signatures.map(({ level, intact, trusted }) => ({ level, intact, trusted }))).toEqual([
      { level: "B-T", intact: true, trusted: true },
      { level: "B-T", intact: true, trusted: true },
    ]);
    expect(examination.signatures.every(({ provenTime }) => provenTime !== null)).toBe(true);
    expect(examination.signatures.map(({ laterChanges }) => laterChanges)).toEqual([
      [{ kind: "signature_added", class: "signature", at: "agency" }],
      [],
    ]);
  });

  test("DESIGN decision 12: with its record and the list it was issued here", async () => {
    const { verdict } = await judge(copy.sealed);
    expect(verdict).toMatchObject({ status: "issued_here", reason: null, number: 7 });
  });

  test("DESIGN decision 12: a changed byte, an added page, an unknown authority and a lone signature get four answers", async () => {
    const changedByte = copy.sealed.slice();
    changedByte[200] = (changedByte[200] ?? 0) ^ 1;
    const stranger = { ...copy.options, anchors: [] };
    const answers = [
      (await judge(changedByte)).verdict,
      (await judge(await withPageAdded(copy.sealed))).verdict,
      (await judge(copy.sealed, stranger)).verdict,
      (await judge(copy.officerOnly)).verdict,
    ];
    expect(answers).toEqual([
      { status: "not_a_certified_copy", reason: "signed_content_changed" },
      { status: "not_a_certified_copy", reason: "changed_after_sealing" },
      { status: "unknown", reason: "signer_not_recognised" },
      { status: "not_a_certified_copy", reason: "not_two_signatures" },
    ]);
  });

  test("ISO 32000-2 §12.8.2.2: a page added afterwards is FAILED and named, the signed revision still told intact", async () => {
    const { examination } = await judge(await withPageAdded(copy.sealed));
    expect(examination).toMatchObject({ code: "MODIFIED_AFTER", document: { status: "FAILED" } });
    expect(examination.signatures[1]?.intact).toBe(true);
    expect(examination.signatures[1]?.laterChanges.map(({ kind }) => kind)).toContain("page_added");
  });

  test("DESIGN decision 5: the identity is that of the bytes to the agency revision's end, whatever follows", async () => {
    const appended = await withPageAdded(copy.sealed);
    const first = identityOf(copy.sealed, await examine(copy.sealed, copy.options), nodePrimitives);
    const later = identityOf(appended, await examine(appended, copy.options), nodePrimitives);
    expect(first).toEqual({
      ok: true,
      value: { sha256: hex(nodeSha256(copy.sealed)), lengthBytes: copy.sealed.length },
    });
    expect(later).toEqual(first);
  });

  test("the report keeps its order of keys", async () => {
    const report = reportOf(await examine(copy.sealed, copy.options), { status: "unknown" }, 3);
    // biome-ignore format: one line a level
    expect(Object.keys(report)).toEqual(["version", "documentSha256", "code", "document", "certifiedCopy", "policy", "trustListSequence", "checkedAt", "signatures"]);
    // biome-ignore format: one line a level
    expect(Object.keys(report.signatures[0] ?? {})).toEqual(["signer", "role", "claimedTime", "provenTime", "level", "intact", "trusted", "revocation", "revision", "laterChanges"]);
    expect(Object.keys(report.document)).toEqual(["status", "subIndication", "reason"]);
  });

  test("one changed byte outside the gaps is never told intact", async () => {
    const { signatures } = await examine(copy.sealed, copy.options);
    const isGap = gapsOf(copy.sealed);
    expect(signatures).toHaveLength(2);
    for (let at = 0; at < copy.sealed.length; at += 97) {
      if (isGap(at)) continue;
      const changed = copy.sealed.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      const examination = await examine(changed, copy.options);
      expect(examination.document.status, `offset ${at}`).not.toBe("PASSED");
      expect(["INTACT", "PERMITTED_UPDATE"], `offset ${at}`).not.toContain(examination.code);
    }
  });

  test("revocation: required and not known is TRY_LATER; revoked after the proven time changes nothing", async () => {
    const required = await examine(copy.sealed, { ...copy.options, revocationRequired: true });
    expect(required.document).toEqual({
      status: "INDETERMINATE",
      subIndication: "TRY_LATER",
      reason: "revocation_unknown",
    });
    const answer = (revokedAt: Instant) => ({
      ...copy.options,
      revocation: async () => ({ status: "revoked" as const, source: "test", thisUpdate: from, revokedAt }),
    });
    expect((await examine(copy.sealed, answer("2090-01-01T00:00:00Z" as Instant))).document.status).toBe("PASSED");
    expect((await examine(copy.sealed, answer(from))).document).toMatchObject({
      status: "FAILED",
      subIndication: "REVOKED",
    });
  });
});

/** Whether an offset lies in the value of a /Contents. */
function gapsOf(pdf: Bytes): (at: number) => boolean {
  const text = Buffer.from(pdf).toString("latin1");
  const gaps = [...text.matchAll(/<[0-9a-f]{1000,}>/gi)].map(
    (found) => [found.index, found.index + found[0].length] as const,
  );
  return (at) => gaps.some(([start, end]) => at >= start && at < end);
}

/** An incremental update that adds a blank page, as an editor would write it. */
async function withPageAdded(pdf: Bytes): Promise<Bytes> {
  const text = Buffer.from(pdf).toString("latin1");
  const catalog = /\/Root (\d+) 0 R/.exec(text)?.[1];
  const pages = Number(/\/Pages (\d+) 0 R/.exec(text)?.[1]);
  const kids = new RegExp(`\\n${pages} 0 obj[\\s\\S]*?/Kids \\[([^\\]]*)\\]`).exec(text)?.[1];
  const size = Number([...text.matchAll(/\/Size (\d+)/g)].at(-1)?.[1]);
  const previous = Number([...text.matchAll(/startxref\s+(\d+)/g)].at(-1)?.[1]);
  const first = `${pages} 0 obj\n<</Type/Pages/Count 2/Kids[${kids} ${size} 0 R]>>\nendobj\n`;
  const second = `${size} 0 obj\n<</Type/Page/Parent ${pages} 0 R/MediaBox[0 0 595 842]>>\nendobj\n`;
  const entry = (offset: number) => `${String(offset).padStart(10, "0")} 00000 n \n`;
  const xref = `xref\n${pages} 1\n${entry(pdf.length)}${size} 1\n${entry(pdf.length + first.length)}trailer\n<</Size ${size + 1}/Root ${catalog} 0 R/Prev ${previous}>>\n`;
  const start = pdf.length + first.length + second.length;
  return new Uint8Array(
    Buffer.concat([pdf, Buffer.from(`${first}${second}${xref}startxref\n${start}\n%%EOF\n`, "latin1")]),
  );
}
