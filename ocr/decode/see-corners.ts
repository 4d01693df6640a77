import type { Turn } from "../pages.ts";
import { type Grey, smaller } from "./look.ts";
import { findPaperCorners } from "./paper-corners.ts";
import type { Corners } from "./plane.ts";
import type { PageSource } from "./source.ts";

const longest = 600;

type Drawn = Pick<PageSource, "draw" | "widthPx" | "heightPx">;

/** The corners of a sheet in a photograph, from a small drawing of it. */
export async function seeCorners({ draw, widthPx, heightPx }: Drawn): Promise<Corners | null> {
  const scale = Math.min(1, longest / Math.max(widthPx, heightPx));
  const upright: Turn = 0;
  const image = draw(scale, upright).greyscale().toColourspace("b-w");
  const { data, info } = await image.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  const pixels = info.channels === 1 ? data : data.filter((_, i) => i % info.channels === 0);
  return findPaperCorners({ width: info.width, height: info.height, pixels });
}

/** The same where a picture was drawn already: most pages are scans, and a glance at it tells that no sheet ends on them. */
export async function sheetCorners(source: PageSource, drawn: Grey): Promise<Corners | null> {
  if (source.corners !== undefined) return source.corners;
  return findPaperCorners(smaller(drawn, 2)) === null ? null : seeCorners(source);
}
