import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { composeCopy } from "../../../signing/compose/compose-copy.ts";
import type { ComposedCopy, CopyToCompose } from "../../../signing/compose/copy-to-compose.ts";
import { loadFonts } from "../../../src/fonts.ts";
import { run } from "../../support/tools.ts";

const fonts = await loadFonts();

export const compose = (copy: CopyToCompose) => composeCopy(copy, fonts);

export async function composed(copy: CopyToCompose): Promise<ComposedCopy> {
  const result = await compose(copy);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

/** Writes the copy into a folder of its own, for tools that read files. */
export function onDisk(copy: ComposedCopy): { folder: string; path: string } {
  mkdirSync(join(tmpdir(), "compose"), { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), "compose", "copy-"));
  const path = join(folder, "copy.pdf");
  writeFileSync(path, copy.pdf);
  return { folder, path };
}

export type Picture = {
  readonly path: string;
  readonly pixels: Uint8ClampedArray;
  readonly widthPx: number;
  readonly heightPx: number;
};

/** One page as poppler draws it. */
export async function drawn(path: string, page: number, dpi: number): Promise<Picture> {
  const file = `${path}-${page}-${dpi}`;
  run("pdftoppm", ["-r", String(dpi), "-f", String(page), "-l", String(page), "-singlefile", "-png", path, file]);
  const { data, info } = await sharp(readFileSync(`${file}.png`))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { path: `${file}.png`, pixels: new Uint8ClampedArray(data), widthPx: info.width, heightPx: info.height };
}
