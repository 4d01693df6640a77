import { answerQuestions } from "../../../ocr/answer-questions.ts";

// A decoder as bad input makes it: it hangs, eats memory, dies or talks nonsense. Run by child.test.ts only.
const hoard: Buffer[] = [];

answerQuestions(async ({ head }) => {
  const { ask } = head as { ask: string };
  if (ask === "hang") for (;;) Math.sqrt(2);
  if (ask === "hog") for (;;) hoard.push(Buffer.alloc(8 * 1024 * 1024, 1));
  if (ask === "wait") await new Promise((resolve) => setTimeout(resolve, 1200));
  if (ask === "die") process.exit(3);
  if (ask === "environment") return { head: { names: Object.keys(process.env) }, parts: [] };
  if (ask === "chatter") console.log("\0\0\0\x04 not an answer");
  return { head: { ask }, parts: [Uint8Array.of(1, 2, 3), new Uint8Array()] };
});
