import { oids } from "./oids.ts";
import type { AssertedPolicy, PathRules, PolicyMapping } from "./path-rules.ts";

/** Initial inputs of RFC 5280 §6.1.1 (c), (e)-(g). */
export type PolicyInputs = {
  /** Null for any-policy. */
  readonly acceptable: readonly string[] | null;
  readonly requireExplicit: boolean;
  readonly inhibitMapping: boolean;
  readonly inhibitAny: boolean;
};

export const anyPolicyInputs: PolicyInputs = {
  acceptable: null,
  requireExplicit: false,
  inhibitMapping: false,
  inhibitAny: false,
};

/** A certificate of the path as the policies see it. */
export type PolicyStep = { readonly rules: PathRules; readonly isSelfIssued: boolean };

/**
 * @property acceptable under the user's initial set: a path from the root leads here through it
 * @property notices of this policy and of those above that lead to it, as they are to be shown
 */
type Node = { readonly acceptable: boolean; readonly notices: readonly string[]; expected: readonly string[] };

/**
 * One depth of the policy graph of RFC 9618 §5, which grows by the size of the certificates and never by the number of
 * ways through them, as the tree of RFC 5280 §6.1.2 does. What lies above a depth is needed for one thing, whether the
 * user's set leads here, and that each node carries: so only the newest depth is kept. Empty stands for NULL.
 */
type Level = Map<string, Node>;

type State = { level: Level; explicit: number; mapping: number; any: number };

/**
 * Policies of a path, RFC 5280 §6.1.3 (d)-(f), §6.1.4 (a)-(b), (h)-(j), §6.1.5 (a)-(b), (g), with the graph of RFC 9618.
 *
 * @param steps from the certificate that the anchor issued down to the leaf
 * @returns the policies that hold for the leaf, with their notices; null where the path is to be refused
 */
export function validPolicies(steps: readonly PolicyStep[], inputs: PolicyInputs): readonly AssertedPolicy[] | null {
  const user = inputs.acceptable === null ? null : new Set(inputs.acceptable);
  const start = (isInhibited: boolean) => (isInhibited ? 0 : steps.length + 1);
  const state: State = {
    level: new Map([[oids.anyPolicy, { acceptable: true, notices: [], expected: [oids.anyPolicy] }]]),
    explicit: start(inputs.requireExplicit),
    mapping: start(inputs.inhibitMapping),
    any: start(inputs.inhibitAny),
  };
  for (const [i, step] of steps.entries()) {
    const isLast = i === steps.length - 1;
    state.level = nextLevel(state, step, isLast, user);
    if (state.explicit === 0 && state.level.size === 0) return null;
    if (!isLast && !prepareNext(state, step, user)) return null;
  }
  const { requireExplicitPolicy } = steps.at(-1)?.rules ?? { requireExplicitPolicy: null };
  const explicit = requireExplicitPolicy === 0 ? 0 : Math.max(0, state.explicit - 1);
  const valid = acceptableOf(state.level, inputs.acceptable);
  return explicit > 0 || valid.length > 0 ? valid : null;
}

function nextLevel(
  { level, any: anyLeft }: State,
  { rules: { policies }, isSelfIssued }: PolicyStep,
  isLast: boolean,
  user: ReadonlySet<string> | null,
): Level {
  const next: Level = new Map();
  if (policies === null || level.size === 0) return next;
  const expected = expectedOf(level);
  const any = level.get(oids.anyPolicy);
  const underAny = (policy: string) => any && { ...any, acceptable: user === null || user.has(policy) };
  const create = (policy: string, notices: readonly string[]) => {
    const above = expected.get(policy) ?? underAny(policy);
    if (above === undefined) return;
    next.set(policy, { acceptable: above.acceptable, notices: joined(above.notices, notices), expected: [policy] });
  };
  for (const { policy, notices } of policies) if (policy !== oids.anyPolicy) create(policy, notices);
  const anyPolicy = policies.find(({ policy }) => policy === oids.anyPolicy);
  const countsAny = anyLeft > 0 || (!isLast && isSelfIssued);
  if (anyPolicy === undefined || !countsAny) return next;
  for (const policy of expected.keys()) if (!next.has(policy)) create(policy, anyPolicy.notices);
  return next;
}

type Above = Pick<Node, "acceptable" | "notices">;

/** Each policy that some node expects, with what those that expect it hand down. */
function expectedOf(level: Level): ReadonlyMap<string, Above> {
  const expected = new Map<string, Above>();
  for (const { expected: policies, acceptable, notices } of level.values())
    for (const policy of policies) {
      const known = expected.get(policy) ?? { acceptable: false, notices: [] };
      const told = { acceptable: acceptable || known.acceptable, notices: joined(known.notices, notices) };
      expected.set(policy, told);
    }
  return expected;
}

const mostNotices = 16;

const joined = (above: readonly string[], own: readonly string[]): readonly string[] =>
  own.length === 0 ? above : [...new Set([...above, ...own])].slice(0, mostNotices);

/** RFC 5280 §6.1.4. @returns false where a mapping is not allowed */
function prepareNext(state: State, { rules, isSelfIssued }: PolicyStep, user: ReadonlySet<string> | null): boolean {
  const { mappings, requireExplicitPolicy, inhibitPolicyMapping, inhibitAnyPolicy } = rules;
  const mapsAny = mappings.some(
    ({ issuerPolicy, subjectPolicy }) => issuerPolicy === oids.anyPolicy || subjectPolicy === oids.anyPolicy,
  );
  if (mapsAny) return false;
  map(state, rules, user);
  const passed = isSelfIssued ? 0 : 1;
  const lower = (counter: number, limit: number | null) =>
    Math.min(Math.max(0, counter - passed), limit ?? Number.POSITIVE_INFINITY);
  state.explicit = lower(state.explicit, requireExplicitPolicy);
  state.mapping = lower(state.mapping, inhibitPolicyMapping);
  state.any = lower(state.any, inhibitAnyPolicy);
  return true;
}

/** §6.1.4 (b): what the issuer calls one thing, its subject calls others. */
function map({ level, mapping }: State, { mappings, policies }: PathRules, user: ReadonlySet<string> | null): void {
  const notices = policies?.find(({ policy }) => policy === oids.anyPolicy)?.notices ?? [];
  for (const [policy, expected] of subjectPoliciesOf(mappings)) {
    const node = level.get(policy);
    if (mapping === 0) level.delete(policy);
    else if (node !== undefined) node.expected = expected;
    else if (level.has(oids.anyPolicy))
      level.set(policy, { acceptable: user === null || user.has(policy), notices, expected });
  }
}

function subjectPoliciesOf(mappings: readonly PolicyMapping[]): ReadonlyMap<string, readonly string[]> {
  const subjects = new Map<string, string[]>();
  for (const { issuerPolicy, subjectPolicy } of mappings) {
    const known = subjects.get(issuerPolicy);
    if (known === undefined) subjects.set(issuerPolicy, [subjectPolicy]);
    else known.push(subjectPolicy);
  }
  return subjects;
}

/** §6.1.5 (g): where anyPolicy came down to the leaf, each policy that the user asked for holds. */
function acceptableOf(level: Level, user: readonly string[] | null): AssertedPolicy[] {
  const any = level.get(oids.anyPolicy);
  const found = [...level].flatMap(([policy, { acceptable, notices }]) =>
    acceptable && (user === null || policy !== oids.anyPolicy) ? [{ policy, notices }] : [],
  );
  if (any === undefined || user === null) return found;
  const missing = user.filter((policy) => level.get(policy)?.acceptable !== true);
  return [...found, ...missing.map((policy) => ({ policy, notices: any.notices }))];
}
