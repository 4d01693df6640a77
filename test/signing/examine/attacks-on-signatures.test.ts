import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseSignedData } from "../../../signing/format/cms.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { has } from "../../support/tools.ts";
import { appended, bodyOf, type UpdateParts, type Written } from "./appended.ts";
import { issued, type Numbers, not, numbersOf, stream } from "./attacked-copy.ts";
import { agencyListed, judgeCopy } from "./judging.ts";
import { makeSealedCopy, type SealedCopy, value } from "./sealed-copy.ts";

const hasOpenssl = has("openssl");

describe.skipIf(!hasOpenssl)(
  `attacks on the signatures of a sealed copy${hasOpenssl ? "" : " (missing: openssl)"}`,
  () => {
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
  },
);
