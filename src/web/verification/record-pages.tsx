import type { Context } from "hono";
import { type Frame, publicFrame } from "../design/frame.ts";
import { skeletons } from "../design/skeleton.ts";
import type { WebEnv } from "../route.ts";
import { RecordPage } from "./record-page.tsx";
import {
  type RecordShape,
  recordGapNames,
  recordGaps,
  recordShape,
  type ShownRecord,
  shapeKey,
} from "./record-view.ts";

/** The answer that shows a proven record. */
export type RecordPages = (
  c: Context<WebEnv>,
  shown: Pick<ShownRecord, "code" | "record" | "proven" | "day">,
) => Response;

type Drawn = { readonly shape: RecordShape; readonly frame: Frame };

/** One for each application: everything of its site that stands in a page is the same for all visitors. */
export function recordPages(rootKey: string | null): RecordPages {
  const pageOf = skeletons(recordGapNames, ({ shape, frame }: Drawn, gaps) => (
    <RecordPage
      frame={{ ...frame, address: shape.asks ? `${gaps.path}?${gaps.query}` : gaps.path }}
      rootKey={rootKey}
      shape={shape}
      gaps={gaps}
    />
  ));
  return (c, asked) => {
    const frame = publicFrame(c);
    const { language, address, development } = frame;
    const shown = { ...asked, language, address, development };
    const shape = recordShape(shown);
    const page = pageOf(shapeKey(shape), { shape, frame }, recordGaps(shown));
    return c.body(page, 200, { "content-type": "text/html; charset=UTF-8" });
  };
}
