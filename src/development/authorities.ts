import { type ChildProcess, fork } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { fail, ok, type Result } from "../core/kernel.ts";
import { AuthorityMessage, type AuthorityName } from "./authority-messages.ts";
import { type PkiFailure, pkiFolder, portsFile } from "./pki-files.ts";
import { ocspUrlOf, readPorts, timestampUrlOf } from "./ports.ts";

export type Authorities = {
  /** RFC 3161 over HTTP, on loopback. */
  readonly timestampUrl: string;
  /** RFC 6960 over HTTP, the address that stands in every certificate of this PKI. */
  readonly ocspUrl: string;
  /** Ends both; resolves when they are gone. */
  readonly stop: () => Promise<void>;
};

export type AuthorityFailure =
  | PkiFailure
  /** Someone else listens there. The port cannot move: certificates name it. Free it, or begin a new data folder. */
  | {
      readonly code: "authority_port_taken";
      readonly authority: AuthorityName;
      readonly port: number;
      readonly file: string;
    }
  | { readonly code: "authority_not_started"; readonly authority: AuthorityName };

/**
 * Starts the development timestamp and OCSP authorities of `<data>/pki`, each in a process of its own, and waits until
 * both listen. They end with this process, also when it is killed, and leave Ctrl-C to it.
 *
 * @param dataFolder with a PKI, see `openDevelopmentPki`
 */
export async function startAuthorities(dataFolder: string): Promise<Result<Authorities, AuthorityFailure>> {
  const folder = resolve(pkiFolder(dataFolder));
  const ports = readPorts(folder);
  if (!ports.ok) return ports;
  const started = await Promise.all([startOne("timestamp", folder), startOne("ocsp", folder)]);
  const stop = async () => {
    await Promise.all(started.map(({ child }) => end(child)));
  };
  for (const { name, child, message } of started) {
    child.unref(); // a service that has nothing left to do may end
    child.channel?.unref();
    if (message?.state === "listening") continue;
    await stop();
    return fail(failureOf(name, message, ports.value[name], folder));
  }
  return ok({ timestampUrl: timestampUrlOf(ports.value), ocspUrl: ocspUrlOf(ports.value), stop });
}

function failureOf(
  authority: AuthorityName,
  message: AuthorityMessage | null,
  port: number,
  folder: string,
): AuthorityFailure {
  if (message?.state === "port_taken") {
    return { code: "authority_port_taken", authority, port, file: portsFile(folder) };
  }
  if (message?.state === "pki_unreadable") return { code: "pki_unreadable", file: message.file };
  return { code: "authority_not_started", authority };
}

type Started = {
  readonly name: AuthorityName;
  readonly child: ChildProcess;
  readonly message: AuthorityMessage | null;
};

/** Waits for the one message; null where the process ended without it. */
function startOne(name: AuthorityName, folder: string): Promise<Started> {
  const typescript = import.meta.url.endsWith(".ts");
  const script = fileURLToPath(
    new URL(typescript ? "./authority-process.ts" : "./authority-process.js", import.meta.url),
  );
  const child = fork(script, [name, folder], {
    cwd: fileURLToPath(new URL(".", import.meta.url)), // `tsx` is looked up from there
    env: {}, // nothing of ours to read: an authority knows its folder only
    execArgv: typescript ? ["--import", "tsx"] : [],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  return new Promise((settle) => {
    child.once("message", (raw) => settle({ name, child, message: AuthorityMessage.safeParse(raw).data ?? null }));
    child.once("error", () => settle({ name, child, message: null }));
    child.once("exit", () => settle({ name, child, message: null }));
  });
}

/** A closed channel is the order to end; who does not obey is killed. */
function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve();
  child.ref();
  return new Promise((done) => {
    const impatient = setTimeout(() => child.kill("SIGKILL"), 2_000);
    child.once("exit", () => {
      clearTimeout(impatient);
      done();
    });
    if (child.connected) child.disconnect();
  });
}
