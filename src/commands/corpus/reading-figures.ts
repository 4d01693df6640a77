import type { Measures } from "./reading-measures.ts";

export type Group = "flat-bed" | "phone";

/** One file read by one engine; `plain` is the machine's Tesseract without us. */
export type FileFigures = Measures & { readonly file: string; readonly group: Group; readonly engine: string };

export type FieldFigures = {
  readonly group: Group;
  readonly kindRight: boolean;
  readonly right: number;
  readonly asked: number;
};

/** Collects what each file gave and tells medians and sums once all are done. */
export type ReadingFigures = {
  readonly addReading: (figures: FileFigures) => void;
  readonly addFields: (figures: FieldFigures) => void;
  readonly lines: () => readonly string[];
};

export function collectFigures(): ReadingFigures {
  const readings: FileFigures[] = [];
  const fields: FieldFigures[] = [];
  return {
    addReading: (figures) => readings.push(figures),
    addFields: (figures) => fields.push(figures),
    lines: () => (["flat-bed", "phone"] as const).flatMap((group) => linesOf(group, readings, fields)),
  };
}

function linesOf(group: Group, readings: readonly FileFigures[], fields: readonly FieldFigures[]): readonly string[] {
  const own = readings.filter((one) => one.group === group);
  const engines = [...new Set(own.map(({ engine }) => engine))];
  const told = engines.map((engine) =>
    medians(
      group,
      engine,
      own.filter((one) => one.engine === engine),
    ),
  );
  const asked = fields.filter((one) => one.group === group);
  return asked.length === 0 ? told : [...told, fieldLine(group, asked)];
}

function medians(group: Group, engine: string, of: readonly FileFigures[]): string {
  const median = (key: keyof Measures) => percent(middle(of.map((one) => one[key])));
  return `${group}, ${engine}, ${of.length} files: median CER in order ${median("order")}, in any order ${median("any")}, words ${median("recall")}`;
}

function fieldLine(group: Group, of: readonly FieldFigures[]): string {
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const [right, asked] = [sum(of.map((one) => one.right)), sum(of.map((one) => one.asked))];
  const kinds = of.filter(({ kindRight }) => kindRight).length;
  return `${group}: kind ${kinds} of ${of.length}, fields ${right} of ${asked} (${percent(right / Math.max(1, asked))})`;
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
