import { describe, expect, test } from "vitest";
import { fail, type Instant } from "../../src/core/kernel.ts";
import { erasureItems } from "../../src/core/personal-data.ts";
import { dossierStatuses, isLast } from "../../src/core/stages.ts";
import { parseTerms, requestDue, requestStanding, usualTerms } from "../../src/core/terms.ts";

const asked = "2026-02-20T03:00:00Z" as Instant;

describe("terms are configuration", () => {
  test("what is not named stays as usual", () => {
    const terms = parseTerms("scan=90, copy=3650,erase=15");
    expect(terms.ok && terms.value).toEqual({
      keep: { ...usualTerms.keep, scan: 90, copy: 3650 },
      answer: { ...usualTerms.answer, erase: 15 },
    });
  });

  test.each([
    "",
    "scan",
    "scan=0",
    "scan=-1",
    "register=10",
    "erase=never",
    "scan=99999",
    "access=365",
    "payment=365",
    "scan=1e3",
  ])("«%s» is refused at the start, not at the first erasing", (text) =>
    expect(parseTerms(text)).toEqual(fail({ code: "malformed_terms" })));
});

describe("DATA-2: requests and their terms", () => {
  test("DATA-2: data in 10 days, erasing in 20, counted from the request; late is seen five days before", () => {
    expect(requestDue("export", asked, usualTerms)).toBe("2026-03-02T03:00:00Z");
    const due = requestDue("erase_all", asked, usualTerms);
    expect(due).toBe("2026-03-12T03:00:00Z");
    const at = (now: string) => requestStanding(due, now as Instant);
    expect([at("2026-03-07T03:00:00Z"), at("2026-03-07T03:00:01Z"), at("2026-03-12T03:00:01Z")]).toEqual([
      "open",
      "soon",
      "late",
    ]);
  });

  test.each(dossierStatuses)("while %s, register, evidence and log are never among what is erased", (status) => {
    for (const wish of ["erase", "erase_all"] as const) {
      const gone = erasureItems(wish, status, false).filter(({ outcome }) => outcome === "erased");
      const things = wish === "erase" ? ["scan", "contact"] : ["scan", "contact", "copy", "grant"];
      expect(gone.map(({ item }) => item)).toEqual(isLast(status) ? things : []);
      expect(erasureItems(wish, status, true).every(({ outcome }) => outcome === "kept")).toBe(true);
    }
  });
});
