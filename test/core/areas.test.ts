import { describe, expect, test } from "vitest";
import { type Area, type AreaFault, changesOf, readAreas } from "../../src/core/areas.ts";
import { fictionalAreas } from "../support/areas.ts";

const head = "ma,ten,loai,cap_tren,nhap_vao";
const list = (...lines: string[]) => [head, ...lines].join("\n");
const known = (...areas: Area[]) => new Map(areas.map((area) => [area.code, area]));
const province = "H99,Tỉnh Mẫu (hư cấu),tinh,,";
const faultsOf = (text: string, before = known()): string[] => {
  const read = readAreas(text);
  const judged = read.ok ? changesOf(read.value, before) : read;
  const told = ({ line, column, code }: AreaFault) => `${line} ${column ?? "-"} ${code}`;
  return judged.ok ? [] : judged.failure.map(told);
};

describe("LAW 2.1: a list of provinces and communes", () => {
  test.each([
    ["with commas", (text: string) => text],
    ["with a byte order mark", (text: string) => `\uFEFF${text}`],
    [
      "with semicolons and line ends as spreadsheets write them",
      (text: string) => text.replaceAll(",", ";").replaceAll("\n", "\r\n"),
    ],
    ["with empty lines", (text: string) => `${text}\n\n`],
  ])("is read %s", (_, shaped) => {
    const read = readAreas(shaped(list(province, "H99.01,Xã Mẫu (hư cấu),xa,H99,")));
    expect(read.ok && read.value.map(({ line, area }) => [line, area.code, area.parent])).toEqual([
      [2, "H99", null],
      [3, "H99.01", "H99"],
    ]);
  });

  test("quotation marks hold a separator and each other", () => {
    const read = readAreas(list('H99,"Tỉnh ""Mẫu"", hư cấu",tinh,,'));
    expect(read.ok && read.value[0]?.area.name).toBe('Tỉnh "Mẫu", hư cấu');
  });

  test.each([
    ["another header", "code,name\nH99,x", ["1 - header"]],
    ["a line with four columns", list("H99,Tỉnh Mẫu,tinh,"), ["2 - columns"]],
    ["a torn quotation", list('H99,"Tỉnh Mẫu,tinh,,'), ["2 - quotes"]],
    [
      "everything wrong in one line",
      list("h 99,,thon,!,"),
      ["2 ma malformed", "2 ten missing", "2 cap_tren malformed", "2 loai unknown_kind"],
    ],
    ["a code twice", list(province, province), ["3 ma twice"]],
    ["a commune without a province", list("H99.01,Xã Mẫu,xa,,"), ["2 cap_tren missing"]],
    ["a commune of nobody", list("H99.01,Xã Mẫu,xa,H98,"), ["2 cap_tren parent_unknown"]],
    [
      "a commune below a commune",
      list(province, "H99.01,Xã A,xa,H99,", "H99.02,Xã B,xa,H99.01,"),
      ["4 cap_tren parent_unfit"],
    ],
    ["a province below a province", list(province, "H98,Tỉnh B,tinh,H99,"), ["3 cap_tren parent_unfit"]],
    ["merged into nobody", list(province, "H99.01,Xã A,xa,H99,H99.02"), ["3 nhap_vao merged_unknown"]],
    ["merged into itself", list(province, "H99.01,Xã A,xa,H99,H99.01"), ["3 nhap_vao merged_unfit"]],
    ["merged into its province", list(province, "H99.01,Xã A,xa,H99,H99"), ["3 nhap_vao merged_unfit"]],
    [
      "each other",
      list(province, "H99.1,A,xa,H99,H99.2", "H99.2,B,xa,H99,H99.1"),
      ["3 nhap_vao merged_unfit", "4 nhap_vao merged_unfit"],
    ],
    ["a name that is too long", list(`H99,${"x".repeat(201)},tinh,,`), ["2 ten too_long"]],
  ])("every fault is told with line and column: %s", (_, text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  test("what is known counts as parent; a second time changes nothing; a new name or a merger is a change", () => {
    const read = readAreas(list(province, "H99.01,Xã Mẫu,xa,H99,"));
    if (!read.ok) throw new Error("not read");
    const areas = read.value.map(({ area }) => area);
    expect(changesOf(read.value, known(...areas))).toEqual({
      ok: true,
      value: { added: [], changed: [], unchanged: 2 },
    });
    const renamed = readAreas(list("H99.01,Phường Mẫu,phuong,H99,"));
    const judged = renamed.ok ? changesOf(renamed.value, known(...areas)) : renamed;
    expect(judged.ok && judged.value.changed.map(({ name, kind }) => [name, kind])).toEqual([["Phường Mẫu", "phuong"]]);
  });

  test("3,355 lines, 34 provinces and 3,321 communes, are read without a fault", () => {
    const text = fictionalAreas(34, 3321);
    expect(faultsOf(text)).toEqual([]);
  });
});
