import { answerQuestions } from "../../../ocr/answer-questions.ts";
import { createLog } from "../../roof/log.ts";
import { type Service, startService } from "../../service.ts";
import { passOn } from "../../wiring/waypoints.ts";

// Entry of a process that is a service on a store of its own: its memory is measured, and nothing else is in it.
const log = createLog({
  now: () => new Date().toISOString(),
  write: () => undefined,
  lowest: "error",
  showMessages: false,
});
const place = { databaseUrl: null, host: "127.0.0.1", port: 0, publicPort: 8080, trustedProxies: 0 } as const;
let running: Service | null = null;

answerQuestions(async ({ head }) => {
  const asked = head as { start: string } | { stop: true };
  if ("stop" in asked) {
    await running?.stop();
    return { head: {}, parts: [] };
  }
  const service = await startService({ ...place, mode: "development", dataFolder: asked.start }, log, passOn);
  if (!service.ok) return { head: { failed: service.failure.code }, parts: [] };
  running = service.value;
  return { head: { port: service.value.port }, parts: [] };
});
