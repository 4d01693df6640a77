import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { utf8 } from "../../src/core/kernel.ts";
import { httpClient } from "../../src/http.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server that gives each question of each connection, counted from 0, the pieces that are said, one packet each. */
async function serverOf(answers: (connection: number, question: number) => readonly string[] | "close") {
  const sockets: Socket[] = [];
  const seen: string[] = [];
  const server: Server = createServer((socket) => {
    const connection = sockets.push(socket) - 1;
    let question = 0;
    socket.on("error", () => undefined);
    socket.on("data", async (chunk) => {
      seen.push(chunk.toString("latin1"));
      const answer = answers(connection, question++);
      if (answer === "close") return void socket.destroy();
      for (const piece of answer) {
        if (piece === "close") return void socket.end();
        await new Promise((sent) => socket.write(piece, "latin1", () => setImmediate(sent)));
      }
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const http = httpClient({ timeoutSeconds: 1, answerBytes: 1000, reach: "anywhere" });
  closing.push(async () => {
    http.close();
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
  });
  const { port } = server.address() as { port: number };
  const url = `http://127.0.0.1:${port}/time?a=1`;
  const post = () => http.post({ url, contentType: "a/b", accept: "x/y", body: utf8("hello") });
  return { post, sockets, seen, port };
}

const plain = (body: string) => `HTTP/1.1 200 OK\r\nContent-Type: x/y\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const good = (body: string) => ({ ok: true, value: { status: 200, contentType: "x/y", body: utf8(body) } });
const code = async (answered: ReturnType<Awaited<ReturnType<typeof serverOf>>["post"]>) => {
  const answer = await answered;
  return answer.ok ? `${answer.value.status}` : answer.failure.code;
};

describe("a POST over plain HTTP", () => {
  test("RFC 9112 §3.2: the question leaves whole, with host and length; connections are kept", async () => {
    const { post, sockets, seen, port } = await serverOf((_, question) => [plain(`answer ${question}`)]);
    expect(await post()).toEqual(good("answer 0"));
    expect(await post()).toEqual(good("answer 1"));
    expect(sockets.length).toBe(1);
    const head = `POST /time?a=1 HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: a/b\r\nAccept: x/y\r\n`;
    expect(seen).toEqual(Array(2).fill(`${head}Content-Length: 5\r\n\r\nhello`));
  });

  test("two questions at once have a connection each, and each its own answer", async () => {
    const { post, sockets } = await serverOf((connection) => [plain(`for ${connection}`)]);
    const bodies = (await Promise.all([post(), post()])).map((answer) => answer.ok && answer.value.body);
    expect([bodies.toSorted(), sockets.length]).toEqual([[utf8("for 0"), utf8("for 1")], 2]);
  });

  test.each([
    ["§6.2 a length", [plain("whole")]],
    ["§6.2 a length, octet by octet", [...plain("whole")]],
    [
      "§7.1 chunks",
      [
        "HTTP/1.1 200 OK\r\nContent-Type: x/y\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nwh\r\n3\r\nole\r\n0\r\n\r\n",
      ],
    ],
    [
      "§7.1 chunks in pieces, and a trailer",
      [
        "HTTP/1.1 200 OK\r\ncontent-type:x/y\r\ntransfer-encoding:Chunked\r\n\r\n5\r\nwho",
        "le\r",
        "\n0\r\nX: y\r\n",
        "\r\n",
      ],
    ],
    ["§6.3 the end of the connection", ["HTTP/1.0 200 OK\r\nContent-Type: x/y\r\n\r\nwho", "le", "close"]],
    ["§15.2 after an interim answer", ["HTTP/1.1 100 Continue\r\n\r\n", plain("whole")]],
  ])("RFC 9112 %s: the body comes back whole", async (_, pieces) => {
    const { post } = await serverOf(() => pieces);
    expect(await post()).toEqual(good("whole"));
  });

  test.each([
    ["length and chunks", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"],
    ["a length that is none", "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello"],
    ["another coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"],
    ["a folded line", "HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 0\r\n\r\n"],
    ["a chunk of no size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n"],
    ["a chunk longer than said", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n"],
    ["another protocol", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"],
    ["no HTTP", "SSH-2.0-x\r\n\r\n"],
    ["the end before the length", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello"],
  ])("RFC 9112 §6.3: %s is no answer, and nothing of it is believed", async (_, answer) => {
    const { post } = await serverOf(() => [answer, "close"]);
    expect(await code(post())).toBe("http_unreachable");
  });

  test.each([
    ["length", "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"],
    ["chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n"],
    ["chunks", `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${`1f4\r\n${"a".repeat(500)}\r\n`.repeat(3)}`],
    ["head", `HTTP/1.1 200 OK\r\nA: ${"a".repeat(20_000)}`],
    ["chunk extension", `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;${"a".repeat(2000)}`],
    ["body without length", `HTTP/1.1 200 OK\r\n\r\n${"a".repeat(1001)}`],
  ])("an answer with more than is wanted (%s) is given up at once", async (_, answer) => {
    const { post } = await serverOf(() => [answer]);
    expect(await code(post())).toBe("http_answer_too_large");
  });

  test("a connection that died while it was kept costs a second question, not the answer", async () => {
    const { post, sockets } = await serverOf((connection, question) =>
      connection === 0 && question === 1 ? "close" : [plain(`${connection}`)],
    );
    expect(await post()).toEqual(good("0"));
    expect(await post()).toEqual(good("1"));
    expect(sockets.length).toBe(2);
  });

  test("a question that a new connection does not answer is not asked again", async () => {
    const { post, seen } = await serverOf(() => "close");
    expect([await code(post()), seen.length]).toEqual(["http_unreachable", 1]);
  });

  test("nothing that follows an answer becomes the answer to the next question", async () => {
    const { post, sockets } = await serverOf((connection) => [plain(`${connection}`) + plain("forged")]);
    expect([await post(), await post()]).toEqual([good("0"), good("1")]);
    expect(sockets.length).toBe(2);
  });

  test("RFC 9112 §9.6: a connection that the server will close is not used again", async () => {
    const { post, sockets } = await serverOf(() => [plain("x").replace("\r\n", "\r\nConnection: foo, Close\r\n")]);
    expect([await post(), await post()]).toEqual([good("x"), good("x")]);
    expect(sockets.length).toBe(2);
  });

  test("a server that says nothing is given up in time", async () => {
    const { post } = await serverOf(() => []);
    expect(await code(post())).toBe("http_timed_out");
  });
});
