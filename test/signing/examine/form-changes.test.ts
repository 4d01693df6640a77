import { describe, expect, test } from "vitest";
import type { Permissions } from "../../../signing/examine/permissions.ts";
import { certified, changed, changesOf, objects, told, toldWith } from "./changing.ts";

const locked: Permissions = { docMdp: null, isLocked: (name) => name === "text" || name === "sig" };
const ofForm = (...entries: string[]) => [5, `<<${entries.join("")}>>`] as const;
const [fields, resources, appearance] = ["/Fields[6 0 R 7 0 R]", "/DR<</Font<</F 11 0 R>>>>", "/DA(/F 9 Tf)"];
const signature = (entries = "/SubFilter/ETSI.CAdES.detached") => [20, `<</Type/Sig${entries}/Contents<30>>>`] as const;
const signed = (entries = "") => changed(7, "/T(sig)", `/T(sig)/V 20 0 R${entries}`);
const face = "/AP<</N 8 0 R>>";

describe("ISO 32000-2 §12.7: filling a form", () => {
  test.each([
    ["its value", "/V(old)", "/V(new)"],
    ["its appearance", "/V(old)", "/V(old)/AP<</N 8 0 R>>"],
    ["its state", "/V(old)", "/V(old)/AS/On"],
    ["its date", "/V(old)", "/V(old)/M(D:20260101000000Z)"],
    ["its looks", "/V(old)", "/V(old)/MK<</R 90>>"],
    ["its rich value", "/V(old)", "/V(old)/RV(x)"],
    ["its choice", "/V(old)", "/V(old)/I[1]"],
    ["its top line", "/V(old)", "/V(old)/TI 1"],
    ["being set read-only", "/V(old)", "/V(old)/Ff 1"],
  ])("is %s; nobody may where nothing but evidence is permitted, or where the field is locked", (_, from, into) => {
    const update = changed(6, from, into);
    expect(told(update)).toEqual(["form_filled form text"]);
    expect(toldWith({ permissions: certified(2) }, update)).toEqual(["form_filled form text"]);
    expect(toldWith({ permissions: certified(1) }, update)).toEqual(["form_filled forbidden text"]);
    expect(toldWith({ permissions: locked }, update)).toEqual(["locked_field_changed forbidden text"]);
  });

  test.each([
    ["another place", "/Rect[0 0 1 1]", "/Rect[0 0 5 5]"],
    ["another type", "/FT/Tx", "/FT/Btn"],
    ["another flag", "/V(old)", "/V(old)/Ff 2"],
    ["a flag beside read-only", "/V(old)", "/V(old)/Ff 3"],
    ["an action", "/V(old)", "/V(old)/AA<<>>"],
    ["a value and a place", "/V(old)/Rect[0 0 1 1]", "/V(new)/Rect[0 0 5 5]"],
  ])("is not %s", (_, from, into) => {
    expect(told(changed(6, from, into))).toEqual(["form_field_changed forbidden text"]);
  });

  test("kids and parents are judged as fields of their own", () => {
    expect(told(changed(6, "/V(old)", "/V(old)/Kids[]"))).toEqual([]);
    expect(told(changed(6, "/V(old)", "/V(old)/Parent 9 0 R"))).toEqual([]);
  });

  test("a field may neither come nor go", () => {
    expect(told(ofForm("/Fields[7 0 R]", resources, appearance))).toContain("form_field_removed forbidden text");
    const added = [ofForm("/Fields[6 0 R 7 0 R 20 0 R]", resources, appearance), [20, "<</FT/Tx/T(more)>>"]] as const;
    expect(told(...added)).toEqual(["form_field_added forbidden more"]);
    const inside = ofForm("/Fields[6 0 R 7 0 R <</FT/Tx/T(here)>>]", resources, appearance);
    expect(told(inside)).toEqual(["form_field_added forbidden here"]);
  });

  test("a field written inside the form is known by its name", () => {
    const base = objects.with(4, `<</Fields[<</FT/Tx/T(here)/V(a)>> 7 0 R]>>`);
    const now = ofForm("/Fields[<</FT/Tx/T(here)/V(b)>> 7 0 R]");
    expect(toldWith({ base }, now)).toEqual(["form_filled form here"]);
  });
});

describe("ISO 32000-2 §12.7.3: the form itself", () => {
  test("/NeedAppearances, set or dropped, draws every field anew: each counts as filled, but signatures", () => {
    const asked = [fields, resources, appearance, "/NeedAppearances true"];
    const base = objects.with(4, `<<${asked.join("")}>>`);
    expect(told(ofForm(...asked))).toEqual(["form_filled form text"]);
    expect(toldWith({ base }, ofForm(fields, resources, appearance))).toEqual(["form_filled form text"]);
    expect(toldWith({ permissions: certified(1) }, ofForm(...asked))).toEqual(["form_filled forbidden text"]);
    expect(toldWith({ permissions: locked }, ofForm(...asked))).toEqual(["locked_field_changed forbidden text"]);
    expect(told(ofForm(fields, resources, appearance, "/NeedAppearances false"))).toEqual([]);
    expect(toldWith({ base: base.with(5, "null") }, ofForm(fields, resources, appearance))).toEqual([]);
  });

  test("fields and flags are judged elsewhere; its resources may grow", () => {
    expect(told(ofForm(fields, resources, appearance, "/SigFlags 3"))).toEqual([]);
    const grown = (dr: string) => told(ofForm(fields, `/DR<<${dr}>>`, appearance));
    expect(grown("/Font<</F 11 0 R/G 11 0 R>>")).toEqual(["form_changed upkeep DR"]);
    expect(grown("/Font<</F 11 0 R>>/XObject<<>>")).toEqual(["form_changed upkeep DR"]);
    expect(grown("/Font<</G 11 0 R>>")).toEqual(["form_changed forbidden DR"]);
    expect(grown("/Font<</F 10 0 R>>")).toEqual(["form_changed forbidden DR"]);
    expect(grown("/XObject<<>>")).toEqual(["form_changed forbidden DR"]);
    expect(grown("/Font[11 0 R]")).toEqual(["form_changed forbidden DR"]);
  });

  test("the default appearance may come and not change; nothing else may do either", () => {
    expect(told(ofForm(fields, resources, "/DA(/G 9 Tf)"))).toEqual(["form_changed forbidden DA"]);
    expect(told(ofForm(fields, resources))).toEqual(["form_changed forbidden DA"]);
    const base = objects.with(4, `<<${fields}>>`);
    expect(toldWith({ base }, ofForm(fields, appearance))).toEqual(["form_changed upkeep DA"]);
    expect(toldWith({ base }, ofForm(fields, resources))).toEqual(["form_changed upkeep DR"]);
    expect(toldWith({ base }, ofForm(fields, "/XFA(x)"))).toEqual(["form_changed forbidden XFA"]);
  });

  test("a resource deeper than a category and a name is looked at whole", () => {
    const base = objects.with(4, `<<${fields}/DR<</Font<</F<</A 1>>>>>>>>`);
    const now = (font: string) => toldWith({ base }, ofForm(fields, `/DR<</Font<</F${font}>>>>`));
    expect(now("<</A 1/B 2>>")).toEqual(["form_changed forbidden DR"]);
    expect(now("<</A 1>>/G 1")).toEqual(["form_changed upkeep DR"]);
  });
});

describe("ISO 32000-2 §12.8, §12.7.5.5: signing an empty field", () => {
  test("is a further signature, where nothing but evidence may follow or the field is locked it is not permitted", () => {
    const update = [signed(face), signature()];
    expect(told(...update)).toEqual(["signature_added signature sig"]);
    expect(toldWith({ permissions: certified(2) }, ...update)).toEqual(["signature_added signature sig"]);
    expect(toldWith({ permissions: certified(1) }, ...update)).toEqual(["signature_added forbidden sig"]);
    expect(toldWith({ permissions: locked }, ...update)).toEqual(["locked_field_changed forbidden sig"]);
  });

  test("by a document timestamp that shows nothing is evidence, locked or not; one that paints is a signature", () => {
    const stamp = signature("/SubFilter/ETSI.RFC3161");
    for (const permissions of [locked, certified(1), certified(2)])
      expect(toldWith({ permissions }, signed(), stamp)).toEqual(["document_timestamp_added evidence sig"]);
    expect(told(signed(face), stamp)).toEqual(["signature_added signature sig"]);
    expect(toldWith({ permissions: certified(1) }, signed(face), stamp)).toEqual(["signature_added forbidden sig"]);
  });

  test.each([
    "/AP<<>>",
    "/AS/N",
    "/M(x)",
    "/MK<<>>",
    "/F 4",
    "/Ff 1",
    "/DA(x)",
    "/Q 1",
    "/BS<<>>",
    "/Border[]",
    "/StructParent 1",
  ])("may set %s with the value", (entry) => {
    expect(told(signed(entry), signature())).toEqual(["signature_added signature sig"]);
  });

  test("may change nothing else, and a field stays as it is without a signature", () => {
    expect(told(signed("/AA<<>>"), signature())).toEqual(["form_field_changed forbidden sig"]);
    expect(told(changed(7, "/T(sig)", "/T(sig)/F 4"))).toEqual(["form_field_changed forbidden sig"]);
    expect(told(changed(7, "/T(sig)", "/T(sig)/V 99 0 R"))).toEqual([]); // leads to nothing, §7.3.10
  });

  test("room for a signature is none yet: a field that paints is an annotation", () => {
    const room = [20, "<</Type/Sig/Contents<0000>>>"] as const;
    expect(told(signed(), room)).toEqual(["signature_field_added signature sig"]);
    expect(told(signed(face), room)).toEqual(["annotation_added annotation sig"]);
    expect(toldWith({ permissions: certified(3) }, signed(face), room)).toEqual(["annotation_added annotation sig"]);
    expect(toldWith({ permissions: certified(2) }, signed(face), room)).toEqual(["annotation_added forbidden sig"]);
  });

  test("a value that stood already is a second face for it", () => {
    const base = [...objects, "<</Type/Sig/Contents<30>>>"];
    const second = changed(7, "/T(sig)", "/T(sig)/V 12 0 R");
    expect(toldWith({ base }, second)).toEqual(["form_field_changed forbidden sig"]);
  });
});

describe("a signature that stands", () => {
  const base = objects
    .with(6, `${(objects[6] ?? "").replace("/T(sig)", "/T(sig)/V 12 0 R")}`)
    .concat("<</Type/Sig/Contents<30>>>");
  const field = (entries: string) => [7, (objects[6] ?? "").replace("/T(sig)", `/T(sig)${entries}`)] as const;

  test("may get neither another face nor another value, nor lose it", () => {
    expect(toldWith({ base }, field("/V 12 0 R"))).toEqual([]);
    expect(toldWith({ base }, field("/V 12 0 R/AP<<>>"))).toEqual(["signature_changed forbidden sig"]);
    expect(toldWith({ base }, [12, "<</Type/Sig/Contents<31>>>"])).toEqual(["signature_changed forbidden sig"]);
    expect(toldWith({ base }, field("/V null"))).toEqual(["signature_removed forbidden sig"]);
    expect(toldWith({ base }, field(""))).toEqual(["signature_removed forbidden sig"]);
  });
});

describe("a new signature field", () => {
  const withField = ofForm("/Fields[6 0 R 7 0 R 21 0 R]", resources, appearance);
  const field = (entries: string) => [21, `<</FT/Sig/T(new)/Rect[0 0 1 1]${entries}>>`] as const;

  test("is room for a signature, or a signature; where it paints it is an annotation", () => {
    expect(told(withField, field(""))).toEqual(["signature_field_added signature new"]);
    expect(toldWith({ permissions: certified(1) }, withField, field(""))).toEqual([
      "signature_field_added forbidden new",
    ]);
    expect(told(withField, field(face))).toEqual(["annotation_added annotation new"]);
    expect(told(withField, field("/V 20 0 R"), signature())).toEqual(["signature_added signature new"]);
  });

  test.each(["[0 0 0 1]", "[0 0 1 0]", "[2 3 2 9]", "[]"])("paints nothing in %s", (box) => {
    const empty = [21, `<</FT/Sig/T(new)/Rect${box}${face}>>`] as const;
    expect(told(withField, empty)).toEqual(["signature_field_added signature new"]);
  });

  test("was not something else before: an annotation made to look like a field", () => {
    const list = ofForm("/Fields[6 0 R 7 0 R 9 0 R]", resources, appearance);
    const dressed = changed(9, "/Subtype/Text", "/Subtype/Widget/FT/Sig/T(new)");
    expect(told(list, dressed)).toContain("form_field_changed forbidden new");
  });
});

test("ISO 32000-2 §12.8: a signature that was made and taken away again is told", () => {
  const made = [signed(), signature()];
  const gone = [changed(7, "/T(sig)", "/T(sig)/V null"), [20, "null"] as const];
  expect(changesOf([made, gone])).toContain("signature_removed forbidden sig");
  const reserved = [signed(), [20, "<</Type/Sig/Contents<0000>>>"] as const];
  expect(changesOf([reserved, gone])).not.toContain("signature_removed forbidden sig");
  expect(changesOf([made, [[30, "null"]]])).not.toContain("signature_removed forbidden sig");
});
