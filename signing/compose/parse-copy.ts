import type { Font } from "fontkit";
import { fail, ok, type Result } from "../../src/core/kernel.ts";
import type { AppearanceSizes, ComposeFailure, CopyToCompose, OriginalPage } from "./copy-to-compose.ts";
import { measureSheet, type Sheet } from "./measure-sheet.ts";
import { type PageImage, readPageImage } from "./page-image.ts";
import { makeQrCode, type QrCode } from "./qr.ts";
import type { Fonts } from "./typeface.ts";

/** One of each a page. */
export type ParsedPages = { readonly sheets: readonly Sheet[]; readonly images: readonly PageImage[] };

/** A copy that can be drawn: texts in NFC, every page measured, both codes made. */
export type ParsedCopy = ParsedPages & {
  readonly copy: CopyToCompose;
  readonly linkCode: QrCode;
  readonly signedCode: QrCode;
  /** Host of the link, as people compare it. */
  readonly host: string;
};

/**
 * Everything that can be refused before anything is drawn, apart from text that does not fit.
 *
 * @param known the same pages, parsed for another copy
 */
export function parseCopy(
  input: CopyToCompose,
  fonts: Fonts,
  known: ParsedPages | null = null,
): Result<ParsedCopy, ComposeFailure> {
  const copy = withDrawableFacts(withCleanTexts(input), fonts.regular.font);
  if (copy.original.pages.length === 0) return fail({ code: "no_pages" });
  if (!isPossible(copy.appearances)) return fail({ code: "appearance_out_of_bounds" });
  const strange = undrawable(copy, fonts.regular.font);
  if (strange !== null) return fail({ code: "character_not_in_font", character: strange });

  const pages = known === null ? parsePages(copy.original.pages) : ok(known);
  if (!pages.ok) return pages;
  const linkCode = parseLink(copy.linkUrl, "link", 5);
  if (!linkCode.ok) return linkCode;
  const signedCode = parseLink(copy.signedCodeUrl, "signed_code", 14);
  if (!signedCode.ok) return signedCode;

  return ok({
    copy,
    ...pages.value,
    linkCode: linkCode.value,
    signedCode: signedCode.value,
    host: new URL(copy.linkUrl).host,
  });
}

type ParsedPage = { readonly sheet: Sheet; readonly image: PageImage };

function parsePages(pages: readonly OriginalPage[]): Result<ParsedPages, ComposeFailure> {
  const parsed: ParsedPage[] = [];
  for (const page of pages) {
    const one = parsePage(page, parsed.length + 1);
    if (!one.ok) return one;
    parsed.push(one.value);
  }
  return ok({ sheets: parsed.map(({ sheet }) => sheet), images: parsed.map(({ image }) => image) });
}

function parsePage(scan: OriginalPage, page: number): Result<ParsedPage, ComposeFailure> {
  const image = readPageImage(scan.image);
  if (!image.ok) return fail({ ...image.failure, page });
  const { widthPx, heightPx } = image.value;
  if (widthPx !== scan.widthPx || heightPx !== scan.heightPx) {
    return fail({ code: "page_pixels_differ", page, widthPx, heightPx });
  }
  const sheet = measureSheet(scan);
  return sheet.ok ? ok({ sheet: sheet.value, image: image.value }) : fail({ ...sheet.failure, page });
}

function parseLink(text: string, link: "link" | "signed_code", largestVersion: 5 | 14): Result<QrCode, ComposeFailure> {
  if (!/^https?:\/\/[!-~]+$/.test(text) || !URL.canParse(text)) return fail({ code: "malformed_link", link });
  const code = makeQrCode(text, largestVersion);
  return code.ok ? code : fail({ ...code.failure, link });
}

/** One line of text in one form: NFC, single spaces. Fonts and searches know one form only. */
const clean = (text: string): string => text.normalize("NFC").replace(/\s+/gu, " ").trim();

function withCleanTexts(input: CopyToCompose): CopyToCompose {
  const { certificate, original } = input;
  const officer = { name: clean(certificate.officer.name), titleLines: certificate.officer.titleLines.map(clean) };
  return {
    ...input,
    certificate: {
      ...certificate,
      number: clean(certificate.number),
      book: clean(certificate.book),
      agency: clean(certificate.agency),
      place: clean(certificate.place),
      officer,
    },
    original: {
      ...original,
      title: clean(original.title),
      facts: original.facts.map(({ label, value }) => ({ label: clean(label), value: clean(value) })),
    },
  };
}

/** First character that the faces (all of one family) cannot draw; a missing one would print as an empty box. */
function undrawable({ certificate, original }: CopyToCompose, font: Font): string | null {
  const { number, book, agency, place, officer } = certificate;
  const shown = [
    number,
    book,
    agency,
    agency.toUpperCase(),
    place,
    officer.name,
    ...officer.titleLines,
    original.title,
  ];
  return firstUndrawable(shown.join(""), font);
}

const firstUndrawable = (text: string, font: Font): string | null =>
  [...text].find((sign) => /\p{C}/u.test(sign) || !font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0)) ?? null;

/** Facts are a help to the reader: one that cannot be drawn is left out, and hinders no copy. */
function withDrawableFacts(copy: CopyToCompose, font: Font): CopyToCompose {
  const facts = copy.original.facts.filter(({ label, value }) => firstUndrawable(label + value, font) === null);
  return { ...copy, original: { ...copy.original, facts } };
}

function isPossible({ signatureWidthMm, signatureHeightMm, sealDiameterMm }: AppearanceSizes): boolean {
  const within = (value: number, least: number, most: number) => value >= least && value <= most;
  return within(signatureWidthMm, 20, 80) && within(signatureHeightMm, 8, 40) && within(sealDiameterMm, 15, 45);
}
