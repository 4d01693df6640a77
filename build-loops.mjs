// Compiles the loops over pixels (ocr/quick/*.as, AssemblyScript) to WebAssembly, kept in base 64 in ocr/quick/code.ts: `npm run loops`, when
// one of them was changed. With --check nothing is written, and the answer is whether the file is what the sources make.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import asc from "assemblyscript/asc";

const folder = new URL("./ocr/quick/", import.meta.url);
const target = new URL("code.ts", folder);
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".as"))
  .sort();
const textOf = (name) => readFileSync(new URL(name, folder), "utf8");
const sources = new Map(names.map((name) => [name.replace(/as$/, "ts"), textOf(name)]));
const options = ["--outFile", "loops.wasm", "--runtime", "stub", "--noAssert", "-O3", "--converge", "--enable", "simd"];

const written = new Map();
const { error, stderr } = await asc.main([...sources.keys(), ...options], {
  readFile: (name) => sources.get(name.replace(/^\.\//, "")) ?? null,
  writeFile: (name, contents) => written.set(name, contents),
  listFiles: () => [],
});
if (error !== null) throw new Error(`${error.message}\n${stderr.toString()}`);

const digest = createHash("sha256")
  .update([...sources.values()].join("\0"))
  .digest("hex");
const lines = Buffer.from(written.get("loops.wasm"))
  .toString("base64")
  .match(/.{1,110}/g);
const made = [
  "// Made by build-loops.mjs of the .as files beside it, which together have this SHA-256:",
  `// ${digest}`,
  "export const code =",
  `${lines.map((line) => `  "${line}"`).join(" +\n")};`,
  "",
].join("\n");
if (!process.argv.includes("--check")) writeFileSync(target, made);
else process.exitCode = made === readFileSync(target, "utf8") ? 0 : 1;
