import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inBuild } from "./support/in-build.ts";
import { has } from "./support/tools.ts";

const root = join(import.meta.dirname, "..");
const textOf = (file: string) => readFileSync(join(root, file), "utf8");
const readme = textOf("README.md");

/** ```sh blocks are run here as they stand; ```sh outside blocks install, start or test, and are only looked at. */
const blocks = [...readme.matchAll(/^```sh( outside)?\n([\s\S]*?)^```$/gm)].map(([, outside, script = ""]) => ({
  outside: outside !== undefined,
  script,
}));
const rowsUnder = (heading: string) =>
  (readme.split(`\n${heading}\n`)[1] ?? "")
    .split("\n#")[0]
    ?.match(/^\|.*\|$/gm)
    ?.map(cellsOf) ?? [];
const cellsOf = (row: string) =>
  row
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim())
    .slice(1, -1);

describe("README: what it names is there", () => {
  const commands = [...textOf("src/cli.ts").matchAll(/^ {2}"?([\w-]+)"?: async \(\)/gm)].map(([, name]) => name);

  test("the table of commands is that of the program", () => {
    const told = rowsUnder("### The other commands").flatMap(([first]) => /^`([\w-]+)/.exec(first ?? "")?.[1] ?? []);
    expect(told.toSorted()).toEqual(commands.toSorted());
  });

  test("every command and npm script in a block exists", () => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    const script = blocks.map((block) => block.script).join("\n");
    const unknown = [...script.matchAll(/npx chungthuc ([\w-]+)/g)].filter(
      ([, name]) => !commands.includes(name ?? ""),
    );
    const missing = [...script.matchAll(/npm (?:run )?(\w+)/g)].filter(
      ([, name = ""]) => name !== "ci" && !scripts[name],
    );
    expect([...unknown, ...missing].map(([said]) => said)).toEqual([]);
  });

  test("the table of variables is that of the configuration", () => {
    const shape = /z\.object\(\{([\s\S]*?)\n\}\)/.exec(textOf("src/config.ts"))?.[1] ?? "";
    const read = [...shape.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name);
    const told = rowsUnder("## Configuration").flatMap(([first]) => /^`([A-Z_]+)`/.exec(first ?? "")?.[1] ?? []);
    expect(told.toSorted()).toEqual(read.toSorted());
  });

  const documents = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/deviations.md",
    "docs/first-day.md",
    "docs/first-day.en.md",
  ];
  const decisions = readdirSync(join(root, "docs/adr")).map((name) => `docs/adr/${name}`);
  test.each([...documents, ...decisions])("every file and folder that %s names exists", (document) => {
    const text = textOf(document);
    const named = [...text.matchAll(/`((?:src|signing|ocr|db|test|docs|bench)\/[\w./-]*\w\/?)`/g)].map(
      ([, path]) => path,
    );
    const beside = join(document, "..");
    const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, path]) => join(beside, path ?? ""));
    expect([...named, ...linked].filter((path) => !existsSync(join(root, path ?? "")))).toEqual([]);
  });
});

describe("README: what it says to type works", { skip: !(has("bash") && has("curl")) }, () => {
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-readme-"));
  const program = [process.execPath, inBuild("src/cli.ts")];
  let port = 0;
  let service: Running;

  beforeAll(async () => {
    port = await freePort();
    symlinkSync(join(root, "src"), join(folder, "src"));
    // A clone's `npx chungthuc` runs what `npm ci` compiled; this runs the sources as this run of tests compiled them.
    writeFileSync(join(folder, "npx"), `#!/bin/sh\nshift\nexec ${program.map((word) => `'${word}'`).join(" ")} "$@"\n`);
    chmodSync(join(folder, "npx"), 0o755);
    service = run(program[0] ?? "", [...program.slice(1), "serve"], { PORT: String(port) });
    await service.says(/printed this once:[\s\S]*quantri/);
  });
  afterAll(() => {
    service.child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  function run(file: string, args: readonly string[], environment: Record<string, string> = {}): Running {
    const PATH = `${folder}:${process.env["PATH"] ?? ""}`;
    const HOME = process.env["HOME"] ?? folder;
    return watched(
      spawn(file, args, {
        cwd: folder,
        env: { PATH, HOME, ...environment },
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
  }

  test("an empty store certifies the sample and says where it is, with the fictional people", () => {
    expect(service.said()).toMatch(/sealed PDF: .*ban-sao-chung-thuc\.pdf/);
    for (const user of ["tiepnhan", "doichieu", "lanhdao", "vanthu"]) expect(service.said()).toContain(`  ${user} `);
  });

  test("every line of the API's table answers: it exists, and asks for a sign-in", async () => {
    const routes = rowsUnder("## The HTTP API").filter(
      ([method, path]) => /^(GET|POST|DELETE)$/.test(method ?? "") && path,
    );
    const answers = await Promise.all(
      routes.map(async ([method = "", path = "", who]) => {
        const address = path.replaceAll("`", "").replace(":id", crypto.randomUUID()).replace(":number", "1");
        const { status } = await fetch(`http://127.0.0.1:${port}${address}`, { method });
        return { line: `${method} ${path}`, asked: who === "anyone" ? status !== 404 : status === 401 };
      }),
    );
    expect(answers.length).toBeGreaterThan(10);
    expect(answers.filter(({ asked }) => !asked)).toEqual([]);
  });

  test("every sh block runs as it stands, one after the other, and ends with copies issued here", async () => {
    const script = blocks
      .filter(({ outside }) => !outside)
      .map((block) => block.script.replaceAll("8080", String(port)));
    const shell = run("bash", ["-euo", "pipefail", "-c", script.join("\n")]);
    expect(await shell.code, shell.said()).toBe(0);
    expect(shell.said().match(/\[issued_here\]/g)).toHaveLength(2); // by `certify`, and step by step with curl
    expect(shell.said()).toContain("the log is sound");
    expect(readFileSync(join(folder, "verified.html"), "utf8")).toContain("A certified copy with this code was issued");
  }, 180_000);

  test("Ctrl-C drains, ends with 0 and leaves the folder free", async () => {
    service.child.kill("SIGINT");
    expect(await service.code).toBe(0);
    expect(existsSync(join(folder, "data/service.pid"))).toBe(false);
  });
});

type Running = {
  readonly child: ChildProcess;
  readonly code: Promise<number | null>;
  readonly said: () => string;
  readonly says: (form: RegExp) => Promise<void>;
};

function watched(child: ChildProcess): Running {
  let text = "";
  const listeners = new Set<() => void>();
  const hear = (chunk: string) => {
    text += chunk;
    for (const listen of listeners) listen();
  };
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", hear);
  const code = new Promise<number | null>((resolve) => child.once("close", resolve));
  const says = (form: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const listen = () => form.test(text) && resolve();
      listeners.add(listen);
      listen();
      void code.then(() => reject(new Error(`it ended before it said ${form}:\n${text}`)));
    });
  return { child, code, said: () => text, says };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
