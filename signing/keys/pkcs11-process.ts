import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { fail, type Result } from "../../src/core/kernel.ts";
import type { Pkcs11Question } from "./pkcs11-child.ts";
import type { Pkcs11Failure } from "./pkcs11-failure.ts";

/** A library of a vendor, as the operator configured it. */
export type Pkcs11Device = {
  /** Path of the shared library. */
  readonly module: string;
  /** All that the library may see of the environment, such as `SOFTHSM2_CONF`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Within which each call answers; a person may have to press something on a reader. */
  readonly timeoutSeconds: number;
};

/** A process that holds one module. After a timeout or its death every answer is a failure. */
export type Pkcs11Process = {
  readonly ask: <T>(question: Pkcs11Question) => Promise<Result<T, Pkcs11Failure>>;
  readonly end: () => void;
};

const startMilliseconds = 15_000;

/** Starts the process and loads the module in it. */
export async function startPkcs11(device: Pkcs11Device): Promise<Result<Pkcs11Process, Pkcs11Failure>> {
  const child = startChild(device.environment);
  const held = heldBy(child, device.timeoutSeconds * 1000 + startMilliseconds);
  const loaded = await held.ask<null>({ ask: "load", module: device.module });
  if (loaded.ok) return { ok: true, value: heldBy(child, device.timeoutSeconds * 1000) };
  held.end();
  return loaded;
}

function startChild(environment: Readonly<Record<string, string>>): ChildProcess {
  const isSource = import.meta.url.endsWith(".ts");
  const entry = fileURLToPath(new URL(`./pkcs11-child${isSource ? ".ts" : ".js"}`, import.meta.url));
  // Sources run as they are in development only; compiled code needs no loader.
  const loader = isSource ? ["--import", pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href] : [];
  return fork(entry, [], {
    env: { ...environment },
    execArgv: ["--no-warnings", ...loader],
    serialization: "advanced", // bytes stay bytes
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
}

function heldBy(child: ChildProcess, limitMilliseconds: number): Pkcs11Process {
  let turn: Promise<unknown> = Promise.resolve();
  return {
    ask: <T>(question: Pkcs11Question) => {
      const answer = turn.then(() => askOnce<T>(child, question, limitMilliseconds));
      turn = answer;
      return answer;
    },
    end: () => void child.kill("SIGKILL"),
  };
}

function askOnce<T>(child: ChildProcess, question: Pkcs11Question, limit: number): Promise<Result<T, Pkcs11Failure>> {
  return new Promise((resolve) => {
    const settle = (answer: Result<T, Pkcs11Failure>) => {
      clearTimeout(clock);
      child.off("message", onMessage).off("exit", onGone).off("error", onGone);
      resolve(answer);
    };
    const onMessage = (answer: unknown) => settle(answer as Result<T, Pkcs11Failure>);
    const onGone = () => settle(fail({ code: "device_failed", reason: "process_ended" }));
    const clock = setTimeout(() => {
      child.kill("SIGKILL"); // a library that does not come back does not come back to a polite word either
      settle(fail({ code: "device_timed_out" }));
    }, limit);
    child.on("message", onMessage).on("exit", onGone).on("error", onGone);
    if (child.connected) child.send(question);
    else onGone();
  });
}
