import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inReadingOrder } from "../../ocr/layout/reading-order.ts";
import type { Word } from "../../ocr/pages.ts";
import { readCardCode } from "../../ocr/paper/card-code.ts";
import { readPaper } from "../../ocr/paper/paper.ts";
import { openReaders, type Readers } from "../../ocr/readers.ts";
import { assembled } from "../support/pages/assembled.ts";
import { photoOf, scanOf } from "../support/pages/degrade.ts";
import { lookOf, papers } from "../support/pages/papers.ts";
import { families, openTypesetter, type Typesetter } from "../support/pages/typeset.ts";
import { chanceOf } from "../support/seeded.ts";
import { must } from "./fixtures.ts";

// Nobody has these numbers: no province is 999 (hư cấu).
const text = "999190000012||Trần Thị Thử|05031990|Nữ|thôn 1, xã Giả Sơn, tỉnh Thử Nguyên|06072021";

describe("LAW 9: the code of an identity card", () => {
  test("says number, name, birth, sex, residence and day of issue; newer cards have more behind", () => {
    const said = { number: "999190000012", name: "Trần Thị Thử", born: "05/03/1990", sex: "Nữ", issued: "06/07/2021" };
    expect(readCardCode(text)).toMatchObject(said);
    expect(readCardCode(`${text}||con thứ|`)).toMatchObject(said);
    expect(readCardCode(text.replace("|06072021", ""))).toMatchObject({ number: said.number, issued: null });
  });

  test.each([
    "https://chungthuc.example/v/ABC",
    "",
    "999190000012||Trần Thị Thử|05031990|Nữ",
    text.replace("999190000012", "99919000001"),
    text.replace("05031990", "31021990"),
    text.replace("Trần Thị Thử", "<b>1</b>"),
    `${text}${"|".repeat(40)}`,
  ])("anything else is none: %s", (other) => {
    expect(readCardCode(other)).toBeNull();
  });
});

const page = (...lines: readonly string[]): readonly Word[] =>
  inReadingOrder(
    lines.flatMap((line, number) => {
      let at = 100;
      return line.split(" ").map((part) => {
        const word = { text: part, x: at, y: number * 40, width: part.length * 10, height: 24, confidence: 55 };
        at += word.width + 8;
        return { ...word, line: number, block: 0 };
      });
    }),
  );

const front = (name: string, number: string) =>
  page(
    "CĂN CƯỚC CÔNG DÂN",
    `Số / No.: ${number}`,
    `Họ và tên / Full name: ${name}`,
    "Ngày sinh / Date of birth: 05/03/1990",
    "Giới tính / Sex: Nữ",
  );

describe("print and code", () => {
  const fieldsOf = (words: readonly Word[], code: string | null) =>
    Object.fromEntries(readPaper([{ words, code }]).fields.map((field) => [field.name, field]));

  test("what both say is surer, and no longer looked at again for being read badly", () => {
    const alone = fieldsOf(front("TRẦN THỊ THỬ", "999190000012"), null);
    const both = fieldsOf(front("TRẦN THỊ THỬ", "999190000012"), text);
    for (const name of ["so", "ho_ten", "ngay_sinh", "gioi_tinh"]) {
      expect(alone[name]).toMatchObject({ confidence: 55, lookAgain: true });
      expect(both[name]).toMatchObject({ confidence: 97, lookAgain: false });
    }
  });

  test("a digit or a tone that differs says look again, and what was printed stays", () => {
    const { so, ho_ten } = fieldsOf(front("TRẦN THỊ THƯ", "999190000017"), text);
    expect(so).toMatchObject({ value: "999190000017", lookAgain: true });
    expect(so?.checks).toContainEqual({ check: "code_equals", passed: false });
    expect(ho_ten).toMatchObject({ value: "TRẦN THỊ THƯ", lookAgain: true });
  });

  test("a tone written on the other vowel is no difference", () => {
    const { ho_ten } = fieldsOf(front("TRẦN THỊ HOÀ", "999190000012"), text.replace("Thử", "Hòa"));
    expect(ho_ten?.checks).toContainEqual({ check: "code_equals", passed: true });
  });

  test("a code of another shape witnesses nothing", () => {
    const { so } = fieldsOf(front("TRẦN THỊ THỬ", "999190000012"), "https://chungthuc.example/");
    expect(so?.checks.map(({ check }) => check)).not.toContain("code_equals");
  });
});

describe("from picture to field", () => {
  let [setter, readers]: [Typesetter | null, Readers | null] = [null, null];
  beforeAll(async () => {
    setter = await openTypesetter();
    readers = openReaders({ processes: 1 });
  });
  afterAll(async () => {
    readers?.stop();
    await setter?.close();
  });

  test("the codes of both cards are read from a scan of both sides and from a photograph", async () => {
    if (setter === null || readers === null) throw new Error("not open");
    const options = { signal: new AbortController().signal, deadlineSeconds: 120 };
    const read = async (sent: Parameters<typeof assembled>[0]) =>
      must(
        await (readers as Readers).readScan(
          { bytes: await assembled(sent), fileName: null, declaredType: null },
          options,
        ),
      );
    const printed = async (name: string) => {
      const made = [];
      for (const sheet of papers[name]?.(lookOf(7, families().slice(0, 1))).sheets ?? []) {
        made.push(await (setter as Typesetter).print(sheet, 300));
      }
      return made;
    };
    const sides = await printed("canCuoc");
    const scanned = await read(await Promise.all(sides.map((side, i) => scanOf(side, chanceOf(i)))));
    const codes = scanned.pages.map(({ code }) => (code === null ? null : readCardCode(code)));
    expect(codes[0]).toBeNull();
    expect(scanned.paper.fields.find(({ name }) => name === "so")?.value).toBe(codes[1]?.number);
    const [front] = await printed("cccd");
    if (front === undefined) throw new Error("no front");
    const photographed = await read([await photoOf(front, chanceOf(3), { paperDpi: 420 })]);
    expect(readCardCode(photographed.pages[0]?.code ?? "")).not.toBeNull();
    // what the photograph let be read is held against the code, field by field; what it did not is filled in by nobody
    const coded = photographed.paper.fields.filter(({ name }) =>
      ["so", "ho_ten", "ngay_sinh", "gioi_tinh"].includes(name),
    );
    expect(coded.map(({ name }) => name)).toContain("ho_ten");
    for (const { name, checks } of coded)
      expect(
        checks.map(({ check }) => check),
        name,
      ).toContain("code_equals");
  }, 120_000);
});
