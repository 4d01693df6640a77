import { expect, test } from "vitest";
import { ok } from "../../src/core/kernel.ts";
import type { ComparingPolicyId } from "../../src/core/mandate.ts";
import type { PaperLine } from "../../src/core/paper-line.ts";
import { type NumberingPaperWorld, numberPaper } from "../../src/usecases/paper/number-paper.ts";
import { aMandate } from "../support/mandates.ts";
import { aCredential, aDossier, dossierId, morning, officer } from "./desk.ts";

const line = { number: 1 } as PaperLine;

/** The officer compared the paper by hand. */
const world = (policyId: ComparingPolicyId | null): NumberingPaperWorld => ({
  now: () => morning,
  dossier: async () => aDossier({ status: "attested" }),
  paperCopies: async () => 3,
  credential: async () => aCredential(),
  mandates: async () => [aMandate({ personId: officer.personId })],
  absences: async () => [],
  comparison: async () => ({ by: officer.personId, policyId }),
  takeNumber: async () => ok(line),
});

test("AUTH-4: on paper too, who compared takes a number and signs by a rule of the agency only", async () => {
  expect(await numberPaper(dossierId, officer, world(null))).toEqual({
    ok: false,
    failure: { code: "comparer_signs" },
  });
  expect(await numberPaper(dossierId, officer, world(1 as unknown as ComparingPolicyId))).toEqual(ok(line));
});
