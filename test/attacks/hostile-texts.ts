/**
 * Texts that make a pattern try again what it tried before, told from the pattern itself: what it begins with, then one or
 * two of its own signs many times over, then a sign that fits nothing.
 */
export function hostileTexts({ source, flags }: RegExp, length: number): readonly string[] {
  const atoms = atomsOf(source, flags.replace(/[gy]/g, ""));
  const texts = new Set<string>();
  let begun = "";
  for (const [i, { least, isOnTheWay }] of [...atoms, { signs: [], least: 0, isOnTheWay: false }].entries()) {
    const near = atoms.slice(Math.max(0, i - 1), i + 3).flatMap(({ signs }) => signs);
    for (const pump of pumpsOf(near)) texts.add(`${begun}${pump.repeat(length / pump.length)}\u0001`);
    if (isOnTheWay) begun += (atoms[i]?.signs[0] ?? "").repeat(least);
  }
  return [...texts];
}

type Atom = {
  /** A few that it fits. */
  readonly signs: readonly string[];
  readonly least: number;
  /** Of the first of several branches: what the pattern takes on its way to the end. */
  readonly isOnTheWay: boolean;
};

const piece =
  /\(\?(?:[:=!]|<[=!]|<\w+>)|\)(?:[*+?]|\{\d+(?:,\d*)?\})?\??|[(|^$]|\\[bB]|(\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\.|\[(?:\\.|[^\]\\])*\]|[^\\])([*+?]|\{\d+(?:,\d*)?\})?\??/giu;
const palette = [...` \t\n1a\u00e1A\u00c1x.,;:-/"'=+#(&\u0007\u0000\u2013`];

function atomsOf(source: string, flags: string): readonly Atom[] {
  const atoms: Atom[] = [];
  let [depth, otherBranchAt] = [0, Number.POSITIVE_INFINITY];
  for (const [whole, one, quantifier = ""] of source.matchAll(piece)) {
    if (whole.startsWith("(")) depth++;
    if (whole === "|") otherBranchAt = Math.min(otherBranchAt, depth);
    if (whole.startsWith(")") && --depth < otherBranchAt) otherBranchAt = Number.POSITIVE_INFINITY;
    if (one === undefined) continue;
    atoms.push({ signs: signsOf(one, flags), least: leastOf(quantifier), isOnTheWay: depth < otherBranchAt });
  }
  return atoms;
}

function signsOf(one: string, flags: string): readonly string[] {
  if (/^\w$/.test(one)) return [one];
  const fits = new RegExp(`^${one}$`, flags);
  const signs = palette.filter((sign) => fits.test(sign)).slice(0, 4);
  return signs.length === 0 && Array.from(one).length === 1 ? [one] : signs;
}

const leastOf = (quantifier: string): number =>
  quantifier === "*" || quantifier === "?" ? 0 : Number(/\d+/.exec(quantifier)?.[0] ?? 1);

const pumpsOf = (signs: readonly string[]): readonly string[] => {
  const distinct = [...new Set(signs)];
  return [...distinct, ...distinct.flatMap((one) => distinct.map((other) => one + other))];
};
