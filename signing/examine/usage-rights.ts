import type { PdfFile } from "../format/pdf/file.ts";
import { entryOf, integerOf, itemsOf } from "../format/pdf/object.ts";
import { rootOf } from "./fields.ts";

/**
 * Where the gaps of usage-rights signatures begin, ISO 32000-2 §12.8.2.3: a vendor switched functions of its reader on,
 * and nobody signed the content.
 */
export function usageRightGaps(file: PdfFile): readonly number[] {
  const newest = file.revisions.length - 1;
  const permissions = file.resolve(entryOf(rootOf(file, newest), "Perms"), newest);
  return ["UR3", "UR"].flatMap((key) => {
    const signature = file.resolve(entryOf(permissions, key), newest);
    const [, gapStart] = itemsOf(file.resolve(entryOf(signature, "ByteRange"), newest));
    return gapStart === undefined ? [] : (integerOf(file.resolve(gapStart, newest)) ?? []);
  });
}
