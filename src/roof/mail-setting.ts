import { readFileSync } from "node:fs";
import { fail, ok, type Result } from "../core/kernel.ts";
import { isThisMachine, type SmtpSetting } from "./mail.ts";

type MailVariables = {
  readonly SMTP_URL?: string | undefined;
  readonly SMTP_PASSWORD_FILE?: string | undefined;
  readonly MAIL_FROM?: string | undefined;
};

type Malformed = { readonly code: "malformed_environment"; readonly variable: keyof MailVariables };

const wrong = (variable: keyof MailVariables) => fail<Malformed>({ code: "malformed_environment", variable });

/**
 * `smtps://user@host:465`, or `smtp://host:25` with STARTTLS. The password lies in a file: an address with a password in
 * it ends in somebody's list of processes. A login goes to no server without TLS.
 *
 * @returns nothing where no server is named
 */
export function readMail(env: MailVariables): Result<{ readonly mail?: SmtpSetting }, Malformed> {
  const { SMTP_URL: url, SMTP_PASSWORD_FILE: passwordFile, MAIL_FROM: from } = env;
  if (url === undefined) return from === undefined && passwordFile === undefined ? ok({}) : wrong("SMTP_URL");
  const server = serverOf(url);
  if (server === null) return wrong("SMTP_URL");
  if (from === undefined || !/^[^\s@<>",]+@[^\s@<>",]+$/.test(from)) return wrong("MAIL_FROM");
  const { user, ...place } = server;
  const login = loginOf(user, passwordFile);
  return login === "incomplete" ? wrong("SMTP_PASSWORD_FILE") : ok({ mail: { ...place, login, from } });
}

function serverOf(url: string) {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const secure = protocol === "smtps:";
  const isKnown = secure || protocol === "smtp:";
  if (!isKnown || password !== "" || hostname === "" || pathname.length > 1) return null;
  const host = hostname.replace(/^\[|\]$/g, "");
  const plainPort = isThisMachine(host) ? 25 : 587;
  const usual = secure ? 465 : plainPort;
  return { host, port: port === "" ? usual : Number(port), secure, user: decodeURIComponent(username) };
}

/** Both or neither: a login without its password would be tried and refused with every letter. */
function loginOf(user: string, passwordFile: string | undefined): SmtpSetting["login"] | "incomplete" {
  if (user === "" && passwordFile === undefined) return null;
  const password = passwordFile === undefined ? "" : readSecret(passwordFile);
  return user === "" || password === "" ? "incomplete" : { user, password };
}

/** Empty where it cannot be read. */
export function readSecret(path: string): string {
  try {
    return readFileSync(path, "utf8").trimEnd();
  } catch {
    return "";
  }
}
