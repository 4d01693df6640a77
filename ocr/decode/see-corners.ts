import type { Turn } from "../pages.ts";
import { findPaperCorners } from "./paper-corners.ts";
import type { Corners } from "./plane.ts";
import type { PageSource } from "./source.ts";

const longest = 600;

/** The corners of a sheet in a photograph, from a small drawing of it. */
export async function seeCorners(
  draw: PageSource["draw"],
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): Promise<Corners | null> {
  const scale = Math.min(1, longest / Math.max(widthPx, heightPx));
  const upright: Turn = 0;
  const image = draw(scale, upright).greyscale().toColourspace("b-w");
  const { data, info } = await image.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  const pixels = info.channels === 1 ? data : data.filter((_, i) => i % info.channels === 0);
  return findPaperCorners({ width: info.width, height: info.height, pixels });
}
