import process from "node:process";
import { jsx } from "hono/jsx";

/**
 * Lets Hono's JSX look for an `AsyncLocalStorage` once, while there is none to be found. With one it keeps contexts of components
 * across `await`; no component of ours has a context or waits. Node 20 then calls four hooks in JavaScript for every promise of the
 * process, from the first page that is drawn on (ADR 0096).
 *
 * To be called before anything is drawn; later it changes nothing.
 */
export function drawWithoutAsyncContext(): void {
  const { getBuiltinModule } = process;
  process.getBuiltinModule = (() => undefined) as typeof getBuiltinModule;
  try {
    jsx("svg", {}).toString(); // the first drawing decides for all that follow
  } finally {
    process.getBuiltinModule = getBuiltinModule;
  }
}
