// A service in a process of its own that kills itself at an armed waypoint. Run by service-process.ts.
import { openReaders } from "../../ocr/readers.ts";
import { startFailureWords } from "../../src/commands/roof.ts";
import { readConfig } from "../../src/config.ts";
import { createLog } from "../../src/roof/log.ts";
import { startService } from "../../src/service.ts";
import type { Waypoint } from "../../src/wiring/waypoints.ts";
import { goBy } from "./clock-ahead.ts";
import { wordlessReaders } from "./wordless-readers.ts";

const [dataFolder = "", databaseUrl = "", WITNESSES = "", reads = "", smtpUrl = "", clock = "", areRight = ""] =
  process.argv.slice(2);
const mail = smtpUrl === "" ? {} : { SMTP_URL: smtpUrl, MAIL_FROM: "chungthuc@vi-du.example" };
const read = readConfig({ WITNESSES, ...mail });
if (!read.ok) throw new Error(read.failure.code);
if (clock !== "") await goBy(clock, areRight === "others" ? "others" : "nobody");
let armed: Waypoint | null = null;
let passesLeft = 0;

const config = {
  ...(read.value.witnesses !== undefined && { witnesses: read.value.witnesses }),
  ...(read.value.mail !== undefined && { mail: read.value.mail }),
  mode: "development",
  dataFolder,
  databaseUrl,
  host: "127.0.0.1",
  port: 0,
  publicPort: 8080,
  trustedProxies: 0,
} as const;
const log = createLog({
  now: () => new Date().toISOString(),
  write: (line) => process.stderr.write(line),
  lowest: "warn",
  showMessages: true,
});
const dieIfArmed = async (waypoint: Waypoint) => {
  if (waypoint !== armed) return;
  passesLeft -= 1;
  if (passesLeft === 0) process.kill(process.pid, "SIGKILL");
};
const service = await startService(config, log, dieIfArmed, reads === "words" ? openReaders : wordlessReaders);
if (!service.ok) {
  const { failure } = service;
  process.send?.({ refused: startFailureWords(failure) }, () => process.exit(1));
  await new Promise(() => undefined); // what follows is of a service that runs
  throw new Error(failure.code);
}
process.on("message", (message: { arm: Waypoint; passes: number } | { stop: true }) => {
  if ("arm" in message) [armed, passesLeft] = [message.arm, message.passes];
  else void service.value.stop().then(() => process.exit(0));
});
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
process.send?.({ port: service.value.port });
