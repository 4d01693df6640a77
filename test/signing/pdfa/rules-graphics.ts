import { readJpeg } from "../../../signing/compose/jpeg.ts";
import { nameOf, type PdfObject } from "../../../signing/format/pdf/object.ts";
import { contentsOf } from "./content.ts";
import { dictionariesOf, has, type OpenPdf, ofType } from "./open-pdf.ts";
import { type Rule, unless } from "./rule.ts";

/** Operators of ISO 32000-1 Annex A. */
const operators = new Set(
  "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf TJ Tj TL Tm Tr Ts Tw Tz v w W W* y ' \"".split(
    " ",
  ),
);

const images = (pdf: OpenPdf) => dictionariesOf(pdf).filter((object) => pdf.name(object, "Subtype") === "Image");
const forms = (pdf: OpenPdf) => dictionariesOf(pdf).filter((object) => pdf.name(object, "Subtype") === "Form");
const graphicsStates = (pdf: OpenPdf) =>
  [...pdf.pages, ...forms(pdf)].flatMap((holder) => {
    const states = pdf.get(holder, "Resources", "ExtGState");
    return states.kind === "dictionary" ? [...states.entries.values()].map(pdf.resolve) : [];
  });

const profileIn = (pdf: OpenPdf, intent: PdfObject): Buffer =>
  Buffer.from(pdf.decode(pdf.get(intent, "DestOutputProfile")));

/** §6.2 Graphics, fonts apart. */
export const graphicsRules: readonly Rule[] = [
  {
    clause: "6.2.2",
    says: "content streams hold operators of ISO 32000-1 alone, and no compatibility sections hide others",
    findings: (pdf) =>
      contentsOf(pdf).flatMap(({ where, operations }) =>
        operations.flatMap(({ operator }) =>
          unless(operators.has(operator) && operator !== "BX", `${where}: ${operator}`),
        ),
      ),
  },
  {
    clause: "6.2.2",
    says: "whatever a content stream names stands in resources of its own, never in inherited ones",
    findings: (pdf) =>
      contentsOf(pdf).flatMap(({ where, operations, holder }) =>
        operations.flatMap(({ operator, operands }) => {
          const kind = { Do: "XObject", Tf: "Font", gs: "ExtGState", cs: "ColorSpace", CS: "ColorSpace" }[operator];
          const named = nameOf(operands[0] ?? { kind: "null" }) ?? "";
          return kind === undefined
            ? []
            : unless(
                has(holder, "Resources") && pdf.get(holder, "Resources", kind, named).kind !== "null",
                `${where}: ${named}`,
              );
        }),
      ),
  },
  {
    clause: "6.2.3",
    says: "one output intent of PDF/A with a whole ICC profile of a monitor or printer, at most version 4",
    findings: (pdf) => {
      const intents = pdf.list(pdf.catalog, "OutputIntents");
      if (intents.length !== 1) return ["catalog"];
      return intents.flatMap((intent) => {
        const profile = profileIn(pdf, intent);
        const isWhole = profile.readUInt32BE(0) === profile.length && profile.toString("latin1", 36, 40) === "acsp";
        const isDevice = ["mntr", "prtr"].includes(profile.toString("latin1", 12, 16)) && (profile[8] ?? 9) < 5;
        const isColour =
          profile.toString("latin1", 16, 20) === "RGB " && pdf.number(intent, "DestOutputProfile", "N") === 3;
        const isNamed = pdf.name(intent, "S") === "GTS_PDFA1" && has(intent, "OutputConditionIdentifier");
        return unless(
          isWhole && isDevice && isColour && isNamed && !has(intent, "DestOutputProfileRef"),
          "output intent",
        );
      });
    },
  },
  {
    clause: "6.2.4.3",
    says: "pictures are grey or RGB, which the output intent explains; nothing is CMYK",
    findings: (pdf) =>
      images(pdf).flatMap((image) => {
        const space = pdf.get(image, "ColorSpace");
        const name = space.kind === "array" ? nameOf(pdf.resolve(space.items[0] ?? space)) : nameOf(space);
        return unless(["DeviceRGB", "DeviceGray", "Indexed"].includes(name ?? ""), `image ${name}`);
      }),
  },
  {
    clause: "6.2.4.3",
    says: "content is painted in grey and RGB",
    findings: (pdf) =>
      contentsOf(pdf).flatMap(({ where, operations }) =>
        operations.flatMap(({ operator }) =>
          unless(!["k", "K", "sc", "SC", "scn", "SCN", "sh"].includes(operator), `${where}: ${operator}`),
        ),
      ),
  },
  {
    clause: "6.2.5",
    says: "graphics states hold no transfer functions and no halftones of their own",
    findings: (pdf) =>
      graphicsStates(pdf).flatMap((state) =>
        ["TR", "TR2", "HTP", "HT"].flatMap((key) => unless(!has(state, key), `/${key}`)),
      ),
  },
  {
    clause: "6.2.6",
    says: "a rendering intent is one of the four",
    findings: (pdf) => {
      const known = ["RelativeColorimetric", "AbsoluteColorimetric", "Perceptual", "Saturation"];
      return [
        ...images(pdf).flatMap((image) =>
          unless(!has(image, "Intent") || known.includes(pdf.name(image, "Intent") ?? ""), "image"),
        ),
        ...contentsOf(pdf).flatMap(({ where, operations }) =>
          unless(!operations.some(({ operator }) => operator === "ri"), where),
        ),
      ];
    },
  },
  {
    clause: "6.2.8.1",
    says: "pictures have no alternates, no OPI, and are not interpolated",
    findings: (pdf) =>
      images(pdf).flatMap((image) => [
        ...["Alternates", "OPI"].flatMap((key) => unless(!has(image, key), `/${key}`)),
        ...unless(
          !has(image, "Interpolate") || JSON.stringify(pdf.get(image, "Interpolate")).includes("false"),
          "/Interpolate",
        ),
      ]),
  },
  {
    clause: "6.2.8.1",
    says: "a picture's components, bits and pixels are those of its data (ISO 32000-1 §7.4.8, §8.9.5)",
    findings: (pdf) =>
      images(pdf).flatMap((image) => unless(isTrue(pdf, image), `image ${pdf.number(image, "Width")}`)),
  },
  {
    clause: "6.2.9",
    says: "form XObjects hold no OPI, PostScript or other file's pages",
    findings: (pdf) => [
      ...forms(pdf).flatMap((form) =>
        ["OPI", "PS", "Ref", "Subtype2"].flatMap((key) => unless(!has(form, key), `/${key}`)),
      ),
      ...dictionariesOf(pdf).flatMap((object) => unless(pdf.name(object, "Subtype") !== "PS", "PostScript XObject")),
    ],
  },
  {
    clause: "6.2.10",
    says: "blend modes are those of ISO 32000-1; transparent parts have an output intent to blend in",
    findings: (pdf) => [
      ...graphicsStates(pdf).flatMap((state) => unless(!has(state, "BM") || pdf.name(state, "BM") === "Normal", "/BM")),
      ...unless(ofType(pdf, "OutputIntent").length > 0, "output intent"),
    ],
  },
];

/** The frame of a JPEG, or as many bytes as the rows of a packed picture need. */
function isTrue(pdf: OpenPdf, image: PdfObject): boolean {
  const [width, height] = [pdf.number(image, "Width") ?? 0, pdf.number(image, "Height") ?? 0];
  const components = pdf.name(image, "ColorSpace") === "DeviceRGB" ? 3 : 1;
  const bits = pdf.number(image, "BitsPerComponent") ?? 0;
  if (image.kind !== "stream" || ![1, 2, 4, 8, 16].includes(bits)) return false;
  if (pdf.name(image, "Filter") !== "DCTDecode")
    return pdf.decode(image).length === height * Math.ceil((width * components * bits) / 8);
  if (bits !== 8) return false;
  const jpeg = readJpeg(Uint8Array.from(image.raw));
  return (
    jpeg.ok && jpeg.value.heightPx === height && jpeg.value.widthPx === width && jpeg.value.components === components
  );
}
