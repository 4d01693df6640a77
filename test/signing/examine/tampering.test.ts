import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bytes } from "../../../src/core/kernel.ts";
import { has } from "../../support/tools.ts";
import { type Addition, additions, outcomeOfAddition } from "./additions.ts";
import { examine } from "./sealed-copy.ts";
import { outcomeOf, type Tampering, type TamperTarget, tamperings, tamperTarget } from "./tampering.ts";

// Some hundreds here; `npm run tamper` takes 10,000.
describe.skipIf(!has("openssl"))("one byte of a sealed copy is changed", () => {
  const seed = 20261122; // it stands in every failure
  let target: TamperTarget;
  beforeAll(async () => {
    target = await tamperTarget(seed % 2 === 0);
  });
  afterAll(() => target.copy.end());

  test("the samples reach levels B-T, B-LT and B-LTA, and untouched they all pass", () => {
    const shown = target.forms.map(({ name, clean }) => [name, clean.document.status, clean.signatures[0]?.level]);
    expect(shown).toEqual(["B-T", "B-LT", "B-LTA"].map((name) => [name, "PASSED", name]));
  });

  test("ISO 32000-2 §12.8.1: a form that no longer leads to its signatures does not make a signed file unsigned", async () => {
    const [form] = target.forms;
    const at = Buffer.from(form?.pdf ?? []).indexOf("/AcroForm");
    const found = await examine((form?.pdf ?? new Uint8Array()).with(at + 1, 0x42) as Bytes, target.copy.options);
    expect(found).toMatchObject({
      code: "BAD_STRUCTURE",
      document: { status: "FAILED", reason: "signature_unreachable" },
    });
    const never = await examine(target.copy.unsigned, target.copy.options);
    expect(never).toMatchObject({ code: "UNSIGNED", document: { status: null } });
  });

  test("up to the agency's end FAILED; in evidence no higher level; in a gap no other signer, digest or time", async () => {
    const broken: [Tampering, string][] = [];
    for (const tampering of tamperings(target, 400, seed)) {
      const outcome = await outcomeOf(target, tampering);
      if (outcome.broken !== null) broken.push([tampering, outcome.broken]);
    }
    expect({ seed, broken }).toEqual({ seed, broken: [] });
  });

  test("DESIGN decision 5: evidence alone is nothing foreign; whatever travels with it is told, and the document is the same", async () => {
    const broken: [Addition, string][] = [];
    for (const addition of additions(target, 60, seed)) {
      const why = await outcomeOfAddition(target, addition);
      if (why !== null) broken.push([addition, why]);
    }
    expect({ seed, broken }).toEqual({ seed, broken: [] });
  });
});
