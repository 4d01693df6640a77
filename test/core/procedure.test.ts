import { expect, test } from "vitest";
import { fail, ok } from "../../src/core/kernel.ts";
import { codesOf, parseProcedureCodes, usualProcedureCodes } from "../../src/core/procedure.ts";

test("PROC-1: originals of Vietnam's agencies and those of abroad have a code each; papers together say each once", () => {
  expect(usualProcedureCodes).toEqual({ vietnamese: "2.000815", foreign: "2.000843" });
  const [own, foreign] = [{ procedure: "vietnamese" }, { procedure: "foreign" }] as const;
  expect(codesOf([own, own], usualProcedureCodes)).toEqual(["2.000815"]);
  expect(codesOf([foreign], usualProcedureCodes)).toEqual(["2.000843"]);
  expect(codesOf([foreign, own, foreign], usualProcedureCodes)).toEqual(["2.000815", "2.000843"]);
});

test("PROC-1: codes given anew are configuration, with a province's own ending; what is none, or one for both, is refused", () => {
  expect(parseProcedureCodes("vietnamese=2.000815.000.00.00.H55")).toEqual(
    ok({ vietnamese: "2.000815.000.00.00.H55", foreign: "2.000843" }),
  );
  expect(parseProcedureCodes("foreign=2.009999, vietnamese=1.000001")).toEqual(
    ok({ vietnamese: "1.000001", foreign: "2.009999" }),
  );
  for (const bad of ["", "2.000815", "local=2.000815", "vietnamese=815", "foreign=2.000815", "foreign=2.000843;"])
    expect(parseProcedureCodes(bad), bad).toEqual(fail({ code: "malformed_procedure_codes" }));
});
