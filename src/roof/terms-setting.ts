import { type ProcedureCodes, parseProcedureCodes } from "../core/procedure.ts";
import { parseStandards, type StandardTimes } from "../core/statistics/step-times.ts";
import { parseTerms, type Terms } from "../core/terms.ts";

type Variables = Partial<Record<"TERMS" | "STEP_TIMES" | "PROCEDURE_CODES", string | undefined>>;

export type TermsSetting = {
  /** How long things are kept and requests may take; as usual unless told. */
  readonly terms?: Terms;
  /** Minutes of working time that each step may take. STAT-3. */
  readonly standards?: StandardTimes;
  /** PROC-1. */
  readonly procedureCodes?: ProcedureCodes;
};

/** What law or practice may change, of variables that were checked; what is unset is left out. */
export function readTerms({ TERMS, STEP_TIMES, PROCEDURE_CODES }: Variables): TermsSetting {
  const [days, minutes] = [parseTerms(TERMS ?? ""), parseStandards(STEP_TIMES ?? "")];
  const codes = parseProcedureCodes(PROCEDURE_CODES ?? "");
  const times = { ...(days.ok && { terms: days.value }), ...(minutes.ok && { standards: minutes.value }) };
  return { ...times, ...(codes.ok && { procedureCodes: codes.value }) };
}
