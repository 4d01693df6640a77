import type { Bytes } from "../../src/core/kernel.ts";
import type { GeneralName } from "./general-name.ts";
import { isWithin, type Name } from "./name.ts";
import type { NameConstraints, Subtree } from "./path-rules.ts";

/** Comparisons left: names times subtrees grow by the product, and a certificate of 100 kB holds thousands of each. */
export type ComparisonBudget = { comparisons: number };

export const emailAddressOid = "1.2.840.113549.1.9.1";

/** Every name of a certificate that constraints speak of, RFC 5280 §6.1.3 (b), (c). */
export function namesUnderConstraints(subject: Name, alternativeNames: readonly GeneralName[]): GeneralName[] {
  const directory: GeneralName[] = subject.rdns.length === 0 ? [] : [{ kind: "directory", value: subject }];
  // §4.2.1.10: addresses of old certificates stand in the subject; where none stands beside it they are bound too.
  const hasEmail = alternativeNames.some(({ kind }) => kind === "email");
  const emails = subject.attributes
    .filter(({ type }) => !hasEmail && type === emailAddressOid)
    .map(({ value }): GeneralName => ({ kind: "email", value }));
  return [...directory, ...emails, ...alternativeNames];
}

/**
 * RFC 5280 §4.2.1.10: every name lies in a permitted subtree of its form where there is one, and in no excluded one.
 * A constraint on a form that is not compared here refuses each name of that form; one that is malformed refuses all.
 */
export function satisfies(
  names: readonly GeneralName[],
  { permitted, excluded }: NameConstraints,
  budget: ComparisonBudget,
): boolean {
  if (![...permitted, ...excluded].every(isReadable)) return false;
  return names.every((name) => isAllowed(name, permitted, excluded, budget));
}

function isAllowed(
  name: GeneralName,
  permitted: readonly Subtree[],
  excluded: readonly Subtree[],
  budget: ComparisonBudget,
): boolean {
  const ofForm = ({ base }: Subtree) => isSameForm(base, name);
  const inside = permitted.filter(ofForm);
  const outside = excluded.filter(ofForm);
  if (inside.length + outside.length === 0) return true;
  if (name.kind === "other") return false;
  budget.comparisons -= inside.length + outside.length;
  if (budget.comparisons < 0) return false;
  const isPermitted = inside.length === 0 || inside.some(({ base }) => matches(name, base, "whole"));
  return isPermitted && !outside.some(({ base }) => matches(name, base, "part"));
}

const isSameForm = (a: GeneralName, b: GeneralName): boolean =>
  a.kind === b.kind && (a.kind !== "other" || (b.kind === "other" && a.form === b.form));

/** A subtree that says something: another one is refused, not passed over. */
function isReadable({ base, isPlain }: Subtree): boolean {
  if (!isPlain) return false;
  if (base.kind === "ip") return isAddressWithMask(base.value);
  // A wildcard or a leading period is no part of the syntax: readers disagree about what it takes in.
  return base.kind !== "dns" || (!base.value.startsWith(".") && !base.value.includes("*"));
}

/** `whole`: all that a wildcard name stands for lies inside; `part`: some of it does. */
type Extent = "whole" | "part";

function matches(name: GeneralName, base: GeneralName, extent: Extent): boolean {
  if (name.kind === "directory" && base.kind === "directory") return isWithin(name.value, base.value);
  if (name.kind === "ip" && base.kind === "ip") return isAddressWithin(name.value, base.value);
  if (name.kind === "dns" && base.kind === "dns") return isDnsWithin(name.value, base.value, extent);
  if (name.kind === "email" && base.kind === "email") return isEmailWithin(name.value, base.value);
  if (name.kind === "uri" && base.kind === "uri") return isUriWithin(name.value, base.value, extent);
  return false;
}

/** Any labels may stand before the base; an empty base takes in every name. */
function isDnsWithin(name: string, base: string, extent: Extent): boolean {
  const [host, domain] = [withoutRoot(name), withoutRoot(base)];
  if (domain === "" || host === domain || host.endsWith(`.${domain}`)) return true;
  return extent === "part" && host.startsWith("*.") && domain.endsWith(host.slice(1));
}

const withoutRoot = (host: string) => host.toLowerCase().replace(/\.$/, "");

/** A mailbox, a host with all its mailboxes, or with a leading period the hosts of a domain. */
function isEmailWithin(address: string, base: string): boolean {
  const at = address.lastIndexOf("@");
  const host = withoutRoot(address.slice(at + 1));
  const baseAt = base.lastIndexOf("@");
  if (baseAt >= 0)
    return address.slice(0, at) === base.slice(0, baseAt) && host === withoutRoot(base.slice(baseAt + 1));
  return isHostWithin(host, base);
}

/** Only the host counts; a name without one cannot be judged: it is in no permitted subtree and in every excluded one. */
function isUriWithin(uri: string, base: string, extent: Extent): boolean {
  const host = hostOf(uri);
  return host === null ? extent === "part" : isHostWithin(host, base);
}

function hostOf(uri: string): string | null {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:@[\]]+)(?::\d*)?(?:[/?#]|$)/i.exec(uri)?.[1];
  if (authority === undefined || /^\d+(?:\.\d+){3}$/.test(authority)) return null;
  return withoutRoot(authority);
}

function isHostWithin(host: string, base: string): boolean {
  const domain = withoutRoot(base);
  return domain.startsWith(".") ? host.endsWith(domain) && host.length > domain.length : host === domain;
}

/** Octets of an address, then of a mask whose ones come first. */
function isAddressWithMask(value: Bytes): boolean {
  if (value.length !== 8 && value.length !== 32) return false;
  const mask = [...value.subarray(value.length / 2)].map((octet) => octet.toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(mask);
}

function isAddressWithin(address: Bytes, base: Bytes): boolean {
  if (address.length * 2 !== base.length) return false;
  return address.every((octet, i) => {
    const mask = base[address.length + i] ?? 0;
    return (octet & mask) === ((base[i] ?? 0) & mask);
  });
}
