import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Config } from "../config.ts";
import { fail, type Result } from "../core/kernel.ts";
import { keptDemoSecrets } from "../development/demo-secrets.ts";
import { startService } from "../service.ts";
import { randomOf } from "../wiring/house.ts";
import { passOn } from "../wiring/waypoints.ts";
import { apiClient } from "./api-client.ts";
import { type Certified, certifyScans, usualScanReason } from "./certify-scans.ts";
import { printJson, tell } from "./output.ts";
import { configFromEnvironment, serviceLog, startFailureWords } from "./roof.ts";
import { addressFile, tellStep } from "./serve.ts";

const usage = `chungthuc certify SCAN… --applicant NAME --title TEXT --out FILE.pdf [--kind TEXT] [--pages N] [--scan-reason TEXT] [--json]
  --scan-reason  why pages below 200 dpi are taken (SCAN-1), 10 to 500 characters; without it: "${usualScanReason}"`;

/** `chungthuc certify`: the whole way as the fictional demo users, on a development store only. @returns the exit code */
export async function certifyCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if (asked === null) return stop({ code: "usage", title: usage }, args.includes("--json"));
  const config = configFromEnvironment();
  if (!config.ok || config.value.mode !== "development")
    return stop({ code: "development_only", title: "" }, asked.json);
  const done = await withService(config.value, async (url) => {
    const secrets = keptDemoSecrets(join(config.value.dataFolder, "keys"), randomOf);
    return certifyScans(apiClient(url), secrets, asked.request, asked.json ? () => undefined : tellStep);
  });
  if (!done.ok) return stop(done.failure, asked.json);
  writeFileSync(asked.out, done.value.pdf);
  report(done.value, asked);
  return 0;
}

type Asked = NonNullable<ReturnType<typeof readArguments>>;

function readArguments(args: readonly string[]) {
  const options = {
    applicant: { type: "string" },
    title: { type: "string" },
    kind: { type: "string", default: "Giấy tờ" },
    pages: { type: "string" },
    "scan-reason": { type: "string", default: usualScanReason },
    out: { type: "string" },
    json: { type: "boolean", default: false },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const { applicant, title, out, json, kind } = values;
    if (positionals.length === 0 || !applicant || !title || !out) return null;
    const pages = values.pages === undefined ? null : Number(values.pages);
    return {
      out,
      json,
      request: { scans: positionals, applicant, title, kind, pages, scanReason: values["scan-reason"] },
    };
  } catch {
    return null;
  }
}

/** The service that runs on this data folder, or one of our own for as long as it takes. */
async function withService<T>(
  config: Config,
  act: (url: string) => Promise<Result<T, { code: string; title: string }>>,
): Promise<Result<T, { code: string; title: string }>> {
  const running = await runningAddress(config);
  if (running !== null) return act(running);
  const service = await startService({ ...config, port: 0, publicPort: config.port }, serviceLog(true), passOn);
  if (!service.ok) return fail({ code: service.failure.code, title: startFailureWords(service.failure) });
  const done = await act(`http://${config.host}:${service.value.port}`);
  await service.value.stop();
  return done;
}

async function runningAddress(config: Config): Promise<string | null> {
  try {
    const url = readFileSync(addressFile(config), "utf8");
    return (await fetch(`${url}/healthz`)).ok ? url : null;
  } catch {
    return null;
  }
}

function report(certified: Certified, { out, json, request }: Asked): void {
  const { number, bookText, pages, verificationLink, coarsePages } = certified;
  if (json) {
    printJson({ version: 1, out, number, book: bookText, verificationLink, pages, coarsePages });
    return;
  }
  if (coarsePages.length > 0)
    tell(`Dưới 200 dpi / below 200 dpi (SCAN-1): ${coarsePages.join(", ")}; lý do / reason: ${request.scanReason}`);
  tell(`Số / number: ${number}, quyển / book: ${bookText}`);
  tell(`Liên kết kiểm tra / verification link: ${verificationLink}`);
  tell(`Bản sao đã ký / sealed PDF: ${out}`);
}

function stop(failure: { code: string; title: string; step?: string }, json: boolean): number {
  if (json) printJson({ version: 1, error: { code: failure.code, step: failure.step ?? null, title: failure.title } });
  else tell(`${failure.code}${failure.step ? ` (${failure.step})` : ""}: ${failure.title}`);
  return 1;
}
