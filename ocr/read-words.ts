import { fail, ok, type Result } from "../src/core/kernel.ts";
import { decoderStep } from "./child.ts";
import { withDeadline } from "./deadline.ts";
import { decoderOf } from "./decoder.ts";
import type { EngineFailure, EngineTask } from "./engines/engine.ts";
import { dropNoise } from "./layout/drop-noise.ts";
import { inReadingOrder } from "./layout/reading-order.ts";
import type { FinalPage, ReadFailure, Words } from "./pages.ts";
import type { ReadOptions, Workshop } from "./readers.ts";
import { wordsOnPage } from "./words.ts";

const pageCpuSeconds = 90; // some thirty times a dense page

type Page = Pick<FinalPage, "image" | "dpi" | "blank" | "widthPx" | "heightPx">;

/** Words come from the pixels that will be certified, never from a text layer. A blank page has none: noise is not read. */
export function readWords(workshop: Workshop, page: Page, options: ReadOptions): Promise<Result<Words, ReadFailure>> {
  if (page.blank || options.engine === "none") return Promise.resolve(ok({ words: [], engine: "none" }));
  return withDeadline(options, async (signal): Promise<Result<Words, ReadFailure>> => {
    const picture = await workshop.decoders.lend(signal, (child) =>
      decoderOf(child, { ...decoderStep, signal }).reading(page.image, page.dpi),
    );
    if (!picture.ok) return picture;
    const { grey, dpi } = picture.value;
    const bounds = { cpuSeconds: pageCpuSeconds, wallSeconds: options.deadlineSeconds };
    const task = { grey, dpi: Math.round(dpi), layout: "page", signal, ...bounds } as const;
    const read = await readWithEngines(workshop, options.engine, task);
    if (!read.ok) return fail(asReadFailure(read.failure));
    const words = inReadingOrder(dropNoise(read.value.words));
    return ok({
      ...read.value,
      words: wordsOnPage(words, picture.value, { width: page.widthPx, height: page.heightPx }),
    });
  });
}

const asReadFailure = ({ code }: EngineFailure): ReadFailure =>
  code === "engine_missing" ? { code: "decoder_died" } : { code };

/** First engine that answers; a named one is tried alone. Being cancelled is no reason to ask the next. */
export async function readWithEngines(
  { engines }: Workshop,
  wanted: ReadOptions["engine"],
  task: EngineTask,
): Promise<Result<Words, EngineFailure>> {
  let failure: EngineFailure = { code: "engine_missing" };
  for (const engine of engines.filter(({ name }) => wanted === undefined || name === wanted)) {
    const read = await engine.read(task);
    if (read.ok) return ok({ words: read.value, engine: engine.name });
    failure = read.failure;
    if (task.signal.aborted) break;
  }
  return fail(failure);
}
