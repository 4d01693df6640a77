import { describe, expect, test } from "vitest";
import { certified, changed, changesOf, objects, told, toldWith } from "./changing.ts";

const catalog = (entries: string) => [1, `<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R/Lang(vi)${entries}>>`] as const;
const annotations = (list: string) => changed(3, "[6 0 R 7 0 R 9 0 R]", list);

describe("ISO 32000-2 §7.7.3: pages", () => {
  test("content, resources and everything else of a page stay, also where they stand in objects of their own", () => {
    expect(told([8, "<</Length 3>>\nstream\nQ q\nendstream"])).toEqual(["page_content_changed forbidden 1"]);
    expect(told(changed(3, "8 0 R", "[8 0 R 8 0 R]"))).toEqual(["page_content_changed forbidden 1"]);
    expect(told(changed(10, "/Font", "/Fond"))).toEqual(["page_resources_changed forbidden 1"]);
    expect(told([11, "<</Type/Font/BaseFont/Courier>>"])).toContain("page_resources_changed forbidden 1");
    expect(told(changed(4, "[0 0 9 9]", "[0 0 9 8]"))).toEqual(["page_changed forbidden 2"]);
    expect(told(changed(4, "/MediaBox", "/Rotate 90/MediaBox"))).toEqual(["page_changed forbidden 2"]);
  });

  test("tab order and date of a page may change; the same written again is no change", () => {
    expect(told(changed(3, "/MediaBox", "/Tabs/S/LastModified(x)/MediaBox"))).toEqual([]);
    expect(told([3, objects[2] ?? ""])).toEqual([]);
  });

  test("pages neither come nor go, nor change places", () => {
    expect(told(changed(2, "4 0 R]/Count 2", "4 0 R 20 0 R]/Count 3"), [20, "<</Type/Page/Parent 2 0 R>>"])).toEqual([
      "page_added forbidden 3",
    ]);
    expect(told(changed(2, "4 0 R]/Count 2", "]/Count 1"))).toEqual(["page_removed forbidden 2"]);
    expect(told(changed(2, "3 0 R 4 0 R", "4 0 R 3 0 R")).length).toBeGreaterThan(0);
    expect(told(changed(2, "3 0 R 4 0 R", "3 0 R 3 0 R"))).toContain("page_content_changed forbidden 2");
  });

  test("what a page inherits is its own", () => {
    const base = objects
      .with(1, "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/Rotate 0/MediaBox[0 0 9 9]>>")
      .with(3, "<</Type/Page/Parent 2 0 R>>");
    const root = (entries: string) => [2, `<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2${entries}>>`] as const;
    expect(toldWith({ base }, root("/Rotate 90/MediaBox[0 0 9 9]"))).toContain("page_changed forbidden 2");
    expect(toldWith({ base }, root("/Rotate 0/MediaBox[0 0 9 8]"))).toContain("page_changed forbidden 2");
    const moved = [4, "<</Type/Page/Parent 2 0 R/Rotate 0/MediaBox[0 0 9 9]>>"] as const;
    expect(toldWith({ base }, moved)).toEqual([]);
  });

  test("the nodes above the pages keep what they say; a writer's mark in a string may come, change and go", () => {
    const root = (entry: string) => changed(2, "/Count 2", `/Count 2${entry}`);
    expect(told(root("/Mark(x)"))).toEqual([]);
    expect(told(root("/Mark 5"))).toEqual(["page_changed forbidden"]);
    expect(told(root("/Mark[(x)]"))).toEqual(["page_changed forbidden"]);
    const base = objects.with(1, "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/Mark(x)/Odd 1>>");
    const now = (entries: string) => toldWith({ base }, [2, `<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2${entries}>>`]);
    expect(now("/Mark(y)/Odd 1")).toEqual([]);
    expect(now("/Odd 1")).toEqual([]);
    expect(now("/Mark(x)")).toEqual(["page_changed forbidden"]);
    expect(now("/Mark(x)/Odd(1)")).toEqual(["page_changed forbidden"]);
  });

  test("a count, a parent or a tree that some readers go by and others do not may not appear", () => {
    expect(told(changed(2, "/Count 2", "/Count 1"))).toEqual(["page_changed forbidden"]);
    expect(told(changed(2, "/Count 2", ""))).toEqual(["page_changed forbidden"]);
    expect(told(changed(4, "/Parent 2 0 R", "/Parent 3 0 R"))).toEqual(["page_changed forbidden"]);
    expect(told(changed(4, "/Parent 2 0 R", ""))).toEqual(["page_changed forbidden"]);
    expect(told(changed(2, "4 0 R]/Count 2", "4 0 R 2 0 R]/Count 2"))).toContain("page_changed forbidden");
    const odd = objects.with(1, "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 7>>");
    expect(toldWith({ base: odd }, [2, "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 7/Mark(x)>>"])).toEqual([]);
    expect(toldWith({ base: odd }, [2, "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 8>>"])).toEqual([
      "page_changed forbidden",
    ]);
  });

  test("a kid that is no dictionary is counted as a page", () => {
    const base = objects.with(1, "<</Type/Pages/Kids[3 0 R 20 0 R]/Count 2>>");
    expect(toldWith({ base }, [20, "<</Type/Page/Parent 2 0 R>>"])).toContain("page_changed forbidden 2");
    expect(toldWith({ base }, [21, "null"])).toEqual([]);
  });

  test("pages deeper than is looked at are never called unchanged", () => {
    const deep = (levels: number): string[] => [
      "<</Type/Catalog/Pages 2 0 R>>",
      ...Array.from(
        { length: levels },
        (_, i) => `<</Kids[${i + 3} 0 R]/Count 1${i > 0 ? `/Parent ${i + 1} 0 R` : ""}>>`,
      ),
      `<</Type/Page/Parent ${levels + 1} 0 R>>`,
    ];
    expect(toldWith({ base: deep(64) }, [900, "null"])).toEqual([]);
    expect(toldWith({ base: deep(65) }, [900, "null"])).toEqual(["page_changed forbidden"]);
  });
});

describe("ISO 32000-2 §12.5: annotations", () => {
  const note = (entries: string) => [20, `<</Type/Annot/Subtype/Text${entries}>>`] as const;

  test("may come, change and go where nobody certified or annotations are permitted, else not", () => {
    const added = [annotations("[6 0 R 7 0 R 9 0 R 20 0 R]"), note("")];
    const rewritten = changed(9, "(note)", "(more)");
    const removed = annotations("[6 0 R 7 0 R]");
    for (const [kind, update] of [
      ["added", added],
      ["changed", [rewritten]],
      ["removed", [removed]],
    ] as const) {
      expect(told(...update)).toEqual([`annotation_${kind} annotation 1`]);
      expect(toldWith({ permissions: certified(3) }, ...update)).toEqual([`annotation_${kind} annotation 1`]);
      expect(toldWith({ permissions: certified(2) }, ...update)).toEqual([`annotation_${kind} forbidden 1`]);
    }
  });

  test("a widget that belongs to no field can show anything and is never permitted", () => {
    const widget = [20, "<</Type/Annot/Subtype/Widget>>"] as const;
    expect(told(annotations("[6 0 R 7 0 R 9 0 R 20 0 R]"), widget)).toEqual(["annotation_added forbidden 1"]);
  });

  test("one that stands inside the list is known by its place", () => {
    const inside = (text: string) => annotations(`[6 0 R 7 0 R 9 0 R <</Subtype/Text/Contents(${text})>>]`);
    expect(told(inside("a"))).toEqual(["annotation_added annotation 1"]);
    expect(changesOf([[inside("a")], [inside("b")]], { before: 1 })).toEqual(
      expect.arrayContaining(["annotation_removed annotation 1", "annotation_added annotation 1"]),
    );
    const same = changesOf([[inside("a")], [inside("a")]], { before: 1 });
    expect(same.filter((one) => one.startsWith("annotation"))).toEqual([]);
  });

  test("another order is no change; a list that goes takes all of them away", () => {
    expect(told(annotations("[9 0 R 7 0 R 6 0 R]"))).toEqual([]);
    expect(told(changed(3, "/Annots[6 0 R 7 0 R 9 0 R]", ""))).toContain("annotation_removed annotation 1");
    expect(told(changed(4, "/MediaBox", "/Annots[20 0 R]/MediaBox"), note(""))).toEqual([
      "annotation_added annotation 2",
    ]);
  });

  test("the widget of a new signature field is told with its field, one that stood elsewhere is moved", () => {
    const form = [5, "<</Fields[6 0 R 7 0 R 20 0 R]/DR<</Font<</F 11 0 R>>>>/DA(/F 9 Tf)>>"] as const;
    const field = [20, "<</Subtype/Widget/FT/Sig/T(new)/Rect[0 0 0 0]>>"] as const;
    expect(told(form, field, annotations("[6 0 R 7 0 R 9 0 R 20 0 R]"))).toEqual([
      "signature_field_added signature new",
    ]);
    expect(told(changed(4, "/MediaBox", "/Annots[7 0 R]/MediaBox"))).toEqual(["annotation_added forbidden 2"]);
    expect(told(changed(4, "/MediaBox", "/Annots[6 0 R]/MediaBox"))).toEqual(["annotation_added forbidden 2"]);
  });
});

describe("ISO 32000-2 §7.7.2: the catalog", () => {
  test("may tell other metadata, another version and extensions; nothing else", () => {
    expect(told(catalog("/Metadata 8 0 R"))).toEqual(["metadata_changed upkeep Metadata"]);
    expect(told(catalog("/Version/2.0"))).toEqual(["extensions_changed upkeep Version"]);
    expect(told(catalog("/Extensions<</ESIC<<>>>>"))).toEqual(["extensions_changed upkeep Extensions"]);
    expect(told(catalog("/Outlines 9 0 R"))).toEqual(["outlines_changed forbidden Outlines"]);
    expect(told(catalog("/OpenAction[3 0 R]"))).toEqual(["catalog_changed forbidden OpenAction"]);
    expect(told(changed(1, "/Lang(vi)", "/Lang(en)"))).toEqual(["catalog_changed forbidden Lang"]);
    expect(told([1, objects[0] ?? ""])).toEqual([]);
    expect(told([1, "(no catalog)"])).toEqual(["catalog_changed forbidden"]);
  });

  test("§14.3.3: other document information is upkeep", () => {
    const parts = { trailer: { Info: "20 0 R" } };
    expect(toldWith({ parts }, [20, "<</Title(x)>>"])).toEqual(["metadata_changed upkeep Info"]);
    expect(toldWith({ parts }, [20, "null"])).toEqual([]);
  });
});

describe("EN 319 142-1 §5.4.2: the document security store", () => {
  const store = (entries: string) => catalog(`/DSS<<${entries}>>`);
  const stream = (number: number, text: string) =>
    [number, `<</Length ${text.length}>>\nstream\n${text}\nendstream`] as const;
  const [one, two] = [stream(20, "one"), stream(21, "two")];
  const then = (...update: (readonly [number, string])[]) =>
    changesOf([[store("/Certs[20 0 R]/OCSPs[21 0 R]"), one, two], update], { before: 1 }).filter((said) =>
      said.startsWith("evidence"),
    );

  test("may come and grow, in another order and written again", () => {
    expect(told(store("/Certs[20 0 R]"), one)).toEqual(["evidence_added evidence"]);
    expect(then(store("/Certs[22 0 R 20 0 R]/OCSPs[21 0 R]"), stream(22, "new"))).toEqual(["evidence_added evidence"]);
    expect(then(store("/Certs[23 0 R]/OCSPs[21 0 R]/CRLs[22 0 R]"), stream(22, "new"), stream(23, "one"))).toEqual([
      "evidence_added evidence",
    ]);
    expect(then(one)).toEqual([]);
  });

  test("may neither shrink nor go nor change", () => {
    expect(then(store("/Certs[20 0 R]"))).toEqual(["evidence_removed forbidden"]);
    expect(then(store("/Certs[]/OCSPs[21 0 R]"))).toEqual(["evidence_removed forbidden"]);
    expect(then(store("/Certs[21 0 R]/OCSPs[21 0 R]"))).toEqual(["evidence_removed forbidden"]);
    expect(then(stream(20, "One"))).toEqual(["evidence_removed forbidden"]);
    expect(then(catalog(""))).toEqual(["evidence_removed forbidden"]);
    expect(then(catalog("/DSS 7"))).toEqual(["evidence_removed forbidden"]);
  });

  test("with more than two thousand items it is not searched, and counts as having lost some", () => {
    const many = (count: number) => then(store(`/Certs[${"20 0 R ".repeat(count)}]/OCSPs[21 0 R]`));
    expect(many(2000)).toEqual(["evidence_added evidence"]);
    expect(many(2001)).toEqual(["evidence_removed forbidden"]);
  });
});

describe("what a later revision writes, whatever it means", () => {
  test("evidence needs the catalog, the form, its fields and the pages written again, nothing else", () => {
    const rewritten = (...update: (readonly [number, string])[]) =>
      changesOf([update]).filter((one) => one.startsWith("object"));
    for (const number of [1, 3, 4, 5, 6, 7]) expect(rewritten([number, objects[number - 1] ?? ""])).toEqual([]);
    for (const number of [2, 8, 9, 11])
      expect(rewritten([number, objects[number - 1] ?? ""])).toEqual([`object_rewritten upkeep ${number}`]);
    expect(rewritten([20, "null"])).toEqual([]);
  });

  test("bytes behind the file that nothing accounts for are told with their place", () => {
    expect(changesOf([[[20, "null"]]], { parts: { beforeClosing: "% a comment\n" } })).toEqual([]);
    const stray = changesOf([[[20, "null"]]], { parts: { beforeClosing: "7 0 obj null endobj\n" } });
    expect(stray.some((one) => one.startsWith("unexplained_bytes forbidden"))).toBe(true);
  });
});
