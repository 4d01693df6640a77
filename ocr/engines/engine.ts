import type { Result } from "../../src/core/kernel.ts";
import type { Grey } from "../decode/look.ts";
import type { EngineName, Word } from "../pages.ts";

export type EngineFailure = {
  code: "engine_missing" | "decode_timeout" | "decode_memory" | "decoder_died" | "read_cancelled";
};

export type Layout = "page" | "lines";

export type EngineTask = {
  readonly grey: Grey;
  readonly dpi: number;
  /** `page` looks for columns and blocks; `lines` takes the picture for one block of lines. */
  readonly layout: Layout;
  /** Whose pages these are: a process that is kept warm serves one owner, and ends before it sees another's. */
  readonly owner: string | null;
  readonly signal: AbortSignal;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
};

/** Pixels to words. Boxes in pixels of the grey picture, words in reading order. */
export type Engine = {
  readonly name: EngineName;
  read(task: EngineTask): Promise<Result<readonly Word[], EngineFailure>>;
  stop(): void;
};

/** Portable greymap (netpbm P5): no encoder and no decoder worth the name between us and the engine. */
export function greymapOf({ width, height, pixels }: Grey): Uint8Array {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), pixels]);
}

/** Tesseract's page segmentation modes, of which an empty picture has no words (`warm-tesseract.ts` counts on it; mode 7 gives one). */
export const segmentations: Readonly<Record<Layout, string>> = { page: "3", lines: "6" };

/**
 * Letters that the Vietnamese model knows and Vietnamese papers do not print, and two marks it takes for letters. It read `Ng` as `NÑg` and `of` as `oƒ`;
 * kept from them, it says the letter that it held for the next likely, with little confidence, so that the word is looked at again. Signs that only
 * look like one of ours are not here: without the fraction's stroke it lost the figure before it (`words.ts` says which sign it is).
 */
export const foreignSigns = "ÄÏÑÖØŒŠŸƑäïñöøœšÿƒ£¿";

/** What the command is told, however it is run. */
export const settings: readonly string[] = [
  ...["-c", "tessedit_create_tsv=1"],
  ...["-c", `tessedit_char_blacklist=${foreignSigns}`],
];

const addressKiB = 1536 * 1024;

/**
 * Arguments of a shell that bounds a program before it becomes that program: the limits hold even when nobody is left to watch.
 *
 * @param cpuSeconds processor time; then SIGXCPU
 */
export const underLimits = (cpuSeconds: number): readonly string[] => [
  "-c",
  'ulimit -S -t "$1"; ulimit -v "$2" 2>/dev/null || true; shift 2; exec "$@"',
  ...["sh", String(cpuSeconds), String(addressKiB)],
];
