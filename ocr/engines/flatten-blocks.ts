import type { Block } from "tesseract.js";
import type { Word } from "../pages.ts";

/** Words of tesseract.js's tree in reading order, with running numbers of line and block. */
export function flattenBlocks(blocks: readonly Block[]): readonly Word[] {
  let line = -1;
  return blocks.flatMap((block, blockIndex) =>
    block.paragraphs.flatMap((paragraph) =>
      paragraph.lines.flatMap((textLine) => {
        line += 1;
        const words = textLine.words.filter((word) => word.text.trim() !== "");
        return words.map(({ text, bbox, confidence }) => ({
          text,
          x: bbox.x0,
          y: bbox.y0,
          width: bbox.x1 - bbox.x0,
          height: bbox.y1 - bbox.y0,
          confidence,
          line,
          block: blockIndex,
        }));
      }),
    ),
  );
}
