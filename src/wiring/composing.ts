import { setTimeout } from "node:timers/promises";
import { bookNamesOf } from "../../db/stores/book-names.ts";
import { offSiteOf } from "../../db/stores/off-site.ts";
import { pagesOf } from "../../db/stores/pages.ts";
import { lookUpsOf } from "../../db/stores/sources.ts";
import { type ComposeCopy, copyComposer } from "../../signing/compose/compose-copy.ts";
import { type CopyToCompose, type OriginalPage, usualAppearances } from "../../signing/compose/copy-to-compose.ts";
import { confirmedFacts } from "../../signing/compose/wording.ts";
import type { Certificate, Dossier, Page, Signer } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { type Bytes, bytesOfHex, fail, type LocalDate, ok, type Result } from "../core/kernel.ts";
import { keysFor } from "../core/key-list.ts";
import { initialsOf, maskedNumber } from "../core/masking.ts";
import { actOf } from "../core/off-site.ts";
import { bookText, numberText, placeOf, yearOf } from "../core/register.ts";
import { fingerprintOf, makeSignedCode, signedCodeUrl } from "../core/signed-code.ts";
import { type VerificationCode, verificationCodeOf } from "../core/verification-code.ts";
import { es256Signer } from "../publish/node-keys.ts";
import type { Failure } from "../usecases/failure.ts";
import { codeOf, linkOf } from "./codes.ts";
import { agencyNameOf, type House, randomOf, readBlob } from "./house.ts";
import { unpackWords } from "./kept-words.ts";
import { lookedUpFacts } from "./source-wording.ts";

/** What of a register line is printed. */
type Line = Pick<
  Certificate,
  | "agencyId"
  | "bookText"
  | "number"
  | "printedOn"
  | "numberedAt"
  | "signerName"
  | "signerTitle"
  | "statusIndex"
  | "copy"
  | "copies"
>;

/**
 * The unsigned copy: the same register line and pages give the same bytes. What stands in it is held against what
 * was confirmed, stream by stream, so nothing can slip in between comparing and signing.
 *
 * @returns composes each copy of one act; pictures and words of the original, which nothing changes once it is attested,
 * are read, drawn and written for the first copy only
 */
export function composerOf(house: House) {
  let read: { readonly dossierId: DossierId; readonly original: ReadOriginal } | null = null;
  const compose = copyComposer(house.fonts);
  return async (dossier: Dossier, certificate: Certificate): Promise<Result<Bytes, Failure>> => {
    const code = await codeOf(house, certificate);
    if (read?.dossierId === dossier.id)
      return composeRead(house, dossier, certificate, { code, ...read.original }, compose);
    const original = await readOriginal(house, dossier);
    if (!original.ok) return original;
    if (certificate.copies > 1) read = { dossierId: dossier.id, original: original.value };
    return composeRead(house, dossier, certificate, { code, ...original.value }, compose);
  };
}

/**
 * The same with the widest line there could be, before a number is taken: a number whose copy can never be composed
 * (a sign the font lacks, a page too large for a sheet) could only be voided.
 */
export async function rehearse(
  house: House,
  dossier: Dossier,
  signer: Signer,
  today: LocalDate,
): Promise<Result<null, Failure>> {
  const { signerName } = signer;
  const { titleLines: signerTitle } = signer.mandate;
  const { electronic: suffix } = await bookNamesOf(house.sql, dossier.agencyId, yearOf(today));
  const book = bookText({ year: yearOf(today), ordinal: 99, suffix });
  const line = {
    agencyId: dossier.agencyId,
    bookText: book,
    number: 9_999_999,
    printedOn: today,
    signerName,
    signerTitle,
  };
  const { electronicCopies: copies } = dossier;
  const whole = { ...line, numberedAt: house.now(), statusIndex: 999_999_999, copy: copies, copies };
  const original = await readOriginal(house, dossier);
  if (!original.ok) return original;
  const code = verificationCodeOf(randomOf(16));
  const compose = copyComposer(house.fonts);
  const composed = await composeRead(house, dossier, whole, { code, ...original.value }, compose);
  return composed.ok ? ok(null) : composed;
}

/** Whether every sign of the text can be printed; asked when it is typed, so that the one who typed it mends it. */
export const isPrintable = ({ fonts }: Pick<House, "fonts">, text: string): boolean =>
  [...text].every((sign) => !/\p{C}/u.test(sign) && fonts.regular.font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0));

type ReadOriginal = { readonly pages: readonly Page[]; readonly pictures: readonly OriginalPage[] };

async function readOriginal(house: House, dossier: Dossier): Promise<Result<ReadOriginal, Failure>> {
  const pages = await pagesWithWords(house, dossier);
  if (pages === null) return fail({ code: "words_waiting" });
  return ok({ pages, pictures: await Promise.all(pages.map((page) => originalPage(house, page))) });
}

async function composeRead(
  house: House,
  dossier: Dossier,
  certificate: Line,
  { code, pages, pictures }: ReadOriginal & { readonly code: VerificationCode },
  compose: ComposeCopy,
): Promise<Result<Bytes, Failure>> {
  const input = await copyToCompose(house, dossier, certificate, { pages, pictures }, linkOf(house, code));
  if (!input.ok) return input;
  const composed = await compose(input.value);
  if (!composed.ok) return fail({ code: "signing_failed", reason: composed.failure.code });
  const streams = composed.value.pageStreams;
  const changed = pages.find((page, i) => page.confirmedSha256 === null || streams[i]?.sha256 !== page.confirmedSha256);
  if (changed !== undefined || streams.length !== pages.length) {
    return fail({ code: "page_changed", page: changed?.number ?? pages.length });
  }
  return ok(composed.value.pdf);
}

const longestWaitMs = 20_000;
const askEveryMs = 200;

/** Comparing is rarely faster than reading; where it was, the words are waited for a little. Null when they do not come. */
async function pagesWithWords(house: House, { id }: Dossier): Promise<readonly Page[] | null> {
  for (let waited = 0; waited <= longestWaitMs; waited += askEveryMs) {
    const pages = await pagesOf(house.sql, id);
    if (pages.every(({ wordsBlobId }) => wordsBlobId !== null)) return pages;
    await setTimeout(askEveryMs);
  }
  return null;
}

async function copyToCompose(
  house: House,
  dossier: Dossier,
  certificate: Line,
  { pages, pictures }: ReadOriginal,
  link: string,
): Promise<Result<CopyToCompose, Failure>> {
  const signedCode = await signedCodeFor(house, dossier, certificate, pages);
  if (!signedCode.ok) return signedCode;
  const agency = agencyNameOf(house, certificate.agencyId);
  const sources = await lookUpsOf(house.sql, dossier.id);
  const elsewhere = actOf(await offSiteOf(house.sql, dossier.id));
  return ok({
    certificate: {
      number: numberText(certificate.number),
      book: certificate.bookText,
      ...(certificate.copies > 1 && { copy: { ordinal: certificate.copy, of: certificate.copies } }),
      ...(elsewhere !== null && { elsewhere }),
      date: certificate.printedOn,
      agency,
      place: placeOf(agency),
      officer: { name: certificate.signerName, titleLines: certificate.signerTitle },
    },
    original: {
      title: dossier.title,
      facts: [...confirmedFacts(dossier), ...lookedUpFacts(sources)],
      pages: pictures,
    },
    linkUrl: link,
    signedCodeUrl: signedCodeUrl(link, signedCode.value),
    composedAt: certificate.numberedAt,
    development: house.development,
    appearances: usualAppearances,
  });
}

async function originalPage(house: House, page: Page): Promise<OriginalPage> {
  const read = page.wordsBlobId === null ? null : await readBlob(house, page.wordsBlobId);
  const words = read === null ? [] : unpackWords(read).words;
  const { widthPx, heightPx, dpi } = page;
  return { image: await readBlob(house, page.blobId), widthPx, heightPx, dpi, words };
}

/** The kind is shortened until the code fits: facts to compare are better short than missing. */
async function signedCodeFor(
  house: House,
  dossier: Dossier,
  certificate: Line,
  pages: readonly Page[],
): Promise<Result<Bytes, Failure>> {
  const [key] = keysFor(house.keyList(), "code", house.now());
  if (key === undefined) return fail({ code: "signing_failed", reason: "no_code_key" });
  const digests = pages.map((page) => bytesOfHex(page.streamSha256) ?? new Uint8Array());
  const facts = {
    agencyId: certificate.agencyId,
    bookText: certificate.bookText,
    number: certificate.number,
    date: certificate.printedOn,
    pageCount: pages.length,
    holderInitials: initialsOf(dossier.holderName),
    numberMasked: maskedNumber(dossier.documentNumber ?? ""),
    pagesDigest: fingerprintOf(digests, (bytes) => house.primitives.digest("sha256", bytes)),
    statusIndex: certificate.statusIndex,
  };
  const signer = { id: key.id, sign: es256Signer(house.serviceKeys.code) };
  for (let signs = 40; signs >= 0; signs -= 5) {
    const kind = Array.from(dossier.kind).slice(0, signs).join("");
    const code = await makeSignedCode({ ...facts, kind }, signer);
    if (code.ok) return code;
  }
  return fail({ code: "signing_failed", reason: "signed_code_too_long" });
}
