import { type Context, Hono } from "hono";
import { cosign } from "../../core/log/cosignature.ts";
import { type NoteKey, noteTypes, verifierKeyOf } from "../../core/log/note.ts";
import { checkSubmission, mayCosign, type Submitted, type WitnessingFailure } from "../../core/log/witnessing.ts";
import { nodeSha256 } from "../../primitives-node.ts";
import { ed25519Signer, rawPublicKey, verifyEd25519 } from "../../publish/node-keys.ts";
import { limitBody } from "../../web/body-limit.ts";
import type { WebEnv } from "../../web/route.ts";
import type { Alarms } from "./alarms.ts";
import { originName, type WitnessMemory } from "./memory.ts";
import type { WatchedLog } from "./monitor.ts";

export type WitnessDoor = {
  readonly memory: WitnessMemory;
  readonly logs: readonly WatchedLog[];
  readonly alarms: Alarms;
  /** Whole seconds since 1970. */
  readonly seconds: () => number;
  /** Who asks, for the limit of requests; never kept. */
  readonly addressOf: (c: Context<WebEnv>) => string;
};

// 63 proof lines of 45 bytes and a note of 64 KiB
const bodyLimitBytes = 72 * 1024;
const requestsAWindow = 100;
const windowSeconds = 10;

const plain = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };

/** C2SP tlog-witness over HTTP, with the statuses of the document; and what this witness saw, for everybody to read. */
export function witnessDoor(door: WitnessDoor): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const key = witnessKeyOf(door.memory);
  const admit = limiter(door.seconds);
  app.post("/add-checkpoint", async (c) => {
    if (!admit(door.addressOf(c))) return c.text("too many requests\n", 429, { ...plain, "retry-after": "10" });
    const body = limitBody(c, bodyLimitBytes);
    const text = body.wasExceeded() ? null : await c.req.text().catch(() => null);
    if (text === null) return c.text("too large\n", 413, plain);
    return addCheckpoint(c, text, key, door);
  });
  app.get("/status", (c) => c.json(statusOf(key, door), 200, { "cache-control": "no-store" }));
  app.get("/healthz", (c) => (door.alarms.any() ? c.text("alarm\n", 503, plain) : c.text("ok\n", 200, plain)));
  app.get("/:origin/*", (c) => mirrored(c, c.req.param("origin"), c.req.path.split("/").slice(2).join("/"), door));
  return app;
}

export const witnessKeyOf = ({ name, key }: WitnessMemory): NoteKey => ({ name, publicKey: rawPublicKey(key) });

const refusals = {
  bad_request: [400, "bad request\n"],
  unknown_log: [404, "unknown log\n"],
  not_signed_by_log: [403, "not signed by the log\n"],
} as const;

async function addCheckpoint(c: Context<WebEnv>, text: string, key: NoteKey, door: WitnessDoor): Promise<Response> {
  const logs = new Map(door.logs.map((log) => [log.key.name, [log.key]]));
  const submitted = await checkSubmission(text, logs, { sha256: nodeSha256, verifyEd25519 });
  if (!submitted.ok) {
    const [status, words] = refusals[submitted.failure.code];
    return c.text(words, status, plain);
  }
  const { memory } = door;
  const { origin, size, root, body } = submitted.value;
  // From here to `remember` nothing waits: another submission cannot come between the question and the answer.
  const allowed = mayCosign(memory.latest(origin), submitted.value, nodeSha256);
  if (!allowed.ok) return refuse(c, allowed.failure, submitted.value, text, door);
  memory.remember(origin, { size, root });
  const line = await cosign(body, door.seconds(), { key, sign: ed25519Signer(memory.key) }, nodeSha256);
  return c.text(line, 200, plain);
}

function refuse(
  c: Context<WebEnv>,
  failure: WitnessingFailure,
  { origin, size }: Submitted,
  text: string,
  { memory, alarms }: WitnessDoor,
): Response {
  if (failure.code === "another_size") {
    return c.text(`${failure.size}\n`, 409, { ...plain, "content-type": "text/x.tlog.size" });
  }
  memory.keepEvidence(text); // the log signed it: whoever compares it with what was cosigned sees a fork
  if (failure.code === "another_root") {
    alarms.raise({ code: "fork", origin, size });
    return c.text(`${failure.size}\n`, 409, { ...plain, "content-type": "text/x.tlog.size" });
  }
  alarms.raise({ code: "proof_wrong", origin, size });
  return c.text("the consistency proof does not hold\n", 422, plain);
}

/** The copy of the log that this witness verified, in the layout of tlog-tiles: a log that lost itself is rebuilt from it. */
async function mirrored(c: Context<WebEnv>, name: string, path: string, { logs }: WitnessDoor): Promise<Response> {
  const log = logs.find(({ key }) => originName(key.name) === name);
  const bytes = log === undefined ? null : await log.mirror.read(`log/${path}`);
  if (bytes === null) return c.text("not found\n", 404, plain);
  const type = path === "checkpoint" ? plain : { "content-type": "application/octet-stream" };
  return c.body(bytes, 200, type);
}

function statusOf(key: NoteKey, { memory, logs, alarms }: WitnessDoor) {
  return {
    version: 1,
    witness: verifierKeyOf(key, noteTypes.cosignature, nodeSha256),
    logs: logs.map(({ key: { name }, prefix }) => ({
      origin: name,
      prefix,
      mirror: originName(name),
      cosignedSize: memory.latest(name)?.size ?? 0,
    })),
    alarms: alarms.all(),
  };
}

/** Counted anew every ten seconds, so that the table never grows beyond what came within them. */
function limiter(seconds: () => number): (address: string) => boolean {
  let window = 0;
  let counts = new Map<string, number>();
  return (address) => {
    const now = Math.floor(seconds() / windowSeconds);
    if (now !== window) [window, counts] = [now, new Map()];
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    return count <= requestsAWindow;
  };
}
