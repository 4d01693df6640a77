import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { erasePetitionContacts } from "../../db/stores/erasures.ts";
import { keepAnswer, keepPetition } from "../../db/stores/petitions.ts";
import type { AgencyId } from "../../src/core/ids.ts";
import type { PetitionId } from "../../src/core/petition.ts";
import type { SubmissionId } from "../../src/core/submission.ts";
import { daysAfter } from "../../src/core/terms.ts";
import { type LightHouse, lightHouse } from "./light-house.ts";

let world: LightHouse;
beforeAll(async () => {
  world = await lightHouse();
});
afterAll(() => world.close());

const said = { kind: "feedback", words: "Phải đi lại ba lần vì quầy đóng sớm (hư cấu)." };
const codeIn = (text: string) => /([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}/.exec(text)?.[0] ?? "";
const send = (form: Record<string, string>) => world.ask("/feedback", { form: { agency: "hoaban", ...form } });

describe("a rating after the return", () => {
  test("VOICE-1: once a submission, after its return only, and no row leads from what was said to whose it is", async () => {
    const waiting = await world.logged();
    const rate = (path: string, form: Record<string, string>) => world.ask(`${path}/voice?do=rate`, { form });
    expect((await rate(waiting.path, { steps: "5" })).status).toBe(409);
    const { path, id } = await world.released();
    const wrong = await rate(path, { steps: "6", rateWords: "Nhanh (hư cấu)" });
    expect([wrong.status, wrong.text.includes("Nhanh (hư cấu)")]).toEqual([400, true]);
    expect((await rate(path, { steps: "2", reason: "time", rateWords: "Chậm (hư cấu)" })).status).toBe(303);
    expect((await rate(path, { steps: "5" })).status).toBe(303); // pressed again: the first one stands
    expect(await world.sql`select steps, reason, words from rating`).toEqual([
      { steps: 2, reason: "time", words: "Chậm (hư cấu)" },
    ]);
    const columns = await world.sql<{ name: string }[]>`
      select column_name as name from information_schema.columns where table_name = 'rating'`;
    expect(columns.map(({ name }) => name).filter((name) => /dossier|submission|person|_at$/.test(name))).toEqual([]);
    const [kept] = await world.sql<{ id: string }[]>`select id from rating`;
    expect(kept?.id[14]).toBe("4"); // one in the order of time (ADR 99) would tell the minute, and with it whose it is
    expect((await world.ask(`${path}/voice`)).text).toContain("đã được ghi nhận");
    await expect(world.sql`insert into rating_given (submission_id) values (${waiting.id})`).rejects.toThrow(
      "not rated",
    );
    await expect(world.sql`delete from rating_given where submission_id = ${id}`).rejects.toThrow("evidence");
  });

  test("VOICE-1: the head sees sums and words of the own agency, the counter sees nothing", async () => {
    const seen = await world.ask("/ratings", { as: "signer" });
    expect([seen.status, seen.text.includes("Chậm (hư cấu)"), seen.text.includes("0% của 1 đánh giá")]).toEqual([
      200,
      true,
      true,
    ]);
    for (const as of ["receiver", "comparer", "clerk"] as const)
      expect((await world.ask("/ratings", { as })).status).toBe(403);
    expect((await world.ask("/ratings", { as: "signer", of: "noi-khac" })).text).toContain("Chưa có đánh giá nào");
  });
});

describe("VOICE-2: feedback and petitions", () => {
  test("VOICE-2: said without a name, answered once by the head, read by the code; the same form twice is one", async () => {
    const formId = randomUUID();
    const wrong = await send({ kind: "feedback", words: "ngắn", formId, contact: "0911 (hư cấu)" });
    expect([wrong.status, wrong.text.includes("0911 (hư cấu)"), wrong.text.includes(formId)]).toEqual([
      400,
      true,
      true,
    ]);
    const first = await send({ ...said, formId, contact: "0911 (hư cấu)" });
    const code = codeIn(first.text);
    expect([first.status, code.length, codeIn((await send({ ...said, formId })).text)]).toEqual([200, 14, code]);
    expect(first.headers.get("cache-control")).toContain("no-store");
    const rows = await world.sql<{ id: string; code_hash: Uint8Array }[]>`select id, code_hash from petition`;
    expect(rows).toHaveLength(1);
    const [row] = rows;
    const list = (await world.ask("/petitions", { as: "signer" })).text;
    expect(list).toContain(`/petitions/${row?.id}`);
    expect(list).toContain("Phải đi lại ba lần");
    const read = () => world.ask("/feedback/answer", { form: { code: code.toLowerCase() } });
    expect((await read()).text).toContain("Chưa có câu trả lời");
    const own = `/petitions/${row?.id}`;
    expect((await world.ask(own, { as: "signer", form: { answer: "ngắn" } })).status).toBe(400);
    const answer = "Quầy mở tới 17 giờ từ thứ Hai; đã nhắc bộ phận trực (hư cấu).";
    expect((await world.ask(own, { as: "signer", form: { answer } })).to).toBe(own);
    const second = await world.ask(own, { as: "administrator", form: { answer: "Một câu khác hẳn (hư cấu)" } });
    expect([second.status, second.text.includes("Một câu khác hẳn")]).toEqual([409, false]);
    expect((await read()).text).toContain("Quầy mở tới 17 giờ");
    expect((await read()).text).not.toContain("Người Thử"); // the official's name is the agency's own matter
  });

  test("VOICE-2: of two answers at once the first stands, and no answer is changed", async () => {
    await send({ ...said, formId: randomUUID() });
    const [row] = await world.sql<{ id: PetitionId }[]>`select id from petition order by number desc limit 1`;
    const by = { personId: world.idOf("signer"), agencyId: "hoaban" as AgencyId };
    const answer = (words: string) => keepAnswer(world.sql, row?.id as PetitionId, words, by, world.now());
    const kept = await Promise.all([answer("Câu trả lời một (hư cấu)"), answer("Câu trả lời hai (hư cấu)")]);
    expect(kept.toSorted()).toEqual([false, true]);
    await expect(world.sql`update petition_answer set words = 'khác hẳn (hư cấu)'`).rejects.toThrow("evidence");
  });

  test("VOICE-2: what is due soon or late stands above the head's queue and is told to who wrote", async () => {
    const { text } = await send({ ...said, formId: randomUUID() });
    expect((await world.ask("/queue", { as: "signer" })).text).not.toContain("sắp đến hạn hoặc đã quá hạn");
    world.later(30 * 86_400);
    expect((await world.ask("/queue", { as: "signer" })).text).toContain("1 phản ánh, kiến nghị sắp đến hạn");
    expect((await world.ask("/petitions", { as: "administrator" })).text).toContain("quá hạn");
    expect((await world.ask("/feedback/answer", { form: { code: codeIn(text) } })).text).toContain(
      "đã quá hạn trả lời",
    );
    world.later(-30 * 86_400);
  });

  test("from the citizen's own page it carries the code of the dossier", async () => {
    const { path, code } = await world.released();
    const sent = await world.ask(`${path}/voice`, { form: { ...said, kind: "petition", formId: randomUUID() } });
    expect([sent.status, codeIn(sent.text).length]).toEqual([200, 14]);
    const [row] = await world.sql<{ id: string }[]>`select id from petition order by number desc limit 1`;
    expect((await world.ask(`/petitions/${row?.id}`, { as: "signer" })).text).toContain(code);
  });

  test("object-level: another agency's head neither reads nor answers; the counter is refused; an unknown agency is none", async () => {
    const [row] = await world.sql<{ id: string }[]>`
      select p.id from petition p where not exists (select 1 from petition_answer a where a.petition_id = p.id) limit 1`;
    const theirs = { as: "signer", of: "noi-khac" } as const;
    expect((await world.ask(`/petitions/${row?.id}`, theirs)).status).toBe(404);
    const answer = "Câu trả lời của nơi khác (hư cấu)";
    expect((await world.ask(`/petitions/${row?.id}`, { ...theirs, form: { answer } })).status).toBe(404);
    expect((await world.ask("/petitions", theirs)).text).toContain("Chưa có phản ánh");
    expect((await world.ask(`/petitions/${row?.id}`, { as: "receiver" })).status).toBe(403);
    expect((await send({ ...said, agency: "khong-co", formId: randomUUID() })).status).toBe(400);
    const foreign = world.idOf("signer", "noi-khac");
    await expect(
      world.sql`insert into petition_answer (petition_id, person_id, words, answered_at)
        values (${row?.id ?? ""}, ${foreign}, ${answer}, now() + interval '1 hour')`,
    ).rejects.toThrow("own agency");
  });

  test("nothing is deleted or changed; the contact alone goes in its term", async () => {
    await expect(world.sql`delete from petition`).rejects.toThrow("stays");
    await expect(world.sql`update petition set words = 'khác hẳn trước đây'`).rejects.toThrow("stays");
    await expect(world.sql`delete from petition_answer`).rejects.toThrow("evidence");
    expect(await erasePetitionContacts(world.sql, daysAfter(world.now(), 1), world.now())).toBe(1);
    expect((await world.sql`select 1 from petition where contact is not null`).length).toBe(0);
  });

  test("VOICE-2: from however many addresses, an agency is told 200 things a day; a dossier's own link still gets through", async () => {
    world.later(3600);
    const at = world.now();
    await world.sql`insert into petition (id, agency_id, kind, words, code_hash, form_hash, received_at, due_at)
      select gen_random_uuid(), 'noi-khac', 'feedback', 'một ý kiến đủ dài (hư cấu)', sha256(('c' || i)::bytea), sha256(('f' || i)::bytea),
        ${at}::timestamptz, ${at}::timestamptz + interval '1 day' from generate_series(1, 200) i`;
    const form = { ...said, kind: "petition" };
    const say = () => world.ask("/feedback", { form: { ...form, agency: "noi-khac", formId: randomUUID() } });
    const full = await say();
    expect([full.status, full.text.includes("đã nhận quá nhiều ý kiến")]).toEqual([503, true]);
    const before = { agencyId: "hoaban" as AgencyId, submissionId: null, contact: null, dueAt: daysAfter(at, 9) };
    const hashes = { codeHash: new Uint8Array(32).fill(1), formHash: new Uint8Array(32).fill(2) };
    const own = { ...before, kind: "petition", words: "mười chữ cái trở lên", receivedAt: at } as const;
    expect(await keepPetition(world.sql, own, hashes, { open: 0, aDay: 0 })).toBe(false);
    const { id } = await world.released();
    expect(
      await keepPetition(world.sql, { ...own, submissionId: id as string as SubmissionId }, hashes, {
        open: 0,
        aDay: 0,
      }),
    ).toBe(true);
    world.later(86_400);
    expect((await say()).status).toBe(200);
    world.later(-86_400 - 3600);
  });

  test("an unknown code is one answer, tries are counted, and a flood is held back", async () => {
    for (const code of ["7K2M-9QXT-0AB4", "x", ""])
      expect((await world.ask("/feedback/answer", { form: { code } })).status).toBe(404);
    const statuses = [];
    for (let nth = 0; nth < 22; nth++)
      statuses.push((await world.ask("/feedback/answer", { form: { code: `7K2M-9QXT-0A${nth + 10}` } })).status);
    expect(statuses.at(-1)).toBe(429);
    const sent = [];
    for (let nth = 0; nth < 5; nth++) sent.push((await send({ ...said, formId: randomUUID() })).status);
    expect(sent.at(-1)).toBe(429);
  });
});
