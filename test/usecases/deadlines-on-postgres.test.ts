import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepYear, versionsOf, workingYears } from "../../db/stores/calendars.ts";
import { deadlineSteps, deciders, keepDeadlineStep } from "../../db/stores/deadlines.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import { keepDossier } from "../../db/stores/opened-dossiers.ts";
import type { Actor } from "../../src/core/dossier.ts";
import { calendarOf, proposedYear } from "../../src/core/holidays.ts";
import type { AgencyId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import type { SubmissionId } from "../../src/core/submission.ts";
import { noteOf } from "../../src/usecases/administration/note.ts";
import { type MoveRequest, moveDeadline } from "../../src/usecases/move-deadline.ts";
import { openDossier } from "../../src/usecases/open-dossier.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

const agency = "vidu" as AgencyId;
const morning = "2026-11-23T02:00:00Z" as Instant; // Monday 09:00 in Vietnam
const monday = "2026-11-23T10:00:00Z" as Instant;
const tuesday = "2026-11-24T10:00:00Z" as Instant;
const wednesday = "2026-11-25T10:00:00Z" as Instant;

let database: FreshDatabase;
let sql: FreshDatabase["sql"];
let officer: PersonId;
let receiver: Actor;
let now = morning;

beforeAll(async () => {
  database = await freshDatabase();
  sql = database.owner.sql;
  await sql`insert into agency (id, name, province, code, development, created_at)
    values (${agency}, 'Ủy ban nhân dân phường Ví Dụ (hư cấu)', 'Tỉnh Ví Dụ (hư cấu)', 'H00.00', true, ${morning})`;
  officer = await aPerson("signer");
  receiver = { personId: await aPerson("receiver"), agencyId: agency };
});
afterAll(() => database.drop());

async function aPerson(role: string): Promise<PersonId> {
  const id = randomUUID() as PersonId;
  await sql`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
    values (${id}, ${agency}, ${role}, ${`Lê Thị ${role} (hư cấu)`}, '$argon2id$none', ${morning})`;
  await sql`insert into person_role (person_id, role) values (${id}, ${role})`;
  return id;
}

const calendar = async () => calendarOf(await workingYears(sql, agency));

async function opened(at: Instant = morning): Promise<DossierId> {
  now = at;
  const paper = { kind: "Giấy (hư cấu)", title: "Giấy (hư cấu)", holderName: "Lò Thị Thử (hư cấu)", declaredPages: 1 };
  const nothing = { documentNumber: null, issuedBy: null, issuedOn: null, identityKind: null, contact: null };
  const sent = { channel: "counter", formId: null, email: null, storeAccount: null, procedure: "vietnamese" } as const;
  const asked = {
    ...sent,
    ...paper,
    ...nothing,
    electronicCopies: 1,
    paperCopies: 0,
    onPaperOnly: false,
    help: null,
    offSite: null,
    applicantName: "Lò Thị Thử (hư cấu)",
    identityDigits: "4321",
  };
  const { dossierId } = await openDossier(asked, receiver, {
    now: () => now,
    calendar,
    newDossierId: () => randomUUID() as DossierId,
    newSubmissionId: () => randomUUID() as SubmissionId,
    keepAccount: () => Promise.reject(new Error("no account was given")),
    eraseAccount: async () => undefined,
    newSecret: () => ({ text: "", hash: new Uint8Array(randomBytes(32)) }),
    hashDigits: () => new Uint8Array(32),
    keepDossier: (...kept) => keepDossier(sql, ...kept),
  });
  return dossierId;
}

const move = (id: DossierId, request: Partial<MoveRequest>, at: Instant) =>
  moveDeadline(id, { after: 1, decidedBy: officer, ...request } as MoveRequest, receiver, {
    now: () => at,
    dossier: (...asked) => findDossier(sql, ...asked),
    noticeWaits: async () => false,
    steps: (asked) => deadlineSteps(sql, asked),
    calendar,
    deciders: (agencyId) => deciders(sql, agencyId),
    isPrintable: (text) => !text.includes("🙂"),
    keepStep: (...kept) => keepDeadlineStep(sql, ...kept),
  });

const twoDays = { kind: "extended", reason: "many_pages", workingDays: 2 } as const;
const oneDay = { ...twoDays, workingDays: 1 } as const;
const agreed = {
  kind: "agreed",
  dueOn: "2026-12-04" as LocalDate,
  agreedWith: "Lò Thị Thử (hư cấu)",
  agreedOn: "2026-11-23" as LocalDate,
  agreement: "Giấy thỏa thuận (hư cấu)",
} as const;
const sorry = { kind: "apology", dueOn: "2026-11-24" as LocalDate, reason: "Máy quét hỏng cả buổi chiều." } as const;
const broken = (rule: string) => ({ ok: false, failure: { code: "rule_broken", rule } });
const dueOf = async (id: DossierId) => (await findDossier(sql, id, agency))?.dueAt;

describe("DEADLINE-2: extending", () => {
  test("DEADLINE-2: at most two further working days in all, decided by who certifies, and only before it is late", async () => {
    const id = await opened();
    expect(await dueOf(id)).toBe(monday);
    expect(await move(id, { ...twoDays, workingDays: 3 }, morning)).toEqual(broken("DEADLINE-2"));
    expect(await move(id, oneDay, "2026-11-23T10:00:01Z" as Instant)).toEqual(broken("DEADLINE-2"));
    expect(await move(id, { ...oneDay, decidedBy: receiver.personId }, morning)).toMatchObject({ ok: false });
    expect(await move(id, oneDay, morning)).toEqual({ ok: true, value: 2 });
    expect(await dueOf(id)).toBe(tuesday);
    expect(await move(id, { ...twoDays, after: 2 }, morning)).toEqual(broken("DEADLINE-2"));
    expect(await move(id, { ...oneDay, after: 2 }, morning)).toEqual({ ok: true, value: 3 });
    expect(await dueOf(id)).toBe(wednesday);
    expect(await move(id, { ...oneDay, after: 3 }, morning)).toEqual(broken("DEADLINE-2"));
    const steps = await deadlineSteps(sql, id);
    expect(steps.map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
      ["promised", monday],
      ["extended", tuesday],
      ["extended", wednesday],
    ]);
  });

  test("sent twice it is written down once; another's in between is told", async () => {
    const id = await opened();
    const both = await Promise.all([move(id, oneDay, morning), move(id, oneDay, morning)]);
    expect(both.filter(({ ok }) => ok).length).toBeGreaterThan(0);
    expect(await move(id, oneDay, morning)).toEqual({ ok: true, value: 2 });
    expect(await move(id, twoDays, morning)).toEqual({ ok: false, failure: { code: "deadline_moved" } });
    expect(await deadlineSteps(sql, id)).toHaveLength(2);
  });
});

test("DEADLINE-3: longer only by a written agreement with its date, before it is late; nothing is extended after it", async () => {
  const id = await opened();
  expect(await move(id, { ...agreed, agreedOn: "2026-11-20" as LocalDate }, morning)).toEqual(broken("DEADLINE-3"));
  expect(await move(id, { ...agreed, dueOn: "2026-11-23" as LocalDate }, morning)).toEqual(broken("DEADLINE-3"));
  expect(await move(id, { ...agreed, agreement: "giấy 🙂" }, morning)).toEqual({
    ok: false,
    failure: { code: "malformed_request", field: "agreement" },
  });
  const late = "2026-11-24T01:00:00Z" as Instant;
  expect(await move(id, agreed, late)).toEqual(broken("DEADLINE-3"));
  expect(await move(id, agreed, morning)).toEqual({ ok: true, value: 2 });
  expect(await dueOf(id)).toBe("2026-12-04T10:00:00Z");
  expect(await move(id, { ...oneDay, after: 2 }, morning)).toEqual(broken("DEADLINE-2"));
});

test("DEADLINE-5: an apology with another day once it is late, and again once that day has passed; it stays late", async () => {
  const id = await opened();
  expect(await move(id, sorry, morning)).toEqual(broken("DEADLINE-5"));
  const late = "2026-11-24T01:00:00Z" as Instant;
  expect(await move(id, { ...sorry, dueOn: "2026-11-23" as LocalDate }, late)).toEqual(broken("DEADLINE-5"));
  expect(await move(id, sorry, late)).toEqual({ ok: true, value: 2 });
  expect(await findDossier(sql, id, agency)).toMatchObject({ dueAt: monday, againAt: tuesday });
  const again = { ...sorry, after: 2, dueOn: "2026-11-26" as LocalDate };
  expect(await move(id, again, late)).toEqual(broken("DEADLINE-5"));
  expect(await move(id, again, "2026-11-25T01:00:00Z" as Instant)).toEqual({ ok: true, value: 3 });
});

test("DEADLINE-6: a change of the calendar moves no promise; what is received after it goes by it", async () => {
  const before = await opened();
  const year = proposedYear(2026);
  const closed = {
    ...year,
    days: [...year.days, { day: "2026-11-23" as LocalDate, kind: "bridge_off", note: "" }],
  } as const;
  const note = noteOf({ personId: receiver.personId, agencyId: agency }, "calendar_changed", "2026", morning);
  expect(await keepYear(sql, closed, 1, note)).toBe(true);
  expect(await keepYear(sql, closed, 1, note)).toBe(false);
  expect(await versionsOf(sql, agency, 2026)).toHaveLength(1);
  const after = await opened();
  expect([await dueOf(before), await dueOf(after)]).toEqual([monday, tuesday]);
  expect(await keepYear(sql, year, 2, note)).toBe(true);
  await expect(sql`update working_year set content = content`).rejects.toThrow(/rows are evidence/);
  await expect(sql`delete from working_year`).rejects.toThrow(/rows are evidence/);
});

describe("the database refuses what the law does not know", () => {
  const step = (id: DossierId, row: object) =>
    sql`insert into deadline_step ${sql({
      ...{ dossier_id: id, ordinal: 2, decided_by: officer, recorded_by: officer, recorded_at: morning },
      ...row,
    })}`;
  const extended = { kind: "extended", due_at: tuesday, reason: "many_pages", working_days: 1 };
  const late = { recorded_at: tuesday };
  const apology = { kind: "apology", due_at: wednesday, reason: "Máy quét hỏng cả buổi." };
  const agreement = {
    kind: "agreed",
    due_at: wednesday,
    agreed_with: "Lò Thị Thử",
    agreed_on: "2026-11-23",
    agreement: "giấy",
  };

  test.each([
    ["DEADLINE-2: a third day", { ...extended, working_days: 3 }, /two further/],
    [
      "DEADLINE-2: three weeks under the name of two days",
      { ...extended, due_at: "2026-12-20T10:00:00Z" },
      /two further/,
    ],
    ["DEADLINE-2: an extension without a ground of the law", { ...extended, reason: "busy" }, /check/],
    ["DEADLINE-2: an extension of what is late", { ...extended, ...late, due_at: wednesday }, /neither extended/],
    ["DEADLINE-2: an extension to an earlier day", { ...extended, due_at: morning }, /later than/],
    ["DEADLINE-2: a decision of who does not certify", { ...extended, decided_by: "receiver" }, /who certifies/],
    ["DEADLINE-3: an agreement without its paper", { ...agreement, agreement: null }, /check/],
    [
      "DEADLINE-3: an agreement once it is late",
      { ...agreement, ...late, due_at: "2026-11-26T10:00:00Z" },
      /neither extended/,
    ],
    [
      "DEADLINE-3: an agreement dated before the receipt",
      { ...agreement, agreed_on: "2026-11-20" },
      /between the receipt/,
    ],
    ["DEADLINE-5: an apology before it is late", apology, /for what is late/],
    ["DEADLINE-5: an apology that names a day gone by", { ...apology, ...late, due_at: monday }, /to come/],
    ["a step out of order", { ...extended, ordinal: 3 }, /does not follow/],
    ["a second promise", { kind: "promised", due_at: wednesday }, /check/],
  ])("%s", async (_, row, refused) => {
    const id = await opened();
    const named = "decided_by" in row ? { ...row, decided_by: receiver.personId } : row;
    await expect(step(id, named)).rejects.toThrow(refused);
    expect(await dueOf(id)).toBe(monday);
  });

  test("DEADLINE-6: a deadline moves by a step only, no step is changed or deleted, and what is answered moves no more", async () => {
    const id = await opened();
    await expect(sql`update dossier set due_at = ${tuesday} where id = ${id}`).rejects.toThrow(/step of its own/);
    await expect(sql`update dossier set again_at = ${tuesday} where id = ${id}`).rejects.toThrow(/step of its own/);
    await expect(sql`update deadline_step set due_at = ${tuesday}`).rejects.toThrow(/rows are evidence/);
    await expect(sql`delete from deadline_step`).rejects.toThrow(/rows are evidence/);
    await sql`update dossier set status = 'read' where id = ${id}`;
    for (const status of ["attested", "numbered", "voided"]) {
      await sql`update dossier set status = ${status} where id = ${id}`;
    }
    await expect(step(id, extended)).rejects.toThrow(/nothing is owed/);
    expect(await move(id, oneDay, morning)).toMatchObject({ failure: { code: "wrong_stage" } });
  });
});
