import { equalBytes, type Instant } from "../../src/core/kernel.ts";
import { type Certificate, isSignedBy, isValidAt, namesIssuer } from "./certificate.ts";
import type { Primitives } from "./primitives.ts";

const longestPath = 8;

// Hints come from the file: certificates that all sign one another would make the search factorial.
const mostVerifications = 100;

/**
 * A certification path from `leaf` to one of `anchors`, RFC 5280 §6.1 as far as this project uses it: signatures, dates,
 * authority flag, key usage, path length, no unknown critical extension. Policies and revocation are judged elsewhere.
 *
 * @param hints certificates that may stand between; trusted for nothing
 * @param at every certificate below the anchor must be valid then
 * @returns leaf first, anchor last; the leaf alone where it is itself an anchor; null where there is no path
 */
export async function findPath(
  leaf: Certificate,
  hints: readonly Certificate[],
  anchors: readonly Certificate[],
  at: Instant,
  primitives: Pick<Primitives, "verify">,
): Promise<readonly Certificate[] | null> {
  const work = { verificationsLeft: mostVerifications };
  return await extend([leaf], { hints, anchors, at, primitives, work });
}

type Search = {
  readonly hints: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  readonly at: Instant;
  readonly primitives: Pick<Primitives, "verify">;
  readonly work: { verificationsLeft: number };
};

async function extend(path: readonly Certificate[], search: Search): Promise<readonly Certificate[] | null> {
  const top = path.at(-1);
  if (top === undefined || path.length > longestPath) return null;
  if (search.anchors.some((anchor) => isSame(anchor, top))) return path;
  if (!isValidAt(top, search.at) || top.extensions.criticalUnknown.length > 0) return null;
  for (const issuer of issuersAbove(path, top, search)) {
    const isIssuer = search.work.verificationsLeft-- > 0 && (await isSignedBy(top, issuer, search.primitives));
    const found = isIssuer ? await extend([...path, issuer], search) : null;
    if (found !== null) return found;
  }
  return null;
}

const issuersAbove = (path: readonly Certificate[], top: Certificate, search: Search): Certificate[] =>
  [...search.anchors, ...search.hints].filter(
    (issuer) =>
      namesIssuer(top, issuer) &&
      mayIssue(issuer, path.length - 1, search) &&
      !path.some((known) => isSame(known, issuer)),
  );

const isSame = (a: Certificate, b: Certificate) => equalBytes(a.raw, b.raw);

/** @param below authorities between this issuer and the leaf */
function mayIssue(issuer: Certificate, below: number, { anchors }: Search): boolean {
  const { basicConstraints, keyUsage } = issuer.extensions;
  if (keyUsage !== null && !keyUsage.includes("keyCertSign")) return false;
  if (basicConstraints === null) return anchors.some((anchor) => isSame(anchor, issuer)); // roots older than X.509 v3
  return basicConstraints.isAuthority && (basicConstraints.pathLength ?? below) >= below;
}
