import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { booksOf, closeBookWith } from "../../db/stores/administration.ts";
import { bookNamesOf, keepBookNames, namesEver } from "../../db/stores/book-names.ts";
import { keepBook } from "../../db/stores/books.ts";
import { appendLeaf } from "../../db/stores/log.ts";
import { takeNumber } from "../../db/stores/numbers.ts";
import { keepPaperVoid } from "../../db/stores/paper-lines.ts";
import { registerOfDay } from "../../db/stores/register.ts";
import { totalsOf } from "../../db/stores/register-prints.ts";
import { strangeEntries } from "../../db/stores/sealed-entries.ts";
import type { BlobId, BookId, CertificateId } from "../../src/core/ids.ts";
import { type Bytes, type Instant, ok } from "../../src/core/kernel.ts";
import { auditLog } from "../../src/core/log/audit.ts";
import { decodeLeaf, encodeLeaf } from "../../src/core/log/leaf.ts";
import type { PaperLineId } from "../../src/core/paper-line.ts";
import { type BookKind, type BookNames, usualBookNames } from "../../src/core/register.ts";
import type { Period } from "../../src/core/register-print.ts";
import { nameBooks } from "../../src/usecases/administration/name-books.ts";
import { noteOf } from "../../src/usecases/administration/note.ts";
import { openYearsBook } from "../../src/usecases/administration/open-years-book.ts";
import { openBook } from "../../src/usecases/open-book.ts";
import type { House } from "../../src/wiring/house.ts";
import { publishPaper } from "../../src/wiring/publishing.ts";
import { registerSearchWorld } from "../../src/wiring/register-lines.ts";
import { agency, morning } from "./desk.ts";
import { actor, aPaper, aSigner, compared, issued, lineOf, numbered, openPaperDesk, ownerSql as sql, take, today } from "./paper-desk.ts"; // biome-ignore format: one line

openPaperDesk();

const shared: BookNames = { electronic: "SCT/BS", paper: "SCT/BS" };
const logTime = "2026-11-22T09:00:00Z" as Instant;
const name = (names: BookNames, year = 2026, now = morning) =>
  nameBooks(year, names, actor, { now: () => now, keepNames: (...kept) => keepBookNames(sql, ...kept) });
const open = (suffix: string, year = 2026) =>
  keepBook(sql, { id: randomUUID() as BookId, agencyId: agency, suffix, year, openedAt: morning });

/** As the rebuilding from a public log writes it, whatever this store calls its books. */
const broughtBack = (suffix: string) =>
  sql`insert into book (id, agency_id, suffix, year, ordinal, opened_at)
    values (${randomUUID()}, ${agency}, ${suffix}, 2026, 1, ${morning})`;

async function aBlob(): Promise<BlobId> {
  const id = randomUUID() as BlobId;
  await sql`insert into agency_key (agency_id, master_key_id, key_wrapped) values (${agency}, 'none', ${randomBytes(60)}) on conflict do nothing`;
  await sql`insert into blob (id, agency_id, kind, sha256, size_bytes, key_wrapped)
    values (${id}, ${agency}, 'code', ${"0".repeat(64)}, 1, ${randomBytes(60)})`;
  return id;
}

/** An electronic number in the book that the year names for it. */
async function takeElectronic(called?: string) {
  const [dossier, codeBlobId] = [await aPaper("attested", false), await aBlob()];
  const suffix = called ?? (await bookNamesOf(sql, agency, 2026)).electronic;
  const fresh = { id: randomUUID() as CertificateId, codeHash: new Uint8Array(randomBytes(32)), codeBlobId };
  const number = { dossier, signer: aSigner(), today, suffix, feeDong: 0, fresh };
  return takeNumber(sql, { ...number, beforeCommit: async () => undefined });
}

/** What the job does, and the leaf of each electronic number as its sealing would append it. */
async function publishAll(): Promise<void> {
  const house = { sql, now: () => logTime, writeLog: async () => undefined } as unknown as House;
  const jobs = await sql<{ subject: PaperLineId }[]>`select subject from job where kind = 'publish_paper'`;
  for (const { subject } of [...jobs, ...jobs]) await publishPaper(house, subject);
  const lines = await sql<{ id: CertificateId; bookId: BookId; number: number; suffix: string }[]>`
    select id, book_id as "bookId", number, suffix from certificate order by number`;
  for (const { id, bookId, number, suffix } of lines) {
    const facts = {
      agencyId: agency,
      bookId: `01/2026-${suffix}`,
      number,
      commitment: new Uint8Array(32).fill(number),
    };
    const leafAt = (time: Instant) => encodeLeaf({ event: "issued", time, ...facts });
    await appendLeaf(sql, { event: "issued", certificateId: id, bookId, salt: null, now: logTime, leafAt });
  }
}

/** As an auditor would, a week later. @param sees which leaves are shown to it */
async function audited(sees: (event: string) => boolean = () => true) {
  const audit = auditLog("2026-11-30T00:00:00Z" as Instant);
  for (const { leaf, index } of await sql<
    { leaf: Bytes; index: string }[]
  >`select leaf, index from log_entry order by index`) {
    const read = decodeLeaf(new Uint8Array(leaf));
    if (read.ok && sees(read.value.event)) audit.add(read.value, Number(index));
  }
  return audit.findings();
}

/** A line of the one kind under a number of the other. */
const twin = (of: "paper_line" | "certificate", into: "paper_line" | "certificate") =>
  sql.unsafe(`with taken as (select number as n from ${of} limit 1), model as (select * from ${into} where status <> 'voided' limit 1)
    insert into ${into} overriding user value select (jsonb_populate_record(null::${into}, to_jsonb(m) || jsonb_build_object('id', gen_random_uuid(), 'number', n))).* from model m, taken`);

describe("one series for copies on paper and electronic ones", () => {
  test("REG-5, REG-1: of both kinds twelve at once take 1 to 12, each once, in one book; the log accounts for each and no auditor objects", async () => {
    expect(await name(shared)).toEqual(ok(null));
    await open("SCT/BS");
    const papers = await Promise.all(Array.from({ length: 6 }, compared));
    const taken = await Promise.all(papers.flatMap((paper) => [take(paper), takeElectronic()]));
    const numbers = taken.map((it) => (it.ok ? it.value.number : 0)).toSorted((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    const [given] = papers;
    if (given !== undefined) await keepPaperVoid(sql, await lineOf(given.id), "Viết nhầm (hư cấu)", actor);
    await publishAll();
    const { cheats, series } = await audited();
    expect(cheats).toEqual([]);
    expect(series).toMatchObject([
      { series: "2026-SCT/BS", last: 12, issued: 6, onPaper: 6, voided: 1, inProgress: [] },
    ]);
    const hidden = await audited((event) => event !== "on_paper");
    expect(hidden.cheats.map(({ code }) => code)).toEqual(["number_missing"]);
    expect(await strangeEntries(sql, agency, 10)).toEqual([]);
    expect((await registerOfDay(sql, agency, "SCT/BS", today)).map(({ number }) => number)).toEqual(numbers);
    for (const [from, to] of [
      ["paper_line", "certificate"],
      ["certificate", "paper_line"],
    ] as const)
      await expect(twin(from, to), to).rejects.toThrow(/REG-1: a number is used once/);
    const totals = await totalsOf(sql, { agencyId: agency, suffix: "SCT/BS" }, "2026-11" as Period);
    expect([totals.firstNumber, totals.lastNumber]).toEqual([1, 12]);
  });

  test("REG-5: where nobody chose, each kind has its own 1 to n, and the log tells nothing of paper", async () => {
    await open(usualBookNames.paper);
    await open(usualBookNames.electronic);
    const taken = [await take(await compared()), await takeElectronic(), await take(await compared())];
    expect(taken.map((it) => it.ok && [it.value.number, it.value.bookText])).toEqual([
      [1, "01/2026-SCT/BS"],
      [1, "01/2026-SCTĐT/BS"],
      [2, "01/2026-SCT/BS"],
    ]);
    await publishAll();
    expect((await audited()).series).toMatchObject([{ series: "2026-SCTĐT/BS", last: 1, issued: 1, onPaper: 0 }]);
  });
});

describe("what books are called", () => {
  test("REG-5: a book is opened under no former name, and told so: not that one of its kind is open", async () => {
    expect(await name({ electronic: "BS/ĐT", paper: "SCT/BS" })).toEqual(ok(null));
    const world = { now: () => morning, newBookId: () => randomUUID() as BookId };
    const keep = { ...world, keepBook: (one: Parameters<typeof keepBook>[1]) => keepBook(sql, one) };
    expect(await openBook("SCTĐT/BS", actor, keep)).toEqual({ ok: false, failure: { code: "book_name_over" } });
    const byAdmin = await openYearsBook({ suffix: "SCTĐT/BS", year: 2026 }, actor, keep);
    expect(byAdmin).toEqual({ ok: false, failure: { code: "book_name_over" } });
    expect(await booksOf(sql, agency)).toEqual([]);
  });

  test("REG-5: before the first number of the year, and while no book is open; then the names stay, whoever asks", async () => {
    expect(await name({ electronic: "BS/ĐT", paper: "SCT/BS" })).toEqual(ok(null));
    await open("SCT/BS");
    expect(await name({ electronic: "BS", paper: "BS" })).toMatchObject({ failure: { code: "book_names_in_use" } });
    await numbered();
    const [book] = await booksOf(sql, agency);
    if (book === undefined) throw new Error("no book");
    await sql`update paper_line set status = 'voided', void_reason = 'x (hư cấu)', voided_at = now()`;
    await closeBookWith(sql, book.id, morning, noteOf(actor, "book_closed", "", morning));
    expect(await name(shared)).toMatchObject({ failure: { code: "book_names_in_use" } });
    await expect(sql`update book_naming set paper = 'KHAC'`).rejects.toThrow();
    const lower = sql`insert into book_naming (agency_id, year, electronic, paper, kept_by, kept_at)
      values (${agency}, 2030, 'bs', 'BS', ${actor.personId}, ${morning})`;
    await expect(lower).rejects.toThrow(/check/);
    const acts = await sql`select about from admin_event where what = 'books_named'`;
    expect(acts.map(({ about }) => about)).toEqual(["2026: BS/ĐT, SCT/BS"]);
  });

  test("REG-5: a book that was opened by mistake is closed, and then its year may be named", async () => {
    await open(usualBookNames.electronic);
    expect((await name(shared)).ok).toBe(false);
    for (const { id } of await booksOf(sql, agency)) {
      await closeBookWith(sql, id, morning, noteOf(actor, "book_closed", "", morning));
    }
    expect(await name(shared)).toEqual(ok(null));
    expect(await bookNamesOf(sql, agency, 2026)).toEqual(shared);
  });

  test("REG-5: a naming holds on in later years and in none before; the search knows every name a book had", async () => {
    const december = "2026-12-05T03:00:00Z" as Instant;
    expect(await name(shared, 2028, december)).toMatchObject({ failure: { code: "not_found" } });
    await open(usualBookNames.electronic);
    expect(await name(shared, 2027, december)).toEqual(ok(null));
    expect(await bookNamesOf(sql, agency, 2026)).toEqual(usualBookNames);
    expect(await bookNamesOf(sql, agency, 2031)).toEqual(shared);
    await open("SCT/BS", 2027);
    expect(await namesEver(sql, agency, "electronic")).toEqual([
      { suffix: "SCT/BS", from: 2027, to: 2027 },
      { suffix: "SCTĐT/BS", from: 2026, to: 2026 },
    ]);
  });

  test("REG-5: the search tells no line of a year in which the name was the other kind's", async () => {
    await open(usualBookNames.electronic);
    await open(usualBookNames.paper);
    await numbered(); // on paper, in SCT/BS of 2026
    expect(await name(shared, 2027, "2026-12-05T03:00:00Z" as Instant)).toEqual(ok(null));
    await open("SCT/BS", 2027);
    const asked = { text: "", from: null, to: null, officerId: null, after: null };
    const world = registerSearchWorld({ sql } as House);
    const found = async (kind: BookKind) => (await world.search(actor as never, kind, asked)).lines.length;
    expect([await found("electronic"), await found("paper")]).toEqual([0, 1]);
  });

  test("REG-5: names are not swapped while a book is open, and a number asked for under the former name is not taken", async () => {
    const swapped = { electronic: usualBookNames.paper, paper: usualBookNames.electronic };
    await open(usualBookNames.electronic);
    await open(usualBookNames.paper);
    expect(await name(swapped)).toMatchObject({ failure: { code: "book_names_in_use" } });
    for (const { id } of await booksOf(sql, agency)) {
      await closeBookWith(sql, id, morning, noteOf(actor, "book_closed", "", morning));
    }
    const before = await bookNamesOf(sql, agency, 2026);
    expect(await name(swapped)).toEqual(ok(null));
    await open(usualBookNames.electronic);
    await open(usualBookNames.paper);
    expect(await takeElectronic(before.electronic)).toMatchObject({ failure: { code: "no_open_book" } });
    expect(await takeElectronic()).toMatchObject({ ok: true, value: { bookText: "02/2026-SCT/BS", number: 1 } });
  });

  test("REG-5: no book is opened under a name that was changed meanwhile; lines of later years keep the names that hold for them", async () => {
    expect(await name(shared)).toEqual(ok(null));
    expect(await open(usualBookNames.electronic)).toBe("name_over");
    await open("SCT/BS");
    await issued();
    for (const { id } of await booksOf(sql, agency)) {
      expect(await closeBookWith(sql, id, morning, noteOf(actor, "book_closed", "", morning))).toMatchObject({
        ok: true,
      });
    }
    const [none] = await sql`select 1 from book_naming where year < 2026`;
    expect(none).toBeUndefined();
    await sql`alter table book_naming disable trigger book_naming_is_kept`;
    await sql`update book_naming set year = 2025`; // as if it had held since the year before
    const earlier = sql`insert into book_naming (agency_id, year, electronic, paper, kept_by, kept_at)
      values (${agency}, 2025, 'SCTĐT/BS', 'SCT/BS', ${actor.personId}, ${morning})`;
    await expect(earlier).rejects.toThrow("REG-5: books in use keep their names");
    await sql`alter table book_naming enable trigger book_naming_is_kept`;
  });

  test("REG-5: what a restored log brought back under names that this store forgot may be named as it was, and not otherwise", async () => {
    for (const suffix of ["LOG/BS", "LOG/ĐT"]) await broughtBack(suffix);
    expect(await name(shared)).toMatchObject({ failure: { code: "book_names_in_use" } });
    expect(await name({ electronic: "LOG/ĐT", paper: "LOG/BS" })).toEqual(ok(null));
  });
});
