import { equalBytes, fail, ok, type Result } from "../../src/core/kernel.ts";
import { type Certificate, isSelfIssued } from "./certificate.ts";
import type { ChainQuestion, ChainReason } from "./chain.ts";
import { issuerFault, leafFault } from "./chain-rules.ts";
import { withInheritedParameters } from "./dsa.ts";
import { heldBefore } from "./held-before.ts";
import { type ComparisonBudget, namesUnderConstraints, satisfies } from "./name-constraints.ts";
import { type AssertedPolicy, type PathRules, readPathRules } from "./path-rules.ts";
import { anyPolicyInputs, validPolicies } from "./policy-graph.ts";
import type { Primitives } from "./primitives.ts";

export type FoundPath = {
  readonly path: readonly Certificate[];
  readonly anchor: Certificate;
  readonly policies: readonly AssertedPolicy[];
};

export type NoPath = { readonly reason: ChainReason; readonly path: readonly Certificate[] };

const longestPath = 16;
// A file can bring hundreds of certificates that all name one another: ways between them grow without bound.
const mostSteps = 2000;
const mostSignatureChecks = 200;
const mostComparisons = 250_000;

/** Depth first from the leaf, only through certificates from which an anchor can be reached by name. */
export async function searchPath(
  question: ChainQuestion,
  anchors: readonly Certificate[],
  primitives: Pick<Primitives, "verify">,
): Promise<Result<FoundPath, NoPath>> {
  const search = startSearch(question, anchors, primitives);
  const found = await extend({ path: [question.leaf], fault: leafFault(question.leaf, question) }, search);
  if (found !== null) return ok(found);
  const isSpent = search.steps <= 0 || search.checks <= 0 || search.budget.comparisons < 0;
  if (isSpent) return fail({ reason: "search_limit_reached", path: [question.leaf] });
  const best = search.reasons.toSorted((a, b) => b.path.length - a.path.length)[0];
  return fail(best ?? { reason: "no_anchor_reached", path: [question.leaf] });
}

/** @property fault the first that was met on the way up: such a way is followed only to tell what is wrong with it */
type Way = { readonly path: readonly Certificate[]; readonly fault: ChainReason | null };

type Search = {
  readonly question: ChainQuestion;
  readonly anchors: readonly Certificate[];
  /** Who may be the issuer, by the folded name of the subject; anchors first. */
  readonly bySubject: ReadonlyMap<string, readonly Certificate[]>;
  readonly primitives: Pick<Primitives, "verify">;
  readonly rules: Map<Certificate, PathRules | null>;
  readonly verified: Map<Certificate, Map<Certificate, boolean>>;
  readonly budget: ComparisonBudget;
  readonly reasons: NoPath[];
  steps: number;
  checks: number;
};

function startSearch(
  question: ChainQuestion,
  anchors: readonly Certificate[],
  primitives: Pick<Primitives, "verify">,
): Search {
  const budget = { comparisons: mostComparisons };
  const limits = { budget, steps: mostSteps, checks: mostSignatureChecks };
  const bySubject = reachable(anchors, question.candidates);
  return { question, anchors, bySubject, primitives, rules: new Map(), verified: new Map(), reasons: [], ...limits };
}

/** Certificates from whose issuer's name a chain of names leads to an anchor; the others can only waste steps. */
function reachable(
  anchors: readonly Certificate[],
  candidates: readonly Certificate[],
): ReadonlyMap<string, readonly Certificate[]> {
  const byIssuer = new Map<string, Certificate[]>();
  for (const candidate of distinct(candidates, anchors)) put(byIssuer, candidate.issuer.key, candidate);
  const bySubject = new Map<string, Certificate[]>();
  const waiting: string[] = [];
  const take = (certificate: Certificate) => {
    const name = certificate.subject.key;
    if (!bySubject.has(name)) waiting.push(name);
    put(bySubject, name, certificate);
  };
  for (const anchor of distinct(anchors, [])) take(anchor);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) byIssuer.get(name)?.forEach(take);
  return bySubject;
}

function put(groups: Map<string, Certificate[]>, name: string, certificate: Certificate): void {
  const group = groups.get(name);
  if (group === undefined) groups.set(name, [certificate]);
  else group.push(certificate);
}

function distinct(certificates: readonly Certificate[], known: readonly Certificate[]): Certificate[] {
  const found: Certificate[] = [];
  for (const certificate of certificates)
    if (!isOneOf(certificate, known) && !isOneOf(certificate, found)) found.push(certificate);
  return found;
}

const isOneOf = (certificate: Certificate, others: readonly Certificate[]): boolean =>
  others.some((other) => other === certificate || equalBytes(other.raw, certificate.raw));

async function extend(way: Way, search: Search): Promise<FoundPath | null> {
  const last = way.path.at(-1);
  if (last === undefined || search.steps <= 0 || search.checks <= 0) return null;
  if (isOneOf(last, search.anchors)) return whole(way, last, search);
  for (const next of waysOn(way, last, search)) {
    if (--search.steps <= 0) return null;
    const issuer = next.path.at(-1);
    const isIssuer = issuer !== undefined && (await signed(last, issuer, search));
    const found = isIssuer ? await extend(next, search) : null;
    if (found !== null) return found;
  }
  return null;
}

/** Sound ways first, then those whose key identifier fits: RFC 4158 §3.5. */
function waysOn(way: Way, last: Certificate, search: Search): Way[] {
  if (way.path.length >= longestPath) return [];
  const issuers = search.bySubject.get(last.issuer.key) ?? [];
  return issuers
    .filter((issuer) => isOneOf(issuer, search.anchors) || !way.path.some((below) => isSameAuthority(below, issuer)))
    .map((issuer) => ({ next: step(way, issuer, search), fits: keyIdFit(last, issuer) }))
    .toSorted((a, b) => Number(a.next.fault !== null) - Number(b.next.fault !== null) || b.fits - a.fits)
    .map(({ next }) => next);
}

/** Another certificate of the same name and key leads nowhere new, RFC 4158 §2.4.2. */
const isSameAuthority = (a: Certificate, b: Certificate): boolean =>
  equalBytes(a.publicKey, b.publicKey) && equalBytes(a.subject.raw, b.subject.raw);

function keyIdFit(certificate: Certificate, issuer: Certificate): number {
  const wanted = certificate.extensions.authorityKeyId;
  const has = issuer.extensions.subjectKeyId;
  if (wanted === null || has === null) return 1;
  return equalBytes(wanted, has) ? 2 : 0;
}

function step({ path, fault }: Way, issuer: Certificate, search: Search): Way {
  const isAnchor = isOneOf(issuer, search.anchors);
  const found =
    fault ?? issuerFault(issuer, path.slice(1), isAnchor, search.question) ?? namesFault(path, issuer, search);
  return { path: [...path, issuer], fault: found };
}

/** RFC 5280 §6.1.3 (b), (c): what an authority says of names binds all below it but self-issued intermediates. */
function namesFault(path: readonly Certificate[], issuer: Certificate, search: Search): ChainReason | null {
  const rules = rulesOf(issuer, search);
  if (rules === null) return "certificate_malformed";
  const { nameConstraints } = rules;
  if (nameConstraints === null) return null;
  for (const [depth, certificate] of path.entries()) {
    if (depth > 0 && isSelfIssued(certificate)) continue;
    const own = rulesOf(certificate, search);
    if (own === null) return "certificate_malformed";
    const names = namesUnderConstraints(certificate.subject, own.alternativeNames);
    if (!satisfies(names, nameConstraints, search.budget)) return "name_constraints_broken";
  }
  return null;
}

function rulesOf(certificate: Certificate, { rules }: Search): PathRules | null {
  const known = rules.get(certificate);
  if (known !== undefined) return known;
  const read = readPathRules(certificate.extensions);
  rules.set(certificate, read.ok ? read.value : null);
  return read.ok ? read.value : null;
}

/** Each pair once, however many ways lead over it. A DSA key without its parameters can be judged from the anchor only. */
async function signed(certificate: Certificate, issuer: Certificate, search: Search): Promise<boolean> {
  const { keyAlgorithm } = issuer;
  if (keyAlgorithm.kind === "dsa" && !keyAlgorithm.isComplete) return true;
  const known = search.verified.get(certificate)?.get(issuer);
  if (known !== undefined) return known;
  const before = heldBefore(search.primitives.verify, issuer);
  const holds = before.has(certificate) || (await verifies(certificate, issuer.publicKey, search));
  if (holds) before.add(certificate);
  const pairs = search.verified.get(certificate) ?? new Map<Certificate, boolean>();
  search.verified.set(certificate, pairs.set(issuer, holds));
  return holds;
}

async function verifies(
  { signatureAlgorithm, tbs, signature }: Certificate,
  publicKey: Certificate["publicKey"],
  search: Search,
): Promise<boolean> {
  if (signatureAlgorithm === null || --search.checks < 0) return false;
  return await search.primitives.verify(publicKey, signatureAlgorithm, tbs, signature);
}

/** A way that has reached an anchor: what can only be asked of a whole path. */
async function whole({ path, fault }: Way, anchor: Certificate, search: Search): Promise<FoundPath | null> {
  const steps = path.slice(0, -1).map((certificate) => rulesOf(certificate, search));
  const refuse = (reason: ChainReason) => {
    search.reasons.push({ reason, path });
    return null;
  };
  if (fault !== null) return refuse(fault);
  if (!(await inheritedKeysHold(path, search))) return null;
  const policies = policiesOf(path, steps, search.question);
  if (typeof policies === "string") return refuse(policies);
  const { accepts } = search.question;
  if (accepts !== undefined && !(await accepts(path))) return refuse("path_refused");
  return { path, anchor, policies };
}

function policiesOf(
  path: readonly Certificate[],
  rules: readonly (PathRules | null)[],
  { policies }: ChainQuestion,
): readonly AssertedPolicy[] | ChainReason {
  const steps = path.slice(0, -1).flatMap((certificate, depth) => {
    const own = rules[depth];
    return own == null ? [] : [{ rules: own, isSelfIssued: isSelfIssued(certificate) }];
  });
  if (steps.length < path.length - 1) return "certificate_malformed";
  return validPolicies(steps.toReversed(), policies ?? anyPolicyInputs) ?? "policy_missing";
}

/** RFC 5280 §6.1.4 (d)-(f), from the anchor down. */
async function inheritedKeysHold(path: readonly Certificate[], search: Search): Promise<boolean> {
  let key = path.at(-1)?.publicKey;
  for (let depth = path.length - 2; depth >= 0 && key !== undefined; depth--) {
    const certificate = path[depth];
    const issuer = path[depth + 1];
    if (certificate === undefined || issuer === undefined) return false;
    const isInherited = issuer.keyAlgorithm.kind === "dsa" && !issuer.keyAlgorithm.isComplete;
    if (isInherited && !(await verifies(certificate, key, search))) return false;
    key = withInheritedParameters(certificate.publicKey, key);
  }
  return true;
}
