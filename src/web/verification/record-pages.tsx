import type { Frame } from "../design/frame.ts";
import type { Packing } from "../design/packed-skeleton.ts";
import { skeletons } from "../design/skeleton.ts";
import { type PageBody, pageBody } from "../page-answer.ts";
import { RecordPage } from "./record-page.tsx";
import {
  type RecordGaps,
  type RecordShape,
  recordGapNames,
  recordGaps,
  recordShape,
  type ShownRecord,
  shapeKey,
} from "./record-view.ts";

/** The page that shows a proven record. */
export type RecordPages = (
  asking: { readonly frame: Frame; readonly acceptEncoding: string },
  shown: Pick<ShownRecord, "code" | "record" | "proven" | "day">,
) => PageBody;

type Drawn = { readonly shape: RecordShape; readonly frame: Frame };

/** One for each application: everything of its site that stands in a page is the same for all visitors. */
export function recordPages(rootKey: string | null, packing: Packing | null): RecordPages {
  const draw = ({ shape, frame }: Drawn, gaps: RecordGaps) => (
    <RecordPage
      frame={{ ...frame, address: shape.asks ? `${gaps.path}?${gaps.query}` : gaps.path }}
      rootKey={rootKey}
      shape={shape}
      gaps={gaps}
    />
  );
  const pages = skeletons(recordGapNames, draw, packing);
  return ({ frame, acceptEncoding }, { code, record, proven, day }) => {
    const { language, address, development } = frame;
    const shown = { code, record, proven, day, language, address, development };
    const shape = recordShape(shown);
    return pageBody(acceptEncoding, pages, shapeKey(shape), { shape, frame }, recordGaps(shown));
  };
}
