import { createWorker, OEM, PSM } from "tesseract.js";
import { answerQuestions } from "../answer-questions.ts";
import { vietnameseDataFolder } from "../resources.ts";
import { wordsOfTsv } from "../words.ts";
import { foreignSigns, type Layout } from "./engine.ts";

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
    tessedit_char_blacklist: foreignSigns,
  });
  // Its tree of blocks goes letter by letter through JavaScript, which takes a twentieth of the reading; its table does not.
  const { data } = await worker.recognize(Buffer.from(parts[0] ?? []), {}, { tsv: true, text: false });
  return { head: { words: wordsOfTsv(data.tsv ?? "") }, parts: [] };
});
