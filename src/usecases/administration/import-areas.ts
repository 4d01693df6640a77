import {
  type Area,
  type AreaBringer,
  type AreaChanges,
  type AreaFault,
  changesOf,
  readAreas,
} from "../../core/areas.ts";
import { type Bytes, fail, type Result } from "../../core/kernel.ts";

export type ImportingWorld = {
  /** One transaction, the whole list or nothing; the file's digest stands beside what it said. */
  readonly keepAreas: (
    judge: (known: ReadonlyMap<string, Area>, bringer: AreaBringer | null) => Result<AreaChanges, readonly AreaFault[]>,
  ) => Promise<Result<AreaChanges, readonly AreaFault[]>>;
};

export type ImportFailure =
  | { readonly code: "not_utf8" }
  | { readonly code: "areas_faulty"; readonly faults: readonly AreaFault[] };

/** The list of provinces and communes: every fault is told with line and column, and then nothing of it is taken. LAW 2.1. */
export async function importAreas(file: Bytes, world: ImportingWorld): Promise<Result<AreaChanges, ImportFailure>> {
  const text = decoded(file);
  if (text === null) return fail({ code: "not_utf8" });
  const lines = readAreas(text);
  if (!lines.ok) return fail({ code: "areas_faulty", faults: lines.failure });
  const kept = await world.keepAreas((known, bringer) => changesOf(lines.value, known, bringer));
  return kept.ok ? kept : fail({ code: "areas_faulty", faults: kept.failure });
}

/** What the list would say that is new, beside what is known; nothing is kept. @param bringer see `changesOf` */
export function previewAreas(
  file: Bytes,
  known: ReadonlyMap<string, Area>,
  bringer: AreaBringer | null,
): Result<AreaChanges, ImportFailure> {
  const text = decoded(file);
  if (text === null) return fail({ code: "not_utf8" });
  const lines = readAreas(text);
  const judged = lines.ok ? changesOf(lines.value, known, bringer) : lines;
  return judged.ok ? judged : fail({ code: "areas_faulty", faults: judged.failure });
}

function decoded(file: Bytes): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(file);
  } catch {
    return null;
  }
}
