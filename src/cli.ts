#!/usr/bin/env node
import { argv } from "node:process";
import { tell } from "./commands/output.ts";

type Command = (args: readonly string[]) => Promise<number>;

// Loaded when asked for: `examine` must not wait for the service's libraries.
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import("./commands/serve.ts")).serveCommand,
  "first-administrator": async () => (await import("./commands/first-administrator.ts")).firstAdministratorCommand,
  agencies: async () => (await import("./commands/agencies.ts")).agenciesCommand,
  certify: async () => (await import("./commands/certify.ts")).certifyCommand,
  examine: async () => (await import("./commands/examine.ts")).examineCommand,
  read: async () => (await import("./commands/read.ts")).readCommand,
  corpus: async () => (await import("./commands/corpus.ts")).corpusCommand,
  bench: async () => (await import("./commands/bench.ts")).benchCommand,
  "token-agent": async () => (await import("./commands/token-agent.ts")).tokenAgentCommand,
  "rebuild-log": async () => (await import("./commands/rebuild-log.ts")).rebuildLogCommand,
  witness: async () => (await import("./commands/witness.ts")).witnessCommand,
  domain: async () => (await import("./commands/domain.ts")).domainCommand,
  audit: async () => (await import("./commands/audit.ts")).auditCommand,
};

const [name = "", ...args] = argv.slice(2);
const command = commands[name];
if (command === undefined) {
  tell(`chungthuc ${Object.keys(commands).join(" | ")}`);
  process.exitCode = name === "" || name === "help" || name === "--help" ? 0 : 1;
} else {
  process.exitCode = await (await command())(args);
}
