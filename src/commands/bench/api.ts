import { setTimeout as sleep } from "node:timers/promises";
import { hexOf, utf8 } from "../../core/kernel.ts";
import { nodeSha256 } from "../../primitives-node.ts";
import { median } from "./cost.ts";
import { type Extent, tooLittle } from "./extent.ts";
import { type Figure, type Goal, limitFigure } from "./figure.ts";
import { treeCpuSeconds } from "./tree-cpu.ts";

export const apiGoals = {
  cpu: { bench: "api cpu", goal: "<= 3 ms", unit: "CPU milliseconds a copy, of 1,000 in one call" },
  wall: { bench: "api wall", goal: "<= 30 s", unit: "wall seconds from the call to the last answer" },
} as const satisfies Record<string, Goal>;

export type ApiSide = {
  readonly pid: number;
  readonly port: number;
  readonly token: string;
  /** Of a copy that the store holds. */
  readonly codeAt: (i: number) => string;
};

const pollMs = 100;
const unknownCode = "0123456789abcdefghjkmnpqrs";

/** One call with a thousand copies, half of them known, as a recipient's program makes it; every answer is looked at. */
export async function apiFigures(side: ApiSide, extent: Extent): Promise<Figure[]> {
  const copies = extent.tiny ? 20 : 1000;
  await oneBatch(side, copies, 0); // compiled before it counts
  const runs: { cpu: number; wall: number }[] = [];
  while (runs.length < extent.pairs) {
    const cpu = treeCpuSeconds(side.pid) ?? Number.NaN;
    const since = performance.now();
    await oneBatch(side, copies, runs.length + 1);
    const wall = (performance.now() - since) / 1000;
    runs.push({ cpu: (1000 * ((treeCpuSeconds(side.pid) ?? Number.NaN) - cpu)) / copies, wall });
  }
  const inputs = [hexOf(nodeSha256(utf8(`${copies} copies`)))];
  const told = tooLittle(extent);
  return [
    limitFigure(apiGoals.cpu, median(runs.map(({ cpu }) => cpu)), 3, inputs, told),
    limitFigure(apiGoals.wall, median(runs.map(({ wall }) => wall)), 30, inputs, told),
  ];
}

async function oneBatch(side: ApiSide, copies: number, run: number): Promise<void> {
  const items = Array.from({ length: copies }, (_, i) => ({
    code: i % 2 === 0 ? side.codeAt(run * copies + i) : unknownCode,
  }));
  const batches = "/api/v1/verification-batches";
  const { id } = await ask<{ id: string }>(side, batches, { items });
  while ((await ask<{ state: string }>(side, `${batches}/${id}`)).state !== "done") await sleep(pollMs);
  const { results } = await ask<{ results: readonly { outcome: string }[] }>(
    side,
    `${batches}/${id}/results?limit=1000`,
  );
  const found = results.filter(({ outcome }) => outcome === "issued").length;
  if (found !== copies / 2) throw new Error(`the bench's batch found ${found} of ${copies / 2} copies`);
}

async function ask<T>({ port, token }: ApiSide, path: string, json?: object): Promise<T> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: json === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  if (!answer.ok) throw new Error(`the bench's call was answered ${answer.status}`);
  return (await answer.json()) as T;
}
