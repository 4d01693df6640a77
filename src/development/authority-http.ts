import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Bytes } from "../core/kernel.ts";

/** One address that takes one kind of request and nothing else. */
export type AuthorityEndpoint = {
  readonly path: string;
  readonly requestType: string;
  readonly answerType: string;
  /** Also `GET path/<base64>`, RFC 6960 Appendix A.1. */
  readonly allowsGet: boolean;
  readonly answer: (request: Bytes) => Bytes;
};

/** Far above any real question; a request is some hundred bytes. */
const mostRequestBytes = 16 * 1024;

/** Not yet listening. Slow and oversized senders are cut off. */
export function authorityServer(endpoint: AuthorityEndpoint): Server {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    respond(endpoint, request, response).catch(() => response.destroy());
  });
  server.maxConnections = 256;
  return server;
}

async function respond(endpoint: AuthorityEndpoint, request: IncomingMessage, response: ServerResponse) {
  const asked = await readQuestion(endpoint, request);
  if (typeof asked === "number") {
    response.writeHead(asked, { connection: "close" }).end();
    return;
  }
  response.writeHead(200, { "content-type": endpoint.answerType, "cache-control": "no-store" });
  response.end(endpoint.answer(asked));
}

/** The question's bytes, or the HTTP status that refuses it. */
async function readQuestion(endpoint: AuthorityEndpoint, request: IncomingMessage): Promise<Bytes | number> {
  const path = request.url ?? "";
  if (endpoint.allowsGet && request.method === "GET" && path.startsWith(`${endpoint.path}/`)) {
    return questionInPath(path.slice(endpoint.path.length + 1));
  }
  if (path !== endpoint.path) return 404;
  if (request.method !== "POST") return 405;
  const [type] = (request.headers["content-type"] ?? "").split(";");
  if (type?.trim().toLowerCase() !== endpoint.requestType) return 415;
  return readBody(request);
}

function questionInPath(encoded: string): Bytes | number {
  try {
    const base64 = decodeURIComponent(encoded);
    return /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? new Uint8Array(Buffer.from(base64, "base64")) : 400;
  } catch {
    return 400;
  }
}

async function readBody(request: IncomingMessage): Promise<Bytes | number> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > mostRequestBytes) return 413;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
