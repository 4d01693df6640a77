import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepLink } from "../../db/stores/dossiers.ts";
import type { AgencyId } from "../../src/core/ids.ts";
import { daysAfter } from "../../src/core/terms.ts";
import { agency, digits, type LightHouse, lightHouse } from "./light-house.ts";

const agencyId = agency as AgencyId;

let world: LightHouse;
beforeAll(async () => {
  world = await lightHouse();
});
afterAll(() => world.close());

const ask = (code: string, four: string) => world.ask("/look-up", { form: { code, digits: four } });
const freshLink = () => ({ secretHash: new Uint8Array(32).fill(7), secretExpiresAt: daysAfter(world.now(), 365) });
/** The page without what was typed. */
const withoutTyped = (text: string, code: string) => text.replaceAll(code, "CODE");

describe("the state of a dossier by its code and four digits", () => {
  test("VOICE-3: who lost the link learns how far it is, and nothing of paper, holder or link", async () => {
    const { code, path } = await world.released();
    const found = await ask(` ${code.toLowerCase()} `, digits);
    expect([found.status, found.text.includes("đã sẵn sàng")]).toEqual([200, true]);
    for (const personal of ["Giấy khai sinh", "Lò Thị", "0900", path]) expect(found.text).not.toContain(personal);
  });

  test("VOICE-3: an unknown code and wrong digits are one and the same answer", async () => {
    const { code } = await world.released();
    const unknown = "H00-261123-9999";
    const [wrong, none] = [await ask(code, "0000"), await ask(unknown, "0000")];
    expect([wrong.status, none.status]).toEqual([404, 404]);
    expect(withoutTyped(wrong.text, code)).toBe(withoutTyped(none.text, unknown));
    const malformed = await ask("khong phai ma", "0000");
    expect(withoutTyped(malformed.text, "khong phai ma")).toBe(withoutTyped(none.text, unknown));
  });

  test("VOICE-3: wrong digits for a known code wait for the disk no more than those for an unknown one, which writes nothing", async () => {
    const { code } = await world.released();
    await world.sql`create table seen_commit as select code, current_setting('synchronous_commit') as waits from submission limit 0`;
    await world.sql`create function see_commit() returns trigger language plpgsql security definer as $$ begin
      insert into seen_commit values (new.code, current_setting('synchronous_commit')); return null; end $$`;
    await world.sql`create trigger see_commit after update on submission for each row execute function see_commit()`;
    await ask(code, "0000");
    await world.sql`drop trigger see_commit on submission`;
    expect(await world.sql`select * from seen_commit`).toEqual([{ code, waits: "off" }]);
  });

  test("faults stand at their fields; digits are not put back", async () => {
    const answer = await ask("", "43");
    expect([answer.status, answer.text.match(/class="fault"/g)?.length]).toEqual([400, 2]);
    expect(answer.text).not.toContain('value="43"');
  });

  test("VOICE-3: five tries a code, whether anybody has it or not; then the right digits wait too", async () => {
    world.later(7200);
    const { code } = await world.released();
    for (const tried of [code, "H00-261123-9998"]) {
      const statuses = [];
      for (let nth = 0; nth < 6; nth++) statuses.push((await ask(tried, `100${nth}`)).status);
      expect(statuses).toEqual([404, 404, 404, 404, 404, 429]);
    }
    expect((await ask(code, digits)).status).toBe(429);
  });

  test("DESIGN decision 14: after a hundred wrong digits the link opens nothing to the right ones, and the code apart from it", async () => {
    world.later(7200);
    const { id, code, path } = await world.released();
    const counts = () => world.sql`select wrong_by_link, wrong_by_code from submission where id = ${id}`;
    expect((await world.ask(path, { form: { digits: "0000" } })).status).toBe(403);
    await ask(code, "0000");
    expect(await counts()).toEqual([{ wrong_by_link: 1, wrong_by_code: 1 }]);
    await world.sql`update submission set wrong_by_link = 100 where id = ${id}`;
    expect((await world.ask(path, { form: { digits } })).status).toBe(404);
    expect((await ask(code, digits)).status).toBe(200);
    await world.sql`update submission set wrong_by_code = 100 where id = ${id}`;
    expect((await ask(code, digits)).status).toBe(404);
    await keepLink(world.sql, { id } as Parameters<typeof keepLink>[1], freshLink(), {
      personId: world.idOf("receiver"),
      agencyId,
    });
    expect(await counts()).toEqual([{ wrong_by_link: 0, wrong_by_code: 0 }]);
  });

  test("VOICE-3: one visitor does not try one digit at every code", async () => {
    world.later(7200);
    const statuses = [];
    for (let nth = 1; nth <= 21; nth++) statuses.push((await ask(`H00-261123-${5000 + nth}`, "4321")).status);
    expect(statuses.slice(-2)).toEqual([404, 429]);
  });
});
