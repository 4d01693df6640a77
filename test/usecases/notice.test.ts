import { describe, expect, test } from "vitest";
import type { BlobId } from "../../src/core/ids.ts";
import { fail, ok, utf8 } from "../../src/core/kernel.ts";
import { dossierStatuses } from "../../src/core/stages.ts";
import { refuseDossier } from "../../src/usecases/refuse-dossier.ts";
import { type NoticeWorld, signNotice } from "../../src/usecases/sign-notice.ts";
import { aCredential, aDesk, aDossier, type Desk, dossierId, morning, officer, stranger } from "./desk.ts";
import { refusingWorld } from "./worlds.ts";

const pin = "123456";
const reason = "Ố mất dòng họ tên người mẹ.";
const failure = (it: object) => ({ ok: false, failure: it });
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const refused = (changes: Partial<Desk> = {}): Desk =>
  aDesk({
    dossier: aDossier({ status: "refused" }),
    refusals: [{ ground: "A22_2", reason, page: 1, by: officer.personId }],
    ...changes,
  });

/** One notice a refusal, in memory; `used` counts how often the key signed. */
function noticeWorld(desk: Desk): NoticeWorld<string> & { used: number } {
  const world = {
    used: 0,
    now: () => desk.now,
    dossier: async (id: string, agencyId: string) =>
      desk.dossier.id === id && desk.dossier.agencyId === agencyId ? desk.dossier : null,
    refusal: async () => {
      const [kept] = desk.refusals;
      return kept === undefined ? null : { ...kept, by: "Người Xem (hư cấu)", at: morning };
    },
    notice: async () =>
      desk.notice === null ? null : { blobId: "blob" as BlobId, signerName: "Người Ký", signedAt: morning },
    isForgeryRecorded: async () => false,
    credential: async () => aCredential(),
    mandates: async () => desk.mandates,
    absences: async () => desk.absences,
    openKey: async (_: unknown, typed: string) => (typed === pin ? ok("key") : fail({ code: "wrong_pin" } as const)),
    checkRevocation: async () => ok(null),
    compose: async () => ok(utf8(`notice: ${desk.refusals[0]?.reason}`)),
    sign: async (notice: Uint8Array) => {
      world.used += 1;
      return ok(utf8(`${text(notice)} + officer`));
    },
    examine: async () => ok(morning),
    keepNotice: async (_: unknown, { pdf }: { pdf: Uint8Array }) => {
      if (desk.notice !== null) return false;
      desk.notice = text(pdf);
      return true;
    },
  };
  return world;
}

test("REFUSE-2: the notice of a suspected paper is signed after its record, and no key is used before; other grounds want none", async () => {
  const desk = refused({ refusals: [{ ground: "SUSPECTED_FAKE", reason, page: null, by: officer.personId }] });
  const without = noticeWorld(desk);
  const missing = failure({ code: "rule_broken", rule: "REFUSE-2" });
  expect(await signNotice(dossierId, pin, officer, without)).toEqual(missing);
  expect([without.used, desk.notice]).toEqual([0, null]);
  const recorded = { ...without, isForgeryRecorded: async () => true };
  expect(await signNotice(dossierId, pin, officer, recorded)).toEqual(ok(null));
});

describe("REFUSE-1: the notice of a refusal is signed by the person certifying", () => {
  test("NĐ 23/2015 Art. 9: the refusal holds at once, its notice with the signature", async () => {
    const desk = aDesk();
    const asked = { ground: "A22_2", reason, page: null };
    expect(await refuseDossier(dossierId, asked, officer, refusingWorld(desk))).toEqual(ok(null));
    expect([desk.dossier.status, desk.notice]).toEqual(["refused", null]);
    expect(await signNotice(dossierId, pin, officer, noticeWorld(desk))).toEqual(ok(null));
    expect(desk.notice).toBe(`notice: ${reason} + officer`);
    expect(desk.dossier.status).toBe("refused");
  });

  test("a reason that cannot be printed is told to who wrote it, and nothing is refused", async () => {
    const desk = aDesk();
    const asked = { ground: "A22_2", reason: `${reason} 🙂`, page: null };
    expect(await refuseDossier(dossierId, asked, officer, refusingWorld(desk))).toEqual(
      failure({ code: "malformed_request", field: "reason" }),
    );
    expect([desk.dossier.status, desk.refusals]).toEqual(["read", []]);
  });

  test("sent again, the notice stands as it was kept and no key is used a second time", async () => {
    const desk = refused();
    const world = noticeWorld(desk);
    expect(await signNotice(dossierId, pin, officer, world)).toEqual(ok(null));
    expect(await signNotice(dossierId, pin, officer, world)).toEqual(ok(null));
    expect(world.used).toBe(1);
  });

  test("of two signatures at once the one kept first stands, and nobody is told of a failure", async () => {
    const desk = refused();
    const world = noticeWorld(desk);
    const [one, other] = await Promise.all([1, 2].map(() => signNotice(dossierId, pin, officer, world)));
    expect([one, other]).toEqual([ok(null), ok(null)]);
    expect(desk.notice).toBe(`notice: ${reason} + officer`);
  });

  test.each(dossierStatuses.filter((it) => it !== "refused"))("nothing is signed while %s", async (status) => {
    const desk = refused({ dossier: aDossier({ status }) });
    const world = noticeWorld(desk);
    expect(await signNotice(dossierId, pin, officer, world)).toEqual(failure({ code: "wrong_stage", status }));
    expect([world.used, desk.notice]).toEqual([0, null]);
  });

  test("a stranger does not learn that the dossier exists", async () => {
    const world = noticeWorld(refused());
    expect(await signNotice(dossierId, pin, stranger, world)).toEqual(failure({ code: "not_found" }));
    expect(world.used).toBe(0);
  });

  const denied = [
    ["without a registered certificate (AUTH-1)", "no_registered_certificate", { credential: async () => null }],
    ["with a wrong PIN", "wrong_pin", { openKey: async () => fail({ code: "wrong_pin" } as const) }],
    [
      "with a revoked certificate",
      "certificate_revoked",
      { checkRevocation: async () => fail({ code: "certificate_revoked" } as const) },
    ],
    [
      "that cannot be composed",
      "signing_failed",
      { compose: async () => fail({ code: "signing_failed", reason: "character_not_in_font" } as const) },
    ],
    [
      "without a timestamp",
      "timestamp_unavailable",
      { sign: async () => fail({ code: "timestamp_unavailable" } as const) },
    ],
    [
      "that our own examiner does not pass",
      "examination_failed",
      { examine: async () => fail({ code: "examination_failed", reason: "not_passed" } as const) },
    ],
  ] as const;
  test.each(denied)("a notice %s is not kept, and can be signed after", async (_, code, broken) => {
    const desk = refused();
    const world = { ...noticeWorld(desk), ...broken } as NoticeWorld<string>;
    expect(await signNotice(dossierId, pin, officer, world)).toMatchObject(failure({ code }));
    expect(desk.notice).toBeNull();
    expect(await signNotice(dossierId, pin, officer, noticeWorld(desk))).toEqual(ok(null));
  });

  test.each([false, true])("a break at keeping (after taking effect: %s) is healed by sending again", async (after) => {
    const desk = refused();
    const sound = noticeWorld(desk);
    const broken: NoticeWorld<string> = {
      ...sound,
      keepNotice: async (...kept) => {
        if (after) await sound.keepNotice(...kept);
        throw new Error("outage");
      },
    };
    await expect(signNotice(dossierId, pin, officer, broken)).rejects.toThrow();
    expect(await signNotice(dossierId, pin, officer, noticeWorld(desk))).toEqual(ok(null));
    expect(desk.notice).toBe(`notice: ${reason} + officer`);
  });
});
