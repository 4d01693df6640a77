import type { Sql } from "postgres";
import type { Actor, Dossier, Original, Page, PageFinding, PageForm } from "../../src/core/dossier.ts";
import type { BlobId, DossierId, OriginalId } from "../../src/core/ids.ts";
import type { Sha256 } from "../../src/core/kernel.ts";
import type { EarlierPage, KeptPage, ReadingWorld, WordlessPage } from "../../src/usecases/read-original.ts";
import type { noteEvent } from "./events.ts";

type Transaction = Parameters<typeof noteEvent>[0];

export async function insertPage(tx: Transaction, original: Original, index: number, page: KeptPage): Promise<void> {
  const warnings = [...new Set(page.findings.map(({ code }) => code))];
  await tx`
    insert into page (original_id, index_in_original, dossier_id, blob_id, sha256, width_px, height_px, dpi, dpi_source,
      upright_turn, blank, warnings, findings, fingerprint)
    values (${original.id}, ${index}, ${original.dossierId}, ${page.blobId}, ${page.sha256}, ${page.widthPx},
      ${page.heightPx}, ${page.dpi}, ${page.dpiSource}, ${page.uprightTurn}, ${page.blank}, ${warnings},
      ${JSON.stringify(page.findings)}::text::jsonb, ${page.fingerprint})`;
  if (page.straight === null) return;
  const { blobId, sha256, widthPx, heightPx, dpi, corners } = page.straight;
  await tx`
    insert into page_straight (original_id, index_in_original, blob_id, sha256, width_px, height_px, dpi, corners)
    values (${original.id}, ${index}, ${blobId}, ${sha256}, ${widthPx}, ${heightPx}, ${dpi},
      ${JSON.stringify(corners)}::text::jsonb)`;
}

/** Pages of the dossier's other originals, in their order. */
export async function earlierPages(sql: Sql, original: Original): Promise<readonly EarlierPage[]> {
  const rows = await sql<{ sha256: string; fingerprint: Uint8Array<ArrayBuffer> | null }[]>`
    select p.sha256, p.fingerprint from page p join original o on o.id = p.original_id
    where p.dossier_id = ${original.dossierId} and p.original_id <> ${original.id}
    order by o.ordinal, p.index_in_original`;
  return rows.map(({ sha256, fingerprint }) => ({
    sha256: sha256 as Sha256,
    fingerprint: fingerprint === null ? null : new Uint8Array(fingerprint),
  }));
}

type WordlessRow = {
  index_in_original: number;
  blob_id: string;
  width_px: number;
  height_px: number;
  dpi: number;
  blank: boolean;
  straight_width: number | null;
  straight_height: number | null;
  straight_dpi: number | null;
  corners: string | null;
};

export async function pagesWithoutWords(sql: Sql, original: Original): Promise<readonly WordlessPage[]> {
  const rows = await sql<WordlessRow[]>`
    select p.index_in_original, p.blob_id, p.width_px, p.height_px, p.dpi, p.blank, s.width_px as straight_width,
      s.height_px as straight_height, s.dpi as straight_dpi, s.corners::text as corners
    from page p left join page_straight s using (original_id, index_in_original)
    where p.original_id = ${original.id} and p.words_blob_id is null and not exists (
      select 1 from page_words w
      where w.original_id = p.original_id and w.index_in_original = p.index_in_original)
    order by p.index_in_original`;
  return rows.map((row) => ({
    index: row.index_in_original,
    blobId: row.blob_id as BlobId,
    widthPx: row.width_px,
    heightPx: row.height_px,
    dpi: row.dpi,
    blank: row.blank,
    straight:
      row.corners === null
        ? null
        : {
            widthPx: row.straight_width ?? 0,
            heightPx: row.straight_height ?? 0,
            dpi: row.straight_dpi ?? 0,
            corners: JSON.parse(row.corners),
          },
  }));
}

export async function keepWords(
  sql: Sql,
  original: Original,
  index: number,
  { blobId, straightBlobId, printed }: Parameters<ReadingWorld["keepWords"]>[2],
): Promise<void> {
  await sql`
    insert into page_words (original_id, index_in_original, blob_id, straight_blob_id, printed_number, printed_total)
    values (${original.id}, ${index}, ${blobId}, ${straightBlobId}, ${printed?.number ?? null}, ${printed?.total ?? null})
    on conflict do nothing`;
}

/** Under the dossier's row lock, so that no choice falls behind its attestation. */
export async function keepForm(sql: Sql, dossier: Dossier, page: Page, form: PageForm, actor: Actor): Promise<boolean> {
  return sql.begin(async (tx) => {
    const [open] = await tx`select id from dossier where id = ${dossier.id} and status = 'read' for update`;
    if (open === undefined) return false;
    await tx`insert into page_form (original_id, index_in_original, form, person_id, chosen_at)
      values (${page.originalId}, ${page.indexInOriginal}, ${form}, ${actor.personId},
        date_trunc('second', clock_timestamp()))`;
    return true;
  });
}

type PageRow = {
  number: number;
  original_id: string;
  index_in_original: number;
  form: PageForm | null;
  blob_id: string;
  other_blob_id: string | null;
  other_sha256: string | null;
  words: string | null;
  sha256: string;
  width_px: number;
  height_px: number;
  dpi: number;
  blank: boolean;
  findings: string;
  taken_sha256: string;
  warnings: string[];
  printed_number: number | null;
  printed_total: number | null;
  confirmed: string | null;
};

/** Pages that are not left out, in the order of the scans, each in the form that was chosen; the number of a page follows from it. */
export async function pagesOf(sql: Sql, dossierId: DossierId): Promise<Page[]> {
  const rows = await sql<PageRow[]>`
    with chosen as (
      select p.*, o.ordinal, w.blob_id as late_words, w.straight_blob_id, w.printed_number, w.printed_total,
        s.blob_id as s_blob, s.sha256 as s_sha256, s.width_px as s_width, s.height_px as s_height, s.dpi as s_dpi,
        s.blob_id is not null and coalesce((select f.form from page_form f where f.original_id = p.original_id
          and f.index_in_original = p.index_in_original order by f.id desc limit 1), 'as_taken') = 'straightened' as straight
      from standing_page p join original o on o.id = p.original_id
        left join page_words w on w.original_id = p.original_id and w.index_in_original = p.index_in_original
        left join page_straight s on s.original_id = p.original_id and s.index_in_original = p.index_in_original
      where p.dossier_id = ${dossierId}),
    numbered as (
      select original_id, index_in_original, findings::text as findings, warnings, blank, printed_number, printed_total,
        sha256 as taken_sha256,
        row_number() over (order by ordinal, index_in_original)::int as number,
        case when straight then 'straightened' else 'as_taken' end as form,
        case when straight then s_blob else blob_id end as blob_id,
        case when straight then blob_id else s_blob end as other_blob_id,
        case when straight then sha256 else s_sha256 end as other_sha256,
        case when straight then s_sha256 else sha256 end as sha256,
        case when straight then s_width else width_px end as width_px,
        case when straight then s_height else height_px end as height_px,
        case when straight then s_dpi else dpi end as dpi,
        coalesce(words_blob_id, case when straight then straight_blob_id else late_words end) as words
      from chosen)
    select n.*, (select c.stream_sha256 from confirmation c
      where c.dossier_id = ${dossierId} and c.page = n.number and c.stream_sha256 = n.sha256 limit 1) as confirmed
    from numbered n order by number`;
  return rows.map((row) => pageOf(row, rows));
}

function pageOf(row: PageRow, rows: readonly PageRow[]): Page {
  const { form, other_blob_id: blobId, other_sha256: sha256 } = row;
  return {
    originalId: row.original_id as OriginalId,
    indexInOriginal: row.index_in_original,
    number: row.number,
    blobId: row.blob_id as BlobId,
    wordsBlobId: row.words as BlobId | null,
    form: form ?? "as_taken",
    otherForm: blobId === null || sha256 === null ? null : { blobId: blobId as BlobId, sha256: sha256 as Sha256 },
    streamSha256: row.sha256 as Sha256,
    widthPx: row.width_px,
    heightPx: row.height_px,
    dpi: row.dpi,
    blank: row.blank,
    findings: findingsOf(row, rows),
    printed: row.printed_number === null ? null : { number: row.printed_number, total: row.printed_total },
    confirmedSha256: row.confirmed as Sha256 | null,
  };
}

/**
 * Pages kept before findings had places have their codes only. Places are of the page as taken. A page repeats another that
 * stands, never itself: the very same scan twice has one digest.
 */
function findingsOf(row: PageRow, rows: readonly PageRow[]): readonly PageFinding[] {
  const { findings, warnings, form } = row;
  const kept: (Omit<PageFinding, "of"> & { of: string | null })[] = JSON.parse(findings);
  const known = kept.length > 0 ? kept : warnings.map((code) => ({ code, place: null, of: null }));
  return known.map(({ code, place, of }) => ({
    code,
    place: form === "straightened" ? null : place,
    of: of === null ? null : (rows.find((other) => other !== row && other.taken_sha256 === of)?.number ?? null),
  }));
}
