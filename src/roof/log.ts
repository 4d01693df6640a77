export const logLevels = ["debug", "info", "warn", "error"] as const;

export type LogLevel = (typeof logLevels)[number];

/**
 * Every field that a log line may carry, with the one kind of value it takes. What is not declared here is not
 * written, so a name, a path or a secret cannot slip into a line with some object. A new field is a decision: it must
 * never hold what identifies a citizen or opens anything.
 */
const declaredFields = {
  requestId: "id",
  personId: "id", // of an official; who it is stands in the database only
  agencyId: "id",
  dossierId: "id",
  originalId: "id",
  certificateId: "id",
  jobId: "id",
  method: "word",
  route: "pattern",
  status: "number",
  durationMs: "number",
  job: "word",
  step: "word",
  code: "word",
  engine: "word",
  mode: "word",
  signal: "word",
  attempt: "number",
  page: "number",
  pages: "number",
  bytes: "number",
  count: "number",
  port: "number",
  address: "pattern", // what we listen on, never who calls
  retryAfterSeconds: "number",
  error: "error",
} as const;

const declared = Object.entries(declaredFields);

type Kinds = { id: string; word: string; pattern: string; number: number; error: unknown };

export type LogFields = {
  readonly [Name in keyof typeof declaredFields]?: Kinds[(typeof declaredFields)[Name]] | null;
};

/** @param event what happened, snake_case, fixed at compile time: never built from input */
export type LogLine = (event: string, fields?: LogFields) => void;

export type Log = Readonly<Record<LogLevel, LogLine>>;

export type LogWorld = {
  /** RFC 3339 with milliseconds: lines of one second must keep their order when collected. */
  readonly now: () => string;
  /** Takes one line with its line feed; standard error in the service. */
  readonly write: (line: string) => void;
  readonly lowest: LogLevel;
  /** Messages of exceptions may quote input or rows: shown in development only. */
  readonly showMessages: boolean;
};

/** One JSON object a line. Never throws, whatever it is given: a log must not break what it tells of. */
export function createLog(world: LogWorld): Log {
  const at = (level: LogLevel): LogLine =>
    logLevels.indexOf(level) < logLevels.indexOf(world.lowest)
      ? () => undefined
      : (event, fields = {}) => world.write(lineOf(level, event, fields, world));
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

function lineOf(level: LogLevel, event: string, fields: LogFields, world: LogWorld): string {
  const line: Record<string, unknown> = { at: world.now(), level, event: word(event) };
  for (const [name, kind] of declared) {
    const value = readField(fields, name);
    if (value !== undefined) line[name] = value === null ? null : writable[kind](value, world.showMessages);
  }
  return `${JSON.stringify(line)}\n`;
}

/** Undefined also where reading throws: fields may come from anywhere. */
function readField(fields: unknown, name: string): unknown {
  try {
    return Object(fields)[name];
  } catch {
    return undefined;
  }
}

const malformed = "(malformed)";

const matching = (form: RegExp) => (value: unknown) =>
  typeof value === "string" && form.test(value) ? value : malformed;

const word = matching(/^[A-Za-z0-9_.:-]{1,80}$/);

const writable: Record<keyof Kinds, (value: unknown, showMessages: boolean) => unknown> = {
  id: matching(/^[A-Za-z0-9_-]{1,64}$/),
  word,
  pattern: matching(/^[A-Za-z0-9_/:.*?{}[\]-]{1,200}$/),
  number: (value) => (typeof value === "number" && Number.isFinite(value) ? value : malformed),
  error: (value, showMessages) => errorOf(value, showMessages, 0),
};

const deepestCause = 3;

/** Name, code, where it was thrown, and its causes. The message only where `showMessages` allows. */
function errorOf(error: unknown, showMessages: boolean, depth: number): unknown {
  try {
    if (!(error instanceof Error)) return { name: `not an Error: ${typeof error}` };
    const cause = error.cause === undefined || depth >= deepestCause ? undefined : error.cause;
    return {
      name: word(error.name),
      ...("code" in error && error.code !== undefined ? { code: word(error.code) } : {}),
      ...(showMessages ? { message: String(error.message).slice(0, 500) } : {}),
      frames: framesOf(error),
      ...(cause === undefined ? {} : { cause: errorOf(cause, showMessages, depth + 1) }),
    };
  } catch {
    return { name: malformed };
  }
}

/**
 * `function (file:line:column)`, at most 12. The head of a stack repeats the message, which may hold lines that look
 * like frames, so it is cut off first.
 */
function framesOf(error: Error): readonly string[] {
  const stack = String(error.stack ?? "");
  const headEnds = stack.indexOf(error.message) + error.message.length;
  const lines = stack.slice(headEnds, headEnds + 20_000).split("\n");
  return lines.flatMap((line) => frameOf(line) ?? []).slice(0, 12);
}

const frameForm = /^ {4}at (?:(\S{1,80}) \()?(?:file:\/\/)?(\/[^\s()]{1,300}:\d+:\d+|node:[^\s()]{1,100})\)?$/;

function frameOf(line: string): string | null {
  const [, name = "", place] = frameForm.exec(line) ?? [];
  return place === undefined ? null : `${name} (${place})`.trim();
}
