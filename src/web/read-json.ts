import type { Context } from "hono";
import type { ZodType } from "zod";
import { fail, ok, type Result } from "../core/kernel.ts";
import type { WebEnv } from "./route.ts";

/**
 * The body as `shape` describes it. Only `application/json` is taken: a form of another site cannot send that
 * without a preflight.
 *
 * @returns `malformed_request` with the name of the first field that does not fit, never its value
 */
export async function readJson<T>(
  c: Context<WebEnv>,
  shape: ZodType<T>,
): Promise<Result<T, { code: "malformed_request"; field?: string }>> {
  if (!/^application\/json\s*(;|$)/i.test(c.req.header("content-type") ?? ""))
    return fail({ code: "malformed_request" });
  const parsed = shape.safeParse(await jsonOrNothing(c));
  if (parsed.success) return ok(parsed.data);
  const field = parsed.error.issues[0]?.path.join(".");
  return fail({ code: "malformed_request", ...(field ? { field } : {}) });
}

/** Undefined for text that is no JSON. A body past its limit still throws through. */
async function jsonOrNothing(c: Context<WebEnv>): Promise<unknown> {
  try {
    return await c.req.json();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
