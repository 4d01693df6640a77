import { parseArgs } from "node:util";
import type { Report } from "../../signing/examine/report.ts";
import type { CertifiedCopyVerdict } from "../core/certified-copy.ts";
import { fail, type Instant, instantOfSeconds, ok, parseInstant, type Result } from "../core/kernel.ts";
import { parseVerificationCode, type VerificationCode } from "../core/verification-code.ts";
import { type HttpClient, httpClient } from "../http.ts";
import { judge, type Question } from "./examine/judge.ts";
import { type Trust, trustAtHand, trustFromFiles } from "./examine/trust.ts";
import { linesOf } from "./examine/words.ts";
import { print, printJson, tell } from "./output.ts";
import { readBounded } from "./read-bounded.ts";
import { configFromEnvironment } from "./roof.ts";

const usage =
  "chungthuc examine FILE.pdf [--trust PEM_OR_DIR]… [--at INSTANT] [--code CODE_OR_LINK] [--offline] [--json]";

const exits = { PASSED: 0, FAILED: 1, INDETERMINATE: 2, unreadable: 3 } as const;

/**
 * `chungthuc examine`: both verdicts on any PDF, from this machine alone but for revocation, which `--offline` leaves
 * out too. @returns 0 PASSED, 1 FAILED, 2 INDETERMINATE, 3 unsigned, or unreadable without trace of a signature
 */
export async function examineCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if (!asked.ok) return stop(asked.failure, args.includes("--json"));
  const http = asked.value.offline ? null : clientFor(asked.value);
  try {
    const report = await examine(asked.value, http);
    if (!report.ok) return stop(report.failure, asked.value.json);
    if (asked.value.json) printJson(report.value);
    else for (const line of linesOf(report.value)) print(line);
    return exits[report.value.document.status ?? "unreadable"];
  } finally {
    http?.close();
  }
}

/** Addresses in certificates lead to public authorities; those of a development store are on this machine. */
function clientFor({ trusted }: Asked): HttpClient {
  const config = configFromEnvironment();
  const isDevelopment = trusted.length === 0 && config.ok && config.value.mode === "development";
  const reach = { privateHosts: isDevelopment ? ["127.0.0.1"] : [] };
  return httpClient({ timeoutSeconds: 10, answerBytes: 1024 * 1024, reach });
}

type Stopped = { readonly code: string; readonly reason: string };

async function examine(
  { file, trusted, at, code }: Asked,
  http: HttpClient | null,
): Promise<Result<Report<CertifiedCopyVerdict>, Stopped>> {
  const pdf = await readBounded(file);
  if (!pdf.ok) return pdf;
  const trust = await trustOf(trusted);
  if (!trust.ok) return trust;
  const now = instantOfSeconds(Math.floor(Date.now() / 1000));
  const question: Question = { pdf: pdf.value, at: at ?? now, now, http, trust: trust.value, code };
  return judge(question);
}

async function trustOf(paths: readonly string[]): Promise<Result<Trust, Stopped>> {
  if (paths.length > 0) return trustFromFiles(paths);
  const config = configFromEnvironment();
  return ok(await trustAtHand(config.ok ? config.value : null));
}

type Asked = {
  readonly file: string;
  readonly trusted: readonly string[];
  readonly at: Instant | null;
  readonly code: VerificationCode | null;
  readonly offline: boolean;
  readonly json: boolean;
};

const options = {
  trust: { type: "string", multiple: true, default: [] as string[] },
  at: { type: "string" },
  code: { type: "string" },
  offline: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

function readArguments(args: readonly string[]): Result<Asked, Stopped> {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) return fail({ code: "usage", reason: usage });
    const at = values.at === undefined ? ok(null) : parseInstant(values.at);
    if (!at.ok) return fail({ ...at.failure, reason: "2026-01-31T09:30:00Z" });
    const code = values.code === undefined ? ok(null) : parseVerificationCode(codeIn(values.code));
    if (!code.ok) return fail({ ...code.failure, reason: usage });
    const { trust, offline, json } = values;
    return ok({ file, trusted: trust, at: at.value, code: code.value, offline, json });
  } catch {
    return fail({ code: "usage", reason: usage });
  }
}

/** The code itself, or the link that carries it. */
const codeIn = (given: string): string => /\/v\/([^/?#]+)/.exec(given)?.[1] ?? given;

function stop({ code, reason }: Stopped, json: boolean): number {
  if (json) printJson({ version: 1, error: { code, reason } });
  else tell(`${code}: ${reason}`);
  return exits.unreadable;
}
