import { type Bytes, equalBytes, hexOf } from "../../src/core/kernel.ts";
import { type Element, expect, fieldsOf, membersOf, tag, tagClass } from "./der.ts";
import { isText, oidOf, textOf } from "./der-values.ts";
import { nameAttributes } from "./oids.ts";

/** A distinguished name. Names are compared by {@link sameName}; `text` is for people. */
export type Name = {
  readonly raw: Bytes;
  /** Relative distinguished names in the order of the encoding, most general first. */
  readonly rdns: readonly (readonly NameAttribute[])[];
  /** Text that is equal for equal names (RFC 5280 §7.1), for maps. */
  readonly key: string;
  /** RFC 4514 form, most specific first: `CN=Nguyễn Văn A, O=UBND xã B, C=VN`. */
  readonly text: string;
  readonly commonName: string | null;
  readonly attributes: readonly NameAttribute[];
};

/** @property type dotted object identifier */
export type NameAttribute = { readonly type: string; readonly value: string };

export const commonNameOid = "2.5.4.3";

/** RDNSequence, RFC 5280 §4.1.2.4. Bails out. */
export const readName = (element: Element): Name =>
  new ReadName(
    element.raw,
    expect(element, tag.sequence).children.map((rdn) => membersOf(rdn).map(readAttribute)),
  );

/** Forms are made when they are asked for: most names of a signature are compared by their octets and never shown. */
class ReadName implements Name {
  readonly raw: Bytes;
  readonly rdns: readonly (readonly NameAttribute[])[];
  #key: string | null = null;

  constructor(raw: Bytes, rdns: readonly (readonly NameAttribute[])[]) {
    this.raw = raw;
    this.rdns = rdns;
  }

  get key(): string {
    this.#key ??= keyOfRdns(this.rdns);
    return this.#key;
  }

  get attributes(): readonly NameAttribute[] {
    return this.rdns.flat();
  }

  get text(): string {
    return this.attributes.map(attributeText).reverse().join(", ");
  }

  get commonName(): string | null {
    return this.attributes.findLast(({ type }) => type === commonNameOid)?.value ?? null;
  }
}

/**
 * RFC 5280 §7.1: equal after case folding, Unicode compatibility and white space, whatever the string type; the order of
 * attributes inside one RDN says nothing.
 */
export const sameName = (a: Name, b: Name): boolean => equalBytes(a.raw, b.raw) || a.key === b.key;

/** The key of a name with these RDNs. */
export const keyOfRdns = (rdns: Name["rdns"]): string => rdns.map(rdnKey).join("\u0000");

/** RFC 5280 §7.1: `name` lies in the subtree of `base` where it begins with the RDNs of `base`. */
export function isWithin(name: Name, base: Name): boolean {
  return (
    base.rdns.length <= name.rdns.length && base.rdns.every((rdn, i) => rdnKey(rdn) === rdnKey(name.rdns[i] ?? []))
  );
}

const rdnKey = (rdn: readonly NameAttribute[]): string =>
  rdn
    .map(({ type, value }) => `${type}=${folded(value)}`)
    .toSorted()
    .join("\u0001");

// RFC 4518 §2.2 maps these to nothing.
const unseen =
  /\u00ad|\u034f|\u1806|[\u180b-\u180e]|[\u200b-\u200f]|[\u202a-\u202e]|[\u2060-\u206f]|[\ufe00-\ufe0f]|\ufeff/gu;

/** RFC 4518: case, compatibility forms and white space. */
const folded = (text: string): string =>
  isPlain(text) ? text : text.normalize("NFKC").replace(unseen, "").toLowerCase().replace(/\s+/gu, " ").trim();

const isPlain = (text: string) => /^[a-z0-9.]*$/.test(text);

/** AttributeTypeAndValue. Bails out. */
export function readAttribute(element: Element): NameAttribute {
  const fields = fieldsOf(element);
  const type = oidOf(fields.next());
  const value = fields.next();
  return { type, value: isText(value) ? textOf(value) : `#${hexOf(value.raw)}` };
}

const attributeText = ({ type, value }: NameAttribute) =>
  `${nameAttributes[type] ?? type}=${value.replace(/[,+"\\<>;=]/g, "\\$&")}`;

/** The first http(s) address among GeneralNames, RFC 5280 §4.2.1.6. */
export function webAddressOf(names: readonly Element[]): string | null {
  for (const name of names) {
    if (!name.is(6, tagClass.context) || name.constructed) continue;
    const address = new TextDecoder().decode(name.content);
    if (/^https?:\/\//i.test(address)) return address;
  }
  return null;
}
