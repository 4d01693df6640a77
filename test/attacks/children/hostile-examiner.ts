import { answerQuestions } from "../../../ocr/answer-questions.ts";

// An examiner as a bad file would make it. Run by examiner.test.ts only; the file's text says what happens.
const hoard: Buffer[] = [];

answerQuestions(async ({ parts: [file = new Uint8Array()] }) => {
  const told = new TextDecoder().decode(file);
  if (told === "hang") for (;;) Math.sqrt(2);
  if (told === "hog") for (;;) hoard.push(Buffer.alloc(8 * 1024 * 1024, 1));
  if (told === "die") process.exit(3);
  if (told === "lie") return { head: { code: "INTACT", document: { status: "SPLENDID" } }, parts: [] };
  if (told === "slow") await new Promise((resolve) => setTimeout(resolve, 300));
  const copy = { isBroken: false, signatures: [], foreignFrom: null, identity: null };
  return { head: { code: "UNSIGNED", document: { status: null }, signatures: [], copy, report: null }, parts: [] };
});
