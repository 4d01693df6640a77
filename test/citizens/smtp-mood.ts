import { createServer, type Socket } from "node:net";
import { SMTPServer } from "smtp-server";
import { smtpDoor } from "../../src/roof/mail.ts";

/** What a mail server does with a letter; `cut` takes it whole and drops the line before it says so. */
export type Mood = "takes" | "refuses" | "defers" | "cut" | "too_large" | "silent";

const doorTo = (port: number, timeoutMs: number) =>
  smtpDoor({ host: "127.0.0.1", port, secure: false, login: null, from: "dichvu@chungthuc.example" }, timeoutMs);

/** A real SMTP server whose mood the test sets, a door to it, and one that waits 300 ms only. */
export async function moodyServer() {
  const state: { mood: Mood } = { mood: "takes" };
  const letters: string[] = [];
  const sockets = new Set<Socket>();
  const answer = (responseCode: number) => Object.assign(new Error("no"), { responseCode });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onRcptTo: (_, __, done) => {
      if (state.mood === "silent") return;
      if (state.mood === "refuses") return done(answer(550));
      done(state.mood === "defers" ? answer(451) : undefined);
    },
    onData: (stream, _, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const letter = Buffer.concat(chunks).toString("latin1");
        if (state.mood === "too_large" && letter.includes("application/pdf")) return done(answer(552));
        letters.push(letter);
        if (state.mood === "cut") for (const socket of sockets) socket.destroy();
        else done();
      });
    },
  });
  server.on("error", () => undefined);
  server.server.on("connection", (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.server.listen(0, "127.0.0.1", () => resolve()));
  const address = server.server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    state,
    letters,
    url: `smtp://127.0.0.1:${port}`,
    door: doorTo(port, 20_000),
    hasty: doorTo(port, 300),
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** A door to a port where nobody listens. */
export async function deadDoor() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return doorTo(port, 20_000);
}

/** The text of a letter's parts, whatever their encoding. */
export function textIn(letter: string): string {
  const parts = letter.split(/\r\n--[^\r\n]+\r\n/).flatMap((part) => {
    const [head = "", ...body] = part.split("\r\n\r\n");
    const content = body.join("\r\n\r\n");
    if (/base64/i.test(head)) return [Buffer.from(content.split("\r\n--")[0] ?? "", "base64").toString("utf8")];
    return [/quoted-printable/i.test(head) ? unquoted(content) : content];
  });
  return parts.join("\n");
}

const unquoted = (text: string): string =>
  Buffer.from(
    text.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    "latin1",
  ).toString("utf8");
