import { fail, ok, type Result } from "../src/core/kernel.ts";
import { decoderStep } from "./child.ts";
import { withDeadline } from "./deadline.ts";
import { decoderOf } from "./decoder.ts";
import type { EngineFailure, EngineTask } from "./engines/engine.ts";
import { inReadingOrder } from "./layout/reading-order.ts";
import type { FinalPage, ReadFailure, Word, Words } from "./pages.ts";
import { missingMarks } from "./paper/missing-marks.ts";
import { oddFigures } from "./paper/odd-figures.ts";
import { isIdentityCard } from "./paper/paper.ts";
import type { ReadOptions, Workshop } from "./readers.ts";
import { lookAgain } from "./second-look.ts";
import { wordsOnPage } from "./words.ts";

const pageCpuSeconds = 90; // some thirty times a dense page

type Page = Pick<FinalPage, "image" | "dpi" | "blank" | "widthPx" | "heightPx">;

/** Words come from the pixels that will be certified, never from a text layer. A blank page has none: noise is not read. */
export function readWords(workshop: Workshop, page: Page, options: ReadOptions): Promise<Result<Words, ReadFailure>> {
  if (page.blank || options.engine === "none")
    return Promise.resolve(ok({ words: [], engine: "none", code: null, missing: [], odd: [] }));
  return withDeadline(options, async (signal): Promise<Result<Words, ReadFailure>> => {
    const picture = await workshop.decoders.lend(signal, (child) =>
      decoderOf(child, { ...decoderStep, signal }).reading(page.image, page.dpi),
    );
    if (!picture.ok) return picture;
    const { grey, dpi } = picture.value;
    const bounds = { cpuSeconds: pageCpuSeconds, wallSeconds: options.deadlineSeconds };
    const task = {
      grey,
      dpi: Math.round(dpi),
      layout: "page",
      owner: options.owner ?? null,
      signal,
      ...bounds,
    } as const;
    const read = await readWithEngines(workshop, options.engine, task);
    if (!read.ok) return fail(asReadFailure(read.failure));
    const again = { ...readersAgain(workshop, options.engine, read.value.engine), task, glyphs: picture.value.glyphs };
    const words = inReadingOrder(await lookAgain(read.value.words, again));
    const size = { width: page.widthPx, height: page.heightPx };
    return ok({
      engine: read.value.engine,
      words: wordsOnPage(words, picture.value, size),
      code: mayHaveCode(page, words) ? await readCode(workshop, page, signal) : null,
      missing: missingMarks(words, picture.value.glyphs, picture.value.seals),
      odd: wordsOnPage(oddFigures(words, grey), picture.value, size),
    });
  });
}

/** Who reads a part of the page once more. An engine that was named reads alone. */
function readersAgain({ engines }: Workshop, wanted: ReadOptions["engine"], used: Words["engine"]) {
  const other = wanted === undefined ? engines.find(({ name }) => name !== used) : undefined;
  return { engine: engines.find(({ name }) => name === used) ?? null, other: other ?? null };
}

const cardMm2 = 15_000; // ID-1 is 4,600, and a photograph has a desk around it

/** Searching a whole sheet takes as long as reading it: only a small one, or one that names itself such a card, is searched. */
function mayHaveCode({ widthPx, heightPx, dpi }: Page, words: readonly Word[]): boolean {
  const mm2 = (widthPx * heightPx * 25.4 ** 2) / dpi ** 2;
  return mm2 <= cardMm2 || isIdentityCard(words);
}

/** A code is a second witness of what is printed: one that cannot be read is none, and stops nothing. */
async function readCode({ decoders }: Workshop, page: Page, signal: AbortSignal): Promise<string | null> {
  const read = await decoders.lend(signal, (child) =>
    decoderOf(child, { ...decoderStep, signal }).code(page.image, page.dpi),
  );
  return read.ok ? read.value.text : null;
}

const asReadFailure = ({ code }: EngineFailure): ReadFailure =>
  code === "engine_missing" ? { code: "decoder_died" } : { code };

/** First engine that answers; a named one is tried alone. Being cancelled is no reason to ask the next. */
export async function readWithEngines(
  { engines }: Workshop,
  wanted: ReadOptions["engine"],
  task: EngineTask,
): Promise<Result<Pick<Words, "words" | "engine">, EngineFailure>> {
  let failure: EngineFailure = { code: "engine_missing" };
  for (const engine of engines.filter(({ name }) => wanted === undefined || name === wanted)) {
    const read = await engine.read(task);
    if (read.ok) return ok({ words: read.value, engine: engine.name });
    failure = read.failure;
    if (task.signal.aborted) break;
  }
  return fail(failure);
}
