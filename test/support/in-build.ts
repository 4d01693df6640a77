import { inject } from "vitest";
import { builtPath } from "./built-place.ts";

/** A program of ours as this run has built it, to be started as a process. @param path of its source, from the project's root */
export const inBuild = (path: string): string => builtPath(inject("builtFolder"), path);
