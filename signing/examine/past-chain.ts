import type { Instant } from "../../src/core/kernel.ts";
import { isValidAt } from "../format/certificate.ts";
import { type ChainFinding, type ChainQuestion, findChain } from "../format/chain.ts";
import type { Primitives } from "../format/primitives.ts";
import type { Standing } from "./standing.ts";

/** @property before the finding at the time in question, where only another time gave a path: `chain` then wants proof */
export type PastChain = { readonly chain: ChainFinding; readonly before: ChainFinding | null };

/**
 * A path at the time in question; else, EN 319 102-1 §5.6.2.1, at the first time at which every certificate of it below the
 * anchor is valid. So a signature stands whose authority was given a new certificate for the same key meanwhile, and the
 * file holds only that one. The leaf itself must be valid at the time in question.
 *
 * @param now of the examination: no path from the future
 */
export async function findPastChain(
  question: ChainQuestion,
  now: Instant,
  primitives: Pick<Primitives, "verify">,
): Promise<PastChain> {
  const chain = await findChain(question, primitives);
  const isLate = !chain.trusted && chain.reason === "certificate_not_yet_valid";
  if (!isLate || !isValidAt(question.leaf, question.at)) return { chain, before: null };
  const at =
    chain.path
      .map(({ notBefore }) => notBefore)
      .toSorted()
      .at(-1) ?? now;
  if (at > now) return { chain, before: null };
  const past = await findChain({ ...question, at }, primitives);
  return past.trusted ? { chain: past, before: chain } : { chain, before: null };
}

/**
 * §5.6.2.2: on a path of another time, whoever was not valid at the time in question must be proven not revoked, and the
 * signature must be older than the control time.
 *
 * @param provenAt the time in question
 */
export function settledChain({ chain, before }: PastChain, standing: Standing, provenAt: Instant): ChainFinding {
  if (before === null) return chain;
  const isSettled = chain.path
    .slice(0, -1)
    .every((certificate, depth) => isValidAt(certificate, provenAt) || standing.path[depth]?.status === "good");
  return isSettled && provenAt <= standing.controlTime ? chain : before;
}
