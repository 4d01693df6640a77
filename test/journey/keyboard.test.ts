import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument } from "pdf-lib";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { samplePaths } from "../../src/development/sample.ts";
import { receivingEn } from "../../src/web/words/receiving.en.ts";
import { openBrowser } from "../support/browser.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { secretsOf, smallScan } from "../support/officials.ts";
import { type ServiceProcess, startServiceProcess } from "../support/service-process.ts";
import { has, run } from "../support/tools.ts";
import { annulledOrder } from "./annulled-order.ts";
import { goByKeyboard, type Place } from "./by-keyboard.ts";
import { orderByKeyboard } from "./order-by-keyboard.ts";
import { originalsByKeyboard } from "./originals-by-keyboard.ts";
import { sumOf } from "./people-at-work.ts";

const folder = mkdtempSync(join(tmpdir(), "chungthuc-keyboard-"));
let database: FreshDatabase;
let service: ServiceProcess;
let browser: Browser;
let place: Place;

beforeAll(async () => {
  database = await freshDatabase();
  service = await startServiceProcess(folder, database.url, { reads: "words" });
  browser = await openBrowser();
  const secrets = secretsOf(folder);
  place = {
    browser,
    url: service.url,
    secretsOf: (userName) => ({ password: secrets[userName]?.password ?? "", pin: secrets[userName]?.pin ?? "" }),
  };
});
afterAll(async () => {
  await browser.close();
  await service.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Three pages as a counter's scanner sends them: one upright, one lying on its side, one of 100 dpi. */
async function threePages(): Promise<string> {
  const sample = sharp(samplePaths.scan);
  const { width = 0, height = 0 } = await sample.metadata();
  const marked = (label: number) =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect x="${width * 0.1}" y="${height * 0.42}" width="${width * 0.8}" height="${height * 0.5}" fill="#fff"/>${bars(label, width, height)}</svg>`,
    );
  // below the same head three different prints: the same sheet twice would be told
  const bars = (label: number, across: number, down: number) =>
    Array.from({ length: 14 }, (_, i) => {
      const [x, length] = [0.12 + ((i * label * 7) % 5) * 0.03, 0.2 + ((i * i * 3 + label * 11) % 9) * 0.05];
      return `<rect x="${across * x}" y="${down * (0.44 + i * 0.033)}" width="${across * length}" height="${4 + label * 4}"/>`;
    }).join("");
  const pageOf = (mark: number) =>
    sharp(samplePaths.scan)
      .composite([{ input: marked(mark) }])
      .jpeg({ quality: 85 })
      .toBuffer();
  const onSide = await sharp(await pageOf(3))
    .rotate(90)
    .jpeg({ quality: 85 })
    .toBuffer();
  const coarse = await sharp(await pageOf(5))
    .resize({ width: 827 })
    .jpeg({ quality: 85 })
    .toBuffer();
  const pdf = await PDFDocument.create();
  for (const jpeg of [await pageOf(1), onSide, coarse]) {
    const image = await pdf.embedJpg(jpeg);
    const isLying = image.width > image.height;
    const [across, down] = isLying ? [842, 595] : [595, 842];
    pdf.addPage([across, down]).drawImage(image, { x: 0, y: 0, width: across, height: down });
  }
  const path = join(folder, "ba trang (hư cấu).pdf");
  writeFileSync(path, await pdf.save());
  return path;
}

async function expectCopy(path: string, pages: number): Promise<void> {
  const pdf = await PDFDocument.load(readFileSync(path), { updateMetadata: false });
  expect(pdf.getPageCount()).toBe(pages + 1); // and the sheet with the attestation
  if (has("pdfsig")) expect(run("pdfsig", ["-nocert", path]).output.match(/Signature is Valid/g)).toHaveLength(2);
}

describe("issue 3: from sign-in to the verdict by keyboard alone, the citizen and the agency without JavaScript", () => {
  const kind = "Giấy chứng nhận (hư cấu)";

  test("the sample, in Vietnamese: at most 40 keys for all four officials besides what they write", async () => {
    const copyPath = join(folder, "mot-trang.pdf");
    const journey = await goByKeyboard(place, { language: "vi", kind, scan: samplePaths.scan, pages: 1, copyPath });
    expect(journey.verdict).toMatch(/^Tệp này đúng là bản sao chứng thực do .* đang có giá trị\.$/);
    expect(journey).toMatchObject({ warnings: [], upright: [true] });
    expect(journey.presses.officials).toBeLessThanOrEqual(40);
    expect(journey.presses.citizen + journey.presses.agency).toBeLessThanOrEqual(20);
    await expectCopy(copyPath, 1);
  });

  test("a PDF of three pages, in English: one key more a page; the page on its side is put upright, the coarse one told", async () => {
    const copyPath = join(folder, "ba-trang.pdf");
    const journey = await goByKeyboard(place, { language: "en", kind, scan: await threePages(), pages: 3, copyPath });
    expect(journey.verdict).toMatch(/^This file is a certified copy issued by .*, untouched and in force\.$/);
    expect(journey).toMatchObject({ warnings: [receivingEn.warnRESOLUTION_TOO_LOW], upright: [true, true, true] });
    expect(journey.presses.officials).toBeLessThanOrEqual(42);
    await expectCopy(copyPath, 3);
  });
});

/** `npm run large-order` asks for a thousand, and tells the figures. */
const copies = Number(process.env["CHUNGTHUC_ORDER_COPIES"] ?? 12);
const mostSeconds = 60 + copies;

describe("issue 8: one original and many copies, from the receipt to the release by keyboard alone", () => {
  test(
    "COPIES-1: after the comparison under 3 minutes of people, however many copies; one PIN of who signs, one of who seals",
    async () => {
      const scan = join(folder, "nhieu-ban.jpg");
      // the sample with some octets behind it: another file than the first journey's
      writeFileSync(scan, Buffer.concat([readFileSync(samplePaths.scan), randomBytes(8)]));
      const order = { kind: "Giấy chứng nhận (hư cấu)", scan, pages: 1, copies, mostSeconds };
      const stages = await orderByKeyboard(place, order);
      const afterComparison = sumOf(stages, ["attest", "sign", "seal", "release"]);
      if (copies > 12) for (const told of [...stages, afterComparison]) tell(told);
      expect(stages.map(({ pins }) => pins)).toEqual([0, 0, 0, 1, 1, 0]);
      expect(afterComparison.humanSeconds).toBeLessThan(180);
      expect(afterComparison.clicks).toBeLessThanOrEqual(20);
      const sealed = await database.owner.sql`
        select copies, (select count(sealed_blob_id)::int from certified_copy where line_id = line.id) as sealed
        from certificate line where copies = ${copies} and released_at is not null`;
      expect(sealed).toEqual([{ copies, sealed: copies }]);
      if (copies > 12) tell(await annulledOrder({ url: place.url, folder, sql: database.owner.sql }, copies));
    },
    3 * mostSeconds * 1000,
  );
});

/** `npm run many-originals` asks for two hundred, and tells the figures. */
const originals = Number(process.env["CHUNGTHUC_ORIGINALS"] ?? 5);

describe("issue 8: many originals in one dossier, one keyboard queue", () => {
  test(
    "DOS-1, COPY-2: each is compared page by page in the order of the stack; one PIN of who signs, one of who seals; a number each",
    async () => {
      const scans = await Promise.all(
        Array.from({ length: originals }, async (_, i) => {
          const path = join(folder, `giay-${String(i + 1).padStart(3, "0")}.jpg`);
          writeFileSync(path, await smallScan(1000 + i));
          return path;
        }),
      );
      const mostSeconds = 60 + 10 * originals;
      const stages = await originalsByKeyboard(place, { kind: "Bảng điểm (hư cấu)", scans, mostSeconds });
      const afterComparison = sumOf(stages, ["sign", "seal", "release"]);
      if (originals > 5) for (const told of [...stages, afterComparison]) tell(told);
      expect(stages.map(({ pins }) => pins)).toEqual([0, 0, 1, 1, 0]);
      expect(stages[1]?.keys).toBeLessThanOrEqual(3 + 3 * originals); // signing in and the list; then K, space, Enter a paper
      expect(afterComparison.humanSeconds).toBeLessThan(180);
      const lines = await database.owner.sql`
        select s.code, count(*)::int as papers, count(distinct c.number)::int as numbers,
          (select count(*)::int from confirmation f join dossier o on o.id = f.dossier_id where o.submission_id = s.id) as compared
        from submission s join dossier d on d.submission_id = s.id join certificate c on c.dossier_id = d.id
        where c.released_at is not null group by s.id having count(*) > 1`;
      expect(lines).toMatchObject([{ papers: originals, numbers: originals, compared: originals }]);
    },
    30_000 * originals,
  );
});

const tell = (told: object): void => {
  const rounded = Object.entries(told).map(([name, value]) => [
    name,
    Number.isFinite(value) ? Math.round(value) : value,
  ]);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(rounded))}\n`);
};
