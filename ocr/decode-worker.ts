import sharp from "sharp";
import { answerQuestions } from "./answer-questions.ts";
import { warmPdf } from "./decode/pdf-source.ts";
import { decodeSession } from "./decode/session.ts";

// Entry of the decoder process. One thread: several decoders run side by side, and a page's cost stays plain.
sharp.cache(false);
sharp.concurrency(1);
// Only the decoders of the types taken in: a picture inside another format reaches no other parser.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadTiff", "VipsForeignLoadWebp"],
});
await warmPdf();
answerQuestions(decodeSession());
