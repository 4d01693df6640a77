import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Told = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };

/** A receiver's program: answers 204 unless told otherwise, and keeps what it was told. */
export async function startReceiver() {
  const told: Told[] = [];
  const manners: ((answer: ServerResponse) => void)[] = [];
  const server = createServer(async (request, answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    told.push({ path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
    const manner = manners.shift();
    if (manner === undefined) answer.writeHead(204).end();
    else manner(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/hook`,
    told,
    /** How the next calls are answered, one after the other. */
    next: (...all: ((answer: ServerResponse) => void)[]) => void manners.push(...all),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export const status = (code: number) => (answer: ServerResponse) => void answer.writeHead(code).end();
