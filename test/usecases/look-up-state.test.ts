import { expect, test } from "vitest";
import { ok } from "../../src/core/kernel.ts";
import type { DossierCode, SubmissionId } from "../../src/core/submission.ts";
import { type LookupWorld, lookUpState } from "../../src/usecases/look-up-state.ts";
import { agency, morning } from "./desk.ts";

const code = "H00-261122-0001" as DossierCode;
const kept = { code, agencyId: agency, openedAt: morning };
const submission = { ...kept, submissionId: "s" as SubmissionId, digitsHash: new Uint8Array(32) };

test("VOICE-3: how far the papers are is looked at only once the digits are right", async () => {
  const asked: string[] = [];
  const world: LookupWorld = {
    admit: async () => ok({ giveBack: async () => undefined }),
    byCode: async () => [submission],
    papers: async ({ submissionId }) => {
      asked.push(submissionId);
      return [{ status: "read", hasNotice: false, lostValue: null }];
    },
    noteWrong: async () => undefined,
    hasDigits: (_, digits) => digits === "4321",
  };
  expect(await lookUpState(code, "0000", world)).toMatchObject({ failure: { code: "wrong_digits" } });
  expect(asked).toEqual([]);
  const told = { ...kept, papers: [{ status: "read", hasNotice: false, lostValue: null }] };
  expect(await lookUpState(code, "4321", world)).toEqual(ok([told]));
  expect(asked).toEqual(["s"]);
});

test("VOICE-3: a code that nobody has is answered as wrong digits are, after as much work, and is counted too", async () => {
  const [held, wrong]: [unknown[], string[]] = [[], []];
  const world: LookupWorld = {
    admit: async () => ok({ giveBack: async () => undefined }),
    byCode: async () => [],
    papers: async () => [],
    noteWrong: async (typed) => void wrong.push(typed),
    hasDigits: (one) => held.push(one) === 0,
  };
  expect(await lookUpState(code, "4321", world)).toEqual({ ok: false, failure: { code: "wrong_digits" } });
  expect([held, wrong]).toEqual([[null], [code]]);
});
