import { markFile } from "./design/icons.tsx";
import { type Asset, appSheet, workSheet } from "./design/sheets.ts";
import { publicRoute, type Route } from "./route.ts";

const forEver = "public, max-age=31536000, immutable";

/** The sheets and the mark: all that pages for the public load. */
export const sheetRoutes = (): readonly Route[] => [
  ...[appSheet, workSheet].map((sheet) => assetRoute(sheet, "text/css; charset=utf-8", forEver)),
  assetRoute({ name: "mark.svg", content: markFile }, "image/svg+xml", "public, max-age=86400"),
];

/** Helpers of the officials' pages; every page is whole without them. */
export const scriptRoutes = (scripts: readonly Asset[]): readonly Route[] =>
  scripts.map((script) => assetRoute(script, "text/javascript; charset=utf-8", forEver));

/** The mark in the query is for caches alone: whatever it says, the newest bytes are given. */
const assetRoute = ({ name, content }: Pick<Asset, "name" | "content">, type: string, cache: string): Route =>
  publicRoute({
    method: "GET",
    path: `/assets/${name}`,
    handle: (c) => c.body(content, 200, { "content-type": type, "cache-control": cache }),
  });
