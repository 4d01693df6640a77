import { describe, expect, test } from "vitest";
import type { Absence, AbsenceId } from "../../src/core/absence.ts";
import { fail, type Instant, type LocalDate, ok } from "../../src/core/kernel.ts";
import type { ComparingPolicyId, Mandate } from "../../src/core/mandate.ts";
import { signCertificate } from "../../src/usecases/sign-certificate.ts";
import { aMandate } from "../support/mandates.ts";
import { aCertificate, clerk, type Desk, dossierId, officer } from "./desk.ts";
import { attested, expectNoNumber, failure, pin } from "./officer-signs.ts";
import { signingWorld } from "./worlds.ts";

describe("AUTH-1: only who holds the authority that day signs", () => {
  test("AUTH-1: a person without a registered certificate signs nothing and takes no number", async () => {
    const desk = attested();
    expect(await signCertificate(dossierId, pin, clerk, signingWorld(desk))).toEqual(
      failure({ code: "no_registered_certificate" }),
    );
    expectNoNumber(desk);
  });

  test.each([
    "2025-12-31T23:59:59Z",
    "2026-12-31T00:00:00Z",
  ])("AUTH-1: nor does the officer at %s, outside the authority's dates", async (now) => {
    const desk = attested({ now: now as Instant });
    expect(await signCertificate(dossierId, pin, officer, signingWorld(desk))).toEqual(
      failure({ code: "no_registered_certificate" }),
    );
    expectNoNumber(desk);
  });

  test("AUTH-1: the authority is asked for at the very instant that is printed and signed", async () => {
    const asked: string[] = [];
    const desk = attested();
    const world = signingWorld(desk);
    const times = ["2026-11-22T16:59:59Z", "2026-11-22T17:00:00Z"] as Instant[];
    await signCertificate(dossierId, pin, officer, {
      ...world,
      now: () => times.shift() ?? desk.now,
      credential: async (person, at) => {
        asked.push(at);
        return world.credential(person, at);
      },
      sign: async (copy, key, certificate, at) => {
        asked.push(at);
        return world.sign(copy, key, certificate, at);
      },
    });
    expect(asked).toEqual(["2026-11-22T16:59:59Z", "2026-11-22T16:59:59Z"]);
    expect(desk.certificate?.printedOn).toBe("2026-11-22");
  });

  test.each(["certificate_revoked", "revocation_unavailable"] as const)("AUTH-1: %s takes no number", async (code) => {
    const desk = attested();
    const world = { ...signingWorld(desk), checkRevocation: async () => fail({ code }) };
    expect(await signCertificate(dossierId, pin, officer, world)).toEqual(failure({ code }));
    expectNoNumber(desk);
  });
});

describe("AUTH-2: only under a mandate that holds and covers the paper", () => {
  test.each<[string, Partial<Mandate>, string]>([
    ["over", { to: "2026-11-21" as LocalDate }, "mandate_over"],
    ["not begun", { from: "2026-11-23" as LocalDate }, "mandate_not_begun"],
    ["for other papers", { paperKinds: ["Hộ chiếu"] }, "mandate_scope"],
    ["another person's", { personId: clerk.personId }, "mandate_missing"],
  ])("AUTH-2: one that is %s takes no number and tries no PIN", async (_, changes, code) => {
    const desk = attested({ mandates: [aMandate(changes)] });
    let tried = 0;
    const openKey = async () => {
      tried += 1;
      return fail({ code: "wrong_pin" } as const);
    };
    const answer = await signCertificate(dossierId, pin, officer, { ...signingWorld(desk), openKey });
    expect([answer, tried]).toMatchObject([{ ok: false, failure: { code } }, 0]);
    expectNoNumber(desk);
  });
});

describe("AUTH-3, AUTH-4: who is away signs nothing, who compared signs by a rule only", () => {
  const away = (changes: Partial<Absence> = {}): Absence => ({
    ...{
      id: "a" as AbsenceId,
      agencyId: officer.agencyId,
      personId: officer.personId,
      substituteId: null,
      endedAt: null,
    },
    ...{ from: "2026-11-20" as LocalDate, to: "2026-11-22" as LocalDate },
    ...changes,
  });

  test("AUTH-3: nobody signs with an absent person's key, whose PIN is right and whose mandate holds", async () => {
    const desk = attested({ absences: [away()] });
    const answer = await signCertificate(dossierId, pin, officer, signingWorld(desk));
    expect(answer).toEqual(failure({ code: "signer_away", until: "2026-11-22" }));
    expectNoNumber(desk);
  });

  test.each<[string, Partial<Absence>, string | null]>([
    ["over", { to: "2026-11-21" as LocalDate }, null],
    ["to come", { from: "2026-11-23" as LocalDate, to: null }, null],
    ["ended: they are back", { endedAt: "2026-11-22T01:00:00Z" as Instant }, null],
    ["without an end", { to: null }, "signer_away"],
    ["of somebody else", { personId: clerk.personId }, null],
  ])("AUTH-3: an absence that is %s", async (_, changes, code) => {
    const answer = await signCertificate(
      dossierId,
      pin,
      officer,
      signingWorld(attested({ absences: [away(changes)] })),
    );
    expect(answer.ok ? null : answer.failure.code).toBe(code);
  });

  test("AUTH-4: who attested does not sign, unless by a rule of the agency, which the line then names", async () => {
    const own = { attestations: [{ pages: 2, by: officer.personId }] };
    const desk = attested(own);
    expect(await signCertificate(dossierId, pin, officer, signingWorld(desk))).toEqual(
      failure({ code: "comparer_signs" }),
    );
    expectNoNumber(desk);
    const rule = "7" as ComparingPolicyId;
    const named: unknown[] = [];
    const world = signingWorld(attested({ ...own, comparingPolicy: rule }));
    const signed = await signCertificate(dossierId, pin, officer, {
      ...world,
      takeNumber: (dossier, signer, today) => {
        named.push(signer.comparingPolicyId);
        return world.takeNumber(dossier, signer, today);
      },
    });
    expect([signed.ok, named]).toEqual([true, [rule]]);
  });
});

describe("AUTH-1 to AUTH-3: the right to sign goes between two of many copies", () => {
  const day = "2026-11-22" as LocalDate;
  const goes: [string, (desk: Desk) => void, object][] = [
    [
      "the mandate is ended",
      (desk) => {
        desk.mandates = [aMandate({ endedAt: desk.now })];
      },
      { code: "mandate_over", deed: "Chủ tịch", since: day },
    ],
    [
      "they hold another mandate by now than the one that is printed",
      (desk) => {
        desk.mandates = [aMandate({ id: "another" as Mandate["id"] })];
      },
      { code: "mandate_missing" },
    ],
    [
      "an absence is noted",
      (desk) => {
        const who = { agencyId: officer.agencyId, personId: officer.personId, substituteId: clerk.personId };
        desk.absences = [{ id: "a" as AbsenceId, ...who, from: day, to: day, endedAt: null }];
      },
      { code: "signer_away", until: day },
    ],
  ];

  test.each(
    goes,
  )("AUTH-2, AUTH-3: %s: the key signs no further copy, and the line stays unsigned", async (_, go, code) => {
    const desk = attested();
    const line = aCertificate({ copies: 3 });
    const kept: number[] = [];
    const world = {
      ...signingWorld(desk),
      takeNumber: async () => ok(line),
      copiesLeft: async function* () {
        yield { ...line, copy: 2 };
        go(desk);
        yield { ...line, copy: 3 };
        yield line;
      },
      keepPersonSigned: async ({ copy }: { readonly copy: number }) => kept.push(copy) > 0,
    };
    expect(await signCertificate(dossierId, pin, officer, world)).toEqual(failure(code));
    expect(kept).toEqual([2]);
  });
});
