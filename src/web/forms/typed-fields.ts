import type { Context } from "hono";
import { plainText } from "../../core/plain-text.ts";
import type { WebEnv } from "../route.ts";
import { boundaryOf } from "./multipart.ts";

/** Never sent back to a page, where the next person at the counter could read them from the source. */
export const secretFields: ReadonlySet<string> = new Set(["password", "current", "repeated", "pin", "csrf"]);

/**
 * The fields of an urlencoded form: every text as people see it (ADR 90), what is secret as it was sent. Whoever pastes brings along
 * what is not seen, and could not find it to take it out: it is left out, not refused. A form of parts, which no page of ours sends here and whose token
 * was read from its stream, has none of them.
 */
export async function typedFields(c: Context<WebEnv>) {
  const fields = new URLSearchParams();
  const isOfParts = boundaryOf(c.req.header("content-type") ?? "") !== null;
  new URLSearchParams(isOfParts ? "" : await c.req.text()).forEach((value, name) => {
    fields.append(name, seenText(name, value));
  });
  return fields;
}

export const seenText = (name: string, value: string): string => (secretFields.has(name) ? value : plainText(value));
