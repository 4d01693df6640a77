import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { getRequestListener } from "@hono/node-server";
import { boundedServer } from "../roof/pipelining.ts";
import { serverTimeouts } from "../web/body-limit.ts";
import { tell } from "./output.ts";
import { tokenAgent } from "./token-agent/agent.tsx";

const usage =
  "chungthuc token-agent --origin https://SERVICE --module LIBRARY [--port 17437] [--environment NAME=VALUE]… [--pairing-file FILE]";

/** `chungthuc token-agent`: runs at an official's own computer until it is told to stop. @returns the exit code */
export async function tokenAgentCommand(args: readonly string[]): Promise<number> {
  const setting = readArguments(args);
  if (setting === null) {
    tell(usage);
    return 1;
  }
  const { origin, port, device, pairing } = setting;
  const newSecret = () => randomBytes(16).toString("hex");
  const agent = tokenAgent({ origin, port, device, pairing, now: Date.now, newSecret });
  const listener = getRequestListener(agent.fetch, { hostname: "127.0.0.1" });
  const server = boundedServer(serverTimeouts, listener);
  server.listen(port, "127.0.0.1");
  const opened = await new Promise<boolean>((resolve) => {
    server.once("listening", () => resolve(true));
    server.once("error", () => resolve(false));
  });
  if (!opened) {
    tell(`Cổng ${port} đã có chương trình khác dùng. Port ${port} is in use.`);
    return 1;
  }
  tell(`chungthuc token-agent: http://127.0.0.1:${port}/`);
  tell(`Mã ghép nối / pairing code: ${pairing}`);
  await new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
  server.close();
  return 0;
}

function readArguments(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      origin: { type: "string" },
      module: { type: "string" },
      port: { type: "string", default: "17437" },
      environment: { type: "string", multiple: true, default: [] },
      "pairing-file": { type: "string", default: join(homedir(), ".chungthuc", "token-agent-pairing") },
    },
  });
  const { origin, module } = values;
  const port = Number(values.port);
  if (origin === undefined || module === undefined || !isOrigin(origin) || !Number.isInteger(port)) return null;
  const environment = Object.fromEntries(values.environment.map((pair) => splitAt(pair, pair.indexOf("="))));
  const device = { module, environment, timeoutSeconds: 60 };
  return { origin, port, device, pairing: keptPairing(values["pairing-file"]) };
}

/** Exactly as a browser says it, or every request would be refused; plain HTTP at this computer only. */
const isOrigin = (text: string): boolean =>
  URL.canParse(text) &&
  new URL(text).origin === text &&
  /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)(:|$))/.test(text);

const splitAt = (text: string, at: number): [string, string] => [text.slice(0, at), text.slice(at + 1)];

/** 128 bits, made once and typed into the service's page once on this computer. */
function keptPairing(path: string): string {
  if (existsSync(path)) return readFileSync(path, "utf8").trim();
  const pairing = randomBytes(16).toString("hex");
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, `${pairing}\n`, { mode: 0o600, flag: "wx" });
  return pairing;
}
