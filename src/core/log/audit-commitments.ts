import type { Bytes } from "../kernel.ts";
import type { Leaf } from "./leaf.ts";

/** What leaves committed to so far. */
export type CommittedFiles = {
  /** Where the same commitment stood first; null for a new one, and for none. */
  readonly firstOf: (commitment: Bytes, index: number) => number | null;
};

/** Of each commitment the first 128 bits are remembered, to spare memory: two that agree so far are the same. */
export function committedFiles(): CommittedFiles {
  const places = new Map<string, number>();
  return {
    firstOf: (commitment, index) => {
      if (commitment.length === 0) return null;
      const half = String.fromCharCode(...commitment.subarray(0, 16));
      const first = places.get(half);
      if (first === undefined) places.set(half, index);
      return first ?? null;
    },
  };
}

export function commitmentFault({ event, commitment }: Leaf): "commitment_missing" | "commitment_unexpected" | null {
  if (event === "issued") return commitment.length === 0 ? "commitment_missing" : null;
  return commitment.length > 0 ? "commitment_unexpected" : null;
}
