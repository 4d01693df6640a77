import { fail, ok, type Result } from "../src/core/kernel.ts";
import { withDeadline } from "./deadline.ts";
import { decoderOf } from "./decoder.ts";
import type { EngineFailure, EngineTask } from "./engines/engine.ts";
import type { FinalPage, ReadFailure, Words } from "./pages.ts";
import type { ReadOptions, Workshop } from "./readers.ts";
import { scaleWords } from "./words.ts";

const readingDpi = 200; // time follows pixels; 200 dpi grey reads as well as 300
const greySeconds = 8;

type Page = Pick<FinalPage, "jpeg" | "dpi" | "blank">;

/** Words come from the pixels that will be certified, never from a text layer. A blank page has none: noise is not read. */
export function readWords(workshop: Workshop, page: Page, options: ReadOptions): Promise<Result<Words, ReadFailure>> {
  if (page.blank || options.engine === "none") return Promise.resolve(ok({ words: [], engine: "none" }));
  return withDeadline(options, async (signal): Promise<Result<Words, ReadFailure>> => {
    const grey = await workshop.decoders.lend(signal, (child) =>
      decoderOf(child, { wallSeconds: greySeconds, signal }).grey(page.jpeg, page.dpi, readingDpi),
    );
    if (!grey.ok) return grey;
    const scale = readingDpi / page.dpi;
    const dpi = Math.round(Math.min(page.dpi, readingDpi));
    const wallSeconds = options.deadlineSeconds;
    const task = { grey: grey.value, dpi, layout: "page", signal, wallSeconds } as const;
    const read = await readWithEngines(workshop, options.engine, task);
    if (!read.ok) return fail(asReadFailure(read.failure));
    return ok({ ...read.value, words: scaleWords(read.value.words, Math.max(1, 1 / scale)) });
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
