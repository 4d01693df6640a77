import { type ChildProcess, spawn } from "node:child_process";
import { request as plainRequest } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { inBuild } from "../support/in-build.ts";
import type { SoftTokens } from "../support/soft-token.ts";

const cli = inBuild("src/cli.ts");

export type RunningAgent = { readonly child: ChildProcess; readonly pairing: string };

/** The token agent as an official starts it, for one site. @returns once it has told its pairing code */
export async function startAgent(
  { device, folder }: Pick<SoftTokens, "device" | "folder">,
  port: number,
  origin: string,
): Promise<RunningAgent> {
  const environment = Object.entries(device.environment).flatMap(([name, value]) => [
    "--environment",
    `${name}=${value}`,
  ]);
  const where = ["--port", String(port), "--pairing-file", join(folder, "pairing"), ...environment];
  const args = [cli, "token-agent", "--origin", origin, "--module", device.module, ...where];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  const pairing = await new Promise<string>((resolve) => {
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const code = /pairing code: ([0-9a-f]{32})/.exec(said)?.[1];
      if (code !== undefined) resolve(code);
    });
  });
  return { child, pairing };
}

/** What a program at this computer can send that a browser would not. */
export const askPlainly = (
  port: number,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const method = body === undefined ? "GET" : "POST";
    const request = plainRequest({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
      let text = "";
      answer.on("data", (chunk) => (text += chunk)).on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    request.on("error", reject);
    request.end(body);
  });

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const found = server.address();
      server.close(() => resolve(typeof found === "object" && found !== null ? found.port : 0));
    });
  });
}
