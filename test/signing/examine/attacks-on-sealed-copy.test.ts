import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseSignedData } from "../../../signing/format/cms.ts";
import { readPdf } from "../../../signing/format/pdf/file.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { has } from "../../support/tools.ts";
import { appended, bodyOf, rowText, type UpdateParts, type Written } from "./appended.ts";
import { agencyListed, judgeCopy } from "./judging.ts";
import { makeSealedCopy, type SealedCopy, value } from "./sealed-copy.ts";

const hasOpenssl = has("openssl");
const issued = ["issued_here", "issued_by"];
const changed = { status: "not_a_certified_copy", reason: "changed_after_sealing" };
const not = (reason: string) => ({ status: "not_a_certified_copy", reason });
const stream = (data: string, more = "") => `<<${more}/Length ${data.length}>>\nstream\n${data}\nendstream`;

/** Numbers in the small PDF of two pages, read once from it. */
type Numbers = {
  readonly root: number;
  readonly tree: number;
  readonly pages: readonly [number, number];
  readonly content: number;
  readonly officerField: number;
  readonly agencyField: number;
  readonly agencyValue: number;
};

describe.skipIf(!hasOpenssl)(`attacks on a sealed copy${hasOpenssl ? "" : " (missing: openssl)"}`, () => {
  let copy: SealedCopy;
  let at: Numbers;
  beforeAll(async () => {
    copy = await makeSealedCopy(false, 2);
    at = numbersOf(copy.sealed);
  });
  afterAll(async () => await copy.end());

  const update = (objects: readonly Written[], parts?: UpdateParts) => appended(copy.sealed, objects, parts);
  const body = (number: number) => bodyOf(copy.sealed, number);
  const verdictOn = async (pdf: Bytes) => (await judgeCopy(copy, pdf)).verdict;
  const behind = (text: string) => new Uint8Array(Buffer.concat([copy.sealed, Buffer.from(text, "latin1")]));
  const evidence = (): Written[] => [
    [at.root, body(at.root).replace(/>>$/, "/DSS<</Certs[904 0 R]>>>>")],
    [904, stream("x")],
  ];

  test("the copy itself, and the copy with evidence behind it, were issued here", async () => {
    expect(issued).toContain((await verdictOn(copy.sealed)).status);
    const { examination, verdict } = await judgeCopy(copy, update(evidence()));
    expect(issued).toContain(verdict.status);
    expect(examination.foreignFrom).toBeNull();
  });

  describe("DESIGN decision 5: after the agency's revision there is evidence or nothing", () => {
    test.each([
      { what: "a comment", tail: "\n% one page more\n" },
      { what: "a line end more", tail: "\n" },
      { what: "zeros", tail: "\0\0\0" },
      { what: "a second end mark", tail: "%%EOF\n" },
      { what: "a stray object", tail: "99 0 obj\n<</A 1>>\nendobj\n" },
      { what: "a stray section", tail: "xref\n0 0\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n" },
      { what: "another PDF", tail: "%PDF-1.7\n1 0 obj<<>>endobj" },
    ])("$what", async ({ tail }) => {
      expect(await verdictOn(behind(tail))).toEqual(changed);
    });

    test("the end mark of evidence is the end too, and comments have no place in it", async () => {
      const more = Buffer.from("\n% one page more\n");
      const tailed = new Uint8Array(Buffer.concat([update(evidence()), more]));
      const commented = update(evidence(), { beforeClosing: "% one page more\n" });
      const between = appended(behind("% one page more\n"), evidence());
      for (const pdf of [tailed, commented, between]) {
        const { examination, verdict } = await judgeCopy(copy, pdf);
        expect(verdict).toEqual(changed);
        expect(examination.foreignFrom).toBeGreaterThanOrEqual(copy.sealed.length);
      }
    });

    test("an update that does nothing, and one that only says again what stood, are no evidence", async () => {
      expect(await verdictOn(update([]))).toEqual(changed);
      const { examination, verdict } = await judgeCopy(copy, update([...evidence(), [at.tree, body(at.tree)]]));
      expect([examination.document.status, verdict]).toEqual(["PASSED", changed]);
    });

    test("a table that readers of words and readers of twenty bytes read differently is no evidence", async () => {
      const loose = (offsets: readonly number[]) =>
        `${at.root} 1\n${rowText(offsets[0] ?? 0)}904 1\n  % ${rowText(17)}${rowText(offsets[1] ?? 0)}`;
      expect(await verdictOn(update(evidence(), { rows: loose }))).toEqual(changed);
    });
  });

  describe("objects replaced, twice told or made to disappear", () => {
    const evil = stream("BT /F1 40 Tf (forged) Tj ET");
    const attacks: Record<string, () => Bytes> = {
      "page content overridden under its number": () => update([[at.content, evil]]),
      "page content overridden with the old bytes and a shorter /Length": () =>
        update([[at.content, body(at.content).replace(/\/Length (\d+)/, "/Length 20")], ...evidence()]),
      "a number twice in one section, the second hidden in a stream of evidence": () => hiddenTwin(false),
      "a number twice in one section, the first hidden in a stream of evidence": () => hiddenTwin(true),
      "a catalog with two /Pages": () =>
        update([
          [at.root, body(at.root).replace(/\/Pages/, "/Pages 905 0 R/Pages")],
          [905, "<</Type/Pages/Kids[]/Count 0>>"],
        ]),
      "a page with two /Contents": () =>
        update([
          [at.pages[0], body(at.pages[0]).replace(/\/Contents/, "/Contents 905 0 R/Contents")],
          [905, evil],
        ]),
      "a trailer with two /Root": () =>
        update([[905, body(at.root)], ...evidence()], { trailer: { Root: `905 0 R/Root ${at.root} 0 R` } }),
      "the page content marked free": () => update([], { rows: () => `${at.content} 1\n${rowText(0, 1, "f")}` }),
      "the page content under another generation": () => update([], { rows: () => generationRow() }),
      "a page that names its content under another generation": () =>
        update([[at.pages[0], body(at.pages[0]).replace(/\/Contents \[ (\d+) 0 R/, "/Contents [ $1 1 R")]]),
      "the page content found at another place of the file": () =>
        update([], { rows: () => `${at.content} 1\n${rowText(placeOf(at.content + 3))}` }),
      "a /Size that leaves the pages out": () => update(evidence().slice(0, 1), { trailer: { Size: String(at.tree) } }),
      "a hybrid section that hides from some what it shows to others": () => hybrid(),
      "an entry that encrypts": () => update(evidence(), { trailer: { Encrypt: "905 0 R" } }),
    };

    const placeOf = (number: number) => Buffer.from(copy.sealed).indexOf(`\n${number} 0 obj`) + 1;
    const generationRow = () => `${at.content} 1\n${rowText(placeOf(at.content), 1)}`;

    function hiddenTwin(isFirst: boolean): Bytes {
      const hidden = `${at.content} 0 obj\n${evil}\nendobj`;
      const objects: Written[] = [...evidence().slice(0, 1), [904, stream(hidden)]];
      return update(objects, {
        rows: ([root = 0, store = 0]) => {
          const inside = store + Buffer.from(`904 0 obj\n<</Length ${hidden.length}>>\nstream\n`).length;
          const twins = [rowText(placeOf(at.content)), rowText(inside)];
          const [one = "", two = ""] = isFirst ? twins.reverse() : twins;
          return `${at.root} 1\n${rowText(root)}904 1\n${rowText(store)}${at.content} 1\n${one}${at.content} 1\n${two}`;
        },
      });
    }

    function hybrid(): Bytes {
      const place = placeOf(at.content).toString(16).padStart(8, "0");
      const rows = `01${place}00>`;
      const section = `<</Type/XRef/W[1 4 1]/Index[${at.content} 1]/Size 999/Filter/ASCIIHexDecode/Length ${rows.length}>>\nstream\n${rows}\nendstream`;
      return update([...evidence(), [906, section]], {
        rows: ([root = 0, store = 0, table = 0]) =>
          `${at.root} 1\n${rowText(root)}904 1\n${rowText(store)}906 1\n${rowText(table)}${at.content} 1\n${rowText(0, 0, "f")}`,
        trailer: { XRefStm: String(copy.sealed.length + updateLength()) },
      });
    }

    const updateLength = () =>
      evidence().reduce((sum, [number, text]) => sum + `${number} 0 obj\n${text}\nendobj\n`.length, 0);

    test.each(Object.keys(attacks))("%s", async (name) => {
      const pdf = attacks[name]?.() ?? copy.sealed;
      const { examination, verdict } = await judgeCopy(copy, pdf);
      expect(verdict.status).toBe("not_a_certified_copy");
      expect(examination.document.status).not.toBe("PASSED");
    });
  });

  describe("pages and their tree", () => {
    const evilNode = (): Written => [
      905,
      `<</Type/Pages/Parent ${at.tree} 0 R/Kids[${at.pages[1]} 0 R]/Count 1/Rotate 180/CropBox[0 0 9 9]>>`,
    ];
    const tree = (kids: string, count: number) => `<</Type/Pages/Kids[${kids}]/Count ${count}>>`;
    const attacks: Record<string, () => Bytes> = {
      "two pages swapped": () => update([[at.tree, tree(`${at.pages[1]} 0 R ${at.pages[0]} 0 R`, 2)]]),
      "one page shown twice, the other not": () =>
        update([[at.tree, tree(`${at.pages[0]} 0 R ${at.pages[0]} 0 R ${at.pages[1]} 0 R`, 2)]]),
      "one page left out": () => update([[at.tree, tree(`${at.pages[0]} 0 R`, 1)]]),
      "a count that leaves one page out": () => update([[at.tree, tree(`${at.pages[0]} 0 R ${at.pages[1]} 0 R`, 1)]]),
      "a kid that is nothing before the pages": () =>
        update([[at.tree, tree(`990 0 R ${at.pages[0]} 0 R ${at.pages[1]} 0 R`, 2)]]),
      "another tree with the same leaves, turned": () =>
        update([
          [at.root, body(at.root).replace(/\/Pages \d+/, "/Pages 906")],
          [906, `${tree(`${at.pages[0]} 0 R ${at.pages[1]} 0 R`, 2).slice(0, -2)}/Rotate 90>>`],
        ]),
      "a page whose parent says to some readers that it is turned and cut": () =>
        update([evilNode(), [at.pages[1], body(at.pages[1]).replace(/\/Parent \d+/, "/Parent 905")]]),
      "a node between that turns and cuts": () =>
        update([evilNode(), [at.tree, tree(`${at.pages[0]} 0 R 905 0 R`, 2)]]),
      "a box that cuts the strip off": () =>
        update([[at.pages[0], body(at.pages[0]).replace(/>>$/, "/CropBox[0 200 595 842]>>")]]),
      "an annotation over the page": () =>
        update([
          [at.pages[1], body(at.pages[1]).replace(/\/Annots \[/, "/Annots [907 0 R ")],
          [907, "<</Subtype/FreeText/Rect[0 0 500 800]>>"],
        ]),
      "the seal's own face shown on another page": () =>
        update([[at.pages[1], body(at.pages[1]).replace(/\/Annots \[/, `/Annots [${at.agencyField} 0 R `)]]),
    };

    test.each(Object.keys(attacks))("%s", async (name) => {
      const { examination, verdict } = await judgeCopy(copy, attacks[name]?.() ?? copy.sealed);
      expect(verdict).toEqual(changed);
      expect(examination.document.status).not.toBe("PASSED");
    });
  });

  describe("the form and the signature dictionaries", () => {
    const kid = "<</Type/Annot/Subtype/Widget/Rect[0 0 500 800]/AP<</N 909 0 R>>";
    const form = (fields: string) => body(at.root).replace(/\/Fields \[[^\]]*\]/, `/Fields [${fields}]`);
    const both = () => `${at.officerField} 0 R ${at.agencyField} 0 R`;
    const face: Written = [909, stream("0 0 500 800 re f", "/Subtype/Form/BBox[0 0 500 800]")];
    const onPage = (number: number): Written => [
      at.pages[1],
      body(at.pages[1]).replace(/\/Annots \[/, `/Annots [${number} 0 R `),
    ];
    const attacks: Record<string, () => Bytes> = {
      "the form replaced by an empty one": () => update([[at.root, form("")]]),
      "the form taken away": () => update([[at.root, body(at.root).replace(/\/AcroForm <<[^>]*>>/, "")]]),
      "the officer's field taken away": () => update([[at.root, form(`${at.agencyField} 0 R`)]]),
      "the seal's field taken away": () => update([[at.root, form(`${at.officerField} 0 R`)]]),
      "a form with a second language of its own": () =>
        update([
          [at.root, body(at.root).replace("/SigFlags", "/XFA[(a) 910 0 R]/SigFlags")],
          [910, stream("<xdp/>")],
        ]),
      "the seal's signature taken out of its field": () =>
        update([[at.agencyField, body(at.agencyField).replace(/\/V \d+ 0 R/, "")]]),
      "another face for the seal": () =>
        update([[at.agencyField, body(at.agencyField).replace(/>>$/, "/AP<</N 909 0 R>>>>")], face]),
      "the seal moved": () =>
        update([[at.agencyField, body(at.agencyField).replace(/\/Rect \[[^\]]*\]/, "/Rect [0 0 595 842]")]]),
      "two /Contents in the seal's dictionary": () =>
        update([[at.agencyValue, body(at.agencyValue).replace("/Contents", "/Contents <00> /Contents")]]),
      "the seal's byte range pointing elsewhere": () =>
        update([[at.agencyValue, body(at.agencyValue).replace(/\/ByteRange \[[^\]]*\]/, "/ByteRange [0 10 20 30]")]]),
      "the seal's dictionary written again as it is": () => update([[at.agencyValue, body(at.agencyValue)]]),
      "the seal's field pointing to the officer's signature": () =>
        update([[at.agencyField, body(at.agencyField).replace(/\/V \d+/, `/V ${at.agencyValue - 1}`)]]),
      "a new field with a face for the seal's signature": () =>
        update([
          [at.root, form(`${both()} 908 0 R`)],
          [908, `${kid}/FT/Sig/T(more)/V ${at.agencyValue} 0 R>>`],
          face,
          onPage(908),
        ]),
      "a kid that gives the seal a second face": () =>
        update([
          [at.agencyField, body(at.agencyField).replace(/>>$/, "/Kids[908 0 R]>>")],
          [908, `${kid}/Parent ${at.agencyField} 0 R>>`],
          face,
          onPage(908),
        ]),
      "a face over the page that is reserved for a signature nobody made": () =>
        update([
          [at.root, form(`${both()} 908 0 R`)],
          [908, `${kid}/FT/Sig/T(more)/V 911 0 R>>`],
          [911, "<</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 1 2 3]/Contents<0000>>>"],
          face,
          onPage(908),
        ]),
      "a face over the page called a document timestamp": () =>
        update([
          [at.root, form(`${both()} 908 0 R`)],
          [908, `${kid}/FT/Sig/T(more)/V 911 0 R>>`],
          [911, "<</Type/DocTimeStamp/SubFilter/ETSI.RFC3161/ByteRange[0 1 2 3]/Contents<01>>>"],
          face,
          onPage(908),
        ]),
    };

    test.each(Object.keys(attacks))("%s", async (name) => {
      const { examination, verdict } = await judgeCopy(copy, attacks[name]?.() ?? copy.sealed);
      expect(verdict.status).toBe("not_a_certified_copy");
      expect(examination.document.status).not.toBe("PASSED");
    });
  });

  describe("/Prev", () => {
    const tables = () =>
      [
        ...Buffer.from(copy.sealed)
          .toString("latin1")
          .matchAll(/startxref\s+(\d+)/g),
      ].map(([, said]) => said ?? "");
    const attacks: Record<string, () => Bytes> = {
      "past the agency's revision": () => update(evidence(), { trailer: { Prev: tables()[1] ?? "" } }),
      "past both signatures": () => update(evidence(), { trailer: { Prev: tables()[0] ?? "" } }),
      "nowhere, all objects listed anew": () => update(evidence(), { trailer: { Prev: "" }, rows: () => everyRow() }),
      "to itself": () => update(evidence(), { trailer: { Prev: String(copy.sealed.length + 200) } }),
      forward: () => update(evidence(), { trailer: { Prev: String(copy.sealed.length + 9000) } }),
      "to a table hidden in a comment": () => update(evidence(), { trailer: { Prev: "12" } }),
    };

    function everyRow(): string {
      const file = value(readPdf(copy.sealed, nodePrimitives));
      const newest = file.revisions.length - 1;
      const numbers = Array.from({ length: at.agencyValue }, (_, i) => i + 1);
      const rows = numbers.map((number) => {
        const place = file.entry(number, newest);
        return `${number} 1\n${rowText(place?.kind === "offset" ? place.offset : 0)}`;
      });
      return `0 1\n${rowText(0, 65535, "f")}${rows.join("")}`;
    }

    test.each(Object.keys(attacks))("%s", async (name) => {
      const { examination, verdict } = await judgeCopy(copy, attacks[name]?.() ?? copy.sealed);
      expect(verdict.status).toBe("not_a_certified_copy");
      expect(examination.document.status).not.toBe("PASSED");
    });
  });

  describe("who signed, and when", () => {
    const sealedBy = async (first: string, second: string) =>
      copy.seal(await copy.seal(copy.unsigned, "officer", first), "agency", second);
    const agencies = () => [
      agencyListed(copy, "01", [
        ["officer", "official"],
        ["agency", "agency_seal"],
      ]),
      agencyListed(copy, "02", [["revoked", "agency_seal"]]),
    ];
    const judged = async (pdf: Bytes, authorities = agencies()) =>
      (await judgeCopy(copy, pdf, { authorities, of: pdf })).verdict;

    test("NĐ 45/2020 Art. 10(3): the agency first and the officer second", async () => {
      expect(await judged(await sealedBy("agency", "officer"))).toEqual(not("officer_not_listed"));
    });

    test("DESIGN decision 9: one person twice, even where the list gives one certificate both roles", async () => {
      const twice = await sealedBy("officer", "officer");
      expect(await judged(twice)).toEqual(not("seal_not_listed"));
      const generous = agencyListed(copy, "01", [
        ["officer", "official"],
        ["officer", "agency_seal"],
      ]);
      expect(await judged(twice, [generous])).toEqual(not("seal_not_listed"));
    });

    test("the seal of another agency, also where the record is of an agency that lists only the seal", async () => {
      const foreign = await sealedBy("officer", "revoked");
      expect(await judged(foreign)).toEqual(not("agencies_differ"));
      const shared = [
        agencyListed(copy, "01", [["agency", "agency_seal"]]),
        agencyListed(copy, "02", [
          ["officer", "official"],
          ["agency", "agency_seal"],
        ]),
      ];
      expect(await judged(copy.sealed, shared)).toEqual(not("agencies_differ"));
    });

    test("RFC 5280 §4.2.1.12: the timestamp authority's own key, though its chain is trusted, signs no document", async () => {
      const { examination } = await judgeCopy(copy, await sealedBy("tsa", "agency"));
      expect(examination.document).toMatchObject({ status: "INDETERMINATE", reason: "key_usage_forbids" });
    });

    test("a third signature, and a seal of another copy under its own record", async () => {
      const field = `<</Type/Annot/Subtype/Widget/FT/Sig/T(third)/Rect[0 0 0 0]/F 4/P ${at.pages[0]} 0 R>>`;
      const roomy = appended(copy.unsigned, [
        [at.root, body(at.root).replace(/\/Fields \[/, "/Fields [908 0 R ")],
        [908, field],
      ]);
      const two = await copy.seal(await copy.seal(roomy, "officer", "officer"), "agency", "agency");
      const three = await copy.seal(two, "third", "officer");
      expect(await judged(three)).toEqual(not("not_two_signatures"));
      expect((await judgeCopy(copy, two)).verdict).toEqual(not("record_of_another_copy"));
    });

    test("RFC 3161 Appendix A: the officer's timestamp token copied into the seal proves nothing", async () => {
      const token = tokenOf(copy.officerOnly);
      const pdf = await copy.sealWith(copy.officerOnly, "agency", "agency", token);
      const { examination, verdict } = await judgeCopy(copy, pdf, { of: pdf });
      expect(verdict).toEqual({ status: "unknown", reason: "time_not_proven" });
      expect(examination.code).toBe("TIMESTAMP_BAD");
      expect(examination.signatures[1]?.timestamps[0]?.reason).toBe("imprint_differs");
    });
  });

  test("one octet changed inside the seal's CMS, padding included, is never issued", async () => {
    const text = Buffer.from(copy.sealed).toString("latin1");
    const gap = [...text.matchAll(/<[0-9A-F]{1000,}>/g)].at(-1);
    const [start, end] = [(gap?.index ?? 0) + 1, (gap?.index ?? 0) + (gap?.[0].length ?? 0) - 1];
    for (let where = start; where < end; where += 997) {
      const digit = text[where] === "0" ? "1" : "0";
      const pdf = copy.sealed.with(where, digit.charCodeAt(0)) as Bytes;
      expect(issued, `offset ${where}`).not.toContain((await verdictOn(pdf)).status);
    }
  });

  function tokenOf(pdf: Bytes): Bytes {
    const hex = /\/Contents <([0-9A-F]+)>/.exec(Buffer.from(pdf).toString("latin1"))?.[1] ?? "";
    const [signer] = value(parseSignedData(new Uint8Array(Buffer.from(hex, "hex")))).signers;
    return signer?.timestampTokens[0] ?? new Uint8Array();
  }
});

function numbersOf(pdf: Bytes): Numbers {
  const text = Buffer.from(pdf).toString("latin1");
  const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1]);
  const pages = [...text.matchAll(/\n(\d+) 0 obj\n<<\n\/Type \/Page\n/g)].map(([, found]) => Number(found));
  const [first = 0, second = 0] = pages;
  const fields = [...text.matchAll(/\n(\d+) 0 obj\n<< \/Type \/Annot/g)].map(([, found]) => Number(found));
  const [officerField = 0, agencyField = 0] = fields;
  return {
    root: number(/\/Root (\d+) 0 R/),
    tree: number(/\/Pages (\d+) 0 R/),
    pages: [first, second],
    content: number(/\/Contents \[ (\d+) 0 R/),
    officerField,
    agencyField,
    agencyValue: Number([...text.matchAll(/\/V (\d+) 0 R/g)].at(-1)?.[1]),
  };
}
