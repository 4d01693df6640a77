/** @property told figures and the answer, printed whether passed or not; `why` what differs, null where nothing does */
export type Outcome = {
  readonly status: "passed" | "failed" | "not_run";
  readonly told: string;
  readonly why: string | null;
};

export type Case = {
  /** The folder of the corpus, as `--only` names it, and the file with what tells its cases apart. */
  readonly folder: string;
  readonly name: string;
  readonly run: () => Promise<Outcome>;
};

export type Done = Case & Outcome;

export const passed = (told: string): Outcome => ({ status: "passed", told, why: null });
export const failed = (told: string, why: string): Outcome => ({ status: "failed", told, why });
export const notRun = (why: string): Outcome => ({ status: "not_run", told: "", why });

/** A few cases at once, told in the order in which they stand. A product that throws on a case has failed it. */
export async function runAll(cases: readonly Case[], atOnce: number, tell: (done: Done) => void): Promise<Done[]> {
  const running: Promise<Done>[] = [];
  const done: Done[] = [];
  for (const [i, one] of cases.entries()) {
    running.push(runOne(one));
    if (i + 1 < atOnce) continue;
    done.push(await toldOf(running[done.length], tell));
  }
  while (done.length < running.length) done.push(await toldOf(running[done.length], tell));
  return done;
}

async function toldOf(running: Promise<Done> | undefined, tell: (done: Done) => void): Promise<Done> {
  if (running === undefined) throw new RangeError("no such case");
  const done = await running;
  tell(done);
  return done;
}

async function runOne(one: Case): Promise<Done> {
  try {
    return { ...one, ...(await one.run()) };
  } catch (thrown) {
    return { ...one, ...failed("", `threw ${thrown instanceof Error ? thrown.message : String(thrown)}`) };
  }
}
