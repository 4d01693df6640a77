import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { toldOf } from "../../db/stores/annulment-notices.ts";
import { keepAnnulment } from "../../db/stores/annulments.ts";
import { livingCertificate, release } from "../../db/stores/certificates.ts";
import { keepEmail } from "../../db/stores/dispatches.ts";
import { countUndelivered, listUndelivered } from "../../db/stores/undelivered.ts";
import type { Email } from "../../src/core/dispatch.ts";
import type { AgencyId, DossierId } from "../../src/core/ids.ts";
import type { LocalDate } from "../../src/core/kernel.ts";
import { citizensVi } from "../../src/web/words/citizens.vi.ts";
import { agency, digits, dyingOnNote, type LightHouse, lightHouse } from "./light-house.ts";
import { moodyServer, textIn } from "./smtp-mood.ts";

let world: LightHouse;
let server: Awaited<ReturnType<typeof moodyServer>>;
beforeAll(async () => {
  world = await lightHouse();
  server = await moodyServer();
});
beforeEach(() => {
  server.state.mood = "takes";
  server.letters.splice(0);
  (world.parts as { mail: unknown }).mail = server.door;
});
afterAll(async () => {
  await server.close();
  await world.close();
});

const email = "nguoi-dan@vi-du.example" as Email;
const agencyId = agency as AgencyId;
const decision = {
  number: "12/QĐ-UBND",
  date: "2026-11-23" as LocalDate,
  by: "Chủ tịch (hư cấu)",
  reason: "Chứng thực nhầm bản chính của người khác.",
};

async function annul(id: DossierId): Promise<boolean> {
  const certificate = await livingCertificate(world.sql, id);
  if (certificate === null) throw new Error("no certificate");
  const actor = { personId: world.idOf("signer"), agencyId } as Parameters<typeof keepAnnulment>[3];
  return keepAnnulment(world.sql, certificate, { kind: "annulled", decision, successorId: null }, actor);
}
/** Fetched by its citizen, then annulled. */
async function annulled(given: { email?: string }) {
  const dossier = await world.released(given);
  await world.dispatchAll();
  server.letters.splice(0);
  await annul(dossier.id);
  return dossier;
}
const statesOf = async (id: DossierId) =>
  (
    await world.sql<{ it: string }[]>`
    select what || ' ' || state || coalesce(' ' || reason, '') as it from dispatch where dossier_id = ${id}
    order by made_at, what desc`
  ).map(({ it }) => it);
const citizenOf = async (id: DossierId) => (await toldOf(world.sql, id))[0];
const linkIn = (letter: string) => /http:\/\/127\.0\.0\.1:8080(\/c\/[\w-]{22})/.exec(textIn(letter))?.[1] ?? "";

describe("TT 01/2020 Art. 7: the citizen is told that the copy lost its value", () => {
  test("ANNUL-1: a letter in both languages with the decision and a link that shows it; nobody and no paper is named", async () => {
    const { id } = await annulled({ email });
    expect(await citizenOf(id)).toEqual({ name: null, isActive: true, mail: "waiting", programs: [] });
    await world.dispatchAll();
    const [letter = ""] = server.letters;
    const text = textIn(letter);
    expect(text).toMatch(/số 12\/QĐ-UBND ngày 23\/11\/2026.*No\. 12\/QĐ-UBND of 23\/11\/2026/s);
    const subject = /^Subject: (?:.*)(?:\r\n .*)*/m.exec(letter)?.[0] ?? "";
    for (const personal of ["Lò Thị", "Giấy khai sinh", digits, "nhầm bản chính"])
      expect([text, subject].filter((it) => it.includes(personal))).toEqual([]);
    expect((await world.ask(linkIn(letter))).text).toContain("12/QĐ-UBND");
    expect(await citizenOf(id)).toMatchObject({ mail: "sent" });
  });

  test("ANNUL-1: who looks up by the code of the slip reads that the copy lost its value, and not that it is ready", async () => {
    const { id, code } = await world.released({});
    const look = async () => (await world.ask("/look-up", { form: { code, digits } })).text;
    expect(await look()).toContain(citizensVi.sayReady);
    await annul(id);
    expect(await look()).toContain(citizensVi.sayAnnulled);
    expect(await look()).not.toContain(citizensVi.sayReady);
  });

  test("DISPATCH-1: annulled twice, run again or late, one letter goes; dead between answer and note, the same once more", async () => {
    const { id } = await annulled({ email });
    expect(await annul(id)).toBe(false);
    await dyingOnNote(world, () => expect(world.dispatchAll()).rejects.toThrow("dies"));
    await world.dispatchAll();
    expect(await world.dispatchAll()).toBe(0);
    const ids = server.letters.map((letter) => /Message-ID: <([^>]+)>/i.exec(letter)?.[1]);
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
    expect(await statesOf(id)).toEqual(["copy sent", "annulled sent"]);
  });

  test("a letter that is refused stands on the list of what did not arrive though the copy did; another address is told", async () => {
    const { id } = await annulled({ email });
    server.state.mood = "refuses";
    await world.dispatchAll();
    expect(await citizenOf(id)).toMatchObject({ mail: "failed" });
    expect(await countUndelivered(world.sql, agencyId, world.now())).toBe(1);
    expect(await listUndelivered(world.sql, agencyId, world.now(), 9)).toMatchObject([
      { dossierId: id, what: "annulled", reason: "mail_refused" },
    ]);
    expect((await world.ask(`/dossiers/${id}/dispatch`, { as: "receiver" })).text).toContain("tin hủy bỏ bản sao");
    server.state.mood = "takes";
    await keepEmail(world.sql, id, "khac@vi-du.example" as Email, null, world.now());
    await world.dispatchAll();
    expect(server.letters.map((letter) => textIn(letter).includes("12/QĐ-UBND"))).toEqual([true]);
    expect(await countUndelivered(world.sql, agencyId, world.now())).toBe(0);
  });

  test("a copy that was still on its way stays: nobody reads that it is ready after it was annulled", async () => {
    const { id } = await world.released({ email, account: "001099000001" });
    await annul(id);
    await world.dispatchAll();
    expect((await statesOf(id)).toSorted()).toEqual([
      "annulled sent",
      "copy withdrawn copy_annulled",
      "copy withdrawn copy_annulled",
    ]);
    expect(server.letters.length).toBe(1);
  });

  test("without an address the list says so, and in the database no such letter stands without its decision", async () => {
    const { id } = await annulled({});
    expect(await world.dispatchAll()).toBe(0);
    expect(await citizenOf(id)).toEqual({ name: null, isActive: false, mail: null, programs: [] });
    const valid = await world.logged({ email });
    const certificate = await livingCertificate(world.sql, valid.id);
    if (certificate !== null) await release(world.sql, certificate);
    await expect(
      world.sql`insert into dispatch (id, dossier_id, agency_id, way, what, next_try_at, made_at)
        values (gen_random_uuid(), ${valid.id}, ${agency}, 'email', 'annulled', now(), now())`,
    ).rejects.toThrow("no such result");
  });
});
