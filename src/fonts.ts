import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type Fonts, openFonts } from "../signing/compose/typeface.ts";
import type { Bytes } from "./core/kernel.ts";

/** Tinos (OFL-1.1), metric-compatible with Times New Roman, which NĐ 30/2020 asks for. Read once, at the start. */
export async function loadFonts(): Promise<Fonts> {
  const [regular, bold, italic] = await Promise.all([
    readFace("400Regular/Tinos_400Regular.ttf"),
    readFace("700Bold/Tinos_700Bold.ttf"),
    readFace("400Regular_Italic/Tinos_400Regular_Italic.ttf"),
  ]);
  return openFonts({ regular, bold, italic });
}

async function readFace(file: string): Promise<Bytes> {
  const path = createRequire(import.meta.url).resolve(`@expo-google-fonts/tinos/${file}`);
  return new Uint8Array(await readFile(path));
}
