import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { searchDossiers } from "../../db/stores/search.ts";
import type { Instant } from "../../src/core/kernel.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { agency, morning } from "./desk.ts";
import { keepAgencies, openedAt } from "./presented-papers.ts";

let database: FreshDatabase;
let sql: FreshDatabase["sql"];

const titles = ["Bằng tốt nghiệp", "Giấy khai sinh", "Chứng chỉ ngoại ngữ", "Giấy phép lái xe"];
const holders = ["Nguyễn Thị Hoà", "NGUYỄN ĐỨC ÁNH", "Trần Văn Hòa", "Đỗ Thị Ánh Tuyết", "李娜"];
const submissions = 24;

beforeAll(async () => {
  database = await freshDatabase();
  sql = database.owner.sql;
  await keepAgencies(sql);
  for (let i = 0; i < submissions; i++) {
    const { dossierId } = await openedAt(sql, () => minutesLater(i * 7));
    await sql`update dossier set title = ${`${titles[i % 4]} số ${i}`}, holder_name = ${`${holders[i % 5]} (hư cấu)`},
      document_number = ${`QH-2019/${100 + i}`}, issued_by = ${i % 3 === 0 ? null : "Sở Giáo dục (hư cấu)"} where id = ${dossierId}`;
    if (i % 4 === 0) await besides(dossierId, i);
    await numbered(dossierId, i);
  }
  // Too long for a row of the index, with what is looked for behind its end.
  await sql`update dossier set contact = ${`${"dài ".repeat(700)}cuối`} where title like '%số 5'`;
});
afterAll(() => database.drop());

const minutesLater = (minutes: number): Instant =>
  new Date(Date.parse(morning) + minutes * 60_000).toISOString().replace(".000", "") as Instant;

/** Two papers more; the second as if the clock had been put back before it was added. */
async function besides(dossierId: string, i: number): Promise<void> {
  for (const [ordinal, minutes] of [
    [2, 1],
    [3, i % 8 === 0 ? -30 : 2],
  ])
    await sql`insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, kind, title, holder_name,
        declared_pages, opened_by, opened_at, due_at)
      select gen_random_uuid(), agency_id, submission_id, ${ordinal ?? 0}, status, applicant_name, kind, 'Học bạ', holder_name, 1, opened_by,
        opened_at + ${minutes ?? 0} * interval '1 minute', due_at from dossier where id = ${dossierId}`;
}

async function numbered(dossierId: string, i: number): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into paper_line (id, agency_id, book_id, suffix, year, number, dossier_id, status, printed_on, numbered_at, officer_id, signer_name,
        signer_title, mandate_id, applicant_name, title, copies, fee_dong)
      select gen_random_uuid(), agency_id, gen_random_uuid(), 'SCT/BS', ${i % 2 === 0 ? 2025 : 2026}, ${i + 1}, id, 'in_progress', '2026-01-05', opened_at,
        opened_by, 'Lò Văn Ký (hư cấu)', '{}', gen_random_uuid(), applicant_name, title, 1, 0 from dossier where id = ${dossierId}`;
  });
}

/** What the words mean, read from the dossiers themselves, every one of them. */
async function plainScan(words: readonly string[], limit: number): Promise<string[]> {
  const fits = words.map((word) => {
    const [, number, year] = /^0*([1-9]\d{0,6})(?:\/(\d{4}))?$/.exec(word) ?? [];
    const line = sql`or exists (select 1 from register_line c where c.dossier_id = d.id and c.number = ${Number(number ?? 0)}
      and c.year = coalesce(${year ?? null}::int, c.year))`;
    return sql`and (strpos(plain_text(concat_ws(' ', d.id, d.applicant_name, d.holder_name, d.kind, d.title, d.document_number, d.issued_by, d.contact)), plain_text(${word})) > 0
      or strpos(plain_text(s.code), plain_text(${word})) > 0 ${line})`;
  });
  const rows = await sql<{ id: string }[]>`
    select d.id from dossier d join submission s on s.id = d.submission_id where d.agency_id = ${agency} ${fits}
    order by (select min(o.opened_at) from dossier o where o.submission_id = s.id) desc, s.id, d.ordinal_in_submission limit ${limit}`;
  return rows.map(({ id }) => id);
}
const found = async (words: readonly string[], limit: number) =>
  (await searchDossiers(sql, agency, words, limit)).map(({ id }) => id as string);

describe("searching dossiers", () => {
  test("finds what a look at every dossier finds, in its order: marks, parts of words, numbers, codes, long texts, a clock put back", async () => {
    const [one] = await sql<
      { id: string; code: string }[]
    >`select d.id, s.code from dossier d join submission s on s.id = d.submission_id limit 1`;
    const typed = [
      ...[
        "Hòa",
        "hoa",
        "uye",
        "nguyễn ĐỨC",
        "李",
        "giấy khai",
        "qh-2019/1",
        "2019/10",
        "H55.242",
        "h55",
        "-",
        "1",
        "07",
        "7/2025",
        "7/2026",
        "11 bang",
      ],
      ...[
        "cuối",
        "dai cuoi",
        "hoc ba",
        "so 5 cuoi",
        "khong-co",
        "100%",
        "_",
        "\u0301",
        one?.code ?? "",
        one?.id ?? "",
        "giao duc tuyet",
      ],
    ];
    for (const words of typed.map((text) => text.split(" ")))
      for (const limit of [3, 200])
        expect([words, await found(words, limit)]).toEqual([words, await plainScan(words, limit)]);
    expect(await found(["cuoi"], 20)).toHaveLength(1);
    expect(await found(["hoc", "ba"], 20)).toHaveLength((submissions / 4) * 2);
  });

  test("PERFORMANCE, growth: looks through the agency's own part of an index, in the order of the answer, never through the table", async () => {
    const plan = await sql.begin(async (tx) => {
      await tx`set local enable_seqscan = off`; // a small table is read whole: whether there is a better way is what is asked
      return tx.unsafe(`explain select dossier_id from dossier_search f where agency_id = 'x' and octet_length(f.plain) <= 2000
        and strpos(f.plain, 'a') > 0 order by first_at desc, submission_id, ordinal limit 20`);
    });
    const lines = plan.map((row) => String(Object.values(row)[0])).join("\n");
    expect(lines).toContain("Index Only Scan using dossier_search_in_order");
    expect(lines).toMatch(/Index Cond: \(agency_id = 'x'::text\)/);
    expect(lines).not.toContain("Sort");
  });
});
