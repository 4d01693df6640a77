import { answerQuestions } from "../../ocr/answer-questions.ts";
import { openPkcs12 } from "../../signing/keys/pkcs12.ts";

// Entry of a process that tries one key file: how long opening takes is the file's to say (rounds of its derivation),
// and it must not be said to the service. The key dies with the process; only certificates leave it.
answerQuestions(async ({ head, parts }) => {
  const { pin } = head as { pin: string };
  const opened = openPkcs12(parts[0] ?? new Uint8Array(), pin);
  if (!opened.ok) return { head: { refused: opened.failure.code }, parts: [] };
  return { head: {}, parts: [opened.value.certificate, ...opened.value.chain] };
});
