import type { Faces } from "./faces.ts";

/**
 * For papers that must come out whatever was typed: a sign that the faces cannot draw, or that would turn the direction
 * of what follows, becomes a question mark. NFC and single spaces, as in the copy.
 */
export const drawableWith =
  ({ regular }: Faces) =>
  (text: string): string =>
    [...text.normalize("NFC").replace(/\s+/gu, " ").trim()]
      .map((sign) => (/\p{C}/u.test(sign) || regular.missing(sign) !== null ? "?" : sign))
      .join("");
