import type { Context } from "hono";
import { type BrowserScript, browserPath, type PublicFiles } from "../../publish/public-files.ts";
import { publicFrame } from "../design/frame.ts";
import { publicPage, publicRoute, type Route, type WebEnv } from "../route.ts";
import { HerePage } from "./here-page.tsx";
import { speechIn } from "./speech.ts";

export type HereWorld = {
  readonly read: PublicFiles["read"];
  /** the offline root's public key, base 64 of 32 bytes: what the worker pins at its first visit */
  readonly rootKey: () => string;
};

/** `/verify/here/`: what a browser needs to check files by itself. The worker answers these addresses afterwards (ADR 0037). */
export const hereRoutes = ({ read, rootKey }: HereWorld): readonly Route[] => [
  publicPage({
    method: "GET",
    path: "/verify/here/",
    handle: (c) => c.html(<HerePage speech={speechIn(c.var.language)} frame={publicFrame(c)} rootKey={rootKey()} />),
  }),
  publicRoute({ method: "GET", path: "/verify/here/worker.js", handle: (c) => script(c, read, "worker") }),
  publicRoute({ method: "GET", path: "/verify/here/page.js", handle: (c) => script(c, read, "page") }),
  publicRoute({ method: "GET", path: "/verify/code.js", handle: (c) => script(c, read, "code") }),
  publicRoute({ method: "GET", path: "/verify/here/app.webmanifest", handle: manifest }),
];

async function script(c: Context<WebEnv>, read: PublicFiles["read"], name: BrowserScript): Promise<Response> {
  const bytes = await read(browserPath(name));
  if (bytes === null) return c.text("not found\n", 404);
  return c.body(bytes, 200, { "content-type": "text/javascript; charset=utf-8", "cache-control": "no-cache" });
}

/** https://www.w3.org/TR/appmanifest/ */
function manifest(c: Context<WebEnv>): Response {
  const { say } = speechIn("vi");
  const icon = { src: "/assets/mark.svg", sizes: "any", type: "image/svg+xml" };
  const described = {
    ...{ name: say("siteName"), short_name: say("checkButton"), lang: "vi", start_url: "/verify/here/" },
    ...{ scope: "/verify/here/", display: "standalone", background_color: "#ffffff", theme_color: "#ffffff" },
    icons: [icon],
  };
  return c.body(JSON.stringify(described), 200, {
    "content-type": "application/manifest+json",
    "cache-control": "no-cache",
  });
}
