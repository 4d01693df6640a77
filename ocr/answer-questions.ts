import { Socket } from "node:net";
import { endWithParent } from "./end-with-parent.ts";
import { encodeFrame, type Frame, frameCollector } from "./frames.ts";

export type Answer = { head: unknown; parts: readonly Uint8Array[] };

/**
 * The child's side: says it is ready, then answers each question in turn. Ends when its input closes, and with its parent.
 * An exception of the answerer ends the process: the asker learns `decoder_died`.
 */
export function answerQuestions(answer: (question: Frame) => Promise<Answer>): void {
  endWithParent(Number(process.argv[2]));
  const out = new Socket({ fd: 3, readable: false, writable: true });
  const send = (frame: Answer) => {
    for (const part of encodeFrame(frame)) out.write(part);
  };
  let turn: Promise<void> = Promise.resolve();
  const collect = frameCollector((question) => {
    turn = turn.then(async () => send(await answer(question)));
  });
  process.stdin.on("data", collect);
  process.stdin.on("end", () => process.kill(process.pid, "SIGKILL"));
  send({ head: { ready: true }, parts: [] });
}
