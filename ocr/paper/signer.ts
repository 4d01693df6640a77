import type { Word } from "../pages.ts";
import { fold } from "./fold.ts";

const offices =
  /chutich|giamdoc|truong(phong|khoa|ban)|hieutruong|nguoiky|kyten|ghiro|noinhan|daky|conghoa|doclap|bo?cong|pho[a-z]*|thutruong|xacnhan|luu|quyetdinh|thongbao|vochong|giaychung|nghiavietnam/;

/** The words of the last line of the lower half that looks like a person's name: two to five words, each with a capital. Empty where there is none. */
export function signerName(lines: readonly (readonly Word[])[]): readonly Word[] {
  return (
    lines
      .slice(Math.floor(lines.length / 2))
      .map(trimmed)
      .findLast(isName) ?? []
  );
}

// A stroke of the signature may have been read as a mark beside the name.
const trimmed = (line: readonly Word[]): readonly Word[] =>
  line.filter(({ text, confidence }) => /\p{L}/u.test(text) || confidence >= 60);

function isName(line: readonly Word[]): boolean {
  if (line.length < 2 || line.length > 5) return false;
  if (offices.test(fold(line.map(({ text }) => text).join("")))) return false;
  return line.every(({ text }) => /^\p{Lu}\p{L}*$/u.test(text));
}
