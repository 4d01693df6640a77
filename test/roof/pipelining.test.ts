import type { ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { boundedServer } from "../../src/roof/pipelining.ts";

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** Answers when it is told to: what was begun stands in `begun`. */
async function serving(answersAtOnce: boolean) {
  const begun: ServerResponse[] = [];
  const server = boundedServer({}, (_, response) => {
    begun.push(response);
    if (answersAtOnce) response.end("answered");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  return { begun, port: (server.address() as AddressInfo).port };
}

/** What comes back until the line is closed. */
function sent(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let got = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("error", () => undefined); // cut while it writes
    socket.on("data", (piece) => (got += piece));
    socket.on("close", () => resolve(got));
  });
}

const request = (more = "") => `GET / HTTP/1.1\r\nHost: a.example\r\n${more}\r\n`;
const last = request("Connection: close\r\n");

test("RFC 9112 §9.3.2: of 20,000 requests sent ahead on one line few are begun, the line is cut, and others are answered", async () => {
  const { begun, port } = await serving(false);
  expect(await sent(port, request().repeat(20_000))).toBe("");
  expect(begun.length).toBeLessThanOrEqual(16);
  const other = sent(port, last);
  await expect.poll(() => begun.length).toBe(17);
  begun.at(-1)?.end("answered");
  expect(await other).toContain("answered");
});

test("RFC 9112 §9.3.2: some sent ahead are all answered, and one line may be used again and again", async () => {
  const { begun, port } = await serving(true);
  expect((await sent(port, `${request().repeat(9)}${last}`)).split("answered")).toHaveLength(11);
  begun.length = 0;
  await new Promise<void>((done) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(request()));
    socket.on("data", () => (begun.length < 100 ? socket.write(request()) : socket.destroy()));
    socket.on("close", () => done());
  });
  expect(begun).toHaveLength(100);
});

test("RFC 9112 §3.2: two lines of Host are refused before anybody goes by one of them", async () => {
  const { begun, port } = await serving(true);
  const told = await sent(port, "GET / HTTP/1.1\r\nHost: a.example\r\nhOST: b.example\r\n\r\n");
  expect([told.slice(9, 12), begun.length]).toEqual(["400", 0]);
});
