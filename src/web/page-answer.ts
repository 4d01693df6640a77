import type { Context } from "hono";
import type { Bytes } from "../core/kernel.ts";
import type { Gaps, Skeletons } from "./design/skeleton.ts";
import type { WebEnv } from "./route.ts";

/** A page as it goes over the line, with the lines of its head that are its own. */
export type PageBody = { readonly body: Bytes; readonly head: Readonly<Record<string, string>> };

const head = { "content-type": "text/html; charset=UTF-8", vary: "Accept-Encoding" } as const;
const packedHead = { ...head, "content-encoding": "gzip" } as const;

/**
 * A page from its skeleton: packed for who takes gzip, so that the whole of it comes in the first flight of the line (14 kB, RFC
 * 6928), and plain for everybody else. Where nothing packs here, as on an edge, the platform does.
 */
export function pageBody<Shape, Name extends string>(
  acceptEncoding: string,
  pages: Skeletons<Shape, Name>,
  ...[key, shape, gaps]: [key: string, shape: Shape, gaps: Gaps<Name>]
): PageBody {
  const packed = acceptEncoding !== "" && acceptsGzip(acceptEncoding) ? pages.packed(key, shape, gaps) : null;
  return packed === null ? { body: pages.plain(key, shape, gaps), head } : { body: packed, head: packedHead };
}

/** What `Accept-Encoding` of that request says. */
export const acceptEncodingOf = (c: Context<WebEnv>): string => c.req.header("accept-encoding") ?? "";

export const pageAnswer = (c: Context<WebEnv>, { body, head: own }: PageBody): Response => c.body(body, 200, own);

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
