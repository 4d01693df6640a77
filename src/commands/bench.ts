import { parseArgs } from "node:util";
import { giveHeapRoom } from "../roof/heap-room.ts";
import { batchFigure, batchGoal } from "./bench/batches.ts";
import { copyFigures, copyGoals, sizeGoals } from "./bench/copying.ts";
import { type Extent, fewestPairs, manyCertificates } from "./bench/extent.ts";
import { type Figure, type Goal, missingFigure } from "./bench/figure.ts";
import { growthFigures, growthGoals } from "./bench/growth.ts";
import { logFigure, logGoal } from "./bench/log.ts";
import { logProofFigures, logProofGoals } from "./bench/log-proof.ts";
import { notBuilt } from "./bench/not-built.ts";
import { oneOriginalFigure, oneOriginalGoal } from "./bench/one-original.ts";
import { readingFigures, readingGoals } from "./bench/reading.ts";
import { sealingFigures, sealingGoals } from "./bench/sealing.ts";
import { verifyFigures, verifyGoals } from "./bench/verify.ts";
import { printJson, tell } from "./output.ts";

const usage = "chungthuc bench [NAME…] [--pairs N] [--certificates N] [--tiny] [--json]";

/** `chungthuc bench`: a JSON line a figure; PERFORMANCE.md. @returns 0, whether goals are met or not */
export async function benchCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if (asked === null) {
    tell(usage);
    return 1;
  }
  giveHeapRoom(); // as the service does
  const wants = (goal: Goal) => asked.names.length === 0 || asked.names.some((name) => isNamed(goal, name));
  const extent: Extent = { ...asked, pairs: asked.tiny ? 1 : asked.pairs };
  for (const { goals, figures } of table) {
    const wanted = goals.filter(wants);
    if (wanted.length > 0)
      for (const one of await figures((goal) => wanted.some(({ bench }) => bench === goal.bench), extent))
        printJson(one);
  }
  return 0;
}

type Row = {
  readonly goals: readonly Goal[];
  readonly figures: (wants: (goal: Goal) => boolean, extent: Extent) => Promise<readonly Figure[]>;
};

const untold = (goals: readonly Goal[]): Row => ({
  goals,
  figures: async (wants) => goals.filter(wants).map((goal) => missingFigure(goal, "not built")),
});

/** In the order of PERFORMANCE.md. */
const table: readonly Row[] = [
  { goals: Object.values(readingGoals), figures: readingFigures },
  { goals: Object.values(copyGoals), figures: copyFigures },
  { goals: Object.values(sealingGoals), figures: sealed },
  { goals: [oneOriginalGoal], figures: async (_, extent) => [await oneOriginalFigure(extent)] },
  { goals: [batchGoal], figures: async (_, extent) => [await batchFigure(extent)] },
  { goals: Object.values(verifyGoals), figures: verifyFigures },
  { goals: [logGoal], figures: async (_, extent) => [await logFigure(extent)] },
  { goals: logProofGoals, figures: (_, extent) => logProofFigures(extent) },
  { goals: growthGoals, figures: growthFigures },
  { goals: Object.values(sizeGoals), figures: copyFigures },
  untold(notBuilt.start),
];

async function sealed(wants: (goal: Goal) => boolean, extent: Extent): Promise<Figure[]> {
  const figures = await sealingFigures(wantsWhole(wants), extent);
  return figures.filter(wants);
}

/** A figure against a missing peer is told by its bench's own: that is measured for both. */
function wantsWhole(wants: (goal: Goal) => boolean): (goal: Goal) => boolean {
  const wanted = new Set(
    Object.values(sealingGoals)
      .filter(wants)
      .map(({ bench }) => benchOf(bench)),
  );
  return ({ bench }) => wanted.has(benchOf(bench));
}

const benchOf = (bench: string): string => bench.replace(/ .*$/, "");

/** `seal-b` means all its figures, `seal-b floor` the one. */
const isNamed = ({ bench }: Pick<Goal, "bench">, name: string): boolean => bench === name || benchOf(bench) === name;

type Asked = Extent & { readonly names: readonly string[] };

function readArguments(args: readonly string[]): Asked | null {
  const options = {
    tiny: { type: "boolean", default: false },
    pairs: { type: "string", default: String(fewestPairs) },
    certificates: { type: "string", default: String(manyCertificates) },
    json: { type: "boolean", default: true }, // the only form there is
  } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const isKnown = (name: string) => everyGoal.some((goal) => isNamed(goal, name));
    const isAsked =
      positionals.every(isKnown) && /^[1-9]\d?$/.test(values.pairs) && /^[1-9]\d{3,7}$/.test(values.certificates);
    const [pairs, certificates] = [Number(values.pairs), Number(values.certificates)];
    return isAsked ? { names: positionals, tiny: values.tiny, pairs, certificates } : null;
  } catch {
    return null;
  }
}

const everyGoal: readonly Goal[] = table.flatMap(({ goals }) => goals);
