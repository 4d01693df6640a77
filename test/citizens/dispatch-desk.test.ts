import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepLink } from "../../db/stores/dossiers.ts";
import { eraseDueContacts } from "../../db/stores/erasures.ts";
import type { AgencyId } from "../../src/core/ids.ts";
import { daysAfter } from "../../src/core/terms.ts";
import { digits, type LightHouse, lightHouse } from "./light-house.ts";
import { moodyServer, textIn } from "./smtp-mood.ts";

let world: LightHouse;
let server: Awaited<ReturnType<typeof moodyServer>>;
beforeAll(async () => {
  world = await lightHouse();
  server = await moodyServer();
  (world.parts as { mail: unknown }).mail = server.door;
});
afterAll(async () => {
  await server.close();
  await world.close();
});

const email = "nguoi-dan@vi-du.example";
const statesOf = async (id: string) =>
  (
    await world.sql<{ state: string }[]>`
    select state from dispatch where dossier_id = ${id} order by made_at, ended_at`
  ).map(({ state }) => state);

describe("the citizen's own page", () => {
  test("an address wants the four digits; wrong ones and a wrong address stand at their fields, and what was typed stays", async () => {
    const { id, path } = await world.released();
    const wrong = await world.ask(`${path}/email`, { form: { email: "khong phai", digits: "12" } });
    expect([wrong.status, wrong.text.includes('value="khong phai"')]).toEqual([400, true]);
    expect(wrong.text.match(/class="fault"/g)).toHaveLength(2);
    const guessed = await world.ask(`${path}/email`, { form: { email, digits: "0000" } });
    expect([guessed.status, guessed.text.includes(`value="${email}"`)]).toEqual([403, true]);
    expect(await statesOf(id)).toEqual([]);
    const given = await world.ask(`${path}/email`, { form: { email, digits } });
    expect([given.status, given.to]).toEqual([303, `${path}/email`]);
    await world.ask(`${path}/email`, { form: { email, digits } }); // pressed twice
    await world.dispatchAll();
    expect(await statesOf(id)).toEqual(["sent"]);
    const page = (await world.ask(`${path}/email`)).text;
    expect(page).toContain("máy chủ nhận đã nhận lúc");
    expect(page.includes("Đã có một địa chỉ thư")).toBe(true);
    expect(page).not.toContain("@vi-du.example"); // shown by whoever has the link and no digits
  });

  test("another address takes the place of one that waits; a mailbox is not filled from one dossier", async () => {
    server.state.mood = "defers";
    const { id, path } = await world.released({ email });
    await world.dispatchAll();
    await world.ask(`${path}/email`, { form: { email: "khac@vi-du.example", digits } });
    server.state.mood = "takes";
    await world.dispatchAll();
    expect(await statesOf(id)).toEqual(["withdrawn", "sent"]);
    const answers = [];
    for (let nth = 0; nth < 7; nth++)
      answers.push((await world.ask(`${path}/email`, { form: { email: `a${nth}@vi-du.example`, digits } })).status);
    expect(answers).toEqual([303, 303, 303, 303, 303, 429, 429]);
  });

  test("DESIGN decision 14: the counter's new link ends those of letters; an address without the result sends nothing yet", async () => {
    const before = await world.logged();
    await world.ask(`${before.path}/email`, { form: { email, digits } });
    expect(await statesOf(before.id)).toEqual([]);
    const { id } = await world.released({ email: "rieng@vi-du.example" });
    await world.dispatchAll();
    const letter = server.letters.find((one) => one.includes("To: rieng@vi-du.example")) ?? "";
    const link = /(\/c\/[\w-]{22})/.exec(textIn(letter))?.[1] ?? "";
    expect((await world.ask(link)).status).toBe(200);
    const dossier = { id, agencyId: "hoaban" as AgencyId } as Parameters<typeof keepLink>[1];
    const fresh = { secretHash: new Uint8Array(32).fill(1), secretExpiresAt: daysAfter(world.now(), 365) };
    await keepLink(world.sql, dossier, fresh, { personId: world.idOf("receiver"), agencyId: "hoaban" as AgencyId });
    expect((await world.ask(link)).status).toBe(404);
  });

  test("DESIGN decision 14: once another address is given, the letter that went astray opens nothing any more", async () => {
    const { path } = await world.released({ email: "sai@vi-du.example" });
    await world.dispatchAll();
    await world.ask(`${path}/email`, { form: { email: "dung@vi-du.example", digits } });
    await world.dispatchAll();
    const opened = [];
    for (const to of ["sai", "dung"]) {
      const letter = server.letters.find((one) => one.includes(`To: ${to}@vi-du.example`)) ?? "";
      opened.push((await world.ask(/(\/c\/[\w-]{22})/.exec(textIn(letter))?.[1] ?? "")).status);
    }
    expect(opened).toEqual([404, 200]);
  });

  test("DISPATCH-1: papers presented together are told of in one letter when the address changes; its link opens them all", async () => {
    const [first, second] = [await world.released(), await world.released()];
    await world.sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update dossier set submission_id = ${first.id}, ordinal_in_submission = 2 where id = ${second.id}`;
    });
    await world.ask(`${first.path}/email`, { form: { email: "chung@vi-du.example", digits } });
    await world.dispatchAll();
    expect([await statesOf(first.id), await statesOf(second.id)]).toEqual([["sent"], ["sent"]]);
    const letters = server.letters.filter((one) => one.includes("To: chung@vi-du.example"));
    expect(letters).toHaveLength(1);
    const link = /(\/c\/[\w-]{22})/.exec(textIn(letters[0] ?? ""))?.[1] ?? "";
    const both = await world.ask(link);
    expect([both.status, both.text.includes(`${link}.2`)]).toEqual([200, true]);
    expect((await world.ask(`${link}.2`)).status).toBe(200);
    expect((await world.ask(`${first.path}/email`)).text).not.toContain("c***@");
  });

  test("KEEP-1: the address goes with the contact", async () => {
    const { id } = await world.released({ email });
    await eraseDueContacts(world.sql, daysAfter(world.now(), 1), world.now());
    const [row] = await world.sql`select email from dispatch_address where submission_id = ${id}`;
    expect(row?.["email"]).toBeNull();
    await world.dispatchAll();
    expect(await statesOf(id)).toEqual(["withdrawn"]);
  });
});

describe("the counter", () => {
  test("DISPATCH-1: what no way brought stands on the list and above the queue, until the citizen was told or fetched it", async () => {
    server.state.mood = "refuses";
    const { id } = await world.released({ email });
    const fetched = await world.released({ email });
    await world.dispatchAll();
    server.state.mood = "takes";
    const list = async () => (await world.ask("/undelivered", { as: "receiver" })).text;
    expect(await list()).toContain(`/dossiers/${id}/dispatch`);
    expect(await list()).toContain("0900 000 000");
    expect((await world.ask("/queue", { as: "receiver" })).text).toContain("2 kết quả chưa giao được");
    expect((await world.ask("/queue", { as: "clerk" })).text).not.toContain("chưa giao được");
    expect((await world.ask(`/dossiers/${id}`, { as: "receiver" })).text).toContain("hãy gọi");
    await world.ask(fetched.path, { form: { digits } });
    expect(await list()).not.toContain(fetched.id);
    const settle = (how: string) =>
      world.ask(`/dossiers/${id}/dispatch/settled`, { as: "receiver", form: how === "" ? {} : { how } });
    expect((await settle("")).status).toBe(400);
    expect((await settle("not_reached")).status).toBe(303);
    expect(await list()).toContain("Đã gọi mà không gặp");
    await settle("called");
    expect(await list()).not.toContain(id);
  });

  test("DISPATCH-1: released without any address and not fetched for three days, it stands there too", async () => {
    const { id } = await world.released();
    expect((await world.ask("/undelivered", { as: "signer" })).text).not.toContain(id);
    world.later(3 * 86_400 + 60);
    expect((await world.ask("/undelivered", { as: "signer" })).text).toContain(id);
    world.later(-3 * 86_400 - 60);
  });

  test("another agency's people neither see nor send anything of it; other roles are refused", async () => {
    const { id } = await world.released();
    const theirs = { as: "receiver", of: "noi-khac" } as const;
    expect((await world.ask(`/dossiers/${id}/dispatch`, theirs)).status).toBe(404);
    expect((await world.ask(`/dossiers/${id}/dispatch`, { ...theirs, form: { email } })).status).toBe(404);
    expect((await world.ask(`/dossiers/${id}/dispatch/settled`, { ...theirs, form: { how: "called" } })).status).toBe(
      404,
    );
    expect((await world.ask("/undelivered", theirs)).text).not.toContain(id);
    expect((await world.ask(`/dossiers/${id}/dispatch`, { as: "clerk" })).status).toBe(403);
    expect(await statesOf(id)).toEqual([]);
  });

  test("an administrator decides what letters carry, within bounds, and it is noted", async () => {
    const send = (form: Record<string, string>) => world.ask("/admin/dispatch", { as: "administrator", form });
    expect((await send({ attaches: "yes", mostMegabytes: "21" })).status).toBe(400);
    expect((await send({ attaches: "yes", mostMegabytes: "8" })).status).toBe(303);
    expect((await world.ask("/admin/dispatch", { as: "administrator" })).text).toMatch(/checked.*value="8"/s);
    const [note] = await world.sql`select about from admin_event where what = 'dispatch_policy_set'`;
    expect(note?.["about"]).toBe("attached up to 8000000 bytes");
  });
});

describe("DISPATCH-1: the database refuses", () => {
  test.each([
    [
      "a result that is not there",
      (id: string) => world.sql`
      insert into dispatch (id, dossier_id, agency_id, way, what, next_try_at, made_at)
      values (${randomUUID()}, ${id}, 'hoaban', 'email', 'copy', now(), now())`,
    ],
    [
      "a notice into the store",
      (id: string) => world.sql`
      insert into dispatch (id, dossier_id, agency_id, way, what, next_try_at, made_at)
      values (${randomUUID()}, ${id}, 'hoaban', 'store', 'notice', now(), now())`,
    ],
  ])("%s", async (_, act) => {
    const { id } = await world.logged();
    await expect(act(id)).rejects.toThrow();
  });

  test("that what ended is tried again, changed or deleted", async () => {
    const { id } = await world.released({ email });
    await world.dispatchAll();
    for (const act of [
      world.sql`update dispatch set state = 'waiting', ended_at = null, next_try_at = now() where dossier_id = ${id}`,
      world.sql`update dispatch set reason = 'mail_refused' where dossier_id = ${id}`,
      world.sql`delete from dispatch where dossier_id = ${id}`,
      world.sql`truncate dispatch_settling`,
    ])
      await expect(act).rejects.toThrow("refused");
  });
});
