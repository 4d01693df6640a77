import { serve } from "@hono/node-server";
import { answerQuestions } from "../../../ocr/answer-questions.ts";
import { edgeApplication } from "../../edge.ts";
import { nodePrimitives, nodeSha256 } from "../../primitives-node.ts";
import { publicFolder } from "../../publish/folder.ts";
import { nodeCipher } from "../../publish/node-cipher.ts";
import { verifyEd25519 } from "../../publish/node-keys.ts";
import { createLog } from "../../roof/log.ts";
import { type Service, startService } from "../../service.ts";
import { systemClock } from "../../wiring/house.ts";
import { passOn } from "../../wiring/waypoints.ts";
import { type Filling, fillStore } from "./filled-store.ts";
import { type PlainPage, servePlainPage } from "./plain-page.tsx";

// Entry of a process that is one side of the `verify` bench and nothing else: what it takes is counted from outside.

/** As in production: every request writes its line, to nowhere. */
const log = createLog({
  now: () => new Date().toISOString(),
  write: () => undefined,
  lowest: "info",
  showMessages: false,
});
const place = { databaseUrl: null, host: "127.0.0.1", port: 0, publicPort: 8080, trustedProxies: 0 } as const;
let running: Service | null = null;

export type Asked =
  | { readonly service: string; readonly filling: Filling }
  | { readonly door: string; readonly rootKey: string }
  | { readonly plain: PlainPage }
  | { readonly stop: true };

answerQuestions(async ({ head }) => {
  const asked = head as Asked;
  if ("service" in asked) return answered(await startFilled(asked.service, asked.filling));
  if ("door" in asked) return answered({ port: await serveDoor(asked.door, asked.rootKey) });
  if ("plain" in asked) return answered({ port: await servePlainPage(asked.plain) });
  await running?.stop();
  return answered({});
});

const answered = (head: object) => ({ head, parts: [] });

async function startFilled(dataFolder: string, filling: Filling) {
  const service = await startService({ ...place, mode: "development", dataFolder }, log, passOn);
  if (!service.ok) return { failed: service.failure.code };
  running = service.value;
  await fillStore(running.house, dataFolder, filling);
  return { port: running.port, rootKey: Buffer.from(running.house.rootPublicKey).toString("base64") };
}

/** The edge's own code over the folder that a bucket would be filled from, with the primitives that Node has. */
function serveDoor(folder: string, rootKey: string): Promise<number> {
  const { read } = publicFolder(folder);
  const get = async (key: string) => {
    const bytes = await read(key);
    return bytes === null ? null : { arrayBuffer: async () => bytes.buffer };
  };
  const second = () => Math.floor(Date.now() / 1000);
  const parts = { ...nodePrimitives, sha256: nodeSha256, verifyEd25519, cipher: nodeCipher(nodeSha256), second };
  const door = edgeApplication({ PUBLIC: { get }, ROOT_KEY: rootKey }, systemClock, parts);
  return new Promise((resolve) => {
    serve({ fetch: door.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => resolve(port));
  });
}
