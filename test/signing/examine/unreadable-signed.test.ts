import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bytes } from "../../../src/core/kernel.ts";
import { has } from "../../support/tools.ts";
import { examine, makeSealedCopy, type SealedCopy } from "./sealed-copy.ts";

const latin1 = (text: string): Bytes => new Uint8Array(Buffer.from(text, "latin1"));
const textOf = (pdf: Bytes) => Buffer.from(pdf).toString("latin1");
const failed = { code: "BAD_STRUCTURE", document: { status: "FAILED", subIndication: "FORMAT_FAILURE" } };

describe.skipIf(!has("openssl"))("EN 319 102-1 §5.2.2: a signed file that cannot be read any more", () => {
  let copy: SealedCopy;
  beforeAll(async () => {
    copy = await makeSealedCopy();
  });
  afterAll(() => copy.end());
  const told = (pdf: Bytes) => examine(pdf, copy.options);

  test("FORMAT_FAILURE: without a cross-reference, a header or a catalog it is FAILED, and not a file without signature", async () => {
    const whole = textOf(copy.officerOnly);
    const damages = {
      startxref: whole.replaceAll("startxref", "startxxxx"),
      header: whole.replace("%PDF-", "#PDF-").replaceAll("startxref", "startxxxx"),
      root: whole.replaceAll("/Root", "/Rooi"),
    };
    for (const [name, damaged] of Object.entries(damages)) {
      const found = await told(latin1(damaged));
      expect({ name, ...found }).toMatchObject({ name, ...failed, signatures: [] });
      expect(found.document.reason).toBe("structure_unreadable");
      expect(found.unreadable).not.toBeNull();
    }
  });

  test("FORMAT_FAILURE: cut off behind its gap or inside it, what was signed is FAILED", async () => {
    const gap = textOf(copy.officerOnly).indexOf("/Contents <");
    for (const end of [copy.officerOnly.length - 40, gap + 3000]) {
      const cut = new Uint8Array(copy.officerOnly.subarray(0, end));
      expect(await told(latin1(textOf(cut).replaceAll("startxref", "startxxxx")))).toMatchObject(failed);
    }
  });

  test("no trace of a signature: damaged or prepared and never filled, a file has no status", async () => {
    const damaged = latin1(textOf(copy.unsigned).replaceAll("startxref", "startxxxx"));
    const empty = textOf(copy.officerOnly).replace(/\/Contents <30/g, "/Contents <00");
    for (const pdf of [damaged, latin1(empty.replaceAll("startxref", "startxxxx"))]) {
      expect(await told(pdf)).toMatchObject({ code: "PARSE_ONLY", document: { status: null } });
    }
  });

  test("ISO 32000-2 §12.8.2.3: usage rights alone are no signature of anybody", async () => {
    const whole = textOf(copy.officerOnly);
    const form = Number(/\/AcroForm (\d+) 0 R/.exec(whole)?.[1] ?? 0);
    const signature = Number([...whole.matchAll(/\/V (\d+) 0 R/g)].at(-1)?.[1]);
    expect(signature).toBeGreaterThan(0);
    const moved = form > 0 ? `/AcroForm ${form} 0 R` : (/\/AcroForm <<.*?>>/s.exec(whole)?.[0] ?? "");
    const perms = `/Perms <</UR3 ${signature} 0 R>>`;
    expect(moved.length).toBeGreaterThan(0);
    const rights = whole.replaceAll(moved, perms.padEnd(moved.length).slice(0, Math.max(moved.length, perms.length)));
    const found = await told(latin1(rights));
    expect([found.code, found.document.status]).toEqual(["UNSIGNED", null]);
  });
});
