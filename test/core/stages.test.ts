import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { dossierStatuses, endsWithNothingToSend, mayFollow } from "../../src/core/stages.ts";

/** The newest migration that says so is what the database does. */
const said = (what: string): string =>
  readdirSync("db/migrations")
    .toSorted()
    .map((name) => readFileSync(`db/migrations/${name}`, "utf8"))
    .findLast((text) => text.includes(what)) ?? "";
const allowed = dossierStatuses.flatMap((from) =>
  dossierStatuses.filter((to) => mayFollow(from, to)).map((to) => `${from}>${to}`),
);

describe("NĐ 45/2020 Art. 10(3): the order of the procedure", () => {
  test("the database's trigger lets a dossier go exactly where src/core/stages.ts does", () => {
    const listed = [...said("function keep_dossier_order()").matchAll(/'(\w+>\w+)'/g)].map((match) => match[1]);
    expect(listed.toSorted()).toEqual(allowed.toSorted());
  });

  test("the database knows exactly the statuses of src/core/stages.ts", () => {
    const column = /dossier_status_check check \(status in \(([^)]*)\)/.exec(said("dossier_status_check"))?.[1] ?? "";
    expect([...column.matchAll(/'(\w+)'/g)].map((match) => match[1])).toEqual([...dossierStatuses]);
  });

  test("the way is whole: each step follows the one before, from the counter to the release", () => {
    const way = ["received", "read", "attested", "numbered", "person_signed", "sealed", "logged", "released"] as const;
    expect(way.slice(1).every((to, i) => mayFollow(way[i] ?? to, to))).toBe(true);
  });

  test("REG-1: only a number that was taken can be voided, and never one that is sealed", () => {
    expect(dossierStatuses.filter((from) => mayFollow(from, "voided"))).toEqual(["numbered", "person_signed"]);
  });

  test("REFUSE-1: a dossier is refused before it has a number, never after", () => {
    expect(dossierStatuses.filter((from) => mayFollow(from, "refused"))).toEqual(["received", "read", "attested"]);
  });

  test("ONCE-1: what is certified already ends before anybody attests it, never after", () => {
    expect(dossierStatuses.filter((from) => mayFollow(from, "reused"))).toEqual(["received", "read"]);
  });

  test("what is released, refused, voided or reused stays so", () => {
    for (const end of ["released", "refused", "voided", "reused"] as const) {
      expect(dossierStatuses.filter((to) => mayFollow(end, to))).toEqual([]);
    }
  });

  test("DATE-1: a signed copy whose day has passed goes back to its number, nothing else goes back past it", () => {
    expect(dossierStatuses.filter((from) => mayFollow(from, "numbered"))).toEqual(["attested", "person_signed"]);
  });

  test("DISPATCH-1: what ends without a copy or a notice has nothing to send", () => {
    const ended = dossierStatuses.filter(endsWithNothingToSend);
    expect(ended).toEqual(["voided", "reused", "handed_over", "withdrawn"]);
  });
});
