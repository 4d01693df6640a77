import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { readJson } from "../../src/web/read-json.ts";
import { publicRoute, type Route } from "../../src/web/route.ts";
import { type App, appOf, bytesOfLength, memoryWorld } from "./memory-world.ts";

const uploadLimitBytes = 300_000;
let memory: ReturnType<typeof memoryWorld>;
let app: App;

const probes: readonly Route[] = [
  publicRoute({
    method: "POST",
    path: "/probe/read",
    handle: async (c) => c.json({ bytes: (await c.req.arrayBuffer()).byteLength }),
  }),
  publicRoute({
    method: "POST",
    path: "/probe/json",
    handle: async (c) => c.json({ read: (await readJson(c, z.object({ text: z.string() }))).ok }),
  }),
  publicRoute({
    method: "POST",
    path: "/probe/upload",
    bodyLimitBytes: uploadLimitBytes,
    handle: async (c) => {
      let bytes = 0;
      for await (const chunk of c.req.raw.body ?? []) bytes += chunk.length;
      return c.json({ bytes });
    },
  }),
  publicRoute({
    method: "POST",
    path: "/probe/swallow",
    handle: async (c) => c.json({ read: await c.req.text().catch(() => "nothing") }),
  }),
];

beforeEach(() => {
  memory = memoryWorld();
  app = appOf(probes, memory.world);
});

describe("body limits", () => {
  const chunked = (length: number, chunk = 10_000) =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (let left = length; left > 0; left -= chunk) controller.enqueue(bytesOfLength(Math.min(left, chunk)));
        controller.close();
      },
    });
  const post = (path: string, body: RequestInit["body"], headers: Record<string, string> = {}) =>
    app.request(path, { method: "POST", body, headers, duplex: "half" } as RequestInit);

  test.each([
    ["at the limit", "/probe/read", 65_536, 200],
    ["one byte over", "/probe/read", 65_537, 413],
    ["an upload at its own limit", "/probe/upload", uploadLimitBytes, 200],
    ["an upload one byte over its own", "/probe/upload", uploadLimitBytes + 1, 413],
  ])("%s: %s with %d bytes answers %d, declared or chunked", async (_, path, length, status) => {
    const declared = { "content-length": String(length) };
    for (const answer of [
      await post(path, bytesOfLength(length), declared),
      await post(path, bytesOfLength(length)),
      await post(path, chunked(length)),
      await post(path, chunked(length), { "transfer-encoding": "chunked" }),
    ]) {
      expect(answer.status).toBe(status);
      expect(await answer.json()).toMatchObject(status === 200 ? { bytes: length } : { code: "body_too_large" });
    }
  });

  test("a Content-Length that lies does not get past", async () => {
    expect((await post("/probe/read", chunked(70_000), { "content-length": "10" })).status).toBe(413);
  });

  test("a declared length above the limit is refused before the body is touched", async () => {
    const pulled: string[] = [];
    const body = new ReadableStream({ pull: () => void pulled.push("pulled") }, { highWaterMark: 0 });
    const answer = await post("/probe/read", body, { "content-length": "65537" });
    expect(await answer.json()).toMatchObject({ code: "body_too_large", data: { limitBytes: 65_536 } });
    expect(pulled).toEqual([]);
  });

  test("a handler that swallows the fault still answers body_too_large", async () => {
    expect((await post("/probe/swallow", chunked(70_000))).status).toBe(413);
  });

  test("JSON one byte too large is too large, not malformed", async () => {
    expect((await post("/probe/json", chunked(70_000), { "content-type": "application/json" })).status).toBe(413);
  });

  test("nothing of it is an error in the log", async () => {
    await post("/probe/read", chunked(70_000));
    expect(memory.errors).toEqual([]);
  });

  test("over a real socket too: chunked coding, and an upload that streams through", async () => {
    const server = createServer(getRequestListener(app.fetch));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const send = (path: string, length: number) =>
      new Promise<number>((resolve, reject) => {
        const headers = { "transfer-encoding": "chunked" };
        const sent = httpRequest({ host: "127.0.0.1", port, path, method: "POST", headers, agent: false }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        });
        sent.on("error", reject);
        for (let left = length; left > 0; left -= 8192) sent.write(bytesOfLength(Math.min(left, 8192)));
        sent.end();
      });
    try {
      expect(await send("/probe/read", 65_536)).toBe(200);
      expect(await send("/probe/read", 65_537)).toBe(413);
      expect(await send("/probe/upload", uploadLimitBytes)).toBe(200);
      expect(await send("/probe/upload", uploadLimitBytes + 1)).toBe(413);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
