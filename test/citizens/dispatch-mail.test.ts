import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { digits, dyingOnNote, type LightHouse, lightHouse } from "./light-house.ts";
import { deadDoor, moodyServer, textIn } from "./smtp-mood.ts";

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

const email = "nguoi-dan@vi-du.example";
const statesOf = async (id: string) =>
  (
    await world.sql<{ it: string }[]>`
    select state || coalesce(' ' || reason, '') as it from dispatch where dossier_id = ${id} order by made_at, ended_at`
  ).map(({ it }) => it);
const linkIn = (letter: string) => /http:\/\/127\.0\.0\.1:8080(\/c\/[\w-]{22})/.exec(textIn(letter))?.[1] ?? "";
const idIn = (letter: string) => /Message-ID: <([^>]+)>/i.exec(letter)?.[1];

describe("the result by e-mail: NĐ 45/2020 Art. 10(3)", () => {
  test("DISPATCH-1: a released copy is told in both languages, with a link that opens and the digits that it wants", async () => {
    const { id } = await world.released({ email });
    await world.dispatchAll();
    expect(await statesOf(id)).toEqual(["sent"]);
    const [letter = ""] = server.letters;
    const text = textIn(letter);
    expect(text).toMatch(
      /Ủy ban nhân dân xã Hoa Ban \(hư cấu\) đã chứng thực xong.*has certified the electronic copy/s,
    );
    expect(letter).toContain("text/html");
    for (const personal of ["Lò Thị", "Giấy khai sinh", digits]) expect(text).not.toContain(personal);
    expect(letter).not.toContain("application/pdf");
    const page = await world.ask(linkIn(letter));
    expect([page.status, page.text.includes("Bản sao chứng thực của bạn đã sẵn sàng")]).toEqual([200, true]);
    expect((await world.ask(linkIn(letter), { form: { digits: "0000" } })).status).toBe(403);
    expect((await world.ask(linkIn(letter), { form: { digits } })).headers.get("content-type")).toBe("application/pdf");
  });

  test("without an address nothing is sent, and no consent is asked for one that was given", async () => {
    const { id } = await world.released();
    expect(await world.dispatchAll()).toBe(0);
    expect(await statesOf(id)).toEqual([]);
  });

  test("RFC 5321 §4.2.1: refused for good is told at once; deferred is tried again, and arrives", async () => {
    server.state.mood = "refuses";
    const refused = await world.released({ email });
    await world.dispatchAll();
    expect(await statesOf(refused.id)).toEqual(["refused mail_refused"]);
    server.state.mood = "defers";
    const deferred = await world.released({ email });
    await world.dispatchAll();
    expect(await statesOf(deferred.id)).toEqual(["deferred mail_deferred"]);
    expect(await world.dispatchAll()).toBe(1); // asked too early, it is left for its time
    expect(await statesOf(deferred.id)).toEqual(["deferred mail_deferred"]);
    server.state.mood = "takes";
    world.later(80);
    await world.dispatchAll();
    expect(await statesOf(deferred.id)).toEqual(["sent"]);
  });

  test.each(["silent", "dead"] as const)("a server that is %s is tried for five days, then given up", async (how) => {
    server.state.mood = "silent";
    (world.parts as { mail: unknown }).mail = how === "dead" ? await deadDoor() : server.hasty;
    const { id } = await world.released({ email });
    await world.dispatchAll();
    expect(await statesOf(id)).toEqual(["deferred mail_unreachable"]);
    await world.sql`update dispatch set attempts = 13, next_try_at = ${world.now()} where dossier_id = ${id}`;
    await world.dispatchAll();
    expect(await statesOf(id)).toEqual(["given_up mail_unreachable"]);
  });

  test("a line cut after the letter was taken: it is sent again with the same Message-ID and the same link", async () => {
    server.state.mood = "cut";
    const { id } = await world.released({ email });
    await world.dispatchAll();
    expect(await statesOf(id)).toEqual(["deferred mail_unreachable"]);
    server.state.mood = "takes";
    world.later(80);
    await world.dispatchAll();
    const [first = "", second = ""] = server.letters;
    expect([idIn(second), linkIn(second)]).toEqual([idIn(first), linkIn(first)]);
    expect(idIn(first)).toMatch(/@chungthuc$/);
  });

  test("DISPATCH-1: a process that dies between the answer and the note sends the same letter once more, never none", async () => {
    const { id } = await world.released({ email });
    await dyingOnNote(world, () => expect(world.dispatchAll()).rejects.toThrow("dies"));
    expect(await statesOf(id)).toEqual(["waiting"]);
    await world.dispatchAll();
    expect([await statesOf(id), server.letters.length]).toEqual([["sent"], 2]);
    const ids = server.letters.map(idIn);
    expect(ids).toEqual([expect.stringMatching(/@chungthuc$/), ids[0]]);
  });

  test("the agency's policy attaches the copy up to its size; a server that finds it too large gets the link", async () => {
    await world.sql`insert into dispatch_policy (agency_id, attaches, most_bytes, set_at)
      values ('hoaban', true, 100000, now())`;
    await world.released({ email });
    await world.dispatchAll();
    expect(server.letters[0]).toContain("application/pdf");
    server.state.mood = "too_large";
    const { id } = await world.released({ email });
    await world.dispatchAll();
    expect(await statesOf(id)).toEqual(["sent"]);
    expect(server.letters[1]).not.toContain("application/pdf");
    await world.sql`insert into dispatch_policy (agency_id, attaches, most_bytes, set_at)
      values ('hoaban', false, 100000, now())`;
  });

  test("where no mail server is configured the official is told, not nobody", async () => {
    (world.parts as { mail: unknown }).mail = null;
    const { id } = await world.released({ email });
    await world.dispatchAll();
    expect(await statesOf(id)).toEqual(["refused no_mail_server"]);
  });
});
