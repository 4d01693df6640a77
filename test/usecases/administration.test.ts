import { describe, expect, test } from "vitest";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import { fail, type Instant, type LocalDate, ok } from "../../src/core/kernel.ts";
import { usualBookNames } from "../../src/core/register.ts";
import { addPerson } from "../../src/usecases/administration/add-person.ts";
import { changePassword } from "../../src/usecases/administration/change-password.ts";
import { keepPicture, type Picture } from "../../src/usecases/administration/keep-picture.ts";
import { checkHolding, type FoundKey, spanOf } from "../../src/usecases/administration/key-holding.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import type { AgencyPerson, RoleName } from "../../src/usecases/administration/person.ts";
import { type ReadinessFacts, readinessOf } from "../../src/usecases/administration/readiness.ts";
import { aMandate } from "../support/mandates.ts";

const now = "2026-03-10T02:00:00Z" as Instant;
const actor = { personId: "p0" as PersonId, agencyId: "hoaban" as AgencyId };
const person = (id: string, ...roles: RoleName[]): AgencyPerson => ({
  personId: id as PersonId,
  userName: id,
  fullName: `${id} (hư cấu)`,
  roles,
  active: true,
  passwordInitial: false,
});
const key = (notBefore: string, notAfter: string): FoundKey => ({
  certificate: new Uint8Array(),
  chain: [],
  notBefore: notBefore as Instant,
  notAfter: notAfter as Instant,
  subject: "x",
});
describe("AUTH-1: a registration holds while the certificate does", () => {
  const certificate = key("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");

  test("its days are the certificate's own; an expired one is not taken", () => {
    const span = { validFrom: "2026-01-01T00:00:00Z", validTo: "2027-01-01T00:00:00Z" };
    expect(spanOf(certificate, now)).toEqual(ok(span));
    expect(spanOf(key("2020-01-01T00:00:00Z", now), now)).toEqual(fail({ code: "certificate_expired" }));
  });

  test("AUTH-1: a person needs the duty to sign and a name that can be printed; the agency neither", () => {
    const asked = { personId: "s" as PersonId };
    const printable = () => true;
    expect(checkHolding(asked, person("s", "signer"), printable)).toEqual(ok(null));
    expect(checkHolding(asked, person("s", "clerk"), printable)).toEqual(fail({ code: "holder_not_signer" }));
    expect(checkHolding(asked, null, printable)).toEqual(fail({ code: "not_found" }));
    const unfit = fail({ code: "not_printable", field: "holder" });
    expect(checkHolding(asked, person("s", "signer"), () => false)).toEqual(unfit);
    expect(checkHolding({ personId: null }, null, printable)).toEqual(ok(null));
  });
});

describe("NĐ 30/2020 Appendix I: the ink of a picture", () => {
  const picture = (...pixels: readonly (readonly [number, number, number, number])[]): Picture => ({
    widthPx: pixels.length,
    heightPx: 1,
    rgba: new Uint8Array(pixels.flat()),
  });
  const [clear, red, blue, grey, white] = [
    [0, 0, 0, 0],
    [200, 20, 20, 255],
    [20, 40, 190, 255],
    [90, 90, 90, 255],
    [255, 255, 255, 255],
  ] as const;
  const keep = (personId: PersonId | null, decoded: Picture) =>
    keepPicture(personId, new Uint8Array(), actor, {
      now: () => now,
      person: async (id) => person(id, "signer"),
      decode: async () => ok(decoded),
      keep: async () => undefined,
    });

  test.each([
    ["a red seal", null, picture(clear, red, red, grey), ""],
    ["a blue seal", null, picture(clear, blue, grey), "picture_colour"],
    ["a blue signature", "s", picture(clear, blue, grey, grey), ""],
    ["a red signature", "s", picture(clear, red), "picture_colour"],
    ["a black signature", "s", picture(clear, grey), "picture_colour"],
    ["a signature on white paper", "s", picture(white, blue), "picture_opaque"],
  ])("%s", async (_, holder, decoded, code) => {
    const kept = await keep(holder as PersonId | null, decoded);
    expect(kept.ok ? "" : kept.failure.code).toBe(code);
  });
});

describe("passwords", () => {
  test("of a new person the hash is kept and the password is in no line", async () => {
    const kept: unknown[] = [];
    const added = await addPerson({ userName: "LAN", fullName: "Lan (hư cấu)", roles: ["clerk"] }, actor, {
      now: () => now,
      newPersonId: () => "p1" as PersonId,
      newPassword: () => "rất-bí-mật",
      hashPassword: async () => "$argon2id$…",
      isPrintable: () => true,
      isProvince: async () => false,
      keepPerson: async (...all) => {
        kept.push(...all);
        return true;
      },
    });
    expect(added).toEqual(ok({ personId: "p1", password: "rất-bí-mật" }));
    expect(JSON.stringify(kept)).not.toContain("bí-mật");
    expect(kept[0]).toMatchObject({ userName: "lan", agencyId: "hoaban", passwordHash: "$argon2id$…" });
  });

  test("the new one is another, and neither is in the line", async () => {
    const notes: Note[] = [];
    const change = (current: string, wanted: string) =>
      changePassword(
        current,
        wanted,
        { ...actor, userName: "lan" },
        {
          now: () => now,
          checkPassword: async (_, password) => (password === "cu" ? ok(null) : fail({ code: "wrong_password" })),
          hashPassword: async () => "hash",
          keepPassword: async (_id, _hash, initial, note) => {
            expect(initial).toBe(false);
            notes.push(note);
          },
        },
      );
    expect(await change("sai", "moi")).toEqual(fail({ code: "wrong_password" }));
    expect(await change("cu", "cu")).toEqual(fail({ code: "password_unchanged" }));
    expect(await change("cu", "moi")).toEqual(ok(null));
    expect(notes).toEqual([{ actor: { ...actor, userName: "lan" }, what: "password_changed", about: "lan", at: now }]);
  });
});

describe("what is missing before a copy can be certified", () => {
  const signer = person("s", "signer");
  const certificate = {
    validFrom: "2026-01-01T00:00:00Z" as Instant,
    validTo: "2027-01-01T00:00:00Z" as Instant,
    listed: true,
  };
  const ready: ReadinessFacts = {
    now,
    year: 2026,
    people: [person("r", "receiver"), person("c", "comparer"), signer, person("k", "clerk")],
    certificates: [
      { role: "official", personId: signer.personId, ...certificate },
      { role: "agency_seal", personId: null, ...certificate },
    ],
    mandates: [aMandate({ personId: signer.personId })],
    books: [{ suffix: "SCTĐT/BS", year: 2026, closedAt: null }],
    namesOf: () => usualBookNames,
    checkedYears: [2026],
    pictures: [null, signer.personId],
    timestampAuthorities: 1,
    evidenceOverdue: 0,
    health: { database: true, disk: true },
  };
  const lacking = (facts: Partial<ReadinessFacts>) =>
    readinessOf({ ...ready, ...facts }).flatMap(({ name, state }) => (state === "done" ? [] : [`${name} ${state}`]));

  test("nothing, where all is there", () => expect(lacking({})).toEqual([]));

  const both = person("b", "signer", "clerk");
  const soon = "2026-04-01T00:00:00Z" as Instant;
  test.each<[string, Partial<ReadinessFacts>, readonly string[]]>([
    [
      "SIGN-1: one person who signs and seals is not two",
      { people: [...ready.people.slice(0, 2), both], pictures: [null, both.personId] },
      ["two_people missing", "official_certificate missing", "mandate missing"],
    ],
    [
      "who has left does not count",
      { people: ready.people.map((one) => ({ ...one, active: one.userName !== "r" })) },
      ["receiver missing"],
    ],
    [
      "AUTH-2: a signer whose deed is over signs nothing today",
      { mandates: [aMandate({ personId: signer.personId, to: "2026-03-09" as LocalDate })] },
      ["mandate missing"],
    ],
    [
      "a certificate that verifiers are not told of",
      { certificates: ready.certificates.map((one) => ({ ...one, listed: one.personId === null })) },
      ["key_list missing"],
    ],
    [
      "one that ends in three weeks",
      { certificates: ready.certificates.map((one) => ({ ...one, validTo: soon })) },
      ["expiry care"],
    ],
    [
      "one that ends in three weeks, with a successor",
      { certificates: [...ready.certificates, ...ready.certificates.map((one) => ({ ...one, validTo: soon }))] },
      [],
    ],
    [
      "REG-2: no book of the year",
      { books: [{ suffix: "SCTĐT/BS", year: 2025, closedAt: null }] },
      ["book missing", "old_book care"],
    ],
    [
      "REG-2: both kinds of book open are no fault, two of one kind are",
      { books: ["SCTĐT/BS", "SCT/BS", "SCT/BS"].map((suffix) => ({ suffix, year: 2026, closedAt: null })) },
      ["book missing"],
    ],
    ["LAW 8.1: a calendar that is only proposed", { checkedYears: [] }, ["calendar care"]],
    [
      "LAW 8.1: in December, next year's too",
      { now: "2026-12-01T00:00:00Z" as Instant, certificates: [], mandates: [] },
      [
        "official_certificate missing",
        "mandate missing",
        "seal_certificate missing",
        "key_list missing",
        "next_book care",
        "calendar care",
      ],
    ],
    ["a copy that waits for its evidence", { evidenceOverdue: 1 }, ["evidence care"]],
    ["pictures", { pictures: [] }, ["seal_picture care", "signature_pictures care"]],
    [
      "the machine",
      { timestampAuthorities: 0, health: { database: true, disk: false } },
      ["timestamp missing", "disk missing"],
    ],
  ])("%s", (_, facts, expected) => expect(lacking(facts)).toEqual(expected));
});
