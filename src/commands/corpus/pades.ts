import type { OutcomeCode } from "../../../signing/examine/codes.ts";
import type { Indication } from "../../../signing/examine/examination.ts";
import { examinePdf } from "../../../signing/examine/examine.ts";
import type { Instant } from "../../core/kernel.ts";
import { nodePrimitives } from "../../primitives-node.ts";
import { type Case, failed, type Outcome, passed } from "./case.ts";
import { bytesOf, type Corpus, type Entry } from "./manifest.ts";

const mostSeconds = 5;

/** Signed and unsigned files: the outcome code is one that a competent validator may give, and the status goes with it. */
export function padesCases(corpus: Corpus, entries: readonly Entry[], at: Instant): readonly Case[] {
  return entries.map((entry) => ({ folder: "pades", name: entry.file, run: () => run(corpus, entry, at) }));
}

async function run(corpus: Corpus, { file, expected, accept }: Entry, at: Instant): Promise<Outcome> {
  const pdf = bytesOf(corpus, file);
  const began = performance.now();
  const { code, document } = await examinePdf(pdf, { anchors: [], at }, nodePrimitives);
  const seconds = (performance.now() - began) / 1000;
  const told = `${code} ${document.status ?? "no status"} ${seconds.toFixed(2)} s`;
  if (!accept.includes(code)) return failed(told, `expected ${expected}, accepted ${accept.join(" ")}`);
  if (!statusesOf(code).includes(document.status)) return failed(told, `${code} with status ${document.status}`);
  return seconds <= mostSeconds ? passed(told) : failed(told, `more than ${mostSeconds} s`);
}

const damage: readonly OutcomeCode[] = ["TAMPERED", "BAD_STRUCTURE", "MODIFIED_AFTER", "BROKEN_CMS"];

/** No root is listed here, so nothing can be PASSED; corpus README, "How a run is scored". */
function statusesOf(code: OutcomeCode): readonly (Indication | null)[] {
  if (code === "UNSIGNED" || code === "PARSE_ONLY") return [null];
  return damage.includes(code) ? ["FAILED"] : ["INDETERMINATE"];
}
