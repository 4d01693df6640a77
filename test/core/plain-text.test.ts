import { describe, expect, test } from "vitest";
import { hasUnseen, plainText, withUnseenNamed } from "../../src/core/plain-text.ts";

const unseen = {
  "a zero octet": "\u0000",
  "an escape": "\u001b",
  "a control sign of the second kind": "\u0085",
  "a hyphen that is not seen": "\u00ad",
  "a space of no width": "\u200b",
  "a joiner of no width": "\u200d",
  "a mark of direction": "\u200f",
  "an override of direction": "\u202e",
  "an isolate of direction": "\u2067",
  "a byte order mark": "\ufeff",
  "a letter that shows nothing": "\u3164",
  "a tag": "\u{e0041}",
};

describe("UAX 9, TR 36 §2.5: what nobody sees", () => {
  test.each(
    Object.entries(unseen),
  )("%s is left out of what a person types, and named where somebody else wrote it", (_, sign) => {
    const text = `Lò ${sign}Thị${sign} Thử`;
    expect([plainText(text), hasUnseen(text), hasUnseen(plainText(text))]).toEqual(["Lò Thị Thử", true, false]);
    expect(withUnseenNamed(text)).toMatch(/^Lò \[U\+[0-9A-F]{4,6}\]Thị\[U\+[0-9A-F]{4,6}\] Thử$/);
  });

  test("Vietnamese, lines and tabs stay; both ways of writing a letter are one", () => {
    const text = "Ủy ban nhân dân xã Đồng Tháp\n\t– số 12/QĐ-UBND “hư cấu” ₫";
    expect([plainText(text), hasUnseen(text), withUnseenNamed("Đồng")]).toEqual([text, false, "Đồng"]);
    expect(plainText("e\u0302\u0301".normalize("NFD"))).toBe("ế");
    expect(plainText("a\r\nb\rc\u2028d")).toBe("a\nb\nc\nd");
  });

  test("Unicode DerivedCoreProperties: no sign of format or direction passes, whatever its plane", () => {
    const passed: string[] = [];
    for (let point = 0; point <= 0x10ffff; point += 1) {
      const sign = String.fromCodePoint(point);
      if (/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u.test(plainText(sign)) && !"\n\t".includes(sign))
        if (!/\n/.test(plainText(sign))) passed.push(point.toString(16));
    }
    expect(passed).toEqual([]);
  });
});
