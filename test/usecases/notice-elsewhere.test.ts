import { describe, expect, test } from "vitest";
import type { BlobId } from "../../src/core/ids.ts";
import { type Bytes, fail, type Instant, ok, utf8 } from "../../src/core/kernel.ts";
import { completeNotice, prepareNotice } from "../../src/usecases/sign-notice-elsewhere.ts";
import { aCredential, aDesk, aDossier, type Desk, dossierId, morning, officer, stranger } from "./desk.ts";

const failure = (it: object) => ({ ok: false, failure: it });
const text = (bytes: Bytes) => new TextDecoder().decode(bytes);
const tomorrow = "2999-01-01T00:00:00Z" as Instant;

const refused = (changes: Partial<Desk> = {}): Desk =>
  aDesk({
    dossier: aDossier({ status: "refused" }),
    refusals: [{ ground: "A22_2", reason: "Ố mất chữ.", page: 1, by: officer.personId }],
    ...changes,
  });

/** What is prepared is a text, and the value that belongs to it is `value`. */
function worldOf(desk: Desk) {
  return {
    credentialId: aCredential().id,
    examined: ok(morning) as ReturnType<typeof ok<Instant>> | ReturnType<typeof failureOf>,
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
    async credential() {
      return { ...aCredential(), id: this.credentialId };
    },
    mandates: async () => desk.mandates,
    absences: async () => desk.absences,
    checkRevocation: async () => ok(null),
    compose: async () => ok(utf8("notice")),
    prepare: async (notice: Bytes) => ok(text(notice)),
    complete: async (prepared: string, value: Bytes) =>
      text(value) === "value"
        ? ok(utf8(`${prepared} + officer`))
        : fail({ code: "signing_failed", reason: "x" } as const),
    async examineSigned() {
      return this.examined;
    },
    keepNotice: async (_: unknown, { pdf }: { pdf: Bytes }) => {
      if (desk.notice !== null) return false;
      desk.notice = text(pdf);
      return true;
    },
  };
}

const failureOf = () => fail({ code: "examination_failed", reason: "copy_changed" } as const);

async function prepared(desk: Desk) {
  const made = await prepareNotice(dossierId, officer, worldOf(desk));
  if (!made.ok) throw new Error(made.failure.code);
  return made.value;
}

test("REFUSE-2: nothing is prepared for a key elsewhere before a suspected paper has its record", async () => {
  const desk = refused({ refusals: [{ ground: "SUSPECTED_FAKE", reason: "Dấu giả.", page: 1, by: officer.personId }] });
  const missing = failure({ code: "rule_broken", rule: "REFUSE-2" });
  expect(await prepareNotice(dossierId, officer, worldOf(desk))).toEqual(missing);
});

test("REFUSE-2: what was prepared before records were asked for is not completed without one, and the value is not used", async () => {
  const desk = refused({ refusals: [{ ground: "SUSPECTED_FAKE", reason: "Dấu giả.", page: 1, by: officer.personId }] });
  const toSign = await prepareNotice(dossierId, officer, { ...worldOf(desk), isForgeryRecorded: async () => true });
  if (!toSign.ok) throw new Error(toSign.failure.code);
  const missing = failure({ code: "rule_broken", rule: "REFUSE-2" });
  expect(await completeNotice(toSign.value, utf8("value"), officer, worldOf(desk))).toEqual(missing);
  expect(desk.notice).toBeNull();
});

describe("REFUSE-1: a notice of refusal is signed by a key that is elsewhere", () => {
  test("prepared, then completed with the value: kept once; one that was signed meanwhile stands", async () => {
    const desk = refused();
    const toSign = await prepared(desk);
    expect(desk.notice).toBeNull();
    expect(await completeNotice(toSign, utf8("value"), officer, worldOf(desk))).toEqual(ok(null));
    expect(desk.notice).toBe("notice + officer");
    desk.notice = "another";
    expect(await completeNotice(toSign, utf8("value"), officer, worldOf(desk))).toEqual(ok(null));
    expect(desk.notice).toBe("another");
  });

  test("nothing is prepared for another agency, before a refusal, or where the notice is signed", async () => {
    expect(await prepareNotice(dossierId, stranger, worldOf(refused()))).toEqual(failure({ code: "not_found" }));
    const open = aDesk();
    const { status } = open.dossier;
    expect(await prepareNotice(dossierId, officer, worldOf(open))).toEqual(failure({ code: "wrong_stage", status }));
    const signed = refused({ notice: "kept" });
    expect(await prepareNotice(dossierId, officer, worldOf(signed))).toMatchObject(failure({ code: "wrong_stage" }));
  });

  test("decisions 2, 8, 9: another day, another certificate, a wrong value, a file that is not ours: nothing is kept", async () => {
    const desk = refused();
    const toSign = await prepared(desk);
    const wrong = utf8("other");
    const complete = (value: Bytes, world: ReturnType<typeof worldOf>) => completeNotice(toSign, value, officer, world);
    expect(await complete(wrong, worldOf(desk))).toMatchObject(failure({ code: "signing_failed" }));
    const replaced = { ...worldOf(desk), credentialId: "another" as ReturnType<typeof aCredential>["id"] };
    expect(await complete(utf8("value"), replaced)).toEqual(failure({ code: "no_registered_certificate" }));
    const refusing = { ...worldOf(desk), examined: failureOf() };
    expect(await complete(utf8("value"), refusing)).toEqual(failureOf());
    desk.now = tomorrow;
    expect(await complete(utf8("value"), worldOf(desk))).toEqual(failure({ code: "printed_date_passed" }));
    expect(desk.notice).toBeNull();
  });
});
