import type { Bytes } from "../../src/core/kernel.ts";
import type { Hasher, HashName, Primitives } from "../format/primitives.ts";

/** Bytes of the file from `from` up to, not with, `to`. */
export type Stretch = { readonly from: number; readonly to: number };

/** Digest of stretches of one file, in order. */
export type FileDigests = (name: HashName, stretches: readonly Stretch[]) => Bytes;

type Stop = { readonly at: number; readonly hasher: Hasher };

/**
 * All signatures of a file cover its beginning: that is hashed once, left at each mark, and taken up from there. One
 * pass over the file serves every signature and the file's own digest.
 *
 * @param marks where signatures leave the beginning: the starts of their gaps
 */
export function fileDigests(pdf: Bytes, marks: readonly number[], { hasher }: Pick<Primitives, "hasher">): FileDigests {
  const ascending = [...new Set(marks)].filter((mark) => mark > 0 && mark <= pdf.length).sort((a, b) => a - b);
  const stops = new Map<HashName, Stop[]>();

  function stopAt(name: HashName, end: number): Hasher {
    const known = stops.get(name) ?? [];
    stops.set(name, known);
    let last = known.findLast(({ at }) => at <= end) ?? { at: 0, hasher: hasher(name) };
    for (const mark of ascending.filter((one) => one > last.at && one <= end)) {
      last = { at: mark, hasher: continued(last, mark) };
      known.push(last); // ascending, as the marks are: what lies between was passed before or is passed now
    }
    return continued(last, end);
  }

  function continued(stop: Stop, end: number): Hasher {
    const next = stop.hasher.copy();
    next.update(pdf.subarray(stop.at, end));
    return next;
  }

  return (name, [first = { from: 0, to: 0 }, ...others]) => {
    const begun = first.from === 0 ? stopAt(name, first.to) : hasher(name);
    const rest = first.from === 0 ? others : [first, ...others];
    for (const { from, to } of rest) begun.update(pdf.subarray(from, to));
    return begun.digest();
  };
}
