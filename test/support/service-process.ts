import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import type { Waypoint } from "../../src/wiring/waypoints.ts";
import { clockReadEveryMs } from "./clock-ahead.ts";
import { inBuild } from "./in-build.ts";

export type ServiceProcess = {
  readonly url: string;
  readonly pid: number;
  /** It dies there, at the first pass unless told. */
  readonly arm: (waypoint: Waypoint, passes?: number) => void;
  /** From now on its clock is so far ahead of the machine's. */
  readonly goAhead: (seconds: number) => Promise<void>;
  /** Resolves when the process is gone, however it went. */
  readonly gone: Promise<void>;
  readonly stop: () => Promise<void>;
};

type ProcessSetting = {
  /** As the variable WITNESSES takes them. */
  readonly witnesses?: string;
  /** `words` where papers with text on them are scanned; `nothing` leaves Tesseract out, see wordless-readers.ts. */
  readonly reads?: "words" | "nothing";
  /** As the variable SMTP_URL takes it. */
  readonly smtpUrl?: string;
  /** How far its clock goes ahead of the machine's, from its first moment; the machine's own where not said. */
  readonly aheadSeconds?: number;
  /** `others`: the authorities go by the machine's clock all the same. */
  readonly areRight?: "nobody" | "others";
};

/**
 * A real service in a process of its own, which may be killed. Throws with what it tells its operator where it refuses
 * to start.
 *
 */
export async function startServiceProcess(
  dataFolder: string,
  databaseUrl: string,
  { witnesses = "", reads = "nothing", smtpUrl = "", aheadSeconds, areRight = "nobody" }: ProcessSetting = {},
): Promise<ServiceProcess> {
  const entry = inBuild("test/support/killable-service.ts");
  const clock = `${dataFolder}.clock`;
  if (aheadSeconds !== undefined) writeFileSync(clock, `${aheadSeconds}`);
  const child = fork(
    entry,
    [dataFolder, databaseUrl, witnesses, reads, smtpUrl, aheadSeconds === undefined ? "" : clock, areRight],
    {
      execArgv: [],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    },
  );
  const gone = once(child, "exit").then(() => undefined);
  const port = await portOf(child, gone);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    arm: (waypoint, passes = 1) => child.send({ arm: waypoint, passes }),
    goAhead: async (seconds) => {
      writeFileSync(clock, `${seconds}`);
      await new Promise((resolve) => setTimeout(resolve, 2 * clockReadEveryMs));
    },
    gone,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.send({ stop: true });
      await gone;
      rmSync(clock, { force: true });
    },
  };
}

async function portOf(child: ChildProcess, gone: Promise<void>): Promise<number> {
  const [message] = await Promise.race([
    once(child, "message") as Promise<[{ port: number } | { refused: string }]>,
    gone.then((): never => {
      throw new Error("the service ended before it listened");
    }),
  ]);
  if ("port" in message) return message.port;
  await gone;
  throw new Error(message.refused);
}
