import { describe, expect, test } from "vitest";
import { structureChanges } from "../../../signing/examine/structure-changes.ts";
import { viewsOf } from "../../../signing/examine/views.ts";
import { readPdf } from "../../../signing/format/pdf/file.ts";
import type { PdfObject } from "../../../signing/format/pdf/object.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { appended, fileOf, type Written } from "./appended.ts";

const objects = [
  "<</Type/Catalog/StructTreeRoot 2 0 R>>",
  "<</Type/StructTreeRoot/K[3 0 R]/ParentTree 6 0 R/ParentTreeNextKey 1>>",
  "<</S/Document/P 2 0 R/K[4 0 R 5 0 R]>>",
  "<</S/P/P 3 0 R/Alt(said)/K[0]>>",
  "<</S/P/P 3 0 R/K[1]>>",
  "<</Nums[0 7 0 R]/Limits[0 0]>>",
  "[4 0 R 5 0 R]",
];

const form: Written = [10, "<</S/Form/P 3 0 R/K<</Type/OBJR/Obj 11 0 R>>>>"];
const widget: Written = [11, "<</Subtype/Widget>>"];
const root: PdfObject = { kind: "reference", number: 2, generation: 0 };

/** What is said of the structure when these objects are written behind the file. */
const told = (...update: readonly Written[]): string => toldOf([], ...update);

/** The same for a file in which some objects stand otherwise. */
function toldOf(otherwise: readonly Written[], ...update: readonly Written[]): string {
  const base = otherwise.reduce((all, [number, body]) => all.with(number - 1, body), objects);
  const read = readPdf(appended(fileOf(base), update), nodePrimitives);
  if (!read.ok) return read.failure.code;
  const changes = structureChanges(viewsOf(read.value, 0, 1), root, root);
  return changes.map(({ kind, class: of }) => `${kind} ${of}`).join() || "nothing";
}

const document = (kids: string): Written => [3, `<</S/Document/P 2 0 R/K${kids}>>`];
const upkeep = "structure_changed upkeep";
const forbidden = "structure_changed forbidden";

describe("ISO 32000-2 §14.7: the structure of a signed file", () => {
  test("a structure written again as it was is no change", () => {
    expect(told([4, objects[3] ?? ""])).toBe("nothing");
  });

  test.each<[string, readonly Written[]]>([
    ["behind what stood", [document("[4 0 R 5 0 R 10 0 R]")]],
    ["before what stood", [document("[10 0 R 4 0 R 5 0 R]")]],
    ["between what stood", [document("[4 0 R 10 0 R 5 0 R]")]],
    [
      "with its entry in the parent tree",
      [document("[4 0 R 5 0 R 10 0 R]"), [6, "<</Nums[0 7 0 R 1 10 0 R]/Limits[0 1]>>"]],
    ],
    [
      "and the next key counted on",
      [document("[4 0 R 5 0 R 10 0 R]"), [2, "<</Type/StructTreeRoot/K[3 0 R]/ParentTree 6 0 R/ParentTreeNextKey 2>>"]],
    ],
    ["as one of a list of kids", [document("[4 0 R 5 0 R 12 0 R]"), [12, "<</S/Sect/K[10 0 R]>>"]]],
  ])("an element for a widget may be added %s", (_, update) => {
    expect(told(form, widget, ...update)).toBe(upkeep);
  });

  test.each<[string, string, string]>([
    ["behind them", "0[4 0 R 5 0 R]", "0[4 0 R 5 0 R]1 10 0 R"],
    ["before them", "1[4 0 R 5 0 R]", "0 10 0 R 1[4 0 R 5 0 R]"],
    ["between them", "0[4 0 R]2[5 0 R]", "0[4 0 R]1 10 0 R 2[5 0 R]"],
    ["where there was none", "", "0 10 0 R"],
  ])("§14.7.4.4: a widget's number may be added to numbers with lists of their own, %s", (_, old, now) => {
    const tree = (numbers: string): Written => [6, `<</Nums[${numbers}]>>`];
    expect(toldOf([tree(old)], form, widget, document("[4 0 R 5 0 R 10 0 R]"), tree(now))).toBe(upkeep);
  });

  test("an element written inside its list stays when another is added beside it", () => {
    const inside = (more = "") => document(`[<</S/P/P 3 0 R/K[0]>>5 0 R${more}]`);
    expect(toldOf([inside()], form, widget, inside(" 10 0 R"))).toBe(upkeep);
    expect(toldOf([inside()], form, widget, document("[<</S/P/P 3 0 R/K[1]>>5 0 R 10 0 R]"))).toBe(forbidden);
    expect(toldOf([inside()], form, widget, document("[5 0 R 10 0 R]"))).toBe(forbidden);
    expect(toldOf([inside()], form, widget, document("[<</S/P/P 3 0 R/K[0]>><</S/P/P 3 0 R/K[0]>>5 0 R]"))).toBe(
      forbidden,
    );
  });

  test("the way up may be written otherwise", () => {
    expect(told([4, "<</S/P/P 2 0 R/Alt(said)/K[0]>>"])).toBe(upkeep);
    expect(told([4, "<</S/P/P 3 0 R/Parent 2 0 R/Alt(said)/K[0]>>"])).toBe(upkeep);
  });

  test.each<[string, readonly Written[]]>([
    ["an element lost", [document("[4 0 R]")]],
    ["all elements lost", [document("[]")]],
    ["two elements in another order", [document("[5 0 R 4 0 R]")]],
    ["an element replaced", [document("[12 0 R 5 0 R]"), [12, objects[4] ?? ""]]],
    ["another text read aloud", [[4, "<</S/P/P 3 0 R/Alt(other)/K[0]>>"]]],
    ["another kind of element", [[4, "<</S/H1/P 3 0 R/Alt(said)/K[0]>>"]]],
    ["other content", [[4, "<</S/P/P 3 0 R/Alt(said)/K[1]>>"]]],
    ["an element of page content added", [document("[4 0 R 5 0 R 12 0 R]"), [12, "<</S/P/K 0>>"]]],
    ["an element with content beside its widget", [document("[4 0 R 5 0 R 12 0 R]"), [12, "<</S/Form/K[10 0 R 0]>>"]]],
    ["an empty element added", [document("[4 0 R 5 0 R 12 0 R]"), [12, "<</S/P>>"]]],
    [
      "an element for a link added",
      [document("[4 0 R 5 0 R 12 0 R]"), [12, "<</S/Link/K<</Type/OBJR/Obj 13 0 R>>>>"], [13, "<</Subtype/Link>>"]],
    ],
    ["a number that is none of a tree", [[6, "<</Nums[0 7 0 R 1.5 10 0 R]/Limits[0 1]>>"]]],
    ["a number without a value", [[6, "<</Nums[0 7 0 R 1]>>"]]],
    ["a number before the others, so that each gets another's value", [[6, "<</Nums[5 0 7 0 R 10 0 R]>>"]]],
    ["a number that stands twice", [[6, "<</Nums[0 7 0 R 1 10 0 R 1 10 0 R]>>"]]],
    ["a number lost", [[6, "<</Nums[1 10 0 R]>>"]]],
    ["another value of a number", [[6, "<</Nums[0[5 0 R 4 0 R]1 10 0 R]>>"]]],
    ["a number that leads to page content", [[6, "<</Nums[0 7 0 R 1 4 0 R]>>"]]],
    ["numbers that are no list", [[6, "<</Nums 5>>"]]],
    ["a number among the kids", [document("[4 0 R 5 0 R 3]")]],
    [
      "the class map changed",
      [[2, "<</Type/StructTreeRoot/K[3 0 R]/ParentTree 6 0 R/ParentTreeNextKey 1/ClassMap<<>>>>"]],
    ],
  ])("what is read aloud or copied may not change: %s", (_, update) => {
    expect(told(form, widget, ...update)).toBe(forbidden);
  });

  test("elements inside one another are followed to a bounded depth", () => {
    const nested = (depth: number): Written[] => [
      document("[4 0 R 5 0 R 20 0 R]"),
      ...Array.from({ length: depth }, (_, i): Written => [20 + i, `<</S/Sect/K ${i + 1 < depth ? 21 + i : 10} 0 R>>`]),
    ];
    expect(told(form, widget, ...nested(4))).toBe(upkeep);
    expect(told(form, widget, ...nested(5))).toBe(forbidden);
  });
});
