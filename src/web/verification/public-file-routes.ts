import type { Context } from "hono";
import { type Bytes, hexOf } from "../../core/kernel.ts";
import { isPublicPath, type PublicFiles } from "../../publish/public-files.ts";
import { publicRoute, type Route, type WebEnv } from "../route.ts";

type Serving = { readonly type: string; readonly cache: string };

// tlog-tiles: tiles never change, the checkpoint must not be kept beyond a few seconds
const immutable = "public, max-age=31536000, immutable";
const servings: readonly (readonly [prefix: string, Serving])[] = [
  ["log/checkpoint", { type: "text/plain; charset=utf-8", cache: "public, max-age=2" }],
  ["log/tile/", { type: "application/octet-stream", cache: immutable }],
  // asked again each time; an edge in front may hold it for a minute, and says as of when it is
  ["status/", { type: "application/statuslist+jwt", cache: "no-cache, s-maxage=60" }],
  ["record/", { type: "application/octet-stream", cache: "no-cache" }],
  ["successor/", { type: "application/octet-stream", cache: "no-cache" }],
  [".well-known/chungthuc", { type: "application/jose+json", cache: "public, max-age=60" }],
  ["keys", { type: "application/json; charset=utf-8", cache: "public, max-age=60" }],
];

const paths = [
  ...["/log/checkpoint", "/log/tile/*", "/record/:name", "/successor/:name"],
  ...["/status/:file", "/keys", "/.well-known/chungthuc"],
];

/** The published files as they are: log, records, key list. Anyone may read them, from any page. */
export const publicFileRoutes = (files: Pick<PublicFiles, "read">): readonly Route[] =>
  paths.map((path) => publicRoute({ method: "GET", path, handle: (c) => serve(c, files) }));

async function serve(c: Context<WebEnv>, files: Pick<PublicFiles, "read">): Promise<Response> {
  const path = new URL(c.req.url).pathname.slice(1);
  const bytes = isPublicPath(path) ? await files.read(path) : null;
  const serving = servings.find(([prefix]) => path.startsWith(prefix))?.[1];
  if (bytes === null || serving === undefined) return c.text("not found\n", 404);
  // of the bytes themselves: a list that says the same is not sent twice
  const tag = `"${await digestText(bytes)}"`;
  c.header("etag", tag);
  c.header("cache-control", serving.cache);
  if (c.req.header("if-none-match") === tag) return c.body(null, 304);
  return c.body(bytes, 200, {
    "content-type": serving.type,
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
  });
}

async function digestText(bytes: Bytes): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return hexOf(new Uint8Array(digest).slice(0, 16));
}
