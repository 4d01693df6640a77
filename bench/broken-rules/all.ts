import { brokenAnnulments } from "./annulled.ts";
import { brokenAuthority } from "./authority.ts";
import { brokenBooks } from "./books.ts";
import type { BrokenRule } from "./broken-rule.ts";
import { brokenCorrections } from "./corrections.ts";
import { brokenDeadlines } from "./deadlines.ts";
import { brokenDispatches } from "./dispatches.ts";
import { brokenDossiers } from "./dossiers.ts";
import { brokenElsewhere } from "./elsewhere.ts";
import { brokenHolders } from "./holders.ts";
import { brokenLateness } from "./lateness.ts";
import { brokenMandates } from "./mandates.ts";
import { brokenNames } from "./names.ts";
import { brokenNumbers } from "./numbers.ts";
import { brokenOrder } from "./order.ts";
import { brokenFees } from "./owed.ts";
import { brokenPairs } from "./pairs.ts";
import { brokenPostings } from "./posted.ts";
import { brokenPresence } from "./presence.ts";
import { brokenPresenting } from "./presenting.ts";
import { brokenRanks } from "./ranked.ts";
import { brokenRefusals } from "./refusals.ts";
import { brokenRestrictions } from "./restricted.ts";
import { brokenScans } from "./scans.ts";
import { brokenStatements } from "./statements.ts";
import { brokenStatistics } from "./statistics.ts";
import { brokenTerms } from "./terms.ts";
import { brokenVoices } from "./voices.ts";
import { brokenWaivers } from "./waived.ts";

/** Every break, in the order of docs/legal-rules.md. */
export const brokenRules: readonly BrokenRule[] = [
  ...[...brokenPresenting, ...brokenScans],
  ...[...brokenAuthority, ...brokenMandates, ...brokenPresence, ...brokenPairs],
  ...[...brokenOrder, ...brokenDossiers],
  ...[...brokenNumbers, ...brokenBooks, ...brokenCorrections, ...brokenNames],
  ...brokenRefusals,
  ...brokenFees,
  ...brokenWaivers,
  ...brokenStatements,
  ...brokenAnnulments,
  ...brokenElsewhere,
  ...brokenDispatches,
  ...brokenVoices,
  ...brokenStatistics,
  ...brokenRanks,
  ...brokenHolders,
  ...brokenRestrictions,
  ...brokenTerms,
  ...brokenDeadlines,
  ...brokenLateness,
  ...brokenPostings,
];
