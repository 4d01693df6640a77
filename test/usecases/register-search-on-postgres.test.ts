import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { keepByHand, keepHandedOver, keepPaperVoid } from "../../db/stores/paper-lines.ts";
import { newestLine } from "../../db/stores/register.ts";
import { keepCorrection } from "../../db/stores/register-corrections.ts";
import { officersOf, searchRegister } from "../../db/stores/register-search.ts";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import { fewWords, type RegisterAsked } from "../../src/core/register-search.ts";
import { agency } from "./desk.ts";
import { actor, aPaper, book, found, lineOf, numbered, openPaperDesk, ownerSql as sql, suffix, take, today } from "./paper-desk.ts"; // biome-ignore format: one line

openPaperDesk();

const anything: RegisterAsked = { text: "", from: null, to: null, officerId: null, after: null };
const search = async (
  asked: Partial<RegisterAsked>,
  series: { agencyId: AgencyId; suffix: string } = { agencyId: agency, suffix }, // biome-ignore format: one line
) => (await searchRegister(sql, series, { ...anything, ...asked })).lines.map(({ number }) => number);

/** A line for an applicant and paper of these names. */
async function lineFor(applicant: string, title: string, on = today, documentNumber: string | null = null) {
  const paper = await aPaper("received", true, { applicant, title, documentNumber });
  await keepByHand(sql, paper, actor);
  const taken = await take(await found(paper.id), on);
  if (!taken.ok) throw new Error(taken.failure.code);
  return paper.id;
}

describe("LAW 3.3: searching the register", () => {
  test("with or without tones, by name, paper, number, signer and days, in any order; never another book or agency", async () => {
    await book();
    await lineFor("Nguyễn Thị Hoà (hư cấu)", "Bằng tốt nghiệp (hư cấu)", "2026-03-05" as LocalDate, "A09050634");
    await lineFor("NGUYỄN ĐỨC ÁNH (hư cấu)", "Giấy khai sinh (hư cấu)", "2026-03-31" as LocalDate);
    await lineFor("Trần Văn Hòa (hư cấu)", "Giấy phép lái xe (hư cấu)", "2026-04-01" as LocalDate, "TN-12");
    const cases: readonly [Partial<RegisterAsked>, number[]][] = [
      [{ text: "Nguyễn" }, [2, 1]],
      [{ text: "nguyen" }, [2, 1]],
      [{ text: "hoa nguyen" }, [1]],
      [{ text: "Hòa" }, [3, 1]],
      [{ text: "duc anh" }, [2]],
      [{ text: "a0905" }, [1]],
      [{ text: "tn-12" }, [3]],
      [{ text: "2" }, [2]],
      [{ text: "02/2026" }, [2]],
      [{ text: "2/2025" }, []],
      [{ text: "khai sinh nguyen" }, [2]],
      [{ text: "ai khac" }, []],
      [{ text: "" }, [3, 2, 1]],
      [{ from: "2026-03-31" as LocalDate, to: "2026-04-01" as LocalDate }, [3, 2]],
      [{ text: "hoa", to: "2026-03-31" as LocalDate }, [1]],
      [{ officerId: actor.personId, text: "tran" }, [3]],
      [{ officerId: randomUUID() as PersonId }, []],
      [{ text: "'; drop table book; -- | & ! :* \\ ( 100%" }, []],
      [{ text: "| & ! :*" }, [3, 2, 1]],
    ];
    for (const [asked, numbers] of cases) expect([asked, await search(asked)]).toEqual([asked, numbers]);
    expect(await search({ text: "nguyen" }, { agencyId: agency, suffix: "SCTĐT/BS" })).toEqual([]);
    expect(await search({}, { agencyId: "noi-khac" as AgencyId, suffix })).toEqual([]);
    expect((await officersOf(sql, agency)).map(({ name }) => name)).toEqual(["Lê Thị Minh Họa (hư cấu)"]);
  });

  test("what was corrected is found by the new text and by the old one; what was voided stays to be found", async () => {
    await book();
    const id = await numbered();
    await keepHandedOver(sql, await lineOf(id), actor);
    const line = await newestLine(sql, id, "paper");
    const entry = { ordinal: 1, part: "applicant", was: line?.applicantName ?? "", reads: "Vàng Thị Sửa (hư cấu)", reason: "Gõ nhầm tên", at: "2026-12-01T00:00:00Z" as Instant } as const; // biome-ignore format: one line
    expect(await keepCorrection(sql, id, "paper", entry, actor)).toMatchObject({ ok: true });
    expect([await search({ text: "vang sua" }), await search({ text: "lo thi thu" })]).toEqual([[1], [1]]);
    const voided = await lineFor("Sùng A Bỏ (hư cấu)", "Giấy (hư cấu)");
    await keepPaperVoid(sql, await lineOf(voided), "In hỏng giấy (hư cấu)", actor);
    expect(await search({ text: "sung a bo" })).toEqual([2]);
  });

  test("page after page every line comes once, the newest first; a rare name is found behind thousands of newer lines", async () => {
    await book();
    for (let i = 0; i < 55; i++) await numbered();
    const first = await searchRegister(sql, { agencyId: agency, suffix }, { ...anything, text: "lò thị" });
    const second = await searchRegister(sql, { agencyId: agency, suffix }, { ...anything, text: "lò thị", after: first.next }); // biome-ignore format: one line
    const numbers = [...first.lines, ...second.lines].map(({ number }) => number);
    expect(numbers).toEqual(Array.from({ length: 55 }, (_, i) => 55 - i));
    expect([first.lines.length, second.next]).toEqual([50, null]);
    await sql`insert into register_search (line_id, agency_id, suffix, year, number, printed_on, words)
      select gen_random_uuid(), ${agency}, ${suffix}, 2027, i, '2027-01-01', array_to_tsvector(array['khac'])
      from generate_series(1, 3100) i`;
    expect(await search({ text: "55 lo" })).toEqual([55]);
  }, 30_000);

  test("whatever words meet often, rarely, long ago or never, the answer is that of a look at every line", async () => {
    await book();
    const { id } = await lineOf(await numbered());
    const names = Array.from({ length: 9000 }, (_, i) => [i % 2 === 0 ? "nguyen" : "tran", i % 150 === 0 && "hoa", i < 1500 && "le", i === 7 && "ung", i % 4000 === 3 && "phamx"].filter((word) => word !== false)); // biome-ignore format: one line
    await sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`insert into paper_line (id, agency_id, book_id, suffix, year, number, dossier_id, status, printed_on, numbered_at, officer_id, signer_name,
          signer_title, mandate_id, applicant_name, title, copies, fee_dong, voided_by, voided_at, void_reason)
        select md5('many' || i)::uuid, agency_id, book_id, suffix, year, i + 100, dossier_id, 'voided', '2020-01-01'::date + (i / 10)::int, numbered_at, officer_id,
          signer_name, signer_title, mandate_id, name, 'x', copies, fee_dong, officer_id, numbered_at, 'x'
        from paper_line l, unnest(${names.map((words) => words.join(" "))}::text[]) with ordinality n (name, i) where l.id = ${id}`;
      await tx`select index_line(md5('many' || i)::uuid) from generate_series(1, ${names.length}::int) i`;
    });
    const having = (fits: (words: readonly string[]) => boolean) =>
      names.flatMap((words, i) => (fits(words) ? [i + 101] : [])).toReversed().slice(0, 50); // biome-ignore format: one line
    const expected = (asked: readonly string[]) => {
      const whole = having((words) => asked.every((word) => words.includes(word)));
      const last = asked.at(-1) ?? "";
      const begun = (words: readonly string[]) =>
        words.some((word) => word === last || (last.length > 2 && word.startsWith(last)));
      return whole.length > 0 ? whole : having((words) => asked.slice(0, -1).every((word) => words.includes(word)) && begun(words)); // biome-ignore format: one line
    };
    for (const text of ["nguyen", "nguyen tran", "hoa", "hoa nguyen", "hoa tran", "le hoa", "hoa le", "tran ung", "nguyen ung", "tran pha", "nguyen tran pha", "le tran phamx", "tran ph", "ngu", "le un", "hoa tra", "nguyen hoa le ung"]) // biome-ignore format: one line
      expect([text, await search({ text })]).toEqual([text, expected(text.split(" "))]);
  }, 60_000);

  test("a title of any length and signs is kept and found: the index never stops a number from being taken", async () => {
    await book();
    await lineFor("𝒳 ẞ \u0301 Ω 中文 (hư cấu)", `${"dài".repeat(900)} ${"từ ".repeat(3000)}`);
    expect(await search({ text: "中文" })).toEqual([1]);
    expect(fewWords(" một  hai ".repeat(20)).split(" ")).toHaveLength(12);
  });
});
