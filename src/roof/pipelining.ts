import { createServer, type RequestListener, type Server, type ServerOptions } from "node:http";
import type { Socket } from "node:net";

// Browsers and proxies send one and wait; a program that sends some ahead is served.
const mostAtOnce = 16;

/**
 * Like `createServer`, but one connection has few requests under way. Node hands out all that it reads, some 800 to a chunk of
 * 64 KiB, before the first is answered: 1.6 MB sent ahead on one line (RFC 9112 §9.3.2) took 440 MB here and held everybody else
 * up for two seconds. Such a line is cut: whoever pipelines must be ready to ask again (§9.3.2). Two lines of Host are
 * refused (§3.2), since a proxy before us may go by the one and we by the other.
 */
export function boundedServer(options: ServerOptions, listener: RequestListener): Server {
  const underWay = new WeakMap<Socket, number>();
  const change = (socket: Socket, by: number): number => {
    const count = (underWay.get(socket) ?? 0) + by;
    underWay.set(socket, count);
    return count;
  };
  return createServer(options, (request, response) => {
    const { socket } = request;
    if (change(socket, 1) > mostAtOnce) return void socket.destroy();
    response.once("close", () => change(socket, -1));
    if (hostLines(request.rawHeaders) > 1) return void response.writeHead(400, { connection: "close" }).end();
    return listener(request, response);
  });
}

/** @param raw names and values in turn, as they were sent */
function hostLines(raw: readonly string[]): number {
  let count = 0;
  for (let i = 0; i < raw.length; i += 2) if (raw[i]?.length === 4 && raw[i]?.toLowerCase() === "host") count++;
  return count;
}
