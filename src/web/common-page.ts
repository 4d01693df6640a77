import type { Context } from "hono";
import { type Frame, publicFrame } from "./design/frame.ts";
import type { Packing } from "./design/packed-skeleton.ts";
import { type Gaps, gapMark, skeletons } from "./design/skeleton.ts";
import { acceptEncodingOf, pageAnswer, pageBody } from "./page-answer.ts";
import type { WebEnv } from "./route.ts";

type Drawn<Shown> = { readonly frame: Frame; readonly asks: boolean; readonly shown: Shown };

/**
 * A public page that is the same for all who ask, but for the address that the switch of the language goes on from: drawn and
 * packed once as long as what it shows stays the same (ADR 0096).
 *
 * @param draw JSX without waiting, of nothing but these two
 * @param most pages kept
 * @returns answers a request by the page of what is shown; `key` tells all of that, its order too
 */
export function commonPage<Shown>(
  draw: (frame: Frame, shown: Shown) => object,
  packing: Packing | null,
  most?: number,
): (c: Context<WebEnv>, key: string, shown: Shown) => Response | Promise<Response> {
  const drawIn = ({ frame, asks, shown }: Drawn<Shown>, { path, query }: Gaps<"path" | "query">) =>
    draw({ ...frame, address: asks ? `${path}?${query}` : path }, shown);
  const pages = skeletons(["path", "query"], drawIn, packing, most);
  return (c, key, shown) => {
    const frame = publicFrame(c);
    if (key.includes(gapMark)) return c.html(String(draw(frame, shown))); // an official's words: no gap is made by them
    const [path = "", ...more] = frame.address.split("?");
    const asks = more.length > 0;
    const shape = `${frame.language} ${asks} ${frame.development} ${key}`;
    const gaps = { path, query: more.join("?") };
    return pageAnswer(c, pageBody(acceptEncodingOf(c), pages, shape, { frame, asks, shown }, gaps));
  };
}
