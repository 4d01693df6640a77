import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepLink, keepLinkEnd } from "../../db/stores/dossiers.ts";
import type { AgencyId, DossierId } from "../../src/core/ids.ts";
import { ok } from "../../src/core/kernel.ts";
import { daysAfter } from "../../src/core/terms.ts";
import type { Mail } from "../../src/roof/mail.ts";
import { hashSecret } from "../../src/wiring/citizen-links.ts";
import { digits, type LightHouse, lightHouse } from "./light-house.ts";

let world: LightHouse;
const letters: Mail[] = [];
beforeAll(async () => {
  world = await lightHouse();
  (world.parts as { mail: unknown }).mail = { folder: null, send: async (mail: Mail) => ok(void letters.push(mail)) };
});
afterAll(() => world.close());

const linkIn = (text = "") => /(\/c\/[\w-]{22})/.exec(text)?.[1] ?? "";
const letterTo = (to: string) => letters.findLast((letter) => letter.to === to);
const eventsOf = (id: string) =>
  world.sql<
    { by: string | null }[]
  >`select person_id as by from dossier_event where dossier_id = ${id} and what = 'link_ended'`;
const dossierOf = (id: DossierId) => ({ id, agencyId: "hoaban" as AgencyId }) as Parameters<typeof keepLink>[1];
const receiver = () => ({ personId: world.idOf("receiver"), agencyId: "hoaban" as AgencyId });
const renew = (id: DossierId, secret: string) => {
  const link = { secretHash: hashSecret(secret), secretExpiresAt: daysAfter(world.now(), 365) };
  return keepLink(world.sql, dossierOf(id), link, receiver());
};

describe("DESIGN decision 14: a citizen's link is ended without another", () => {
  test("DESIGN decision 14: its holder ends it with the four digits; each of its addresses, and those of letters, opens nothing", async () => {
    const { id, path, code } = await world.released({ email: "a@vi-du.example" });
    await world.dispatchAll();
    const letter = linkIn(letterTo("a@vi-du.example")?.text);
    expect((await world.ask(letter)).status).toBe(200);
    expect((await world.ask(path)).text).toContain(`href="${path}/end"`);
    const page = await world.ask(`${path}/end`);
    expect([page.status, page.text.includes(code)]).toEqual([200, true]);
    expect((await world.ask(`${path}/end`, { form: { digits: "12" } })).status).toBe(400);
    expect((await world.ask(`${path}/end`, { form: { digits: "0000" } })).status).toBe(403);
    expect(await eventsOf(id)).toEqual([]);
    const ended = await world.ask(`${path}/end`, { form: { digits } });
    expect([ended.status, ended.text.includes("Liên kết riêng đã được chấm dứt.")]).toEqual([200, true]);
    const gone = await world.ask(path);
    expect([gone.status, gone.text.includes("đã được chấm dứt"), gone.text.includes(code)]).toEqual([410, true, false]);
    for (const behind of ["/data", "/email", "/end", "/links", "/fee", "/voice", "/qr"])
      expect((await world.ask(`${path}${behind}`)).status).toBe(410);
    for (const behind of ["", "/end", "/email", "/data"])
      expect((await world.ask(`${path}${behind}`, { form: { digits } })).status).toBe(410);
    expect((await world.ask(letter)).status).toBe(410);
    expect(await eventsOf(id)).toEqual([{ by: null }]);
    expect((await world.ask("/look-up", { form: { code, digits } })).status).toBe(200);
  });

  test("DESIGN decision 14: the counter ends it, once, after a page that changes nothing; a new link opens, the dead one never again", async () => {
    const { id, secret, path } = await world.released();
    const [at, as] = [`/dossiers/${id}`, "receiver"] as const;
    expect((await world.ask(`${at}/end-link`, { form: {}, as: "clerk" })).status).toBe(403);
    expect((await world.ask(`${at}/end-link`, { form: {}, as, of: "noi-khac" })).status).toBe(404);
    expect((await world.ask(`${at}/end-link`, { as })).status).toBe(200);
    expect((await world.ask(path)).status).toBe(200);
    for (let pressed = 0; pressed < 2; pressed++) {
      const ended = await world.ask(`${at}/end-link`, { form: {}, as });
      expect([ended.status, ended.to]).toEqual([303, at]);
    }
    expect((await world.ask(path)).status).toBe(410);
    expect(await eventsOf(id)).toEqual([{ by: world.idOf("receiver") }]);
    expect((await world.ask(at, { as })).text).toContain("đã được chấm dứt lúc");
    await expect(world.sql`update submission set link_ended_at = null where id = ${id}`).rejects.toThrow(
      /opens nothing/,
    );
    const later = world.sql`update submission set secret_expires_at = ${daysAfter(world.now(), 9)} where id = ${id}`;
    await expect(later).rejects.toThrow(/ended_link_is_over/);
    await renew(id, `${secret.slice(0, -1)}_`);
    const statuses = [await world.ask(path), await world.ask(`${path.slice(0, -1)}_`)].map(({ status }) => status);
    expect(statuses).toEqual([404, 200]);
  });

  test("DESIGN decision 14: what is sent while it is ended carries no link and says how to get one; after the renewal letters have theirs", async () => {
    const other = await world.released({ email: "c@vi-du.example" });
    await keepLinkEnd(world.sql, dossierOf(other.id), null, world.now());
    await world.dispatchAll();
    const letter = letterTo("c@vi-du.example");
    expect([letter?.text.includes("/c/"), letter?.html?.includes("href")]).toEqual([false, false]);
    expect(letter?.text).toContain("hãy mang giấy tờ tùy thân đến");
    expect(letter?.text).toContain("bring your identity paper");
    await renew(other.id, "n".repeat(22));
    await world.ask(`/c/${"n".repeat(22)}/email`, { form: { email: "d@vi-du.example", digits } });
    await world.dispatchAll();
    expect((await world.ask(linkIn(letterTo("d@vi-du.example")?.text))).status).toBe(200);
  });
});
