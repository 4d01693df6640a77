import type { Context } from "hono";
import type { ZodType } from "zod";
import { fail, ok, type Result } from "../core/kernel.ts";
import { hasUnseen } from "../core/plain-text.ts";
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
  if (parsed.success) {
    const [unseen] = unseenIn(parsed.data, "");
    return unseen === undefined ? ok(parsed.data) : fail({ code: "malformed_request", field: unseen });
  }
  const field = parsed.error.issues[0]?.path.join(".");
  return fail({ code: "malformed_request", ...(field ? { field } : {}) });
}

/** Secrets, and what a caller calls its own question: nobody here reads or prints them. */
const ownWords = new Set(["password", "pin", "reference"]);

/** A program that sends what nobody sees is told so; a person, who pastes it unknowingly, is not (ADR 90). No deeper than the shape. */
function unseenIn(value: unknown, path: string): readonly string[] {
  if (typeof value === "string") return hasUnseen(value) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  const parts = Object.entries(value).filter(([name]) => !ownWords.has(name));
  return parts.flatMap(([name, part]) => unseenIn(part, path === "" ? name : `${path}.${name}`));
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
