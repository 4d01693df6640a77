// Checks the copies of a file with one link or code a line, by fetch alone.
// Usage: CHUNGTHUC_URL=https://… CHUNGTHUC_KEY=ctk_… npx tsx verify.ts codes.txt
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { env } from "node:process";

type Batch = { readonly id: string; readonly state: "running" | "done" };
type Result = { readonly outcome: string; readonly copy: { number: number; agency: { name: string } } | null };
type Results = { readonly results: readonly Result[]; readonly next: number | null };

const batches = `${env["CHUNGTHUC_URL"]}/api/v1/verification-batches`;
const authorization = `Bearer ${env["CHUNGTHUC_KEY"]}`;

const wait = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Waits and asks again where the service says so; throws what else it says. */
async function ask<T>(address: string, init: RequestInit = {}): Promise<{ told: T; retryAfter: number }> {
  const answer = await fetch(address, { ...init, headers: { authorization, ...init.headers } });
  const retryAfter = Number(answer.headers.get("retry-after") ?? 1);
  if (answer.status === 429 || answer.status === 503) {
    await wait(retryAfter);
    return ask(address, init);
  }
  const told = (await answer.json()) as T & { code?: string; titles?: { en: string } };
  if (!answer.ok) throw new Error(`${told.code}: ${told.titles?.en}`);
  return { told, retryAfter };
}

const lines = readFileSync(process.argv[2] ?? "", "utf8").split("\n").filter((line) => line.trim() !== ""); // biome-ignore format: one line
const items = lines.map((line) => (line.includes("/v/") ? { link: line } : { code: line }));
const headers = {
  "content-type": "application/json",
  "idempotency-key": createHash("sha256").update(lines.join("\n")).digest("hex"),
};
let batch = await ask<Batch>(batches, { method: "POST", headers, body: JSON.stringify({ items }) });
while (batch.told.state !== "done") {
  await wait(batch.retryAfter);
  batch = await ask<Batch>(`${batches}/${batch.told.id}`);
}
for (let from: number | null = 0; from !== null; ) {
  const { told }: { told: Results } = await ask<Results>(`${batches}/${batch.told.id}/results?from=${from}&limit=500`);
  for (const { outcome, copy } of told.results)
    process.stdout.write(`${outcome}\t${copy?.number ?? "-"}\t${copy?.agency.name ?? "-"}\n`);
  from = told.next;
}
