/** What the public may see of a name or number, DESIGN decision 13. */

/** `Nguyễn Thị Ánh` -> `N.T.Á.`; letters keep their marks, what stands in brackets is no part of a name. */
export function initialsOf(fullName: string): string {
  const words = fullName
    .normalize("NFC")
    .replace(/\([^()]*\)/gu, " ")
    .trim()
    .split(/\s+/u);
  const letters = words.map((word) => Array.from(word).find((sign) => /\p{L}/u.test(sign)));
  return letters.flatMap((letter) => (letter === undefined ? [] : [`${letter.toLocaleUpperCase("vi")}.`])).join("");
}

/** Keeps the last three signs: `691-12/TNOBĐM` -> `••••••••••BĐM`; shorter than six signs is masked whole. */
export function maskedNumber(number: string): string {
  const signs = Array.from(number.normalize("NFC").trim());
  const shown = signs.length >= 6 ? 3 : 0;
  return signs.map((sign, i) => (i < signs.length - shown ? "•" : sign)).join("");
}
