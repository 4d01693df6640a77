import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPdf } from "../../../signing/format/pdf/file.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { has } from "../../support/tools.ts";
import { appended, bodyOf, rowText, type UpdateParts, type Written } from "./appended.ts";
import { changed, evidenceBehind, issued, type Numbers, numbersOf, stream } from "./attacked-copy.ts";
import { judgeCopy } from "./judging.ts";
import { makeSealedCopy, type SealedCopy, value } from "./sealed-copy.ts";

const hasOpenssl = has("openssl");

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
  const evidence = () => evidenceBehind(copy.sealed, at);

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
});
