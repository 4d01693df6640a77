// Stryker makes every mutant that lies inside a range; only those that were drawn are tried. See sample.ts.

class Drawn {
  static inject = ["options"];

  constructor({ drawn }) {
    this.drawn = new Set(drawn);
  }

  async init() {}

  async check(mutants) {
    return Object.fromEntries(
      mutants.map((mutant) => [
        mutant.id,
        this.drawn.has(keyOf(mutant)) ? { status: "passed" } : { status: "compileError", reason: "not drawn" },
      ]),
    );
  }

  async group(mutants) {
    return [mutants.map(({ id }) => id)];
  }
}

function keyOf({ fileName, location: { start, end }, mutatorName, replacement }) {
  const file = fileName.replace(`${process.cwd()}/`, "");
  return `${file} ${start.line}:${start.column}-${end.line}:${end.column} ${mutatorName} ${replacement}`;
}

/** What no test noticed, as it comes: a run takes its time. */
const survivors = {
  onMutantTested({ status, fileName, location: { start }, replacement }) {
    if (status !== "Survived" && status !== "NoCoverage") return;
    const file = fileName.replace(`${process.cwd()}/`, "");
    process.stdout.write(`${JSON.stringify({ [status]: `${file}:${start.line}:${start.column}`, to: replacement })}\n`);
  },
};

export const strykerPlugins = [
  { kind: "Checker", name: "drawn", injectableClass: Drawn },
  { kind: "Reporter", name: "survivors", value: survivors },
];
