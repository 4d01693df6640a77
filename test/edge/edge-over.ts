import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Miniflare } from "miniflare";
import type { Bytes } from "../../src/core/kernel.ts";
import { bundle, workerd } from "./bundle.ts";
import type { Question } from "./same-answers.ts";

/** workerd with nothing but a bucket of what a service published, and what an operator sets: the root that it pins, the address of the service. */
export async function edgeOver(
  folder: string,
  paths: readonly string[],
  told: { readonly ROOT_KEY: string; readonly PUBLIC_URL: string },
): Promise<Miniflare> {
  const edge = workerd(await bundle("src/edge.ts", "esm"), {
    r2Buckets: ["PUBLIC"],
    bindings: told,
  });
  const bucket = (await edge.getR2Bucket("PUBLIC")) as unknown as {
    put: (key: string, bytes: Bytes) => Promise<unknown>;
  };
  for (const path of paths) await bucket.put(path, new Uint8Array(readFileSync(join(folder, path))));
  return edge;
}

export async function askEdge(edge: Miniflare, { path, form }: Question) {
  const address = `https://edge.example${path}`;
  if (form === undefined) return edge.dispatchFetch(address);
  const sent = new Request(address, { method: "POST", body: form() });
  const headers = { "content-type": sent.headers.get("content-type") ?? "" };
  return edge.dispatchFetch(address, { method: "POST", headers, body: await sent.arrayBuffer() });
}
