import type { Context } from "hono";
import type { Gaps, Skeletons } from "../design/skeleton.ts";
import type { WebEnv } from "../route.ts";

const html = { "content-type": "text/html; charset=UTF-8" };

/**
 * A page from its skeleton: packed for who takes gzip, so that the whole of it comes in the first flight of the line (14 kB, RFC
 * 6928), and plain for everybody else. Where nothing packs here, as on an edge, the platform does.
 */
export function pageAnswer<Shape, Name extends string>(
  c: Context<WebEnv>,
  pages: Skeletons<Shape, Name>,
  ...[key, shape, gaps]: [key: string, shape: Shape, gaps: Gaps<Name>]
): Response {
  const packed = acceptsGzip(c.req.header("accept-encoding") ?? "") ? pages.packed(key, shape, gaps) : null;
  const head = { ...html, vary: "Accept-Encoding" };
  if (packed !== null) return c.body(packed, 200, { ...head, "content-encoding": "gzip" });
  return c.body(pages.plain(key, shape, gaps), 200, head);
}

/** Named, and not with a weight of 0. RFC 9110 §12.5.3. */
function acceptsGzip(header: string): boolean {
  const named = header
    .slice(0, 1000)
    .toLowerCase()
    .split(",")
    .map((coding) => coding.replace(/\s/g, ""));
  return named.some(
    (coding) => coding === "gzip" || (/^gzip;q=[01](\.\d{0,3})?$/.test(coding) && !/=0(\.0*)?$/.test(coding)),
  );
}
