import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Miniflare, type WorkerOptions } from "miniflare";

/** What an edge or a browser would load: no Node module may be in it. */
export async function bundle(entry: string, format: "esm" | "iife"): Promise<string> {
  const built = await build({
    entryPoints: [fileURLToPath(new URL(`../../${entry}`, import.meta.url))],
    bundle: true,
    write: false,
    platform: "browser",
    conditions: format === "esm" ? ["workerd", "worker", "browser"] : ["browser"],
    format,
    target: "es2023",
    logLevel: "error",
  });
  return built.outputFiles[0]?.text ?? "";
}

/** workerd, with nothing but what the options bind. */
export const workerd = (script: string, options: Partial<WorkerOptions> = {}): Miniflare =>
  new Miniflare({ modules: true, script, compatibilityDate: "2026-04-01", ...options } as never);

/** Where a browser for tests is: the system's, else the one from npm. */
export async function launchBrowser() {
  const { chromium } = await import("playwright-core");
  const system = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const { existsSync } = await import("node:fs");
  const found = system.find((place) => existsSync(place));
  if (found) return chromium.launch({ executablePath: found, args: ["--no-sandbox"] });
  const { default: packed } = await import("@sparticuz/chromium");
  return chromium.launch({ executablePath: await packed.executablePath(), args: [...packed.args, "--no-sandbox"] });
}
