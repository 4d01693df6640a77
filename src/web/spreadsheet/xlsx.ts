import { type Bytes, utf8 } from "../../core/kernel.ts";
import { zipOf } from "./zip.ts";

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const packages = "http://schemas.openxmlformats.org/package/2006";
const documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const types = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/**
 * One sheet as an Office Open XML workbook (ECMA-376 Part 1 §18): texts stand as texts, so nothing that was typed becomes
 * a formula; numbers can be added up. The first row is in bold type and stays in sight.
 *
 * @param name at most 31 signs, none of `[]:*?/\`
 */
export const xlsxOf = (name: string, rows: readonly (readonly (string | number)[])[]): Bytes =>
  zipOf([
    part("[Content_Types].xml", contentTypes),
    part(
      "_rels/.rels",
      relations(`<Relationship Id="r1" Type="${documents}/officeDocument" Target="xl/workbook.xml"/>`),
    ),
    part(
      "xl/_rels/workbook.xml.rels",
      relations(
        `<Relationship Id="r1" Type="${documents}/worksheet" Target="worksheets/sheet1.xml"/>` +
          `<Relationship Id="r2" Type="${documents}/styles" Target="styles.xml"/>`,
      ),
    ),
    part(
      "xl/workbook.xml",
      `<workbook xmlns="${main}" xmlns:r="${documents}"><sheets><sheet name="${escaped(name)}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    part("xl/styles.xml", styles),
    part("xl/worksheets/sheet1.xml", sheetOf(rows)),
  ]);

const part = (name: string, xml: string) => ({
  name,
  content: utf8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`),
});

const relations = (inside: string) => `<Relationships xmlns="${packages}/relationships">${inside}</Relationships>`;

const contentTypes =
  `<Types xmlns="${packages}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>` +
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`;

const styles =
  `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Times New Roman"/></font>` +
  '<font><b/><sz val="11"/><name val="Times New Roman"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf/></cellStyleXfs>' +
  '<cellXfs count="2"><xf fontId="0"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>';

function sheetOf(rows: readonly (readonly (string | number)[])[]): string {
  const frozen =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>';
  const widths = `<cols><col min="1" max="${Math.max(1, rows[0]?.length ?? 1)}" width="22" customWidth="1"/></cols>`;
  const lines = rows.map((row, i) => `<row r="${i + 1}">${row.map((value) => cell(value, i === 0)).join("")}</row>`);
  return `<worksheet xmlns="${main}">${frozen}${widths}<sheetData>${lines.join("")}</sheetData></worksheet>`;
}

function cell(value: string | number, isHead: boolean): string {
  const style = isHead ? ' s="1"' : "";
  if (typeof value === "number") return `<c${style}><v>${value}</v></c>`;
  return `<c${style} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

/** Signs that XML 1.0 §2.2 does not know are left out. */
const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to be left out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? "");
