import { describe, expect, test } from "vitest";
import { type ComposeCopy, composeCopy, copyComposer } from "../../../signing/compose/compose-copy.ts";
import type { CopyToCompose } from "../../../signing/compose/copy-to-compose.ts";
import { loadFonts } from "../../../src/fonts.ts";
import { has, run } from "../../support/tools.ts";
import { onDisk } from "./composed.ts";
import { papers, sampleCopy, sampleSignedCode } from "./sample.ts";

const fonts = await loadFonts();
const original = await sampleCopy([papers.a4Portrait, papers.idCard]);

const furtherCopy = (ordinal: number, code: string, changes: Partial<CopyToCompose> = {}): CopyToCompose => {
  const linkUrl = `https://kiemtra.example.vn/v/${code.padStart(26, "0")}`;
  const certificate = { ...original.certificate, copy: { ordinal, of: 1000 } };
  return { ...original, certificate, linkUrl, signedCodeUrl: `${linkUrl}${sampleSignedCode.slice(30)}`, ...changes };
};

async function bytesOf(compose: ComposeCopy, copy: CopyToCompose): Promise<Buffer> {
  const made = await compose(copy);
  if (!made.ok) throw new Error(made.failure.code);
  return Buffer.from(made.value.pdf);
}

const alone = (copy: CopyToCompose) => bytesOf((input) => composeCopy(input, fonts), copy);

describe("COPIES-1: copies of one number, composed one after another, are byte for byte those composed alone", () => {
  test("whatever their codes are, and however many figures their turn has", async () => {
    const compose = copyComposer(fonts);
    for (const [ordinal, code] of [
      [1, "7k2mpxq4r9tbwc3hj6ndveygfa"],
      [2, "0zzz"],
      [1000, "1abcdefghjkmnpqrstvwxyz"],
    ] as const) {
      const copy = furtherCopy(ordinal, code);
      expect((await bytesOf(compose, copy)).equals(await alone(copy)), `copy ${ordinal}`).toBe(true);
    }
  });

  test("another line, another original or another sign in a link between them changes nothing", async () => {
    const compose = copyComposer(fonts);
    const other = { ...original.certificate, copy: { ordinal: 2, of: 1000 }, number: "13" };
    const more = { ...original.original, pages: original.original.pages.slice(0, 1) };
    const between = [
      furtherCopy(2, "a", { certificate: other }),
      furtherCopy(2, "b", { original: more }),
      furtherCopy(2, "CODEQWX"),
      furtherCopy(2, "c", { development: true }),
      original,
      furtherCopy(3, "d"),
    ];
    for (const [i, copy] of between.entries()) {
      await bytesOf(compose, furtherCopy(1, "e"));
      expect((await bytesOf(compose, copy)).equals(await alone(copy)), `copy ${i}`).toBe(true);
    }
  });

  test("what cannot be composed is refused as if it were alone, and the next copy is whole", async () => {
    const compose = copyComposer(fonts);
    await bytesOf(compose, furtherCopy(1, "a"));
    const tooLong = furtherCopy(2, "b".repeat(80));
    expect(await compose(tooLong)).toMatchObject({ ok: false, failure: { code: "code_too_long", link: "link" } });
    expect((await bytesOf(compose, furtherCopy(3, "c"))).equals(await alone(furtherCopy(3, "c")))).toBe(true);
  });
});

test.skipIf(!has("qpdf") || !has("pdftotext"))(
  "ISO 32000-1 §7.5: a further copy is sound to others, and says its own code",
  async () => {
    const compose = copyComposer(fonts);
    await bytesOf(compose, furtherCopy(1, "a"));
    const made = await compose(furtherCopy(2, "bcd"));
    if (!made.ok) throw new Error(made.failure.code);
    const { path } = onDisk(made.value);
    expect(run("qpdf", ["--check", path]).status).toBe(0);
    const text = run("pdftotext", [path, "-"]).output;
    expect(text).toContain("Bản 2/1000");
    expect(text).toContain(`/v/${"bcd".padStart(26, "0")}`);
    expect(text).not.toContain("Bản 1/1000");
  },
);
