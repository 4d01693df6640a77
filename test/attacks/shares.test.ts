import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lookAlikeWorld } from "../../src/wiring/look-alikes.ts";
import { mailCode } from "../../src/wiring/receivers.ts";
import { publicVoiceWorld } from "../../src/wiring/voices.ts";
import { agency, type LightHouse, lightHouse } from "../citizens/light-house.ts";

/** What strangers share is shared by address: none of them uses up what is there for all. */
let world: LightHouse;
beforeAll(async () => {
  world = await lightHouse();
});
afterAll(() => world?.close());

const nobody = {} as never;
const mine = "203.0.113.9";
const others = "198.51.100.7";

/** Pressed four times an hour for nine hours, below the bound of an hour. @returns how often it was taken */
async function forADay(press: () => Promise<{ readonly ok: boolean }>): Promise<number> {
  let taken = 0;
  for (let hour = 0; hour < 9; hour++) {
    for (let nth = 0; nth < 4; nth++) if ((await press()).ok) taken++;
    world.later(2 * 3600);
  }
  world.later(-9 * 2 * 3600);
  return taken;
}

describe("strangers who are patient", () => {
  test("VOICE-2: one address fills a small part of an agency's day; another is heard after it", async () => {
    const said = { kind: "feedback" as const, words: "một ý kiến đủ dài (hư cấu)", contact: null };
    const from = (address: string) => () =>
      publicVoiceWorld(world.house, () => address).petition(nobody, said, agency, randomUUID() as never);
    expect(await forADay(from(mine))).toBeLessThanOrEqual(20); // ten a day in Vietnam, and midnight may fall within
    expect((await from(others)()).ok).toBe(true);
  });

  test("one address fills a small part of what is told of look-alike sites", async () => {
    const from = (address: string) => () => lookAlikeWorld(world.house, () => address).admit(nobody);
    expect(await forADay(from(mine))).toBeLessThanOrEqual(20);
    expect((await from(others)()).ok).toBe(true);
  });

  test("a recipient's own people get their code after a stranger asked for as many as there are", async () => {
    const recipient = randomUUID() as never;
    (world.parts as { mail: unknown }).mail = {};
    await world.sql`insert into recipient (id, agency_id, name, email, registered_by, registered_at)
      values (${recipient}, ${agency}, 'Trường Ví Dụ (hư cấu)', 'truong@vi-du.example', ${world.idOf("administrator")}, ${world.now()})`;
    const asked = async (address: string) => (await mailCode(world.house, recipient, address)).ok;
    const stranger = [];
    for (let nth = 0; nth < 30; nth++) stranger.push(await asked(mine));
    expect(stranger.filter(Boolean).length).toBeLessThanOrEqual(20);
    expect(await asked(others)).toBe(true);
  });
});
