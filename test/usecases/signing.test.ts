import { describe, expect, test } from "vitest";
import { fail, type Instant, ok, utf8 } from "../../src/core/kernel.ts";
import { dossierStatuses } from "../../src/core/stages.ts";
import { signCertificate } from "../../src/usecases/sign-certificate.ts";
import { aCertificate, aDesk, aDossier, dossierId, officer, stranger } from "./desk.ts";
import { attested, expectNoNumber, failure, pin } from "./officer-signs.ts";
import { signingWorld } from "./worlds.ts";

describe("the officer signs", () => {
  test("REG-1: the number is taken, then the copy that carries it is signed", async () => {
    const desk = attested();
    const signed = await signCertificate(dossierId, pin, officer, signingWorld(desk));
    expect(signed).toMatchObject({ ok: true, value: { number: 1, printedOn: "2026-11-22" } });
    expect(desk.personSigned).toBe("copy 01 of 2026-11-22 + officer");
    expect(desk.dossier.status).toBe("person_signed");
  });

  test("REG-1: who signs again after a failure signs under the same number", async () => {
    const desk = attested();
    const cut = { ...signingWorld(desk), sign: async () => fail({ code: "timestamp_unavailable" } as const) };
    expect(await signCertificate(dossierId, pin, officer, cut)).toEqual(failure({ code: "timestamp_unavailable" }));
    expect(desk.dossier.status).toBe("numbered");
    expect(await signCertificate(dossierId, pin, officer, signingWorld(desk))).toMatchObject({ ok: true });
    expect(desk.numbersTaken).toEqual([1]);
    expect(desk.voids).toEqual([]);
  });

  test("DATE-1: signed on a later day the copy carries that day and its own number", async () => {
    const dossier = aDossier({ status: "numbered" });
    const desk = aDesk({
      dossier,
      certificate: aCertificate(),
      numbersTaken: [1],
      now: "2026-11-23T01:00:00Z" as Instant,
    });
    expect(await signCertificate(dossierId, pin, officer, signingWorld(desk))).toMatchObject({ ok: true });
    expect(desk.personSigned).toBe("copy 01 of 2026-11-23 + officer");
    expect(desk.numbersTaken).toEqual([1]);
  });

  test("DATE-1: in a Vietnamese evening after 17:00 UTC the printed day is the next one", async () => {
    const desk = attested({ now: "2026-11-22T17:00:00Z" as Instant });
    await signCertificate(dossierId, pin, officer, signingWorld(desk));
    expect(desk.personSigned).toBe("copy 01 of 2026-11-23 + officer");
  });

  test("DATE-1: of many copies none is signed once the day has ended between two of them", async () => {
    const desk = attested({ now: "2026-11-22T16:59:59Z" as Instant });
    const line = aCertificate({ copies: 3 });
    const kept: number[] = [];
    const world = {
      ...signingWorld(desk),
      takeNumber: async () => ok(line),
      copiesLeft: async function* () {
        yield { ...line, copy: 2 };
        desk.now = "2026-11-22T17:00:00Z" as Instant; // midnight in Vietnam
        yield { ...line, copy: 3 };
        yield line;
      },
      keepPersonSigned: async ({ copy }: { readonly copy: number }) => kept.push(copy) > 0,
    };
    expect(await signCertificate(dossierId, pin, officer, world)).toEqual(failure({ code: "printed_date_passed" }));
    expect(kept).toEqual([2]);
  });

  const others = dossierStatuses.filter((it) => it !== "attested" && it !== "numbered");
  test.each(others)("nothing is signed while %s", async (status) => {
    const desk = aDesk({ dossier: aDossier({ status }) });
    expect(await signCertificate(dossierId, pin, officer, signingWorld(desk))).toEqual(
      failure({ code: "wrong_stage", status }),
    );
    expectNoNumber(desk);
  });

  test("a stranger does not learn that the dossier exists", async () => {
    const desk = attested();
    expect(await signCertificate(dossierId, pin, stranger, signingWorld(desk))).toEqual(failure({ code: "not_found" }));
    expectNoNumber(desk);
  });

  test("of two signatures at once one is kept, and the other is told", async () => {
    const desk = attested();
    const late = { ...signingWorld(desk), keepPersonSigned: async () => false };
    expect(await signCertificate(dossierId, pin, officer, late)).toEqual(
      failure({ code: "wrong_stage", status: "person_signed" }),
    );
    expect(desk.personSigned).toBeNull();
  });
});

describe("SIGN-1: two persons, two keys, each proved anew", () => {
  test("SIGN-1: a mistyped PIN costs no number", async () => {
    const desk = attested();
    expect(await signCertificate(dossierId, "000000", officer, signingWorld(desk))).toEqual(
      failure({ code: "wrong_pin" }),
    );
    expectNoNumber(desk);
  });

  test("SIGN-1: a signature over other bytes than ours is not kept", async () => {
    const desk = attested();
    const world = { ...signingWorld(desk), sign: async () => ok(utf8("another file + officer")) };
    expect(await signCertificate(dossierId, pin, officer, world)).toEqual(
      failure({ code: "examination_failed", reason: "changed" }),
    );
    expect(desk.personSigned).toBeNull();
    expect(desk.dossier.status).toBe("numbered");
  });
});

describe("REG-2: exactly one book of the kind is open", () => {
  test.each([
    ["no_open_book", []],
    ["no_open_book", [{ suffix: "SCTĐT/BS", year: 2025 }]],
    ["several_open_books", [1, 2].map(() => ({ suffix: "SCTĐT/BS", year: 2026 }))],
  ])("REG-2: %s: nothing is signed", async (code, books) => {
    const desk = attested({ books });
    expect(await signCertificate(dossierId, pin, officer, signingWorld(desk))).toEqual(failure({ code }));
    expectNoNumber(desk);
  });

  test("REG-1: a copy that cannot be composed leaves its number in progress, for the next try", async () => {
    const desk = attested();
    const world = {
      ...signingWorld(desk),
      compose: async () => fail({ code: "signing_failed", reason: "no room" } as const),
    };
    expect(await signCertificate(dossierId, pin, officer, world)).toEqual(
      failure({ code: "signing_failed", reason: "no room" }),
    );
    expect([desk.dossier.status, desk.numbersTaken, desk.personSigned]).toEqual(["numbered", [1], null]);
  });
});
