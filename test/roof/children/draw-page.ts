import { executionAsyncId } from "node:async_hooks";
import edge from "../../../src/edge.ts";
import { drawWithoutAsyncContext } from "../../../src/roof/plain-drawing.ts";

// Draws a whole public page, and tells whether Node then gives each promise an id of its own, as it does only while hooks are on.

if (process.argv[2] === "plain") drawWithoutAsyncContext();
const ROOT_KEY = Buffer.alloc(32).toString("base64");
const answer = await edge.fetch(new Request("https://a.example/verify"), {
  PUBLIC: { get: async () => null },
  ROOT_KEY,
});
const page = await answer.text();
const ids = new Set<number>();
for (let i = 0; i < 5; i++) await Promise.resolve().then(() => ids.add(executionAsyncId()));
const isNodeWhole = process.getBuiltinModule("node:fs") !== undefined;
console.log(JSON.stringify({ page, isHooked: ids.size > 1, isNodeWhole }));
