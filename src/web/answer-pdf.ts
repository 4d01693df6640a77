import type { Context } from "hono";
import type { Bytes, Result } from "../core/kernel.ts";
import type { Failure } from "../usecases/failure.ts";
import { refuse } from "./refusal.tsx";
import type { WebEnv } from "./route.ts";

/**
 * A PDF for a person who looks at a page. Its name is the same for all dossiers: a citizen's name would stay in the
 * browser's list.
 *
 * @param how `inline` to be looked at and printed, `attachment` to be kept
 */
export function answerPdf(
  c: Context<WebEnv>,
  pdf: Result<Bytes, Failure>,
  how: "inline" | "attachment",
  fileName: string,
): Response | Promise<Response> {
  if (!pdf.ok) return refuse(c, pdf.failure);
  const disposition = `${how}; filename="${fileName}"`;
  return c.body(pdf.value, 200, { "content-type": "application/pdf", "content-disposition": disposition });
}
