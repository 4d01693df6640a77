import { join } from "node:path";
import { createTransport } from "nodemailer";
import { type Bytes, fail, ok, type Result } from "../core/kernel.ts";
import { makePrivateFolder, replacePrivateFile } from "./durable-files.ts";

/** To one address: plain text, and beside it the same in HTML and one PDF where they are given. `id` becomes the Message-ID: sent twice after a crash, a mailbox shows it once. */
export type Mail = {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly pdf?: { readonly name: string; readonly bytes: Bytes };
};

/** `mail_refused` by the server for good; the others may go better later. */
export type MailFailure = {
  readonly code: "mail_refused" | "mail_deferred" | "mail_unreachable" | "mail_login";
  readonly retry: boolean;
};

export type MailDoor = {
  readonly send: (mail: Mail) => Promise<Result<null, MailFailure>>;
  /** Where letters lie that nobody sends; null where a server takes them. */
  readonly folder: string | null;
};

export type SmtpSetting = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (RFC 8314 §3.3); else STARTTLS, and no letter without it but to this very machine. */
  readonly secure: boolean;
  readonly login: { readonly user: string; readonly password: string } | null;
  readonly from: string;
};

const waitMs = 10_000;

/** Letters to it cross no network. */
export const isThisMachine = (host: string): boolean =>
  host === "localhost" || host === "::1" || host.startsWith("127.");

/** One connection a letter: there are few, and none waits behind one that hangs. */
export function smtpDoor({ host, port, secure, login, from }: SmtpSetting, timeoutMs = waitMs): MailDoor {
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: !secure && !isThisMachine(host),
    ...(login !== null && { auth: { user: login.user, pass: login.password } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    folder: null,
    send: async (mail) => {
      try {
        await transport.sendMail(letterOf(mail, from));
        return ok(null);
      } catch (error) {
        return fail(failureOf(error));
      }
    },
  };
}

/** Development: nobody gets anything, and whoever tries the service reads the letters as files. */
export function folderDoor(folder: string): MailDoor {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "unix" });
  return {
    folder,
    send: async (mail) => {
      const { message } = await transport.sendMail(letterOf(mail, "chungthuc@localhost"));
      if (!Buffer.isBuffer(message)) throw new Error("a letter is made whole, never as a stream");
      makePrivateFolder(folder);
      replacePrivateFile(join(folder, `${mail.id}.eml`), message);
      return ok(null);
    },
  };
}

const letterOf = ({ id, to, subject, text, html, pdf }: Mail, from: string) => ({
  from,
  to: { name: "", address: to },
  subject,
  text,
  ...(html !== undefined && { html }),
  ...(pdf !== undefined && { attachments: [attached(pdf)] }),
  messageId: `<${id}@chungthuc>`,
  headers: { "Auto-Submitted": "auto-generated" }, // RFC 3834 §5: no holiday answers come back
});

const attached = ({ name, bytes }: NonNullable<Mail["pdf"]>) => {
  return { filename: name, content: Buffer.from(bytes), contentType: "application/pdf" };
};

/** RFC 5321 §4.2.1: 5xx is for good, 4xx may go better later. A wrong login is ours to mend, so it is tried again. */
function failureOf(error: unknown): MailFailure {
  const { code, responseCode } = (error ?? {}) as { readonly code?: string; readonly responseCode?: number };
  if (code === "EAUTH") return { code: "mail_login", retry: true };
  if (responseCode === undefined) return { code: "mail_unreachable", retry: true };
  return responseCode >= 500 ? { code: "mail_refused", retry: false } : { code: "mail_deferred", retry: true };
}
