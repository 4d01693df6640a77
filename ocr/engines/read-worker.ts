import { createWorker, OEM, PSM } from "tesseract.js";
import { answerQuestions } from "../answer-questions.ts";
import { vietnameseDataFolder } from "../resources.ts";
import type { Layout } from "./engine.ts";
import { flattenBlocks } from "./flatten-blocks.ts";

// Entry of the reading process. Data comes from a package on this machine; nothing is fetched and nothing cached.
const worker = await createWorker("vie", OEM.LSTM_ONLY, {
  langPath: vietnameseDataFolder(),
  cacheMethod: "none",
  gzip: true,
});

const segmentations = { page: PSM.AUTO, lines: PSM.SINGLE_BLOCK } as const;

answerQuestions(async ({ head, parts }) => {
  const { dpi, layout } = head as { dpi: number; layout: Layout };
  await worker.setParameters({
    tessedit_pageseg_mode: segmentations[layout],
    user_defined_dpi: String(dpi),
  });
  const { data } = await worker.recognize(Buffer.from(parts[0] ?? []), {}, { blocks: true, text: false });
  return { head: { words: flattenBlocks(data.blocks ?? []) }, parts: [] };
});
