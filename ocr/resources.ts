import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Folder of the packaged Vietnamese model (LSTM, integer): `vie.traineddata.gz`. */
export function vietnameseDataFolder(): string {
  const manifest = createRequire(import.meta.url).resolve("@tesseract.js-data/vie/package.json");
  return join(dirname(manifest), "4.0.0_best_int");
}

const folders = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];
const programAt = (name: string): string | null =>
  folders.map((folder) => join(folder, name)).find((place) => existsSync(place)) ?? null;

/** A Tesseract of the machine, at the places where systems put it; the search path is environment and not looked at. */
export const nativeTesseract = (): string | null => programAt("tesseract");

/** coreutils' `stdbuf`, which lets a program's output go line by line; null on systems without GNU. */
export const lineBuffering = (): string | null => programAt("stdbuf");
