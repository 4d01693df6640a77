import type { BrokenRule } from "./broken-rule.ts";
import { brokenPresenting } from "./presenting.ts";

/** Every break, in the order of docs/legal-rules.md. */
export const brokenRules: readonly BrokenRule[] = [...brokenPresenting];
