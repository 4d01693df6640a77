import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, test } from "vitest";
import { folderDoor, type SmtpSetting, smtpDoor } from "../../src/roof/mail.ts";
import { readMail } from "../../src/roof/mail-setting.ts";

const mail = {
  id: "0193b0a0-0000-7000-8000-000000000001",
  to: "vanthu@truong-vi-du.example",
  subject: "Mã xác nhận (hư cấu)",
  text: "Mã: 123456\n",
};
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function portOf(server: Server | SMTPServer): Promise<number> {
  const socket = server instanceof SMTPServer ? server.server : server;
  await new Promise<void>((resolve) => socket.listen(0, "127.0.0.1", () => resolve()));
  closing.push(() => server.close());
  const address = socket.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

const serverWith = (options: SMTPServerOptions) =>
  portOf(new SMTPServer({ authOptional: true, disabledCommands: ["STARTTLS"], logger: false, ...options }));
const doorAt = (port: number, login: SmtpSetting["login"] = null, timeoutMs = 20_000) =>
  smtpDoor({ host: "127.0.0.1", port, secure: false, login, from: "dichvu@chungthuc.example" }, timeoutMs);
const refusing = (responseCode: number) => Object.assign(new Error("no"), { responseCode });

describe("letters over SMTP, to a server that does what servers do", () => {
  test("RFC 5321: a letter arrives whole, from and to whom it says, with its id and no answer wanted", async () => {
    let got = "";
    const port = await serverWith({
      onData: (stream, _, done) => {
        stream.on("data", (chunk) => (got += chunk));
        stream.on("end", () => done());
      },
    });
    expect(await doorAt(port).send(mail)).toEqual({ ok: true, value: null });
    expect(got).toContain(`Message-ID: <${mail.id}@chungthuc>`);
    expect(got).toContain("To: vanthu@truong-vi-du.example");
    expect(got).toContain("Auto-Submitted: auto-generated");
  });

  test.each([
    [550, { code: "mail_refused", retry: false }],
    [451, { code: "mail_deferred", retry: true }],
  ])("RFC 5321 §4.2.1: %i for the recipient is told as such", async (code, failure) => {
    const port = await serverWith({ onRcptTo: (_, __, done) => done(refusing(code)) });
    expect(await doorAt(port).send(mail)).toEqual({ ok: false, failure });
  });

  test("a wrong password is ours to mend: it is tried again", async () => {
    const port = await serverWith({ allowInsecureAuth: true, onAuth: (_, __, done) => done(refusing(535)) });
    const failure = { code: "mail_login", retry: true };
    expect(await doorAt(port, { user: "a", password: "b" }).send(mail)).toEqual({ ok: false, failure });
  });

  test.each([
    ["says nothing", (server: Server) => server],
    ["drops the line", (server: Server) => server.on("connection", (socket) => socket.destroy())],
  ])("a server that %s is given up in time, and tried again", async (_, behave) => {
    const sockets: { destroy: () => void }[] = [];
    const server = behave(createServer((socket) => void sockets.push(socket)));
    const port = await portOf(server);
    closing.push(() => {
      for (const socket of sockets) socket.destroy();
    });
    const failure = { code: "mail_unreachable", retry: true };
    expect(await doorAt(port, null, 300).send(mail)).toEqual({ ok: false, failure });
  });

  test("nobody there is no other than a server that is down", async () => {
    const port = await portOf(createServer());
    closing.splice(0).map((close) => close());
    expect((await doorAt(port).send(mail)).ok).toBe(false);
  });

  test("an address cannot bring a header along", async () => {
    let got = "";
    const port = await serverWith({
      onData: (stream, _, done) => {
        stream.on("data", (chunk) => (got += chunk));
        stream.on("end", () => done());
      },
    });
    await doorAt(port).send({ ...mail, subject: "a\r\nBcc: thief@example.org", to: "a@b.example\r\nBcc: t@e.example" });
    expect(got).not.toMatch(/^Bcc:/im);
  });
});

test("development: a letter is a file that only its owner reads, and the same letter is one file", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "chungthuc-mail-")), "outbox");
  const door = folderDoor(folder);
  await door.send(mail);
  await door.send(mail);
  const names = readdirSync(folder);
  expect(names).toEqual([`${mail.id}.eml`]);
  expect(readFileSync(join(folder, names[0] ?? ""), "utf8")).toContain("To: vanthu@truong-vi-du.example");
  expect(statSync(join(folder, names[0] ?? "")).mode & 0o777).toBe(0o600);
  rmSync(folder, { recursive: true });
});

describe("SMTP_URL, SMTP_PASSWORD_FILE, MAIL_FROM", () => {
  const from = "dichvu@chungthuc.example";

  test("TLS from the first byte at 465, STARTTLS at 587, this machine at 25", () => {
    const of = (url: string) => {
      const read = readMail({ SMTP_URL: url, MAIL_FROM: from });
      return read.ok ? read.value.mail : null;
    };
    expect(of("smtps://mail.example")).toMatchObject({ port: 465, secure: true, login: null, from });
    expect(of("smtp://mail.example")).toMatchObject({ port: 587, secure: false });
    expect(of("smtp://127.0.0.1")).toMatchObject({ port: 25, secure: false });
    expect(of("smtp://mail.example:2525")).toMatchObject({ port: 2525 });
  });

  test.each([
    [{ SMTP_URL: "http://mail.example", MAIL_FROM: from }, "SMTP_URL"],
    [{ SMTP_URL: "smtp://user:secret@mail.example", MAIL_FROM: from }, "SMTP_URL"],
    [{ MAIL_FROM: from }, "SMTP_URL"],
    [{ SMTP_URL: "smtp://mail.example" }, "MAIL_FROM"],
    [{ SMTP_URL: "smtp://mail.example", MAIL_FROM: "a\nb@c" }, "MAIL_FROM"],
    [{ SMTP_URL: "smtp://user@mail.example", MAIL_FROM: from }, "SMTP_PASSWORD_FILE"],
    [{ SMTP_URL: "smtp://mail.example", MAIL_FROM: from, SMTP_PASSWORD_FILE: "/not/there" }, "SMTP_PASSWORD_FILE"],
  ])("%j stops the start, and names what to mend", (env, variable) => {
    expect(readMail(env)).toEqual({ ok: false, failure: { code: "malformed_environment", variable } });
  });

  test("without a server there is no mail, and nothing is wrong", () => {
    expect(readMail({})).toEqual({ ok: true, value: {} });
  });
});
