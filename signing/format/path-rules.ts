import type { Result } from "../../src/core/kernel.ts";
import type { CertificateExtensions } from "./certificate-extensions.ts";
import { bail, type DerFailure, type Element, Fields, fieldsOf, membersOf, parseDer, readingDer, tag } from "./der.ts";
import { isText, numberOf, oidOf, smallNumber, textOf } from "./der-values.ts";
import { type GeneralName, readGeneralName } from "./general-name.ts";
import { oids } from "./oids.ts";

/** What only path validation asks of a certificate, RFC 5280 §4.2.1.4-4.2.1.14: read when it stands in a path. */
export type PathRules = {
  readonly alternativeNames: readonly GeneralName[];
  readonly nameConstraints: NameConstraints | null;
  /** Null where the certificate asserts nothing, which ends the policy graph. */
  readonly policies: readonly AssertedPolicy[] | null;
  readonly mappings: readonly PolicyMapping[];
  /** Certificates that may follow before the rule holds; null for no rule. */
  readonly requireExplicitPolicy: number | null;
  readonly inhibitPolicyMapping: number | null;
  readonly inhibitAnyPolicy: number | null;
};

export type NameConstraints = { readonly permitted: readonly Subtree[]; readonly excluded: readonly Subtree[] };

/** @property isPlain minimum 0 and no maximum, the only ones that RFC 5280 §4.2.1.10 allows */
export type Subtree = { readonly base: GeneralName; readonly isPlain: boolean };

/** @property notices explicitText of user notices, RFC 5280 §4.2.1.4: shown to people, judging nothing */
export type AssertedPolicy = { readonly policy: string; readonly notices: readonly string[] };
export type PolicyMapping = { readonly issuerPolicy: string; readonly subjectPolicy: string };

export function readPathRules({ values }: CertificateExtensions): Result<PathRules, DerFailure> {
  return readingDer(() => {
    const read = <T>(id: string, reader: (element: Element) => T): T | null => {
      const extension = values.get(id);
      return extension === undefined ? null : reader(parseDer(extension.value));
    };
    const constraints = read(oids.policyConstraints, readPolicyConstraints);
    return {
      alternativeNames: read(oids.subjectAltName, (names) => membersOf(names).map(readGeneralName)) ?? [],
      nameConstraints: read(oids.nameConstraints, readNameConstraints),
      policies: read(oids.certificatePolicies, readPolicies),
      mappings: read(oids.policyMappings, (list) => membersOf(list).map(readMapping)) ?? [],
      requireExplicitPolicy: constraints?.requireExplicitPolicy ?? null,
      inhibitPolicyMapping: constraints?.inhibitPolicyMapping ?? null,
      inhibitAnyPolicy: read(oids.inhibitAnyPolicy, (skip) => certificates(numberOf(skip))),
    };
  });
}

const certificates = (count: number): number => (count >= 0 ? count : bail("bad_value"));

function readNameConstraints(element: Element): NameConstraints {
  const fields = fieldsOf(element);
  const permitted = fields.optionalContext(0);
  const excluded = fields.optionalContext(1);
  const subtrees = (list: Element | null) => (list === null ? [] : list.children.map(readSubtree));
  return { permitted: subtrees(permitted), excluded: subtrees(excluded) };
}

function readSubtree(element: Element): Subtree {
  const fields = fieldsOf(element);
  const base = readGeneralName(fields.next());
  const minimum = fields.optionalContext(0);
  const hasMaximum = fields.optionalContext(1) !== null;
  return { base, isPlain: !hasMaximum && (minimum === null || smallNumber(minimum.content) === 0) };
}

function readPolicies(element: Element): AssertedPolicy[] {
  const policies = membersOf(element).map(readPolicy);
  // RFC 5280 §4.2.1.4: no policy twice
  return new Set(policies.map(({ policy }) => policy)).size === policies.length ? policies : bail("bad_value");
}

function readPolicy(element: Element): AssertedPolicy {
  const fields = fieldsOf(element);
  const policy = oidOf(fields.next());
  const qualifiers = fields.optional(tag.sequence);
  return { policy, notices: qualifiers === null ? [] : membersOf(qualifiers).flatMap(noticeOf) };
}

/** The last text of a UserNotice; NoticeReference before it is left out. */
function noticeOf(qualifier: Element): string[] {
  const fields = fieldsOf(qualifier);
  if (oidOf(fields.next()) !== oids.userNotice) return [];
  const text = fields.optional(tag.sequence)?.children.find(isText);
  return text === undefined ? [] : [textOf(text)];
}

function readMapping(element: Element): PolicyMapping {
  const fields = fieldsOf(element);
  return { issuerPolicy: oidOf(fields.next()), subjectPolicy: oidOf(fields.next()) };
}

function readPolicyConstraints(element: Element) {
  const fields = new Fields(element);
  const required = fields.optionalContext(0);
  const inhibited = fields.optionalContext(1);
  return {
    requireExplicitPolicy: required && certificates(smallNumber(required.content)),
    inhibitPolicyMapping: inhibited && certificates(smallNumber(inhibited.content)),
  };
}
