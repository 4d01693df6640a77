import type { Plugin } from "vitest/config";
import { placedInBuild } from "./built-place.ts";

/**
 * A source that a test runs starts its children as what the run has built: from sources each of them would compile all
 * that it reaches, and spend half a second of CPU time more before it does anything.
 */
export const childrenFromBuild: Plugin = {
  name: "children from build",
  enforce: "pre",
  transform(source, id) {
    return startsChildren.test(source) ? { code: placedInBuild(id, source), map: null } : undefined;
  },
};

const startsChildren = /entryBeside\(import\.meta\.url|import\.meta\.url\.endsWith/;
