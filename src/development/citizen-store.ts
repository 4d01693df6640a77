import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import type { CitizenStoreSetting } from "../roof/citizen-store.ts";
import { makePrivateFolder, replacePrivateFile } from "../roof/durable-files.ts";

export type DevelopmentStore = CitizenStoreSetting & { readonly close: () => Promise<void> };

const mostBytes = 200 * 1024 * 1024;

/**
 * Stands in for the citizens' stores while the service is tried: takes papers over HTTP as docs/citizen-store.md says
 * and lays each into the folder under its id, once. Nobody's store, and on loopback only.
 */
export async function startDevelopmentStore(folder: string): Promise<DevelopmentStore> {
  const token = randomBytes(24).toString("base64url");
  const server = createServer((asked, answer) => void take(asked, answer, token, folder));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function take(asked: IncomingMessage, answer: ServerResponse, token: string, folder: string): Promise<void> {
  const end = (status: number) => answer.writeHead(status, { "content-type": "application/json" }).end("{}");
  if (asked.headers.authorization !== `Bearer ${token}`) return void end(401);
  const id = String(asked.headers["idempotency-key"] ?? "");
  if (asked.method !== "POST" || asked.url !== "/papers" || !/^[0-9a-f-]{36}$/.test(id)) return void end(400);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of asked) {
      bytes += chunk.length;
      if (bytes > mostBytes) return void end(413);
      chunks.push(chunk);
    }
  } catch {
    return; // cut off: nobody is there to be answered
  }
  makePrivateFolder(folder);
  replacePrivateFile(join(folder, `${id}.json`), Buffer.concat(chunks));
  end(201);
}
