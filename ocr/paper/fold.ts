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
  return most > 0 && Math.abs(a.length - b.length) <= most && distance(a, b) <= most;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
