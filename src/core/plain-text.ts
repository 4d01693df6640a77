const unseen = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;
const shown = "\n\t";

/**
 * Text as people type it, without what nobody sees: control signs, signs of no width, signs that turn the order of what follows
 * (Unicode UAX 9, TR 36 §2.5). Two texts that look alike are then alike, and PostgreSQL keeps them, which takes no zero octet.
 * Line feeds and tabs stay; any other end of a line becomes a line feed. In NFC.
 */
export const plainText = (typed: string): string =>
  typed
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(unseen, (sign) => (shown.includes(sign) ? sign : ""))
    .normalize("NFC");

/** Whether the text holds anything that `plainText` would take out. */
export const hasUnseen = (text: string): boolean =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/[\n\t]/g, "")
    .search(unseen) >= 0;

/** For a text that somebody else made: what nobody sees is named, such as `[U+202E]`, so that it cannot lead astray who reads it. */
export const withUnseenNamed = (text: string): string =>
  text.replace(unseen, (sign) => `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`);
