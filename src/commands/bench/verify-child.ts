import { serve } from "@hono/node-server";
import { answerQuestions } from "../../../ocr/answer-questions.ts";
import { edgeApplication } from "../../edge.ts";
import { nodePrimitives, nodeSha256 } from "../../primitives-node.ts";
import { publicFolder } from "../../publish/folder.ts";
import { nodeCipher } from "../../publish/node-cipher.ts";
import { verifyEd25519 } from "../../publish/node-keys.ts";
import { drawWithoutAsyncContext } from "../../roof/plain-drawing.ts";
import type { Service } from "../../service.ts";
import type { Actor } from "../../web/route.ts";
import { type House, systemClock } from "../../wiring/house.ts";
import { recipientsWorld } from "../../wiring/recipients.ts";
import { startFilled } from "./bench-service.ts";
import type { Filling } from "./filling/facts.ts";
import { type PlainPage, servePlainPage } from "./plain-page.tsx";

// Entry of a process that is one side of the `verify` bench and nothing else: what it takes is counted from outside.

let running: Service | null = null;

export type Asked =
  | { readonly service: string; readonly filling: Filling }
  | { readonly door: string; readonly rootKey: string }
  | { readonly plain: PlainPage }
  | { readonly stop: true };

answerQuestions(async ({ head }) => {
  const asked = head as Asked;
  if ("service" in asked) return answered(await serveFilled(asked.service, asked.filling));
  if ("door" in asked) return answered({ port: await serveDoor(asked.door, asked.rootKey) });
  if ("plain" in asked) return answered({ port: await servePlainPage(asked.plain) });
  await running?.stop();
  return answered({});
});

const answered = (head: object) => ({ head, parts: [] });

async function serveFilled(dataFolder: string, filling: Filling) {
  running = await startFilled(dataFolder, filling);
  return {
    port: running.port,
    rootKey: Buffer.from(running.house.rootPublicKey).toString("base64"),
    token: await recipientToken(running.house),
  };
}

/** A key of a recipient that the demo administrator registers, as on the page. */
async function recipientToken(house: House): Promise<string> {
  const [actor] = await house.sql<Actor[]>`
    select p.id as "personId", p.agency_id as "agencyId", p.user_name as "userName", p.full_name as "fullName",
      array[r.role] as roles
    from person p join person_role r on r.person_id = p.id
    where r.role = 'administrator' order by p.id limit 1`;
  if (actor === undefined) throw new Error("a demo store has an administrator");
  const { registerRecipient, issueKey } = recipientsWorld(house);
  const facts = { name: "Nơi Nhận Đo (hư cấu)", email: "do@noi-nhan.example", domain: null };
  const recipient = await registerRecipient(facts, actor);
  const issued = recipient.ok ? await issueKey(recipient.value, { scopes: ["verify"], days: 30 }, actor) : recipient;
  if (!issued.ok) throw new Error(`the bench has no key: ${issued.failure.code}`);
  return issued.value.token;
}

/** The edge's own code over the folder that a bucket would be filled from, with the primitives that Node has. */
function serveDoor(folder: string, rootKey: string): Promise<number> {
  drawWithoutAsyncContext();
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
