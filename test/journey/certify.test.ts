import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import jsqr from "jsqr";
import { PDFDocument } from "pdf-lib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { samplePaths } from "../../src/development/sample.ts";
import { inBuild } from "../support/in-build.ts";
import { recomputeProof } from "../support/proof-from-public-files.ts";
import { signaturesIn } from "../support/signatures-in-pdf.ts";
import { has, run } from "../support/tools.ts";

type Certified = {
  readonly out: string;
  readonly number: number;
  readonly book: string;
  readonly verificationLink: string;
  readonly pages: readonly { readonly number: number; readonly streamSha256: string }[];
};

const corpus = process.env["CHUNGTHUC_CORPUS"];
const folder = mkdtempSync(join(tmpdir(), "chungthuc-certify-"));
const dataFolder = join(folder, "data");
const cli = inBuild("src/cli.ts");

/** `npx chungthuc certify`, as a newcomer runs it: no service is up, the store is made on the way. */
async function certify(scan: string, name: string): Promise<Certified> {
  const args = [cli, "certify", scan, "--applicant", "Lò Thị Thử (hư cấu)", "--title", name];
  const out = join(folder, `${name}.pdf`);
  const env = { ...process.env, DATA_FOLDER: dataFolder, DATABASE_URL: "" };
  const { stdout } = await promisify(execFile)(process.execPath, [...args, "--out", out, "--json"], { env });
  return JSON.parse(stdout) as Certified;
}

async function twoPagePdf(): Promise<string> {
  const jpegs = readdirSync(join(corpus ?? "", "scans-vi", "synthetic-A")).filter((name) => name.endsWith(".jpg"));
  const pdf = await PDFDocument.create();
  for (const name of jpegs.slice(0, 2)) {
    const image = await pdf.embedJpg(readFileSync(join(corpus ?? "", "scans-vi", "synthetic-A", name)));
    const page = pdf.addPage([595.28, 841.89]);
    page.drawImage(image, { x: 0, y: 0, width: 595.28, height: 841.89 });
  }
  const path = join(folder, "two-pages-in.pdf");
  writeFileSync(path, await pdf.save());
  return path;
}

const cases = [
  { name: "sample", pages: 1, scan: async () => samplePaths.scan, needsCorpus: false },
  {
    name: "tiff",
    pages: 2,
    scan: async () => join(corpus ?? "", "scans-vi", "real", "vietsample.tif"),
    needsCorpus: true,
  },
  { name: "pdf", pages: 2, scan: twoPagePdf, needsCorpus: true },
] as const;

describe.each(cases)("certify on $name", ({ name, pages, scan, needsCorpus }) => {
  const skipped = needsCorpus && corpus === undefined;
  let certified: Certified;
  let pdf: Buffer;

  beforeAll(async () => {
    if (skipped) return;
    certified = await certify(await scan(), name);
    pdf = readFileSync(certified.out);
  }, 120_000);
  afterAll(() => {
    if (name === "pdf") rmSync(folder, { recursive: true, force: true });
  });

  test.skipIf(skipped)("COPY-2: every page was confirmed and numbered", () => {
    expect(certified.pages.map((page) => page.number)).toEqual(Array.from({ length: pages }, (_, i) => i + 1));
    expect(certified.number).toBe(cases.findIndex((one) => one.name === name) + 1);
  });

  test.skipIf(skipped || !has("pdfimages"))(
    "COPY-2: the streams taken out of the sealed copy are those that were confirmed",
    () => {
      const prefix = join(folder, `${name}-stream`);
      expect(run("pdfimages", ["-all", "-l", String(pages), certified.out, prefix]).status).toBe(0);
      const isStream = (file: string) => file.startsWith(`${name}-stream`) && /\.(jpg|ccitt)$/.test(file);
      const files = readdirSync(folder).filter(isStream);
      const digests = files.toSorted().map((file) =>
        createHash("sha256")
          .update(readFileSync(join(folder, file)))
          .digest("hex"),
      );
      expect(digests.slice(0, pages)).toEqual(certified.pages.map((page) => page.streamSha256));
    },
  );

  test.skipIf(skipped || !has("pdfsig"))(
    "EN 319 142-1: pdfsig finds both signatures valid, the last over the whole file",
    () => {
      const { output } = run("pdfsig", ["-nocert", certified.out]);
      expect(output.match(/Signature is Valid/g)).toHaveLength(2);
      expect(output.slice(output.indexOf("Signature #2"))).toContain("Total document signed");
    },
  );

  test.skipIf(skipped || !has("openssl"))("RFC 5652: openssl verifies each CMS over the bytes that it covers", () => {
    for (const { cms, covered } of signaturesIn(pdf)) {
      const files = { cms: join(folder, "cms.der"), data: join(folder, "covered.bin") };
      writeFileSync(files.cms, cms);
      writeFileSync(files.data, covered);
      const root = join(dataFolder, "pki", "root.crt");
      const args = ["cms", "-verify", "-binary", "-cades", "-inform", "DER", "-in", files.cms, "-content", files.data];
      const { status, output } = run("openssl", [...args, "-CAfile", root, "-purpose", "any", "-out", "/dev/null"]);
      expect({ status, output: output.trim() }).toEqual({ status: 0, output: "CAdES Verification successful" });
    }
  });

  test.skipIf(skipped || !has("openssl"))("RFC 3161: openssl verifies each timestamp over its signature value", () => {
    for (const { timestampToken, signatureValue } of signaturesIn(pdf)) {
      const files = { token: join(folder, "token.der"), value: join(folder, "value.bin") };
      writeFileSync(files.token, timestampToken);
      writeFileSync(files.value, signatureValue);
      const anchor = join(dataFolder, "pki", "timestamp-ca.crt");
      const args = ["ts", "-verify", "-token_in", "-in", files.token, "-data", files.value, "-CAfile", anchor];
      expect(run("openssl", args).output).toContain("Verification: OK");
    }
  });

  test.skipIf(skipped || !has("qpdf"))("ISO 32000-2: qpdf finds nothing wrong with the file", () => {
    const { status, output } = run("qpdf", ["--check", certified.out]);
    expect({ status, clean: output.includes("No syntax or stream encoding errors found") }).toEqual({
      status: 0,
      clean: true,
    });
  });

  test.skipIf(skipped || !has("pdftoppm"))(
    "DESIGN Sheet: two readers read the link of every page from a 150 dpi render",
    async () => {
      const prefix = join(folder, `${name}-render`);
      run("pdftoppm", ["-r", "150", "-png", certified.out, prefix]);
      const renders = readdirSync(folder)
        .filter((file) => file.startsWith(`${name}-render`))
        .toSorted();
      expect(renders).toHaveLength(pages + 1);
      for (const render of renders.slice(0, pages)) {
        expect(await readWithJsqr(join(folder, render))).toBe(certified.verificationLink);
        if (has("zbarimg")) expect(readWithZbar(join(folder, render))).toContain(certified.verificationLink);
      }
    },
  );

  test.skipIf(skipped)("C2SP tlog-tiles: the proof follows from the published tiles and the record alone", () => {
    const found = recomputeProof(join(dataFolder, "public"), certified.verificationLink.split("/v/")[1] ?? "");
    expect(found).toMatchObject({
      leafInTree: true,
      rootAgrees: true,
      leafCommitsToCopy: true,
      identity: createHash("sha256").update(pdf).digest("hex"),
    });
  });
});

/** The strip's foot only: the page itself may carry codes of its own. */
async function readWithJsqr(path: string): Promise<string | null> {
  const { width, height } = await sharp(path).metadata();
  const top = Math.round(height - (28 / 25.4) * 150);
  const foot = sharp(path).extract({
    left: Math.round(width / 2),
    top,
    width: Math.floor(width / 2),
    height: height - top,
  });
  const { data, info } = await foot.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return jsqr.default(new Uint8ClampedArray(data), info.width, info.height)?.data ?? null;
}

const readWithZbar = (path: string): string[] => run("zbarimg", ["-q", "--raw", path]).output.trim().split("\n");

test("the corpus is at hand", { skip: corpus === undefined }, () => expect(existsSync(corpus ?? "")).toBe(true));
