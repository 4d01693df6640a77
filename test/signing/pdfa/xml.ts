/** An element of well-formed XML: enough of XML 1.0 and its namespaces for an XMP packet. */
export type XmlElement = {
  /** Namespace, then local name. */
  readonly space: string;
  readonly prefix: string;
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
};

type Open = { readonly element: XmlElement; readonly spaces: ReadonlyMap<string, string> };

const tags = /<\?[\s\S]*?\?>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>/g;

/** @throws where the text is not well-formed */
export function parseXml(text: string): XmlElement {
  const root: XmlElement = { space: "", prefix: "", name: "#document", attributes: new Map(), children: [], text: "" };
  const open: Open[] = [{ element: root, spaces: new Map([["xml", "http://www.w3.org/XML/1998/namespace"]]) }];
  let at = 0;
  for (const found of text.matchAll(tags)) {
    const top = open.at(-1);
    if (top === undefined) throw new Error("closed too often");
    top.element.text += unescaped(text.slice(at, found.index));
    at = found.index + found[0].length;
    takeTag(open, top, found);
  }
  if (open.length !== 1 || text.slice(at).trim() !== "") throw new Error("not closed");
  return root;
}

function takeTag(open: Open[], top: Open, [, closed, opened, attributes = "", isEmpty]: RegExpExecArray): void {
  if (closed !== undefined) close(open, closed);
  const inner = opened === undefined ? null : elementFrom(opened, attributes, top.spaces);
  if (inner !== null) top.element.children.push(inner.element);
  if (inner !== null && isEmpty !== "/") open.push(inner);
}

function close(open: Open[], name: string): void {
  const top = open.pop();
  if (open.length === 0 || top === undefined || qualified(top.element) !== name)
    throw new Error(`</${name}> closes nothing`);
}

function elementFrom(opened: string, text: string, outer: Open["spaces"]): Open {
  const pairs = [...text.matchAll(/([\w:.-]+)="([^"]*)"/g)];
  const attributes = new Map(pairs.map(([, key = "", value = ""]) => [key, unescaped(value)]));
  const declared = [...attributes].filter(([key]) => key.startsWith("xmlns:"));
  const spaces = new Map([...outer, ...declared.map(([key, value]) => [key.slice(6), value] as const)]);
  const [prefix = "", name = ""] = opened.split(":");
  const space = spaces.get(prefix);
  if (space === undefined) throw new Error(`prefix ${prefix} is not declared`);
  return { element: { space, prefix, name, attributes, children: [], text: "" }, spaces };
}

const qualified = ({ prefix, name }: XmlElement): string => `${prefix}:${name}`;

function unescaped(text: string): string {
  if (/[<>]/.test(text) || /&(?!(amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)/i.test(text))
    throw new Error(`not well-formed: ${text}`);
  const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return text.replace(/&(\w+);/g, (_, name: string) => named[name] ?? "");
}

export const descendants = (element: XmlElement): XmlElement[] => [element, ...element.children.flatMap(descendants)];
