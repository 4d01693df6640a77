import { movingCodes } from "./area-places.ts";
import { fail, ok, type Result } from "./kernel.ts";
import { withoutTones } from "./without-tones.ts";

/** Levels of local government since 1/7/2025: provinces above, communes below. LAW 2.1. */
export const areaKinds = ["tinh", "thanh_pho", "xa", "phuong", "dac_khu"] as const;

export type AreaKind = (typeof areaKinds)[number];

/** What is said of a province or commune at one time. A later saying does not undo it: the history stays. */
export type Area = {
  readonly code: string;
  readonly name: string;
  readonly kind: AreaKind;
  /** The province of a commune; null for a province. */
  readonly parent: string | null;
  /** Where it was merged into: it is no more, and its past copies stay its own. */
  readonly mergedInto: string | null;
};

/** As a spreadsheet's first line names them. */
export const areaColumns = ["ma", "ten", "loai", "cap_tren", "nhap_vao"] as const;

export type AreaColumn = (typeof areaColumns)[number];

export type AreaFaultCode =
  | "missing"
  | "too_long"
  | "malformed"
  | "unknown_kind"
  | "twice"
  | "parent_unknown"
  | "parent_unfit"
  | "merged_unknown"
  | "merged_unfit"
  | "moves_others"
  | "names_others"
  | "columns"
  | "quotes"
  | "header"
  | "too_many";

/** Line of the file, from 1; null of the whole line. */
export type AreaFault = { readonly line: number; readonly column: AreaColumn | null; readonly code: AreaFaultCode };

/** A line of the file as it was read, before it is held against the others. */
export type AreaLine = { readonly line: number; readonly area: Area };

const mostLines = 20_000;
const mostSigns = 200;
const codeShape = /^[0-9A-Z]{1,10}(\.[0-9A-Z]{1,10}){0,3}$/;

type Cells = { readonly line: number; readonly cells: readonly string[] };

/**
 * Reads a list of provinces and communes: RFC 4180 with a header, comma or semicolon, with or without a byte order mark.
 * Every fault is told with its line and column, not only the first.
 *
 * @param text at most what the caller read; 20,000 lines and 200 signs a field are taken
 */
export function readAreas(text: string): Result<readonly AreaLine[], readonly AreaFault[]> {
  const whole = text.replace(/^\uFEFF/, "");
  const [head = ""] = whole.split(/\r?\n/, 1);
  const separator = head.includes(";") ? ";" : ",";
  if (head.split(separator).map(bare).join() !== areaColumns.join()) return fail([at(1, null, "header")]);
  const split = splitLines(whole, separator);
  if (!split.ok) return split;
  const lines = split.value.slice(1).filter(({ cells }) => cells.some((cell) => cell !== ""));
  if (lines.length > mostLines) return fail([at(mostLines + 2, null, "too_many")]);
  const read = lines.map(areaOf);
  const faults = [...read.flatMap((one) => (one.ok ? [] : one.failure)), ...twice(lines)];
  return faults.length > 0 ? fail(inOrder(faults)) : ok(read.flatMap((one) => (one.ok ? [one.value] : [])));
}

const at = (line: number, column: AreaColumn | null, code: AreaFaultCode): AreaFault => ({ line, column, code });
const bare = (cell: string): string => cell.trim().toLowerCase();
const inOrder = (faults: readonly AreaFault[]): AreaFault[] => faults.toSorted((a, b) => a.line - b.line);

/** Quoted fields may hold separators and doubled quotes, and no line end: names have none. */
function splitLines(text: string, separator: string): Result<readonly Cells[], readonly AreaFault[]> {
  const lines = text.split(/\r?\n/).map((line, i) => ({ line: i + 1, cells: cellsOf(line, separator) }));
  const broken = lines.filter(({ cells }) => cells === null).map(({ line }) => at(line, null, "quotes"));
  if (broken.length > 0) return fail(broken);
  return ok(lines.map(({ line, cells }) => ({ line, cells: cells ?? [] })));
}

function cellsOf(line: string, separator: string): string[] | null {
  const cells: string[] = [];
  for (let rest: string | null = line; rest !== null; ) {
    const next = nextCell(rest, separator);
    if (next === null) return null;
    cells.push(next.cell.trim().normalize("NFC"));
    rest = next.rest;
  }
  return cells;
}

/** @returns null where a quotation mark stands wrong; `rest` null after the last cell */
function nextCell(text: string, separator: string): { cell: string; rest: string | null } | null {
  const quoted = /^\s*"((?:[^"]|"")*)"\s*/.exec(text);
  const cell = quoted === null ? (text.split(separator, 1)[0] ?? "") : (quoted[1] ?? "").replaceAll('""', '"');
  if (quoted === null && cell.includes('"')) return null;
  const after = text.slice(quoted === null ? cell.length : quoted[0].length);
  if (after === "") return { cell, rest: null };
  return after.startsWith(separator) ? { cell, rest: after.slice(1) } : null;
}

function areaOf({ line, cells }: Cells): Result<AreaLine, readonly AreaFault[]> {
  if (cells.length !== areaColumns.length) return fail([at(line, null, "columns")]);
  const [code = "", name = "", kind = "", parent = "", mergedInto = ""] = cells;
  const shapes = [
    shapeFault(line, "ma", code, codeShape),
    shapeFault(line, "ten", name, /^[^\p{C}]+$/u),
    ...(parent === "" ? [] : [shapeFault(line, "cap_tren", parent, codeShape)]),
    ...(mergedInto === "" ? [] : [shapeFault(line, "nhap_vao", mergedInto, codeShape)]),
  ].filter((fault) => fault !== null);
  const known = areaKinds.find((one) => one === kind);
  if (known === undefined) shapes.push(at(line, "loai", kind === "" ? "missing" : "unknown_kind"));
  if (known === undefined || shapes.length > 0) return fail(shapes);
  const area = { code, name, kind: known, parent: parent || null, mergedInto: mergedInto || null };
  return ok({ line, area });
}

function shapeFault(line: number, column: AreaColumn, cell: string, shape: RegExp): AreaFault | null {
  if (cell === "") return at(line, column, "missing");
  if (cell.length > mostSigns) return at(line, column, "too_long");
  return shape.test(cell) ? null : at(line, column, "malformed");
}

function twice(lines: readonly Cells[]): AreaFault[] {
  const seen = new Set<string>();
  return lines.flatMap(({ line, cells: [code = ""] }) => {
    const isAgain = code !== "" && seen.has(code);
    seen.add(code);
    return isAgain ? [at(line, "ma", "twice")] : [];
  });
}

const isProvince = ({ kind }: Area): boolean => kind === "tinh" || kind === "thanh_pho";

/** An administrator who brings a list, by what is not theirs to say. AUTH-5 */
export type AreaBringer = {
  /** Codes of areas whose province others rely on. */
  readonly held: readonly string[];
  /** The area of the own agency and of no other; null where there is none. */
  readonly own: string | null;
};

export type AreaChanges = {
  readonly added: readonly Area[];
  readonly changed: readonly Area[];
  readonly unchanged: number;
};

/**
 * What the file says that is new. Nothing is taken out because a file does not name it: a commune ends by being merged, in a
 * line that says so. The same file again changes nothing.
 *
 * @param known what is said now, by code
 * @param bringer null where the operator brings the list: only they say anew what is known of areas, but for one's own
 */
export function changesOf(
  lines: readonly AreaLine[],
  known: ReadonlyMap<string, Area>,
  bringer: AreaBringer | null = null,
): Result<AreaChanges, readonly AreaFault[]> {
  const after = new Map([...known, ...lines.map(({ area }) => [area.code, area] as const)]);
  const faults = lines.flatMap((one) => [...parentFault(one, after), ...mergeFault(one, after)]);
  if (faults.length > 0) return fail(inOrder(faults));
  const foreign = bringer === null ? [] : foreignFaults(lines, known, after, bringer);
  if (foreign.length > 0) return fail(foreign);
  const areas = lines.map(({ area }) => area);
  const added = areas.filter(({ code }) => !known.has(code));
  const changed = areas.filter((area) => {
    const before = known.get(area.code);
    return before !== undefined && !isSame(before, area);
  });
  return ok({ added, changed, unchanged: areas.length - added.length - changed.length });
}

/** Names stand on statistics and reports of everybody, places decide who watches whom. */
function foreignFaults(
  lines: readonly AreaLine[],
  known: ReadonlyMap<string, Area>,
  after: ReadonlyMap<string, Area>,
  { held, own }: AreaBringer,
): AreaFault[] {
  const moving = movingCodes(held, known, after);
  const changed = lines.filter(({ area }) => !isSame(area, known.get(area.code) ?? area));
  return changed.flatMap(({ line, area }) => {
    if (moving.has(area.code)) return [at(line, null, "moves_others")];
    return known.has(area.code) && area.code !== own ? [at(line, null, "names_others")] : [];
  });
}

function parentFault({ line, area }: AreaLine, after: ReadonlyMap<string, Area>): AreaFault[] {
  if (isProvince(area)) return area.parent === null ? [] : [at(line, "cap_tren", "parent_unfit")];
  if (area.parent === null) return [at(line, "cap_tren", "missing")];
  const parent = after.get(area.parent);
  if (parent === undefined) return [at(line, "cap_tren", "parent_unknown")];
  return isProvince(parent) ? [] : [at(line, "cap_tren", "parent_unfit")];
}

/** Into one of the same level that goes on: never into itself, nor into what was merged too. */
function mergeFault({ line, area }: AreaLine, after: ReadonlyMap<string, Area>): AreaFault[] {
  if (area.mergedInto === null) return [];
  const target = after.get(area.mergedInto);
  if (target === undefined) return [at(line, "nhap_vao", "merged_unknown")];
  const isFit = target.code !== area.code && target.mergedInto === null && isProvince(target) === isProvince(area);
  return isFit ? [] : [at(line, "nhap_vao", "merged_unfit")];
}

/** Areas whose code or name has what was typed, with or without tones; those that were merged away are left out. */
export function areasLike(known: ReadonlyMap<string, Area>, typed: string, most: number): readonly Area[] {
  const wanted = withoutTones(typed.trim());
  if (wanted === "") return [];
  const fits = ({ code, name, mergedInto }: Area) =>
    mergedInto === null && (withoutTones(code) === wanted || withoutTones(name).includes(wanted));
  return [...known.values()].filter(fits).slice(0, most);
}

const isSame = (a: Area, b: Area): boolean =>
  a.name === b.name && a.kind === b.kind && a.parent === b.parent && a.mergedInto === b.mergedInto;
