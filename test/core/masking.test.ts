import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { initialsOf, maskedNumber } from "../../src/core/masking.ts";

describe("DESIGN decision 13: initials are all the public sees of a name", () => {
  test.each([
    ["Nguyễn Thị Ánh", "N.T.Á."],
    ["  nguyễn   thị ánh ", "N.T.Á."],
    ["Đặng Ước", "Đ.Ư."],
    ["O'Brien Seán", "O.S."],
    ["Lê Thị Văn-Anh (hư cấu)", "L.T.V."],
    ["A", "A."],
    ["", ""],
    ["1234 ...", ""],
    ["𠀀 Lê", "𠀀.L."],
  ])("%j becomes %j", (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  test("the two Unicode forms of a name give one text", () => {
    expect(initialsOf("Ấn Độ".normalize("NFD"))).toBe("Ấ.Đ.");
  });

  test("whatever the name, no two letters of one word are shown", () => {
    const holds = (words: string[]) => Array.from(initialsOf(words.join(" "))).length <= 4 * words.length;
    fc.assert(fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 12 }), { maxLength: 5 }), holds));
  });
});

describe("DESIGN decision 13: three last signs are all the public sees of a number", () => {
  test.each([
    ["691-12/TNOBĐM", "••••••••••BĐM"],
    ["123456", "•••456"],
    ["12345", "•••••"],
    [" 001099012345 ", "•••••••••345"],
    ["", ""],
  ])("%j becomes %j", (number, masked) => {
    expect(maskedNumber(number)).toBe(masked);
  });

  test("the two Unicode forms of a number give one text", () => {
    expect(maskedNumber("691/TNỐB".normalize("NFD"))).toBe("•••••NỐB");
  });

  test("at least half is hidden, and the length is told", () => {
    const holds = (number: string) => {
      const signs = Array.from(maskedNumber(number));
      const open = signs.filter((sign) => sign !== "•").length;
      expect(open * 2).toBeLessThanOrEqual(signs.length);
      expect(signs).toHaveLength(Array.from(number.normalize("NFC").trim()).length);
    };
    fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), holds));
  });
});
