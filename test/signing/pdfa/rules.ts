import type { Rule } from "./rule.ts";
import { fileRules } from "./rules-file.ts";
import { fontRules } from "./rules-fonts.ts";
import { graphicsRules } from "./rules-graphics.ts";
import { interactiveRules } from "./rules-interactive.ts";
import { metadataRules } from "./rules-metadata.ts";
import { structureRules } from "./rules-structure.ts";

/** In the order of ISO 19005-2. */
export const everyRule: readonly Rule[] = [
  ...fileRules,
  ...graphicsRules,
  ...fontRules,
  ...interactiveRules,
  ...metadataRules,
  ...structureRules,
];
