import { mkdtemp, rm } from "node:fs/promises";
import { Agent, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Child, entryBeside, startChild } from "../../../ocr/child.ts";
import { hexOf, utf8 } from "../../core/kernel.ts";
import { nodeSha256 } from "../../primitives-node.ts";
import { type ApiSide, apiFigures, apiGoals } from "./api.ts";
import { median } from "./cost.ts";
import { type Extent, tooLittle } from "./extent.ts";
import { type Figure, type Goal, type Measured, measuredFigure, missingFigure } from "./figure.ts";
import { benchCode } from "./filling/facts.ts";
import { treeCpuSeconds } from "./tree-cpu.ts";
import type { Asked } from "./verify-child.ts";

export const verifyGoals = {
  code: { bench: "verify code", goal: "<= 1.6", unit: "CPU seconds a request" },
  record: { bench: "verify record", goal: "<= 1.15", unit: "CPU seconds a request" },
  apiCpu: apiGoals.cpu,
  apiWall: apiGoals.wall,
} as const satisfies Record<string, Goal>;

const wallSeconds = 1800;

type Side = { readonly pid: number; readonly port: number; readonly pathAt: (i: number) => string };
type Sides = { readonly code: Side; readonly record: Side; readonly plain: Side; readonly api: ApiSide };

/**
 * Pages of codes drawn at random, against a plain page of the same bytes and elements. Counted is what the process that
 * answers takes, with its database; not what asks.
 */
export async function verifyFigures(wants: (goal: Goal) => boolean, extent: Extent): Promise<Figure[]> {
  const { pairs, tiny } = extent;
  if (treeCpuSeconds() === null) return Object.values(verifyGoals).map((goal) => missingFigure(goal, "no /proc here"));
  const wantsApi = wants(apiGoals.cpu) || wants(apiGoals.wall);
  const wantsPages = wants(verifyGoals.code) || wants(verifyGoals.record);
  const records = tiny ? 60 : wantsPages ? 100_000 : 10_000;
  const requests = tiny ? 20 : 2000;
  return withSides(records, async (sides) => {
    const figures: Figure[] = [];
    for (const side of ["code", "record"] as const) {
      if (!wants(verifyGoals[side])) continue;
      const measured = await inTurn(sides[side], sides.plain, { requests, pairs });
      const inputs = [hexOf(nodeSha256(utf8(`${records} records`)))];
      figures.push(measuredFigure(verifyGoals[side], measured, inputs, tooLittle(extent)));
    }
    if (wantsApi) figures.push(...(await apiFigures(sides.api, extent)).filter(wants));
    return figures;
  });
}

async function withSides<T>(records: number, act: (sides: Sides) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "chungthuc-bench-verify-"));
  const children: Child[] = [];
  const start = async (asked: Asked) => {
    const child = await newChild();
    children.push(child);
    return { pid: child.pid, ...(await ask(child, asked)) };
  };
  try {
    const service = await start({ service: folder, filling: { certificates: records, records } });
    const pathAt = (i: number) => `/v/${benchCode(drawn(i, records))}`;
    const code = { ...service, pathAt };
    const page = await bodyOf(code, 0);
    const record = { ...(await start({ door: join(folder, "public"), rootKey: service.rootKey })), pathAt };
    const size = { elements: page.match(/<[a-z]/g)?.length ?? 1, bytes: Buffer.byteLength(page) };
    const plain = { ...(await start({ plain: size })), pathAt: (i: number) => `/page/${i}` };
    const codeAt = (i: number) => benchCode(drawn(i, records));
    return await act({ code, record, plain, api: { ...service, codeAt } });
  } finally {
    for (const child of children) {
      await child.ask({ head: { stop: true }, parts: [] }, { wallSeconds: 60 });
      child.kill();
    }
    await rm(folder, { recursive: true, force: true });
  }
}

async function newChild(): Promise<Child> {
  const entry = entryBeside(import.meta.url, "verify-child");
  const child = await startChild({ entry, heapMiB: 4096, growthMiB: 1024 * 1024 });
  if (!child.ok) throw new Error(`no process to measure: ${child.failure.code}`);
  return child.value;
}

async function ask(child: Child, asked: Asked): Promise<{ port: number; rootKey: string; token: string }> {
  const answer = await child.ask({ head: asked, parts: [] }, { wallSeconds });
  const head = answer.ok ? (answer.value.head as { port?: number; rootKey?: string; token?: string }) : {};
  if (head.port === undefined) throw new Error(`a side of the bench did not start: ${JSON.stringify(answer)}`);
  return { port: head.port, rootKey: head.rootKey ?? "", token: head.token ?? "" };
}

/** Spread over all of them without a pattern that a cache could follow. */
const drawn = (i: number, records: number): number => (Math.imul(i + 1, 2_654_435_761) >>> 0) % records;

async function inTurn(
  ours: Side,
  peer: Side,
  { requests, pairs }: { requests: number; pairs: number },
): Promise<Measured> {
  let asked = 0;
  const cost = async (side: Side) => {
    const before = treeCpuSeconds(side.pid) ?? Number.NaN;
    await askAll(side, asked, requests);
    asked += requests;
    return ((treeCpuSeconds(side.pid) ?? Number.NaN) - before) / requests;
  };
  for (let i = 0; i < 2; i++) for (const side of [ours, peer]) await cost(side); // compiled before it counts
  const turns: { ours: number; peer: number }[] = [];
  while (turns.length < pairs) turns.push({ ours: await cost(ours), peer: await cost(peer) });
  return {
    ours: median(turns.map((turn) => turn.ours)),
    peer: median(turns.map((turn) => turn.peer)),
    ratio: median(turns.map((turn) => turn.ours / turn.peer)),
    pairs,
  };
}

const atOnce = 8;
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });

async function askAll(side: Side, from: number, requests: number): Promise<void> {
  let next = from;
  const one = async () => {
    while (next < from + requests) await bodyOf(side, next++);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

function bodyOf({ port, pathAt }: Side, i: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { accept: "text/html", "accept-language": "vi" };
    const request = get({ host: "127.0.0.1", port, path: pathAt(i), agent, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => {
        if (answer.statusCode === 200) resolve(Buffer.concat(parts).toString());
        else reject(new Error(`a measured page answered ${answer.statusCode}`));
      });
    });
    request.on("error", reject);
  });
}
