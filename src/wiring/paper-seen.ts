import type { Words } from "../../ocr/pages.ts";
import { type PageRead, readPaper } from "../../ocr/paper/paper.ts";
import { secretMarking } from "../../ocr/paper/secret-marking.ts";
import type { PaperSeen } from "../web/officials/world.ts";

/**
 * Kind and fields of one page.
 *
 * @param beside the pages before and after: of an identity card the other side has the code or the machine-readable lines
 */
export async function paperSeen(
  page: PageRead & Pick<Words, "missing" | "odd">,
  beside: () => Promise<readonly PageRead[]>,
): Promise<PaperSeen> {
  const alone = readPaper([page]);
  const isCard = (kind: string | null) => kind === "can_cuoc";
  const otherSides = isCard(alone.kind) ? (await beside()).filter((one) => isCard(readPaper([one]).kind)) : [];
  const { kind, fields } = otherSides.length === 0 ? alone : readPaper([page, ...otherSides]);
  const own = fields.filter((field) => field.page === 1);
  return {
    kind,
    fields: own.map(({ name, value, confidence, lookAgain }) => ({ name, value, confidence, lookAgain })),
    secretMarking: secretMarking(page.words),
    missingMarks: page.missing,
    oddFigures: page.odd.map(({ text, x, y, width, height }) => ({ figure: text, x, y, width, height })),
  };
}
