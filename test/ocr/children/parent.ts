import { entryBeside, startChild } from "../../../ocr/child.ts";

// Starts a child, lets it hang in native-like work, tells its process id, and waits to be killed. Run by child.test.ts only.
const entry = entryBeside(import.meta.url, "hostile");
const child = await startChild({ entry, heapMiB: 64, growthMiB: 256 });
if (child.ok) {
  process.stdout.write(`${child.value.pid}\n`);
  await child.value.ask({ head: { ask: "hang" }, parts: [] }, { wallSeconds: 60 });
}
