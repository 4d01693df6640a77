import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { endSlowSenders } from "../../src/roof/slow-senders.ts";
import { uploadRoom } from "../../src/web/verification/upload-room.ts";

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** Takes bodies into a room of two megabytes, which one holder may fill by half. */
async function receiving() {
  const room = uploadRoom(2_000_000);
  const server: Server = createServer((request, response) => {
    const leave = room.enter(1_000_000, "one");
    if (leave === null) return void response.writeHead(503).end();
    request.on("data", () => undefined);
    request.once("close", leave);
    request.once("end", () => response.end("taken"));
    return undefined;
  });
  const stop = endSlowSenders(server, { spanMs: 60, leastBytes: 1000, everyMs: 20 });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(
    stop,
    () => server.closeAllConnections(),
    () => server.close(),
  );
  return (server.address() as AddressInfo).port;
}

function begin(port: number, length: number): { readonly socket: Socket; readonly answer: Promise<string> } {
  const socket = connect(port, "127.0.0.1");
  socket.write(`POST / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`);
  socket.on("error", () => undefined); // cut off while it writes
  let got = "";
  socket.on("data", (piece) => (got += piece));
  return { socket, answer: new Promise((resolve) => socket.once("close", () => resolve(got))) };
}

test("an upload that trickles is ended, whatever its length says, and its place is free again", async () => {
  const port = await receiving();
  const slow = begin(port, 1_000_000);
  const trickle = setInterval(() => slow.socket.write("x"), 5); // for ever, were nobody to end it
  open.push(() => clearInterval(trickle));
  expect(await slow.answer).toBe("");
  const honest = begin(port, 500_000);
  honest.socket.write(Buffer.alloc(500_000));
  expect(await honest.answer).toMatch(/^HTTP\/1\.1 200[\s\S]*taken/);
});

test("a body that says nothing at all is ended too; a request without one is left alone", async () => {
  const port = await receiving();
  const waits = connect(port, "127.0.0.1");
  open.push(() => waits.destroy());
  const silent = begin(port, 10);
  expect(await silent.answer).toBe("");
  expect(waits.destroyed).toBe(false);
});
