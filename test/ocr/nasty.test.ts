import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openReaders } from "../../ocr/readers.ts";
import { isReasonCode, type ReasonCode, reasonCodes } from "../../ocr/reason-codes.ts";
import { exact, options } from "./fixtures.ts";

type Case = {
  file: string;
  expected: string;
  reason_accept: string[];
  upload_filename: string;
  declared_content_type: string | null;
};

const corpus = process.env["CHUNGTHUC_CORPUS"];
const manifest = corpus === undefined || !existsSync(corpus) ? null : readManifest(corpus);
const readers = openReaders({ processes: 1 });
const growthLimit = 512 * 1024 * 1024;

function readManifest(folder: string): { files: Case[]; reason_codes: Record<string, string> } {
  return JSON.parse(readFileSync(join(folder, "MANIFEST.json"), "utf8"));
}

const cases =
  manifest?.files.filter(({ file, expected }) => file.startsWith("nasty/") && expected !== "see_file") ?? [];
if (cases.length === 0) console.warn("nasty: skipped, CHUNGTHUC_CORPUS is not set");

afterAll(() => readers.stop());

test.skipIf(manifest === null)("nasty: our reason codes are the corpus' reason codes", () => {
  expect(Object.keys(reasonCodes).toSorted()).toEqual(Object.keys(manifest?.reason_codes ?? {}).toSorted());
});

async function outcomeOf(item: Case): Promise<"accepted" | ReasonCode | string> {
  const upload = {
    bytes: exact(readFileSync(join(corpus ?? "", item.file))),
    fileName: item.upload_filename,
    declaredType: item.declared_content_type,
  };
  const made = await readers.makePages(upload, options({ deadlineSeconds: 10 }));
  if (made.ok) return "accepted";
  return made.failure.code === "upload_refused" ? made.failure.reason : made.failure.code;
}

test.skipIf(cases.length === 0).each(cases)("nasty: $file is $expected, within 10 s and 512 MiB", async (item) => {
  const outcome = await outcomeOf(item);
  if (outcome === "accepted") expect(item.expected).toMatch(/^accept/);
  else {
    expect(isReasonCode(outcome), outcome).toBe(true);
    expect(item.expected, outcome).not.toBe("accept");
    expect(item.reason_accept).toContain(outcome);
  }
  expect(readers.peakGrowthBytes()).toBeLessThan(growthLimit);
});
