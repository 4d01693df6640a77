// `npm test`: style, types, tests. The last line of what it prints is `N passed, N failed`, with `, N skipped` after it.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const minute = 60_000;

// Programs that tests ask for a second opinion, with the Debian package of each.
const outsideTools = {
  pdfsig: "poppler-utils",
  qpdf: "qpdf",
  zbarimg: "zbar-tools",
  openssl: "openssl",
  mutool: "mupdf-tools",
  chromium: "chromium",
  tesseract: "tesseract-ocr",
  tiffcp: "libtiff-tools",
  "softhsm2-util": "softhsm2",
};

const root = join(import.meta.dirname, "..");
const node = (...args) => [process.execPath, ...args.map((arg) => arg.replace(/^npm:/, "node_modules/"))];

async function main() {
  installOutsideTools();
  const checks = await Promise.all([
    check("Biome finds nothing", node("npm:@biomejs/biome/bin/biome", "check", ".")),
    check("tsc -p tsconfig.json", node("npm:typescript/bin/tsc", "-p", "tsconfig.json")),
    check("tsc -p tsconfig.web.json", node("npm:typescript/bin/tsc", "-p", "tsconfig.web.json")),
  ]);
  const tests = await vitest();
  const failed = [...checks.filter((it) => !it.passed).map((it) => it.title), ...tests.failed];
  tell("Failed", failed);
  tell(
    "Skipped",
    tests.skipped.map(({ title, reason }) => `${title}\n    because: ${reason}`),
  );
  const counts = [
    `${checks.length + tests.passed - (failed.length - tests.failed.length)} passed`,
    `${failed.length} failed`,
  ];
  if (tests.skipped.length > 0) counts.push(`${tests.skipped.length} skipped`);
  process.exitCode = failed.length === 0 ? 0 : 1;
  process.stdout.write(`${counts.join(", ")}\n`);
}

/** Tells and goes on whatever happens: tests that miss a program are skipped, counted and told at the end. */
function installOutsideTools() {
  const packages = Object.entries(outsideTools)
    .filter(([tool]) => !has(tool))
    .map(([, name]) => name);
  if (!readsVietnamese()) packages.push("tesseract-ocr-vie");
  const may = process.getuid?.() === 0 && has("apt-get") && process.env.CHUNGTHUC_TEST_INSTALL !== "no";
  if (packages.length === 0 || !may) return;
  console.log(`Installing for the tests: ${packages.join(" ")}`);
  const install = (...names) => aptGet("install", "-y", "-qq", "--no-install-recommends", ...names);
  if (install(...packages)) return;
  aptGet("update", "-qq");
  // One by one, since one unknown name stops all the others.
  const done = packages.map((name) => install(name)).every(Boolean);
  if (!done) console.log("Not all of them could be installed; what needs them is skipped.");
}

function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return (
    spawnSync("apt-get", ["-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=10", ...args], {
      env,
      stdio: "ignore",
      timeout: 3 * minute,
    }).status === 0
  );
}

function has(tool) {
  return spawnSync("sh", ["-c", `command -v ${tool}`]).status === 0;
}

function readsVietnamese() {
  return /^vie$/m.test(String(spawnSync("tesseract", ["--list-langs"]).stdout ?? ""));
}

async function check(title, command) {
  const { status, output } = await run(command, { timeout: 5 * minute });
  console.log(status === 0 ? `ok: ${title}` : `FAILED: ${title}\n${output}`);
  return { title, passed: status === 0 };
}

async function vitest() {
  const scratch = mkdtempSync(join(tmpdir(), "chungthuc-outcome-"));
  const file = join(scratch, "outcome.json");
  const reporters = ["--reporter=default", "--reporter=./test/support/outcome-reporter.ts"];
  const ended = await run(
    node("npm:vitest/vitest.mjs", "run", "--includeTaskLocation", ...reporters, ...process.argv.slice(2)),
    {
      timeout: 30 * minute,
      show: true,
      env: { CHUNGTHUC_TEST_OUTCOME: file },
    },
  );
  const outcome = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { passed: 0, failed: [], skipped: [] };
  rmSync(scratch, { recursive: true, force: true });
  if (ended.status !== 0 && outcome.failed.length === 0)
    outcome.failed.push(`vitest itself ended with ${ended.status}`);
  return outcome;
}

// What a child prints passes through us, so that nothing it left behind can speak after the closing line.
function run([program, ...args], { timeout, show = false, env = {} }) {
  return new Promise((resolve) => {
    const options = { cwd: root, env: { ...process.env, NO_COLOR: "1", ...env }, timeout, killSignal: "SIGKILL" };
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        if (show) process.stdout.write(text);
        else output += text;
      });
    }
    const end = (status) => {
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ status, output });
    };
    child.on("error", (error) => end(String(error)));
    child.on("close", (code, signal) => end(code ?? signal));
    child.on("exit", (code, signal) => setTimeout(() => end(code ?? signal), 3000).unref());
  });
}

function tell(what, lines) {
  if (lines.length === 0) return;
  console.log(`\n${what}: ${lines.length}\n${lines.map((line) => `  ${line}`).join("\n")}\n`);
}

await main();
