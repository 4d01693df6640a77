import { fail, ok, type Result } from "./kernel.ts";

/** Who issued the original, since the national list has a procedure for each: an agency of Vietnam; one of abroad, or both together. */
export const procedures = ["vietnamese", "foreign"] as const;

export type Procedure = (typeof procedures)[number];

/** PROC-1: the code of each procedure (thủ tục hành chính) in the national list. */
export type ProcedureCodes = Readonly<Record<Procedure, string>>;

/** As practice has them; they may be given anew, so `PROCEDURE_CODES` says otherwise. */
export const usualProcedureCodes: ProcedureCodes = { vietnamese: "2.000815", foreign: "2.000843" };

/** @param text `vietnamese=2.000815,foreign=2.000843`, with a province's own ending where it has one; what it does not name stays as usual */
export function parseProcedureCodes(text: string): Result<ProcedureCodes, { code: "malformed_procedure_codes" }> {
  let codes = usualProcedureCodes;
  for (const pair of text.split(",")) {
    const [, name, code = ""] = /^ *([a-z]+)=(\d{1,2}\.\d{6}(?:\.[A-Z0-9]{2,5}){0,4}) *$/.exec(pair) ?? [];
    const procedure = procedures.find((one) => one === name);
    if (procedure === undefined) return fail({ code: "malformed_procedure_codes" });
    codes = { ...codes, [procedure]: code };
  }
  return codes.vietnamese === codes.foreign ? fail({ code: "malformed_procedure_codes" }) : ok(codes);
}

/** Of papers presented together, each code once, in the order of the procedures. */
export const codesOf = (
  papers: readonly { readonly procedure: Procedure }[],
  codes: ProcedureCodes,
): readonly string[] =>
  procedures.filter((one) => papers.some(({ procedure }) => procedure === one)).map((one) => codes[one]);
