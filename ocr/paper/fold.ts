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

/** Whether so many letters put in, left out or changed make the one the other (Levenshtein); ends where there are more already. */
function isWithinDistance(a: string, b: string, most: number): boolean {
  let row = Uint16Array.from({ length: b.length + 1 }, (_, i) => i);
  let next = new Uint16Array(b.length + 1);
  for (let i = 0; i < a.length; i += 1) {
    const letter = a.charCodeAt(i);
    let least = i + 1;
    next[0] = least;
    for (let j = 0; j < b.length; j += 1) {
      const replaced = (row[j] ?? 0) + (letter === b.charCodeAt(j) ? 0 : 1);
      const here = Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1);
      next[j + 1] = here;
      least = Math.min(least, here);
    }
    if (least > most) return false; // what follows can only add to it
    [row, next] = [next, row];
  }
  return (row[b.length] ?? 0) <= most;
}
