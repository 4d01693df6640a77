import { brokenAuthority } from "./authority.ts";
import { brokenBooks } from "./books.ts";
import type { BrokenRule } from "./broken-rule.ts";
import { brokenCorrections } from "./corrections.ts";
import { brokenDossiers } from "./dossiers.ts";
import { brokenMandates } from "./mandates.ts";
import { brokenNames } from "./names.ts";
import { brokenNumbers } from "./numbers.ts";
import { brokenOrder } from "./order.ts";
import { brokenPairs } from "./pairs.ts";
import { brokenPresence } from "./presence.ts";
import { brokenPresenting } from "./presenting.ts";

/** Every break, in the order of docs/legal-rules.md. */
export const brokenRules: readonly BrokenRule[] = [
  ...brokenPresenting,
  ...[...brokenAuthority, ...brokenMandates, ...brokenPresence, ...brokenPairs],
  ...[...brokenOrder, ...brokenDossiers],
  ...[...brokenNumbers, ...brokenBooks, ...brokenCorrections, ...brokenNames],
];
