import { describe, expect, test } from "vitest";
import { dossierStatuses } from "../../src/core/stages.ts";
import { attestCopy } from "../../src/usecases/attest-copy.ts";
import { confirmPage } from "../../src/usecases/confirm-page.ts";
import { refuseDossier } from "../../src/usecases/refuse-dossier.ts";
import { aDesk, aDossier, aPage, aStatement, dossierId, officer, remembered, stranger, streamOf } from "./desk.ts";
import { attestingWorld, confirmingWorld, refusingWorld } from "./worlds.ts";

const done = { ok: true, value: null };
const failure = (it: object) => ({ ok: false, failure: it });

describe("COPY-2: pages are confirmed one by one, over the bytes shown", () => {
  const first = { number: 1, streamSha256: streamOf(1) };
  const unconfirmed = () => aDesk({ pages: [1, 2].map((number) => aPage(number, { confirmedSha256: null })) });

  test("COPY-2: who confirmed which bytes is kept as evidence", async () => {
    const desk = unconfirmed();
    expect(await confirmPage(dossierId, first, officer, confirmingWorld(desk))).toEqual(done);
    expect(desk.confirmations).toEqual([{ page: 1, streamSha256: streamOf(1), by: officer.personId }]);
    expect(desk.pages.map((page) => page.confirmedSha256)).toEqual([streamOf(1), null]);
  });

  test("COPY-2: confirming twice leaves one line of evidence", async () => {
    const desk = unconfirmed();
    await confirmPage(dossierId, first, officer, confirmingWorld(desk));
    expect(await confirmPage(dossierId, first, officer, confirmingWorld(desk))).toEqual(done);
    expect(desk.confirmations).toHaveLength(1);
  });

  test("COPY-2: a confirmation of the page as it was before is refused, and nothing is kept", async () => {
    const desk = unconfirmed();
    const old = { number: 1, streamSha256: streamOf(7) };
    expect(await confirmPage(dossierId, old, officer, confirmingWorld(desk))).toEqual(
      failure({ code: "page_changed", page: 1 }),
    );
    expect(desk.confirmations).toEqual([]);
  });

  test("COPY-2: a page that is not there cannot be confirmed", async () => {
    const answer = await confirmPage(dossierId, { ...first, number: 3 }, officer, confirmingWorld(unconfirmed()));
    expect(answer).toEqual(failure({ code: "page_not_found", page: 3 }));
  });

  test.each(dossierStatuses.filter((it) => it !== "read"))("COPY-2: nothing is confirmed while %s", async (status) => {
    const desk = aDesk({ dossier: aDossier({ status }) });
    expect(await confirmPage(dossierId, first, officer, confirmingWorld(desk))).toEqual(
      failure({ code: "wrong_stage", status }),
    );
    expect(desk.confirmations).toEqual([]);
  });

  test("a stranger finds nothing to confirm", async () => {
    expect(await confirmPage(dossierId, first, stranger, confirmingWorld(unconfirmed()))).toEqual(
      failure({ code: "not_found" }),
    );
  });
});

describe("the attestation", () => {
  test("ORIG-1, COPY-1, COPY-2: presented, complete and confirmed, it is kept with who made it", async () => {
    const desk = aDesk();
    expect(await attestCopy(dossierId, aStatement, officer, attestingWorld(desk))).toEqual(done);
    expect(desk.attestations).toEqual([{ pages: 2, by: officer.personId }]);
    expect(desk.dossier.status).toBe("attested");
  });

  test.each([
    ["ORIG-1: an original nobody presented", false, {}, { code: "rule_broken", rule: "ORIG-1" }],
    [
      "COPY-1: a copy that skips a page",
      true,
      { pages: [aPage(1), aPage(3)] },
      { code: "rule_broken", rule: "COPY-1" },
    ],
    [
      "COPY-1: a page fewer than declared",
      true,
      { pages: [aPage(1)] },
      { code: "pages_differ", declared: 2, scanned: 1 },
    ],
    [
      "COPY-2: a page nobody confirmed",
      true,
      { pages: [aPage(1), aPage(2, { confirmedSha256: null })] },
      { code: "pages_unconfirmed", pages: [2] },
    ],
  ])("%s is never attested", async (_, presented, changes, cause) => {
    const desk = aDesk(changes);
    expect(
      await attestCopy(dossierId, { ...aStatement, originalPresented: presented }, officer, attestingWorld(desk)),
    ).toEqual(failure(cause));
    expect(desk.attestations).toEqual([]);
    expect(desk.dossier.status).toBe("read");
  });

  test.each(dossierStatuses.filter((it) => it !== "read"))("nothing is attested while %s", async (status) => {
    const desk = aDesk({ dossier: aDossier({ status }) });
    expect(await attestCopy(dossierId, aStatement, officer, attestingWorld(desk))).toEqual(
      failure({ code: "wrong_stage", status }),
    );
    expect(desk.attestations).toEqual([]);
  });

  test("of two officials at once, the second is told and leaves nothing", async () => {
    const desk = aDesk();
    const late = { ...attestingWorld(desk), keepAttestation: async () => false };
    expect(await attestCopy(dossierId, aStatement, officer, late)).toEqual(
      failure({ code: "wrong_stage", status: "attested" }),
    );
    expect(await attestCopy(dossierId, aStatement, stranger, attestingWorld(desk))).toEqual(
      failure({ code: "not_found" }),
    );
    expect(desk.attestations).toEqual([]);
  });
});

describe("REFUSE-1: refusing", () => {
  const refusal = { ground: "A22_2", reason: "Trang 2 rách, không đọc được số", page: 2 };

  test.each([
    "received",
    "read",
    "attested",
  ] as const)("REFUSE-1: while %s, on a ground with its reason", async (status) => {
    const desk = aDesk({ dossier: aDossier({ status }) });
    expect(await refuseDossier(dossierId, refusal, officer, refusingWorld(desk))).toEqual(done);
    expect(desk.refusals).toEqual([{ ...refusal, by: officer.personId }]);
    expect(desk.dossier.status).toBe("refused");
  });

  test.each([
    "numbered",
    "person_signed",
    "sealed",
    "logged",
    "released",
    "refused",
    "voided",
  ] as const)("REFUSE-1: a dossier that is %s is not refused any more", async (status) => {
    const desk = aDesk({ dossier: aDossier({ status }) });
    let kept = 0; // the store is not even asked
    const world = { ...refusingWorld(desk), keepRefusal: async () => ++kept > 0 };
    expect(await refuseDossier(dossierId, refusal, officer, world)).toEqual(failure({ code: "wrong_stage", status }));
    expect([kept, desk.refusals]).toEqual([0, []]);
  });

  test("REFUSE-1: without a ground of the law or without a reason nobody is sent away", async () => {
    const desk = aDesk();
    const before = remembered(desk);
    for (const input of [
      { ...refusal, ground: "A22_9" },
      { ...refusal, reason: "rách" },
    ]) {
      expect(await refuseDossier(dossierId, input, officer, refusingWorld(desk))).toEqual(
        failure({ code: "rule_broken", rule: "REFUSE-1" }),
      );
    }
    expect(remembered(desk)).toEqual(before);
  });

  test("not by a stranger, and not when the dossier went on meanwhile", async () => {
    const desk = aDesk();
    const late = { ...refusingWorld(desk), keepRefusal: async () => false };
    expect(await refuseDossier(dossierId, refusal, stranger, refusingWorld(desk))).toEqual(
      failure({ code: "not_found" }),
    );
    expect(await refuseDossier(dossierId, refusal, officer, late)).toEqual(
      failure({ code: "wrong_stage", status: "read" }),
    );
  });
});
