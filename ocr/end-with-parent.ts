import { Worker } from "node:worker_threads";

// Runs on its own thread: the main one may be deep in native code and see neither its input closing nor any signal it could act on.
const watch = `
const { workerData } = require("node:worker_threads");
setInterval(() => {
  let gone = process.ppid !== workerData.parent;
  try { process.kill(workerData.parent, 0); } catch (error) { gone = gone || error.code === "ESRCH"; }
  if (gone) process.kill(process.pid, "SIGKILL");
}, 250);
`;

/** Kills this process within a quarter of a second after the one that started it is gone, however that ended. */
export function endWithParent(parent: number): void {
  const options = { eval: true, execArgv: [], workerData: { parent }, resourceLimits: { maxOldGenerationSizeMb: 8 } };
  new Worker(watch, options).unref();
}
