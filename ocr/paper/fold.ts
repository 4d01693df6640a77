/** For comparing only: lower case, without tones and marks, letters and digits alone. Engines lose marks first. */
export const fold = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "");

/** The same letters and marks, whatever the case and whichever vowel of a word carries the tone: `hòa` and `hoà`. */
export function isSameText(a: string, b: string): boolean {
  const parts = (text: string) =>
    text
      .toLocaleLowerCase("vi")
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .filter((word) => word !== "")
      .map((word) => `${fold(word)} ${(word.normalize("NFD").match(/[\p{M}đ]/gu) ?? []).toSorted().join("")}`)
      .join(" ");
  return parts(a) === parts(b);
}

/** Whether two folded words are one, an error of reading every five letters allowed. */
export function isNear(a: string, b: string): boolean {
  const most = Math.floor(Math.max(a.length, b.length) / 5);
  if (a === b) return true;
  return most > 0 && Math.abs(a.length - b.length) <= most && isWithinDistance(a, b, most);
}

/** Whether both are the same but for one letter put in, left out or changed. */
export const isOneLetterOff = (a: string, b: string): boolean =>
  Math.abs(a.length - b.length) <= 1 && isWithinDistance(a, b, 1);

// A page is compared with thousands of titles: the rows are made once.
let row = new Uint16Array(256);
let next = new Uint16Array(256);

/**
 * Whether so many letters put in, left out or changed make the one the other (Levenshtein); ends where there are more already. Only places
 * that lie no farther apart than that many are reckoned: all others have more.
 */
function isWithinDistance(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  if (b.length + 1 > row.length) [row, next] = [new Uint16Array(2 * b.length), new Uint16Array(2 * b.length)];
  for (let j = 0; j <= b.length; j += 1) row[j] = j;
  for (let i = 0; i < a.length; i += 1) {
    if (leastOfNext(a.charCodeAt(i), i, b, most) > most) return false; // what follows can only add to it
    [row, next] = [next, row];
  }
  return (row[b.length] ?? 0) <= most;
}

function leastOfNext(letter: number, i: number, b: string, most: number): number {
  const from = Math.max(0, i - most);
  const to = Math.min(b.length - 1, i + most);
  let before = from === 0 ? i + 1 : most + 1;
  let least = before;
  next[from] = before;
  for (let j = from; j <= to; j += 1) {
    const replaced = (row[j] ?? 0) + (letter === b.charCodeAt(j) ? 0 : 1);
    before = Math.min(replaced, (row[j + 1] ?? 0) + 1, before + 1);
    next[j + 1] = before;
    if (before < least) least = before;
  }
  next[to + 2] = most + 1; // the next row looks one farther
  return least;
}
