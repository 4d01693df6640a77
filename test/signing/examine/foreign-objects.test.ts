import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bytes } from "../../../src/core/kernel.ts";
import { has } from "../../support/tools.ts";
import { appended, bodyOf, rowText, type UpdateParts, type Written } from "./appended.ts";
import { changed, issued, type Numbers, numbersOf, stream } from "./attacked-copy.ts";
import { type Besides, datedWith } from "./dated.ts";
import { judgeCopy } from "./judging.ts";
import { makeSealedCopy, type SealedCopy } from "./sealed-copy.ts";

const sequence = "0\0";
const digest = "0123456789ABCDEF0123456789ABCDEF01234567";

describe.skipIf(!has("openssl"))("DESIGN decision 5: evidence behind a seal, and what travels with it", () => {
  let copy: SealedCopy;
  let at: Numbers;
  let id: string;
  beforeAll(async () => {
    copy = await makeSealedCopy(false, 2);
    at = numbersOf(copy.sealed);
    id = /\/ID ?\[ ?<([0-9A-Fa-f]+)>/.exec(Buffer.from(copy.sealed).toString("latin1"))?.[1] ?? "";
  });
  afterAll(async () => await copy.end());

  const body = (number: number) => bodyOf(copy.sealed, number);
  const catalog = (more: string): Written => [at.root, body(at.root).replace(/>>$/, `${more}>>`)];
  const store = (more = ""): Written[] => [catalog(`/DSS<</Certs[904 0 R]${more}>>`), [904, stream(sequence)]];
  const behind = (objects: readonly Written[], parts?: UpdateParts) => appended(copy.sealed, objects, parts);
  const odd: Record<string, () => Bytes> = {
    "an object to which nothing refers": () => behind([...store(), [950, "<</Note(read me)>>"]]),
    "a stream to which nothing refers": () => behind([...store(), [950, stream("another page")]]),
    "an object that refers to evidence": () => behind([...store(), [950, "[904 0 R]"]]),
    "an entry of the trailer that nobody knows": () => behind(store(), { trailer: { Note: "(read me)" } }),
    "another first part of /ID": () => behind(store(), { trailer: { ID: `[<00${id.slice(2)}><01>]` } }),
    "a third part of /ID": () => behind(store(), { trailer: { ID: `[<${id}><01><02>]` } }),
    "a text for a second part of /ID": () => behind(store(), { trailer: { ID: `[<${id}>(${"read me ".repeat(9)})]` } }),
    "no /ID any more": () => behind(store(), { trailer: { ID: "" } }),
    "an entry of the store that nobody knows": () => behind(store("/Note(read me)")),
    "a /VRI that is no dictionary": () => behind(store("/VRI[904 0 R]")),
    "a /VRI for no digest": () => behind(store("/VRI<</Note<</Cert[904 0 R]>>>>")),
    "a /VRI with an entry that nobody knows": () => behind(store(`/VRI<</${digest}<</Note(read me)>>>>`)),
    "a /VRI that holds a text": () =>
      behind([...store(`/VRI<</${digest}<</Cert[950 0 R]>>>>`), [950, stream("read me")]]),
    "a certificate that is a text": () => behind([catalog("/DSS<</Certs[904 0 R]>>"), [904, stream("read me")]]),
    "a text behind a certificate": () => behind([catalog("/DSS<</Certs[904 0 R]>>"), [904, stream(`${sequence}more`)]]),
    "a certificate whose stream says more": () =>
      behind([catalog("/DSS<</Certs[904 0 R]>>"), [904, stream(sequence, "/Note(read me)")]]),
    "a comment in an object": () =>
      behind([catalog("/DSS<</Certs[904 0 R]>>"), [904, `% read me\n${stream(sequence)}`]]),
    "a comment in the trailer": () => behind(store(), { trailer: { Size: "999 % read me\n" } }),
    "a page that was modified at no date": () =>
      behind([...store(), [at.pages[0], body(at.pages[0]).replace(/>>$/, "/LastModified(read me)>>")]]),
    "a version that is a text": () =>
      behind([catalog("/DSS<</Certs[904 0 R]>>/Version(read me)"), [904, stream(sequence)]]),
    "a time of evidence that is a text": () => behind(store(`/VRI<</${digest}<</TU(read me)>>>>`)),
    "a declared extension that says more": () => behind([catalog("/DSS<<>>/Extensions<</ESIC<</Note(read me)>>>>")]),
  };

  test.each(
    Object.keys(odd),
  )("%s is told: no certified copy any more, though the document is what was signed", async (name) => {
    const { examination, verdict } = await judgeCopy(copy, odd[name]?.() ?? copy.sealed);
    expect(verdict).toEqual(changed);
    expect(examination.document.status).toBe("PASSED");
    expect(examination.foreignFrom).toBeGreaterThanOrEqual(copy.sealed.length);
  });

  test("§7.5.8: a section in a stream is evidence, and no text stands behind its rows", async () => {
    const { status } = (await judgeCopy(copy, withStreamSection(""))).verdict;
    expect(issued).toContain(status);
    expect((await judgeCopy(copy, withStreamSection("read me"))).verdict).toEqual(changed);
  });

  /** The rows in hexadecimal, as our own writer has them. */
  function withStreamSection(behindRows: string): Bytes {
    const plain = behind(store());
    const text = Buffer.from(plain).toString("latin1");
    const table = text.lastIndexOf("xref\n", text.lastIndexOf("startxref") - 1);
    const place = (number: number) => text.lastIndexOf(`\n${number} 0 obj`) + 1;
    const row = (number: number) => `01${place(number).toString(16).padStart(8, "0")}00`;
    const own = `01${table.toString(16).padStart(8, "0")}00`;
    const rows = `${row(at.root)}${row(904)}${own}${Buffer.from(behindRows).toString("hex")}>`;
    const kept = /\/Root .*(?=>>\nstartxref)/.exec(text.slice(table))?.[0] ?? "";
    const section = `<</Type/XRef/W[1 4 1]/Index[${at.root} 1 904 1 950 1]/Size 999/Filter/ASCIIHexDecode${kept}/Length ${rows.length}>>`;
    const stream = `950 0 obj\n${section}\nstream\n${rows}\nendstream\nendobj\nstartxref\n${table}\n%%EOF\n`;
    return new Uint8Array(Buffer.from(text.slice(0, table) + stream, "latin1"));
  }

  test("what comes first and is overwritten later is told too", async () => {
    const first = behind([catalog("/DSS<</Certs[904 0 R]>>"), [904, stream("read me")]]);
    expect((await judgeCopy(copy, appended(first, store()))).verdict).toEqual(changed);
  });

  const usual: Record<string, () => Bytes> = {
    "a store of its own with lists of their own, a length behind it": () =>
      behind([
        catalog("/DSS 905 0 R"),
        [904, `<</Length 907 0 R>>\nstream\n${sequence}\nendstream`],
        [905, "<</Type/DSS/Certs 906 0 R/OCSPs[]>>"],
        [906, "[904 0 R]"],
        [907, "2"],
      ]),
    "a /VRI as other tools write it": () =>
      behind(store(`/VRI<</Type/VRI/${digest}<</Type/VRI/Cert[904 0 R]/CRL[]/TU(D:20260601000000Z)/TS 904 0 R>>>>`)),
    "a first row that is free": () =>
      behind(store(), {
        rows: ([root = 0, cert = 0]) =>
          `0 1\n${rowText(0, 65535, "f")}${at.root} 1\n${rowText(root)}904 1\n${rowText(cert)}`,
      }),
    "a page with a date": () =>
      behind([
        ...store(),
        [at.pages[0], body(at.pages[0]).replace(/>>$/, "/LastModified(D:20260601120000+07'00')/Tabs/S>>")],
      ]),
    "another second part of /ID": () => behind(store(), { trailer: { ID: `[<${id}><0102>]` } }),
    "an extension of ETSI": () =>
      behind([
        catalog("/DSS<</Certs[904 0 R]>>/Extensions<</ESIC<</BaseVersion/1.7/ExtensionLevel 5>>>>"),
        [904, stream(sequence)],
      ]),
    "more in a second update": () =>
      appended(behind(store()), [catalog("/DSS<</Certs[904 0 R 908 0 R]>>"), [908, stream(sequence)]]),
  };

  test.each(Object.keys(usual))("PAdES allows %s: still issued here", async (name) => {
    const { examination, verdict } = await judgeCopy(copy, usual[name]?.() ?? copy.sealed);
    expect(issued).toContain(verdict.status);
    expect(examination.foreignFrom).toBeNull();
  });

  test("hundreds of updates that make a store of hundreds of thousands be walked again end at a bound", async () => {
    const items = "904 0 R ".repeat(300_000);
    let pdf = behind([...store(`/VRI<</${digest}<</Cert 906 0 R>>>>`), [906, `[${items}]`]]);
    for (let i = 0; i < 300; i += 1) pdf = appended(pdf, [[904, stream(sequence)]]);
    const began = performance.now();
    const { examination } = await judgeCopy(copy, pdf);
    expect(performance.now() - began).toBeLessThan(20_000); // some two seconds alone
    expect(examination.unreadable).toBe("too_complex");
  });

  describe("ISO 32000-2 §12.8.5: a document timestamp of a real authority", () => {
    const judged = async (besides: Besides) => judgeCopy(copy, await datedWith(copy, behind(store()), besides));

    test.each([
      { what: "alone", besides: {} },
      {
        what: "with an empty face",
        besides: { field: "/AP<</N {1}>>/MK<<>>", objects: [stream("% blank", "/BBox[0 0 0 0]")] },
      },
    ])("$what is evidence", async ({ besides }) => {
      const { examination, verdict } = await judged(besides);
      expect(issued).toContain(verdict.status);
      expect(examination.foreignFrom).toBeNull();
      expect(examination.signatures.at(-1)).toMatchObject({ kind: "document_timestamp", intact: true });
    });

    test.each([
      { what: "gives a reason", besides: { value: "/Reason(read me)" } },
      {
        what: "has a hidden face with a picture",
        besides: { field: "/AP<</N {1}>>", objects: [stream("q ".repeat(100))] },
      },
      { what: "leads to an object of its own", besides: { field: "/Parent {1}", objects: ["<</Note(read me)>>"] } },
      { what: "has an entry that nobody knows", besides: { field: "/Note(read me)" } },
      { what: "brings an object along", besides: { objects: ["<</Note(read me)>>"] } },
    ])("that $what makes it no certified copy any more", async ({ besides }) => {
      const { examination, verdict } = await judged(besides);
      expect(verdict).toEqual(changed);
      expect(examination.document.status).toBe("PASSED");
    });

    test("§12.6.3: that acts when its page is opened is a change of the document", async () => {
      const action = "<</S/JavaScript/JS(app.alert\\(1\\))>>";
      for (const field of [`/AA<</PO ${action}>>`, `/A ${action}`]) {
        const { examination, verdict } = await judged({ field });
        expect([examination.document.status, verdict]).toEqual(["FAILED", changed]);
      }
    });
  });
});
