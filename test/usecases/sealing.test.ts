import { describe, expect, test } from "vitest";
import type { AbsenceId } from "../../src/core/absence.ts";
import { fail, type Instant, type LocalDate, ok, utf8 } from "../../src/core/kernel.ts";
import { dossierStatuses } from "../../src/core/stages.ts";
import { sealCertificate } from "../../src/usecases/seal-certificate.ts";
import {
  aCertificate,
  aCredential,
  aDossier,
  aSignedDesk,
  clerk,
  type Desk,
  dossierId,
  officer,
  remembered,
  sha256,
  stranger,
} from "./desk.ts";
import { sealingWorld } from "./worlds.ts";

const pin = "654321";
const sealedText = "copy 01 of 2026-11-22 + officer + agency";
const failure = (it: object) => ({ ok: false, failure: it });

function expectNotSealed(desk: Desk): void {
  expect(desk.sealed).toBeNull();
  expect(desk.certificate?.status).toBe("in_progress");
}

describe("the agency seals what the officer signed", () => {
  test("the sealed copy is kept with its identity and the time that its timestamp proves", async () => {
    const desk = aSignedDesk();
    expect(await sealCertificate(dossierId, pin, clerk, sealingWorld(desk))).toMatchObject({
      ok: true,
      value: { number: 1 },
    });
    expect(desk.sealed).toBe(sealedText);
    const bytes = utf8(sealedText);
    expect(desk.certificate).toMatchObject({
      status: "issued",
      identity: { sha256: sha256(bytes), length: bytes.length },
    });
    expect(desk.dossier.status).toBe("sealed");
  });

  test.each(
    dossierStatuses.filter((it) => it !== "person_signed"),
  )("SIGN-1: nothing is sealed while %s", async (status) => {
    const desk = aSignedDesk({ dossier: aDossier({ status }) });
    expect(await sealCertificate(dossierId, pin, clerk, sealingWorld(desk))).toEqual(
      failure({ code: "wrong_stage", status }),
    );
    expectNotSealed(desk);
  });

  test("AUTH-3: a clerk who is recorded as away does not seal", async () => {
    const day = "2026-11-22" as LocalDate;
    const who = { agencyId: clerk.agencyId, personId: clerk.personId, substituteId: null, endedAt: null };
    const desk = aSignedDesk({ absences: [{ id: "a" as AbsenceId, ...who, from: day, to: day }] });
    const answer = await sealCertificate(dossierId, pin, clerk, sealingWorld(desk));
    expect(answer).toEqual(failure({ code: "signer_away", until: day }));
    expectNotSealed(desk);
  });

  test("a stranger does not learn that the dossier exists", async () => {
    const desk = aSignedDesk();
    expect(await sealCertificate(dossierId, pin, stranger, sealingWorld(desk))).toEqual(failure({ code: "not_found" }));
    expectNotSealed(desk);
  });

  test("of two seals at once one is kept, and the other is told", async () => {
    const desk = aSignedDesk();
    const late = { ...sealingWorld(desk), keepSealed: async () => false };
    expect(await sealCertificate(dossierId, pin, clerk, late)).toEqual(
      failure({ code: "wrong_stage", status: "sealed" }),
    );
    expectNotSealed(desk);
  });

  test("a dossier whose certificate is gone is told by its stage", async () => {
    const desk = aSignedDesk({ certificate: null });
    const answer = await sealCertificate(dossierId, pin, clerk, sealingWorld(desk));
    expect(answer).toEqual(failure({ code: "wrong_stage", status: "person_signed" }));
  });

  test.each([
    ["seal", { code: "timestamp_unavailable" }],
    ["seal", { code: "signing_failed", reason: "no room" }],
    ["examine", { code: "examination_failed", reason: "not_intact" }],
    ["checkRevocation", { code: "certificate_revoked" }],
    ["checkRevocation", { code: "revocation_unavailable" }],
  ] as const)("AUTH-1, DESIGN step 5: when %s says %j nothing leaves, and the officer's signature waits", async (step, cause) => {
    const desk = aSignedDesk();
    const before = remembered(desk);
    const world = { ...sealingWorld(desk), [step]: async () => fail(cause) };
    expect(await sealCertificate(dossierId, pin, clerk, world)).toEqual(failure(cause));
    expect(remembered(desk)).toEqual(before);
  });

  test("what is examined is what is kept, byte for byte", async () => {
    const desk = aSignedDesk();
    const examined: string[] = [];
    const world = sealingWorld(desk);
    await sealCertificate(dossierId, pin, clerk, {
      ...world,
      examine: async (sealed, certificate) => {
        examined.push(sha256(sealed));
        return world.examine(sealed, certificate);
      },
    });
    expect(examined).toEqual([sha256(utf8(desk.sealed ?? ""))]);
  });
});

describe("SIGN-1: officer and clerk are two persons with two keys", () => {
  test("SIGN-1: the officer cannot seal the own signature, even with the clerk's PIN", async () => {
    const desk = aSignedDesk();
    let opened = 0;
    const world = {
      ...sealingWorld(desk),
      openKey: async () => {
        opened += 1;
        return ok("agency's key");
      },
    };
    expect(await sealCertificate(dossierId, pin, officer, world)).toEqual(failure({ code: "same_person" }));
    expect(opened).toBe(0);
    expectNotSealed(desk);
  });

  test("SIGN-1: the officer's PIN does not open the agency's key", async () => {
    const desk = aSignedDesk();
    expect(await sealCertificate(dossierId, "123456", clerk, sealingWorld(desk))).toEqual(
      failure({ code: "wrong_pin" }),
    );
    expectNotSealed(desk);
  });
});

describe("AUTH-1: the agency's certificate holds at that time", () => {
  test("AUTH-1: an agency without a registered seal seals nothing", async () => {
    const desk = aSignedDesk();
    const world = { ...sealingWorld(desk), agencyCredential: async () => null };
    expect(await sealCertificate(dossierId, pin, clerk, world)).toEqual(failure({ code: "no_registered_certificate" }));
    expectNotSealed(desk);
  });
});

describe("DATE-1: the printed day has passed", () => {
  test("DATE-1: the copy goes back to the officer under its number, and nothing is sealed", async () => {
    const desk = aSignedDesk({ now: "2026-11-22T17:00:00Z" as Instant });
    expect(await sealCertificate(dossierId, pin, clerk, sealingWorld(desk))).toEqual(
      failure({ code: "printed_date_passed" }),
    );
    expectNotSealed(desk);
    expect([desk.dossier.status, desk.personSigned, desk.voids]).toEqual(["numbered", null, []]);
  });

  test("DATE-1: in another year the number is voided, and nothing is sealed", async () => {
    const desk = aSignedDesk({ now: "2026-12-31T17:00:00Z" as Instant });
    expect(await sealCertificate(dossierId, pin, clerk, sealingWorld(desk))).toEqual(
      failure({ code: "printed_date_passed" }),
    );
    expectNotSealed(desk);
    expect(desk.voids).toMatchObject([{ number: 1, reason: "year_changed" }]);
  });

  test("DATE-1: of many copies none is sealed once the day has ended between two of them, and the line goes back", async () => {
    const line = aCertificate({ copies: 3 });
    const desk = aSignedDesk({ now: "2026-11-22T16:59:59Z" as Instant, certificate: line });
    const kept: number[] = [];
    const world = {
      ...sealingWorld(desk),
      copiesLeft: async function* () {
        yield { ...line, copy: 2 };
        desk.now = "2026-11-22T17:00:00Z" as Instant; // midnight in Vietnam
        yield { ...line, copy: 3 };
        yield line;
      },
      keepSealed: async ({ copy }: { readonly copy: number }) => kept.push(copy) > 0,
    };
    expect(await sealCertificate(dossierId, pin, clerk, world)).toEqual(failure({ code: "printed_date_passed" }));
    expect([kept, desk.dossier.status]).toEqual([[2], "numbered"]);
  });

  test.each([
    ["AUTH-3: the clerk is recorded as away", "signer_away"],
    ["AUTH-1: another seal is registered", "no_registered_certificate"],
  ])("%s between two of many copies: the key seals no further one", async (_, code) => {
    const line = aCertificate({ copies: 3 });
    const desk = aSignedDesk({ certificate: line });
    const day = "2026-11-22" as LocalDate;
    const who = { agencyId: clerk.agencyId, personId: clerk.personId, substituteId: null, endedAt: null };
    const kept: number[] = [];
    let registered = aCredential({ role: "agency_seal", personId: null });
    const world = {
      ...sealingWorld(desk),
      agencyCredential: async () => registered,
      copiesLeft: async function* () {
        yield { ...line, copy: 2 };
        if (code === "signer_away") desk.absences = [{ id: "a" as AbsenceId, ...who, from: day, to: day }];
        else registered = { ...registered, id: "another" };
        yield { ...line, copy: 3 };
        yield line;
      },
      keepSealed: async ({ copy }: { readonly copy: number }) => kept.push(copy) > 0,
    };
    expect(await sealCertificate(dossierId, pin, clerk, world)).toMatchObject(failure({ code }));
    expect([kept, desk.dossier.status]).toEqual([[2], "person_signed"]);
  });

  test("DATE-1: in the last second of the day it is still good", async () => {
    const desk = aSignedDesk({ now: "2026-11-22T16:59:59Z" as Instant });
    expect(await sealCertificate(dossierId, pin, clerk, sealingWorld(desk))).toMatchObject({ ok: true });
  });
});
