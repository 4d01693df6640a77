import { describe, expect, test } from "vitest";
import { isSame, viewsOf } from "../../../signing/examine/views.ts";
import { entryOf, type PdfObject } from "../../../signing/format/pdf/object.ts";
import { appended, fileOf, type Written } from "./appended.ts";
import { fileIn } from "./changing.ts";

const stream = (data: string, entries = "", said: number = data.length) =>
  `<</Length ${said}${entries}>>\nstream\n${data}\nendstream`;
const reference = (number: number, generation = 0): PdfObject => ({ kind: "reference", number, generation });

/** The file in which object 1 has /A as the first value and then, written behind it, as the second. */
function written(old: string, now: string, others: readonly string[] = [], update: readonly Written[] = []) {
  const file = fileIn(appended(fileOf([`<</A ${old}>>`, ...others]), [[1, `<</A ${now}>>`], ...update]));
  const views = viewsOf(file, 0, 1);
  const [before, after] = [0, 1].map((revision) => entryOf(file.object(1, revision), "A")) as [PdfObject, PdfObject];
  return { file, views, before, after, same: () => isSame(views, before, after) };
}

describe("ISO 32000-2 §7.3: two values mean the same", () => {
  test.each([
    ["1", "1", true],
    ["1", "2", false],
    ["1", "1.0", true],
    ["true", "true", true],
    ["true", "false", false],
    ["true", "1", false],
    ["/N", "/N", true],
    ["/N", "/M", false],
    ["/N", "(N)", false],
    ["(a)", "<61>", true],
    ["(a)", "(b)", false],
    ["(a)", "(ab)", false],
    ["null", "null", true],
    ["null", "5 0 R", true],
    ["null", "0", false],
    ["null", "()", false],
    ["[]", "[]", true],
    ["[1 2]", "[1 2]", true],
    ["[1 2]", "[2 1]", false],
    ["[1 2]", "[1]", false],
    ["[1]", "[1 2]", false],
    ["[1 null]", "[1]", false],
    ["[1]", "1", false],
    ["[]", "<<>>", false],
    ["<</B 1/C 2>>", "<</C 2/B 1>>", true],
    ["<</B 1>>", "<</B 2>>", false],
    ["<</B 1>>", "<</B 1/C 2>>", false],
    ["<</B 1/C 2>>", "<</B 1>>", false],
    ["<</B 1/C null>>", "<</B 1>>", true],
    ["<</B[<</C(x)>>]>>", "<</B[<</C(x)>>]>>", true],
    ["<</B[<</C(x)>>]>>", "<</B[<</C(y)>>]>>", false],
    ["5 0 R", "6 0 R", true],
  ])("%s and %s: %j", (old, now, isEqual) => {
    expect(written(old, now).same()).toBe(isEqual);
    expect(written(now, old).same()).toBe(isEqual);
  });
});

describe("ISO 32000-2 §7.3.8: streams", () => {
  test.each<[string, string, boolean]>([
    [stream("abc"), stream("abc"), true],
    [stream("abc"), stream("abd"), false],
    [stream("abc"), stream("ab"), false],
    [stream("abc", "/K 1"), stream("abc", "/K 1"), true],
    [stream("abc", "/K 1"), stream("abc", "/K 2"), false],
    [stream("abc"), "<</Length 3>>", false],
    [stream("abc"), stream("abc", "", 2), false],
    [stream("abc", "", 2), stream("abc", "", 2), true],
    [stream("abc", "", 2), stream("abc"), true],
    [stream("abc", "", 2), stream("abc", "", 1), false],
  ])("%j written again as %j: %j", (old, now, isEqual) => {
    expect(written("2 0 R", "2 0 R", [old], [[2, now]]).same()).toBe(isEqual);
  });

  test("one that nobody wrote again is the same, and another place with the same bytes too", () => {
    expect(written("2 0 R", "2 0 R", [stream("abc")]).same()).toBe(true);
    expect(written("2 0 R", "3 0 R", [stream("abc"), stream("abc")]).same()).toBe(true);
    expect(written("2 0 R", "3 0 R", [stream("abc"), stream("abd")]).same()).toBe(false);
    expect(written("2 0 R", "3 0 R", [stream("abc"), stream("abcd")]).same()).toBe(false);
  });
});

describe("ISO 32000-2 §7.3.10: references are followed, each in its own view", () => {
  test("the value counts, not the number", () => {
    expect(written("2 0 R", "3 0 R", ["(x)", "(x)"]).same()).toBe(true);
    expect(written("2 0 R", "(x)", ["(x)"]).same()).toBe(true);
    expect(written("(x)", "2 0 R", ["(x)"]).same()).toBe(true);
    expect(written("2 0 R", "3 0 R", ["(x)", "(y)"]).same()).toBe(false);
    expect(written("2 0 R", "2 0 R", ["(x)"], [[2, "(y)"]]).same()).toBe(false);
    expect(written("[2 0 R]", "[2 0 R]", ["[3 0 R]", "(x)"], [[3, "(y)"]]).same()).toBe(false);
  });

  test("rings of references end, the same as they are", () => {
    const ring = ["<</Up 1 0 R/Next 3 0 R>>", "<</Up 1 0 R/Next 2 0 R>>"];
    expect(written("2 0 R", "2 0 R", ring).same()).toBe(true);
    expect(written("2 0 R", "2 0 R", ring, [[3, "<</Up 1 0 R/Next 2 0 R/More 1>>"]]).same()).toBe(false);
  });

  test("what is compared on its own is the same when number and generation are", () => {
    const { views, file } = written("2 0 R", "2 0 R", ["(x)", "(x)"], [[2, "(y)"]]);
    expect(isSame(views, reference(2), reference(2))).toBe(false);
    views.apart.add(2);
    expect(isSame(views, reference(2), reference(2))).toBe(true);
    expect(isSame(views, reference(2), reference(2, 1))).toBe(false);
    expect(isSame(views, reference(2), reference(3))).toBe(false);
    expect(isSame(views, reference(3), reference(2))).toBe(false);
    expect(isSame(views, reference(3), reference(3))).toBe(true);
    expect(
      isSame(views, reference(2), { kind: "string", bytes: Uint8Array.of(0x78), hex: false, start: 0, end: 1 }),
    ).toBe(true);
    expect(file.budget.exhausted).toBe(false);
  });

  test("a pair that was found the same is not walked again, one that was found to differ is never believed", () => {
    const { views, file } = written("2 0 R", "2 0 R", ["[3 0 R 4 0 R]", "(x)", "(y)"], [[4, "(z)"]]);
    expect(isSame(views, reference(3), reference(3))).toBe(true);
    const left = file.budget.steps;
    expect(isSame(views, reference(3), reference(3))).toBe(true);
    expect(left - file.budget.steps).toBe(1);
    expect(isSame(views, reference(2), reference(2))).toBe(false);
    expect(isSame(views, reference(2), reference(2))).toBe(false);
    expect(isSame(views, reference(4), reference(4))).toBe(false);
    expect(isSame(views, reference(3), reference(4))).toBe(false);
    expect(isSame(views, reference(4), reference(3))).toBe(false);
  });

  test("each comparison is paid for: once the steps are spent nothing is the same", () => {
    const { views, file } = written("1", "1");
    file.budget.steps = 1;
    expect(isSame(views, { kind: "number", value: 1 }, { kind: "number", value: 1 })).toBe(true);
    expect(isSame(views, { kind: "number", value: 1 }, { kind: "number", value: 1 })).toBe(false);
    expect(file.budget.exhausted).toBe(true);
  });
});
