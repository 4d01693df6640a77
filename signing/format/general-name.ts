import type { Bytes } from "../../src/core/kernel.ts";
import { bail, type Element, explicitOf, tagClass } from "./der.ts";
import { type Name, readName } from "./name.ts";

/** GeneralName, RFC 5280 §4.2.1.6; `other` for the forms that are not compared here. */
export type GeneralName =
  | { readonly kind: "email" | "dns" | "uri"; readonly value: string }
  | { readonly kind: "directory"; readonly value: Name }
  /** 4 or 16 octets; twice as many in a constraint. */
  | { readonly kind: "ip"; readonly value: Bytes }
  /** @property form the tag of the choice: 0 otherName, 3 x400Address, 5 ediPartyName, 8 registeredID */
  | { readonly kind: "other"; readonly form: number };

/** Bails out. */
export function readGeneralName(element: Element): GeneralName {
  if (element.class !== tagClass.context) return bail("unexpected");
  switch (element.tag) {
    case 1:
      return { kind: "email", value: ia5Of(element) };
    case 2:
      return { kind: "dns", value: ia5Of(element) };
    case 4:
      return { kind: "directory", value: readName(explicitOf(element)) };
    case 6:
      return { kind: "uri", value: ia5Of(element) };
    case 7:
      return { kind: "ip", value: element.constructed ? bail("unexpected") : element.content };
    default:
      return element.tag <= 8 ? { kind: "other", form: element.tag } : bail("unexpected");
  }
}

/** Octets above 127 are no IA5String and would compare as nothing: whoever writes them gets no constraint around them. */
function ia5Of({ content, constructed }: Element): string {
  if (constructed || content.some((octet) => octet > 127)) bail("bad_value");
  return new TextDecoder().decode(content);
}
