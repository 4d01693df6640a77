import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Folder of the packaged Vietnamese model (LSTM, integer): `vie.traineddata.gz`. */
export function vietnameseDataFolder(): string {
  const manifest = createRequire(import.meta.url).resolve("@tesseract.js-data/vie/package.json");
  return join(dirname(manifest), "4.0.0_best_int");
}

const places = ["/usr/bin/tesseract", "/usr/local/bin/tesseract", "/opt/homebrew/bin/tesseract"];

/** A Tesseract of the machine, at the places where systems put it; the search path is environment and not looked at. */
export const nativeTesseract = (): string | null => places.find((place) => existsSync(place)) ?? null;
