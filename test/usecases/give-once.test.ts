import { describe, expect, test } from "vitest";
import type { EarlierCopy } from "../../src/core/give-once.ts";
import { fail, ok, utf8 } from "../../src/core/kernel.ts";
import { dossierStatuses } from "../../src/core/stages.ts";
import { attestCopy } from "../../src/usecases/attest-copy.ts";
import { type GiveOnceWorld, giveOnce, type KeptAnswer, type OnceRequest } from "../../src/usecases/give-once.ts";
import { aDesk, aDossier, anEarlierCopy, aStatement, dossierId, morning, officer, stranger } from "./desk.ts";
import { attestingWorld } from "./worlds.ts";

function world(copies: readonly EarlierCopy[], changes: Partial<GiveOnceWorld> = {}) {
  const kept: KeptAnswer[] = [];
  const desk: GiveOnceWorld = {
    now: () => morning,
    newSecret: () => ({ text: "new secret", hash: utf8("hash of new secret") }),
    dossier: async (id, agencyId) =>
      id === dossierId && agencyId === officer.agencyId ? aDossier({ status: "read" }) : null,
    earlierCopies: async () => copies,
    checkDigits: async (_, digits) => (digits === "4321" ? ok(null) : fail({ code: "wrong_digits" })),
    keepAnswer: async (_, answer) => kept.push(answer) === 1,
    ...changes,
  };
  return { desk, kept };
}

const reuse = (changes: object = {}): OnceRequest => ({
  answer: "reused",
  certificateId: anEarlierCopy().certificateId,
  identityDigits: "4321",
  ...changes,
});

describe("ONCE-1: an original that was certified here before", () => {
  test("ONCE-1: it is not attested again without an answer, and the answer is recorded once", async () => {
    const desk = aDesk({ earlier: [anEarlierCopy()] });
    const attest = (again: (typeof aStatement)["again"] | "paper_copies") =>
      attestCopy(dossierId, { ...aStatement, again }, officer, attestingWorld(desk));
    expect(await attest(null)).toEqual(fail({ code: "rule_broken", rule: "ONCE-1" }));
    expect([desk.attestations, desk.onceAnswers]).toEqual([[], []]);
    expect(await attest("paper_copies")).toEqual(ok(null));
    expect(desk.onceAnswers).toEqual(["paper_copies"]);
  });

  test("a reason given where nothing was certified before is not recorded", async () => {
    const desk = aDesk();
    await attestCopy(dossierId, { ...aStatement, again: "citizen_insists" }, officer, attestingWorld(desk));
    expect([desk.onceAnswers, desk.dossier.status]).toEqual([[], "attested"]);
  });

  test("the earlier copy is given again by a new link, and the answer says which copy", async () => {
    const { desk, kept } = world([anEarlierCopy()]);
    expect(await giveOnce(dossierId, reuse(), officer, desk)).toEqual(
      ok({ earlier: anEarlierCopy(), secret: "new secret" }),
    );
    expect(kept).toMatchObject([
      { answer: "reused", earlier: anEarlierCopy(), link: { secretHash: utf8("hash of new secret") } },
    ]);
  });

  test.each([
    [
      "for another applicant's copy, as if it were not there",
      [anEarlierCopy({ sameApplicant: false })],
      reuse(),
      "not_found",
    ],
    ["for a copy that is no twin", [anEarlierCopy()], reuse({ certificateId: "other" }), "not_found"],
    [
      "with other digits than the earlier applicant's",
      [anEarlierCopy()],
      reuse({ identityDigits: "0000" }),
      "wrong_digits",
    ],
    [
      "as certified again where there is nothing",
      [],
      { answer: "again", reason: "paper_copies" } as const,
      "not_found",
    ],
  ])("nothing is given or kept %s", async (_, copies, request, code) => {
    const { desk, kept } = world(copies);
    expect(await giveOnce(dossierId, request as OnceRequest, officer, desk)).toEqual(fail({ code }));
    expect(kept).toEqual([]);
  });

  test("R15: a paper in VNeID ends the dossier whether a copy stands or not", async () => {
    const { desk, kept } = world([]);
    expect(await giveOnce(dossierId, { answer: "in_vneid" }, officer, desk)).toEqual(
      ok({ earlier: null, secret: null }),
    );
    expect(kept).toEqual([{ answer: "in_vneid", reason: null, earlier: null, link: null }]);
  });

  test("another agency's official finds nothing; the second answer is told that the first stands", async () => {
    const { desk } = world([anEarlierCopy()]);
    expect(await giveOnce(dossierId, reuse(), stranger, desk)).toEqual(fail({ code: "not_found" }));
    await giveOnce(dossierId, reuse(), officer, desk);
    expect(await giveOnce(dossierId, reuse(), officer, desk)).toEqual(fail({ code: "wrong_stage", status: "read" }));
  });

  test.each(
    dossierStatuses.filter((it) => it !== "read" && it !== "received"),
  )("once it is %s nothing is answered any more", async (status) => {
    const { desk, kept } = world([anEarlierCopy()], { dossier: async () => aDossier({ status }) });
    expect(await giveOnce(dossierId, reuse(), officer, desk)).toEqual(fail({ code: "wrong_stage", status }));
    expect(kept).toEqual([]);
  });
});
