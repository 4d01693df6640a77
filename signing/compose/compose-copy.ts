import { createHash } from "node:crypto";
import { ok, type Result } from "../../src/core/kernel.ts";
import { type ComposedCopy, type ComposeFailure, type CopyToCompose, fieldNames } from "./copy-to-compose.ts";
import { fileIdentifier } from "./metadata.ts";
import { drawOwnPart, type OwnPart, shapeOf, writeOwnPart } from "./own-part.ts";
import { locatePageStreams } from "./page-streams.ts";
import { type ParsedCopy, parseCopy } from "./parse-copy.ts";
import { makeSharedPart, ownSigns, type SharedPart } from "./shared-part.ts";
import type { Fonts } from "./typeface.ts";
import { writeFile } from "./write-file.ts";

export type ComposeCopy = (input: CopyToCompose) => Promise<Result<ComposedCopy, ComposeFailure>>;

/**
 * Composes the unsigned copy: one sheet a page of the original, the confirmed image streams byte for byte, then the attestation
 * sheet with both signature fields empty. Made as PDF/A-2a (ISO 19005-2), tagged, PDF 1.7 with a classic cross-reference table.
 *
 * The same input and fonts give the same bytes: there is no clock and no chance in it.
 *
 * @returns every reason not to compose as a value; throws only when the file does not hold what was put in
 */
export const composeCopy = (input: CopyToCompose, fonts: Fonts): ReturnType<ComposeCopy> => copyComposer(fonts)(input);

/**
 * Composes copies one after another. What copies of one number have in common is drawn and written for the first of them;
 * the bytes are those of `composeCopy`. Keeps the pictures of the last original.
 */
export function copyComposer(fonts: Fonts): ComposeCopy {
  let last: SharedPart | null = null;
  return async (input) => {
    const shared = sharedWith(last, input);
    const parsed = parseCopy(input, fonts, shared?.pages);
    if (!parsed.ok) return parsed;
    const further = shared && furtherCopy(shared, parsed.value);
    if (further !== null) return further;
    const made = await makeSharedPart(input, parsed.value, fonts);
    if (!made.ok) return made;
    last = made.value.shared;
    return ok(finish(made.value.shared, parsed.value, made.value.own));
  };
}

/** Null where its tags or fields would not be those of the others: then it is drawn whole. */
function furtherCopy(shared: SharedPart, parsed: ParsedCopy): Result<ComposedCopy, ComposeFailure> | null {
  const own = drawOwnPart(shared.frame, parsed);
  if (!own.ok) return own;
  return shapeOf(own.value) === shared.shape ? ok(finish(shared, parsed, own.value)) : null;
}

/** Pages are compared by what they are, not by what they say: whoever composes many copies reads the original once. */
function sharedWith(known: SharedPart | null, input: CopyToCompose): SharedPart | null {
  if (known === null || input.certificate.copy === undefined) return null;
  const { pages } = known.input.original;
  const isSameOriginal =
    pages.length === input.original.pages.length && pages.every((page, i) => page === input.original.pages[i]);
  if (!isSameOriginal || ![known.input, input].every(hasOwnSignsOnly)) return null;
  return restOf(known.input) === restOf(input) ? known : null;
}

const endOfLink = /[^/]*$/;

/** Signs that were not foreseen would join the fonts of one copy and not of the next. */
const hasOwnSignsOnly = ({ linkUrl }: CopyToCompose): boolean =>
  [...(endOfLink.exec(linkUrl)?.[0] ?? "")].every((sign) => ownSigns.includes(sign));

function restOf({ certificate, original, linkUrl, signedCodeUrl: _, ...rest }: CopyToCompose): string {
  const { copy, ...line } = certificate;
  const { pages: __, ...about } = original;
  return JSON.stringify([line, copy?.of, about, linkUrl.replace(endOfLink, ""), rest]);
}

function finish(shared: SharedPart, parsed: ParsedCopy, own: OwnPart): ComposedCopy {
  const { digests, places, written, images, trailer } = shared;
  const identity = identityOf(parsed.copy, shared.pagesDigest);
  const rest = writeOwnPart(places, parsed, own, digests, identity);
  const pdf = writeFile([written, rest], { ...trailer, id: fileIdentifier(places.context, identity) });
  return { pdf, fields: fieldNames, pageStreams: locatePageStreams(pdf, images, digests) };
}

/** Drawn from all that the copy says and shows. */
function identityOf(copy: CopyToCompose, pagesDigest: string): Uint8Array {
  const content = JSON.stringify({ ...copy, original: { ...copy.original, pages: pagesDigest } });
  return createHash("sha256").update(content).digest();
}
