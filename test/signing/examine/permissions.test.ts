import { describe, expect, test } from "vitest";
import { permissionsOf } from "../../../signing/examine/permissions.ts";
import type { FoundSignature } from "../../../signing/examine/signatures.ts";
import { cursorAt } from "../../../signing/format/pdf/lexer.ts";
import type { PdfDictionary } from "../../../signing/format/pdf/object.ts";
import { parseObject } from "../../../signing/format/pdf/parser.ts";
import { fileOf } from "./appended.ts";
import { fileIn } from "./changing.ts";

function dictionary(text: string): PdfDictionary {
  const bytes = new Uint8Array(Buffer.from(`<<${text}>>`, "latin1"));
  const object = parseObject(cursorAt(bytes, 0), 8);
  if (object?.kind !== "dictionary") throw new Error(text);
  return object;
}

const file = fileIn(fileOf(["<</Type/Catalog>>", "<</TransformMethod/DocMDP/TransformParams<</P 1>>>>", "(far)"]));
const signature = (entries: string, field = "", revision: number | null = 0) =>
  ({ dictionary: dictionary(entries), field: dictionary(field), revision }) as FoundSignature;
const level = (...entries: string[]) =>
  permissionsOf(
    file,
    entries.map((one) => signature(one)),
  ).docMdp;
const docMdp = (parameters: string) => `/Reference[<</TransformMethod/DocMDP/TransformParams<<${parameters}>>>>]`;
const fieldMdp = (parameters: string) => `/Reference[<</TransformMethod/FieldMDP/TransformParams<<${parameters}>>>>]`;
const locked = (entries: string, field = "") => {
  const { isLocked } = permissionsOf(file, [signature(entries, field)]);
  return ["a", "b", "a.b", "a.b.c", "ab"].filter((name) => isLocked(name)).join(" ");
};

describe("ISO 32000-2 §12.8.2.2: DocMDP", () => {
  test.each([
    ["", null],
    [docMdp("/P 1"), 1],
    [docMdp("/P 2"), 2],
    [docMdp("/P 3"), 3],
    [docMdp(""), 2],
    [docMdp("/P/x"), 2],
    [docMdp("/P 0"), 1],
    [docMdp("/P 4"), 1],
    [docMdp("/P -1"), 1],
    [fieldMdp("/P 1/Action/All"), null],
    ["/Reference[2 0 R]", 1],
    ["/Reference[9 0 R]", null],
    ["/Reference 5", null],
  ])("%s: %j", (entries, expected) => {
    expect(level(entries)).toBe(expected);
  });

  test("of several the strictest holds, in whatever order they come", () => {
    expect(level(docMdp("/P 3"), docMdp("/P 2"))).toBe(2);
    expect(level(docMdp("/P 2"), "", docMdp("/P 3"))).toBe(2);
    expect(level(docMdp("/P 3"), docMdp("/P 1"))).toBe(1);
    expect(permissionsOf(file, [])).toMatchObject({ docMdp: null });
    expect(permissionsOf(file, [signature("/Reference[2 0 R]", "", null)]).docMdp).toBe(1);
  });

  test("§12.7.5.5: a lock may name a level of its own", () => {
    const lock = (entries: string) =>
      permissionsOf(file, [signature("", `/Lock<</Action/Include/Fields[]${entries}>>`)]).docMdp;
    expect(lock("/P 1")).toBe(1);
    expect(lock("/P 3")).toBe(3);
    expect(lock("")).toBeNull();
  });

  test("a signature with more references than are read permits nothing", () => {
    const many = (count: number) => `/Reference[${"<<>>".repeat(count)}]`;
    expect(level(many(16))).toBeNull();
    expect(level(many(17))).toBe(1);
    expect(locked(many(16))).toBe("");
    expect(locked(many(17))).toBe("a b a.b a.b.c ab");
  });
});

describe("ISO 32000-2 §12.8.2.4, §12.7.5.5: which fields are locked", () => {
  test.each([
    ["/Action/All", "a b a.b a.b.c ab"],
    ["/Action/Include/Fields[(a)]", "a a.b a.b.c"],
    ["/Action/Include/Fields[(a.b)]", "a.b a.b.c"],
    ["/Action/Include/Fields[(b)(ab)]", "b ab"],
    ["/Action/Include/Fields[]", ""],
    ["/Action/Include", ""],
    ["/Action/Include/Fields[5]", ""],
    ["/Action/Exclude/Fields[(a)]", "b ab"],
    ["/Action/Exclude/Fields[(a.b)]", "a b ab"],
    ["/Action/Exclude/Fields[]", "a b a.b a.b.c ab"],
    ["/Action/Other/Fields[(a)]", "a b a.b a.b.c ab"],
    ["/Fields[(a)]", "a b a.b a.b.c ab"],
  ])("%s: %j", (parameters, names) => {
    expect(locked(fieldMdp(parameters))).toBe(names);
    expect(locked("", `/Lock<<${parameters}>>`)).toBe(names);
  });

  test("several locks add up, and what no method or lock names is free", () => {
    expect(locked(fieldMdp("/Action/Include/Fields[(b)]"), "/Lock<</Action/Include/Fields[(ab)]>>")).toBe("b ab");
    expect(locked(docMdp("/P 1/Action/All"))).toBe("");
    expect(locked("", "/Lock 5")).toBe("");
    expect(locked("", "")).toBe("");
  });

  test("more names than are read lock everything", () => {
    const names = (count: number) => fieldMdp(`/Action/Include/Fields[${"(x)".repeat(count)}]`);
    expect(locked(names(5000))).toBe("");
    expect(locked(names(5001))).toBe("a b a.b a.b.c ab");
  });

  test("names and their list may be referred to", () => {
    const far = permissionsOf(file, [signature(fieldMdp("/Action/Include/Fields[3 0 R]"))]);
    expect(far.isLocked("far")).toBe(true);
    expect(far.isLocked("near")).toBe(false);
  });
});
