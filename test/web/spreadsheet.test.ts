import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { csvOf, withoutFormula } from "../../src/web/spreadsheet/csv.ts";
import { xlsxOf } from "../../src/web/spreadsheet/xlsx.ts";
import { has, run } from "../support/tools.ts";

const folder = mkdtempSync(join(tmpdir(), "chungthuc-sheets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rows = [
  ["Số", "Họ tên", "Phí"],
  [1, 'Lò Thị "Thử" (hư cấu), <&> 𝒳', 2000],
  [2, '=HYPERLINK("http://evil.example")\u0001', 0],
] as const;

test("RFC 4180: quotes are doubled, and spreadsheet programs take the file for UTF-8", () => {
  const text = Buffer.from(csvOf(rows)).toString();
  expect(text.startsWith("\uFEFFSố,Họ tên,Phí\r\n")).toBe(true);
  expect(text).toContain('1,"Lò Thị ""Thử"" (hư cấu), <&> 𝒳",2000\r\n');
});

test.each(["=1+1", "+84", "-1", "@SUM(A1)", "\tx", "\rx"])("what was typed becomes no formula: %j", (typed) => {
  expect(Buffer.from(csvOf([[typed]])).toString()).toContain(`'${typed[0]}`);
});

test.each([
  ["\nx", "'\nx"],
  [" =1", "' =1"],
  ["＝1+1", "'＝1+1"],
  ["phường; =1", "phường;' =1"],
  ["hai dòng\n@SUM(A1)", "hai dòng\n'@SUM(A1)"],
  ["a\t-1|+2", "a\t'-1|'+2"],
  ['x;"=1+1;y', "x;'\"=1+1;y"],
  ["12-34; 5+6 = 11", "12-34; 5+6 = 11"],
])("OWASP CSV injection: nor where a computer's own list separator cuts it: %j", (typed, kept) => {
  expect(withoutFormula(typed)).toBe(kept);
});

test.skipIf(!has("python3"))(
  "ECMA-376: a program that is not ours opens the archive and finds every text as text",
  () => {
    const path = join(folder, "so.xlsx");
    writeFileSync(path, xlsxOf("2026-03", rows));
    const read = run("python3", [
      "-c",
      `import sys, zipfile, xml.dom.minidom as dom
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
for name in z.namelist(): dom.parseString(z.read(name))
sheet = dom.parseString(z.read("xl/worksheets/sheet1.xml"))
print("|".join(t.firstChild.data for t in sheet.getElementsByTagName("t")))
print("|".join(v.firstChild.data for v in sheet.getElementsByTagName("v")), len(sheet.getElementsByTagName("f")))`,
      path,
    ]);
    expect(read.output.trim().split("\n")).toEqual([
      'Số|Họ tên|Phí|Lò Thị "Thử" (hư cấu), <&> 𝒳|=HYPERLINK("http://evil.example")',
      "1|2000|2|0 0",
    ]);
  },
);
