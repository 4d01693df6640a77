import { expect, test } from "vitest";
import type { LocalDate } from "../../src/core/kernel.ts";
import { dossierCodeOf } from "../../src/core/submission.ts";

/** LAW 6: both forms in use, and the wider serial of newer portals. */
const form = /^(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}(?:\.\d{1,3})*-\d{6}-\d{4,6}$/;
const day = "2026-11-03" as LocalDate;

test.each([
  ["H55.242", 4, "H55.242-261103-0004"],
  ["G22.99.08", 896_048, "G22.99.08-261103-896048"],
  ["000.00.12.H62", 1, "000.00.12.H62-261103-0001"],
  ["H00", 9999, "H00-261103-9999"],
])("DOS-1: agency %s, serial %d of the day: %s", (agency, serial, code) => {
  expect(dossierCodeOf(agency, day, serial)).toBe(code);
});

test.each([
  "",
  "DEMO",
  "h55",
  "H5",
  "H55.",
  "H55.1234",
  "H55-242",
])("DOS-1: an agency whose own code %j is none of that kind has the prefix that nobody else has", (agency) => {
  const code = dossierCodeOf(agency, day, 7);
  expect(code).toBe("H00-261103-0007");
  expect(code).toMatch(form);
});
