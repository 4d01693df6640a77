import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endAbsenceWith, keepAbsenceWith } from "../../db/stores/absences.ts";
import { keepPersonSigned, keepSealed } from "../../db/stores/certificates.ts";
import { copiesLacking, countCopies, keepCopySealed, keepCopySigned } from "../../db/stores/further-copies.ts";
import { endMandateWith } from "../../db/stores/mandates.ts";
import type { Absence, AbsenceId } from "../../src/core/absence.ts";
import type { Actor, Certificate } from "../../src/core/dossier.ts";
import { noteOf } from "../../src/usecases/administration/note.ts";
import { untilSomebodyWaits } from "../support/waiting.ts";
import { type CopiesDesk, count, now, openCopies, today } from "./copies-desk.ts";

let desk: CopiesDesk;
beforeAll(async () => {
  desk = await openCopies();
});
afterAll(() => desk?.drop());

const anAbsence = ({ personId, agencyId }: Actor): Absence => {
  const who = { personId, agencyId, substituteId: null };
  return { id: randomUUID() as AbsenceId, ...who, from: today, to: today, endedAt: null };
};

/** Away while that is done, and back afterwards. */
async function whileAway(who: Actor, act: () => Promise<void>): Promise<void> {
  const absence = anAbsence(who);
  const note = noteOf(desk.clerk, "absence_noted", "x", now);
  expect(await keepAbsenceWith(desk.sql, absence, note)).toBe(true);
  await act();
  expect(await endAbsenceWith(desk.sql, absence.id, note)).toBe(true);
}

const endMandate = async (who: Actor) =>
  endMandateWith(desk.sql, (await desk.mandateOf(who)).id, "Văn bản bị bãi bỏ", noteOf(who, "mandate_ended", "x", now));

async function nextLacking(line: Certificate, what: "signature" | "seal"): Promise<Certificate> {
  const [id] = await copiesLacking(desk.sql, line.id, what);
  if (id === undefined) throw new Error("no copy is left");
  return desk.copyOf(id);
}

/** A number of one's own, of whose copies one is signed. */
async function begunBy(who: Actor): Promise<Certificate> {
  const line = await desk.numbered(await desk.attestedDossier(), today, who);
  await desk.signCopies(line, 1);
  return line;
}

describe("COPIES-1 in the database: a right that goes amid the copies of one number", () => {
  test("AUTH-3: what is signed while the person is away is not kept, so nothing of it stands once they are back", async () => {
    const line = await begunBy(desk.officer);
    await whileAway(desk.officer, async () => {
      const copy = await nextLacking(line, "signature");
      await expect(keepCopySigned(desk.sql, copy, await desk.blob())).rejects.toThrow("AUTH-3");
    });
    expect(await countCopies(desk.sql, line.id)).toEqual({ signed: 1, sealed: 0 });
    await desk.signCopies(line);
    expect(await keepPersonSigned(desk.sql, line, await desk.blob(), desk.officer, now)).toBe(true);
  });

  test("AUTH-3: what is sealed while the clerk is away is not kept", async () => {
    const line = await desk.signed();
    const copy = await nextLacking(line, "seal");
    await whileAway(desk.clerk, async () => {
      await expect(keepCopySealed(desk.sql, copy, await desk.aSeal(), desk.clerk)).rejects.toThrow("AUTH-3");
    });
    expect(await keepCopySealed(desk.sql, copy, await desk.aSeal(), desk.clerk)).toBe(true);
  });

  test("AUTH-3: a copy's signature waits for an absence that is being written, and is refused by it", async () => {
    const line = await begunBy(desk.officer);
    const copy = await nextLacking(line, "signature");
    const blob = await desk.blob();
    let signing: Promise<unknown> = Promise.resolve();
    const { personId, agencyId } = desk.officer;
    await desk.sql.begin(async (tx) => {
      await tx`insert into absence (id, agency_id, person_id, from_day, to_day, kept_by, kept_at)
        values (${randomUUID()}, ${agencyId}, ${personId}, ${today}, ${today}, ${personId}, ${now})`;
      signing = keepCopySigned(desk.sql, copy, blob).catch((error: Error) => error.message);
      await untilSomebodyWaits(desk.sql, 1, signing);
    });
    expect(await signing).toContain("AUTH-3");
    await desk.sql`update absence set ended_at = ${now}, ended_by = ${personId} where ended_at is null`;
  });

  test("AUTH-2: once the mandate has ended neither a further copy nor the line is signed; another takes them up anew", async () => {
    const who = await desk.person(`officer-${randomUUID()}`);
    const line = await begunBy(who);
    expect(await endMandate(who)).toBe(true);
    const copy = await nextLacking(line, "signature");
    await expect(keepCopySigned(desk.sql, copy, await desk.blob())).rejects.toThrow("AUTH-2");
    await expect(desk.numbered(line.dossierId, today, who)).rejects.toThrow("AUTH-2");
    const theirs = await desk.numbered(line.dossierId);
    expect([theirs.number, await countCopies(desk.sql, line.id)]).toEqual([line.number, { signed: 0, sealed: 0 }]);
  });

  test("AUTH-2: a mandate that ends between the officer's signature and the seal takes nothing from what was signed under it", async () => {
    const who = await desk.person(`officer-${randomUUID()}`);
    const line = await begunBy(who);
    await desk.signCopies(line);
    expect(await keepPersonSigned(desk.sql, line, await desk.blob(), who, now)).toBe(true);
    expect(await endMandate(who)).toBe(true);
    for (const id of await copiesLacking(desk.sql, line.id, "seal"))
      expect(await keepCopySealed(desk.sql, await desk.copyOf(id), await desk.aSeal(), desk.clerk)).toBe(true);
    expect(await keepSealed(desk.sql, await desk.copyOf(line.id), await desk.aSeal(), desk.clerk)).toBe(true);
    expect(await countCopies(desk.sql, line.id)).toEqual({ signed: count, sealed: count });
  });
});
