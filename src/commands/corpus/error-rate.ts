/**
 * Character error rate with lines matched in any order: columns are read in one order by people and in another by an
 * engine, and that is no error of reading.
 */
export type ErrorRate = {
  /** Edits over characters of the truth, 0 to 1 and above. */
  readonly rate: number;
  readonly edits: number;
  readonly characters: number;
};

/**
 * @param truth lines; `[[ ]]` marks handwriting, which may be read or not
 * @param read the engine's lines in its order
 * @param overlays printed over the text and not part of the truth (seals): may be read or not
 */
export function errorRate(truth: string, read: string, overlays: readonly string[] = []): ErrorRate {
  const { printed, handwritten } = partsOf(truth);
  const rest = { text: tidy(read) };
  let edits = 0;
  // The longest first: a short line fits by chance into a long one, and would take its place.
  for (const line of printed.toSorted((a, b) => b.length - a.length)) edits += take(rest, line, line.length);
  for (const optional of [...handwritten, ...overlays].map(tidy)) take(rest, optional, optional.length * 0.6);
  edits += [...rest.text].filter((character) => character !== taken && character !== " ").length;
  const characters = printed.reduce((sum, line) => sum + line.length, 0);
  return { rate: characters === 0 ? 0 : edits / characters, edits, characters };
}

const tidy = (text: string): string => text.normalize("NFC").replace(/\s+/gu, " ").trim();

function partsOf(truth: string): { printed: string[]; handwritten: string[] } {
  const handwritten = [...truth.matchAll(/\[\[(.*?)\]\]/gsu)].map(([, inside = ""]) => inside);
  const printed = truth
    .replace(/\[\[.*?\]\]/gsu, "\n")
    .split("\n")
    .map(tidy);
  return { printed: printed.filter((line) => line !== ""), handwritten };
}

const taken = "\u0000"; // stands where a line was found, so that nothing is matched across the hole for free

/** Finds the line's best place in what is left, takes it out, and tells what it cost; beyond `most` nothing is taken. */
function take(rest: { text: string }, line: string, most: number): number {
  const best = bestPlace(line, rest.text);
  if (best.edits >= Math.max(1, most)) return line.length;
  rest.text = `${rest.text.slice(0, best.from)}${taken}${rest.text.slice(best.to)}`;
  return best.edits;
}

/** Sellers' algorithm: edit distance of the line to the nearest piece of the text, and where that piece stands. */
function bestPlace(line: string, text: string): { edits: number; from: number; to: number } {
  let row: Row = {
    costs: Array.from({ length: text.length + 1 }, () => 0),
    starts: [...Array(text.length + 1).keys()],
  };
  for (const [i, character] of [...line.split("").entries()]) row = nextRow(row, character, text, i + 1);
  const edits = row.costs.reduce((least, cost) => Math.min(least, cost), Number.POSITIVE_INFINITY);
  const to = row.costs.indexOf(edits);
  return { edits, from: at(row.starts, to), to };
}

/** By place in the text: what the line so far costs when it ends there, and where it then begins. */
type Row = { readonly costs: readonly number[]; readonly starts: readonly number[] };

function nextRow({ costs, starts }: Row, character: string, text: string, length: number): Row {
  const next = { costs: [length], starts: [0] };
  for (let column = 1; column <= text.length; column++) {
    const replaced = at(costs, column - 1) + (text[column - 1] === character ? 0 : 1);
    const leftOut = at(costs, column) + 1;
    const inserted = at(next.costs, column - 1) + 1;
    const cheapest = Math.min(replaced, leftOut, inserted);
    const before = cheapest === leftOut ? at(starts, column) : at(next.starts, column - 1);
    next.costs.push(cheapest);
    next.starts.push(cheapest === replaced ? at(starts, column - 1) : before);
  }
  return next;
}

const at = (numbers: readonly number[], index: number): number => numbers[index] ?? Number.POSITIVE_INFINITY;
