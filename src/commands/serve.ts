import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMarked, markOnce } from "../../db/stores/store-mark.ts";
import type { Config } from "../config.ts";
import { noteTypes, verifierKeyOf } from "../core/log/note.ts";
import { demoOfficials } from "../development/demo-people.ts";
import { type DemoSecretsByUser, keptDemoSecrets } from "../development/demo-secrets.ts";
import { samplePaths } from "../development/sample.ts";
import { nodeSha256 } from "../primitives-node.ts";
import { giveHeapRoom } from "../roof/heap-room.ts";
import { type Service, startService } from "../service.ts";
import { type House, randomOf } from "../wiring/house.ts";
import { logSigner } from "../wiring/watched-log.ts";
import { passOn } from "../wiring/waypoints.ts";
import { apiClient } from "./api-client.ts";
import { certifyScans, usualScanReason } from "./certify-scans.ts";
import { tell } from "./output.ts";
import { configFromEnvironment, serviceLog, startFailureWords } from "./roof.ts";

/** `chungthuc serve`: runs until it is told to stop. @returns the exit code */
export async function serveCommand(): Promise<number> {
  const config = configFromEnvironment();
  if (!config.ok) return refuse(startFailureWords(config.failure));
  giveHeapRoom();
  const stopped = waitForSignal();
  const service = await startService(config.value, serviceLog(config.value.mode === "development"), passOn);
  if (!service.ok) return refuse(startFailureWords(service.failure));
  const url = `http://${config.value.host}:${service.value.port}`;
  noteAddress(config.value, url);
  service.value.house.examiner.warm();
  tell(`chungthuc: ${url}`);
  tell(`Khóa nhật ký, cho nhân chứng / verifier key of the log, for witnesses: ${logVerifierKey(service.value.house)}`);
  if (config.value.mode === "development") await firstRun(config.value, service.value, url);
  await stopped;
  tell("chungthuc: đang dừng, chờ việc dở dang… / draining");
  rmSync(addressFile(config.value), { force: true });
  await service.value.stop();
  return 0;
}

/** As C2SP signed-note writes it. */
function logVerifierKey(house: House): string {
  const { key } = logSigner(house);
  return verifierKeyOf(key, noteTypes.ed25519, nodeSha256);
}

function refuse(words: string): number {
  tell(words);
  return 1;
}

function waitForSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

/** Where `certify` finds the service that holds this data folder. */
export const addressFile = (config: Config): string => join(config.dataFolder, "address");

function noteAddress(config: Config, url: string): void {
  writeFileSync(addressFile(config), url, { mode: 0o600 });
}

/** On an empty store: certifies the bundled sample through the HTTP API, then prints the demo people, once. */
async function firstRun(config: Config, { house }: Service, url: string): Promise<void> {
  if (await isMarked(house.sql, "sample_certified")) return;
  const secrets = keptDemoSecrets(join(config.dataFolder, "keys"), randomOf);
  tell("Chứng thực bản mẫu qua API như các cán bộ hư cấu / certifying the bundled sample as the fictional officials:");
  const request = {
    scans: [samplePaths.scan],
    applicant: "Lò Thị Hoa Mẫu (hư cấu)",
    title: "Giấy chứng nhận hoàn thành khóa tập huấn (bản mẫu hư cấu)",
    kind: "Giấy chứng nhận",
    pages: 1,
    scanReason: usualScanReason,
  };
  const done = await certifyScans(apiClient(url), secrets, request, tellStep);
  if (!done.ok)
    return tell(`  không xong / failed at ${done.failure.step}: ${done.failure.code} ${done.failure.title}`);
  const path = join(config.dataFolder, "sample", "ban-sao-chung-thuc.pdf");
  mkdirSync(join(config.dataFolder, "sample"), { recursive: true, mode: 0o700 });
  writeFileSync(path, done.value.pdf, { mode: 0o600 });
  tell(`Liên kết kiểm tra / verification link: ${done.value.verificationLink}`);
  tell(`Bản sao đã ký / sealed PDF: ${path}`);
  printDemoPeople(secrets);
  await markOnce(house.sql, "sample_certified"); // last: a run killed before this prints again rather than never
}

export const tellStep = (step: string, milliseconds: number): void =>
  tell(`  ${step.padEnd(32)}${String(milliseconds).padStart(7)} ms`);

function printDemoPeople(secrets: DemoSecretsByUser): void {
  tell("Cán bộ hư cấu, in một lần này / fictional officials, printed this once:");
  for (const { userName, duty, fullName, holds } of demoOfficials) {
    const own = secrets[userName];
    const pin = holds === null ? "" : `  PIN ${own?.pin ?? ""}`;
    tell(`  ${userName.padEnd(10)} ${duty.padEnd(14)} ${own?.password ?? ""}${pin}  ${fullName}`);
  }
}
