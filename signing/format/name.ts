import { type Bytes, hexOf } from "../../src/core/kernel.ts";
import { type Element, expect, fieldsOf, membersOf, tag, tagClass } from "./der.ts";
import { isText, oidOf, textOf } from "./der-values.ts";
import { nameAttributes } from "./oids.ts";

/** A distinguished name. Names are compared by `raw`; `text` is for people. */
export type Name = {
  readonly raw: Bytes;
  /** RFC 4514 form, most specific first: `CN=Nguyễn Văn A, O=UBND xã B, C=VN`. */
  readonly text: string;
  readonly commonName: string | null;
  readonly attributes: readonly NameAttribute[];
};

/** @property type dotted object identifier */
export type NameAttribute = { readonly type: string; readonly value: string };

export const commonNameOid = "2.5.4.3";

/** RDNSequence, RFC 5280 §4.1.2.4. Bails out. */
export function readName(element: Element): Name {
  const attributes = expect(element, tag.sequence).children.flatMap((rdn) => membersOf(rdn).map(readAttribute));
  const text = attributes.map(attributeText).reverse().join(", ");
  const commonName = attributes.findLast(({ type }) => type === commonNameOid)?.value ?? null;
  return { raw: element.raw, text, commonName, attributes };
}

function readAttribute(element: Element): NameAttribute {
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
