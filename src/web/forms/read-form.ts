import type { Context } from "hono";
import type { ZodType } from "zod";
import type { Fault } from "../design/error-summary.tsx";
import type { Language } from "../language.ts";
import type { WebEnv } from "../route.ts";
import { frameSpeech } from "../words/frame.ts";
import type { FrameWord } from "../words/frame.vi.ts";
import { secretFields, seenText, typedFields } from "./typed-fields.ts";

/** What was typed, by name; several under one name are joined by line feeds. Never holds a password, PIN or token. */
export type Typed = Readonly<Record<string, string>>;

type FaultKind = "missing" | "too_long" | "out_of_range" | "malformed";
type FieldFault = { readonly field: string; readonly kind: FaultKind };

export type FormAnswer<T> =
  | { readonly ok: true; readonly value: T; readonly typed: Typed }
  | { readonly ok: false; readonly faults: readonly FieldFault[]; readonly typed: Typed };

/** Spaces at their ends are part of them. */
const passwords = new Set(["password", "current", "repeated"]);

/**
 * The fields of an urlencoded form as `shape` describes them. Every field arrives as text without what nobody sees
 * (ADR 90); line ends as `\n`, and spaces at both ends are dropped but in a password. An empty field is absent, so that
 * `optional()` and `default()` mean what they say.
 */
export async function readForm<T>(c: Context<WebEnv>, shape: ZodType<T>): Promise<FormAnswer<T>> {
  const fields = await typedFields(c);
  return checkForm(
    Object.fromEntries([...new Set(fields.keys())].map((name) => [name, fieldText(fields, name)])),
    shape,
  );
}

/** The same for fields that came otherwise, as the parts of a multipart form. */
export function checkForm<T>(sent: Typed, shape: ZodType<T>): FormAnswer<T> {
  const fields = Object.entries(sent).map(([name, value]) => [name, seenText(name, value)] as const);
  const filled = Object.fromEntries(fields.filter(([, value]) => value !== ""));
  const typed = Object.fromEntries(fields.filter(([name]) => !secretFields.has(name)));
  const parsed = shape.safeParse(filled);
  if (parsed.success) return { ok: true, value: parsed.data, typed };
  const faults = new Map<string, FaultKind>();
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0] ?? "");
    if (!faults.has(field)) faults.set(field, kindOf(issue.code, field in filled, issue));
  }
  return { ok: false, typed, faults: [...faults].map(([field, kind]) => ({ field, kind })) };
}

function fieldText(fields: URLSearchParams, name: string): string {
  const joined = fields.getAll(name).join("\n").replaceAll("\r\n", "\n");
  return passwords.has(name) ? joined : joined.trim();
}

function kindOf(code: string, present: boolean, issue: object): FaultKind {
  if (!present) return "missing";
  const isNumber = "origin" in issue && (issue.origin === "number" || issue.origin === "int");
  if (code === "too_big") return isNumber ? "out_of_range" : "too_long";
  if (code === "too_small") return isNumber ? "out_of_range" : "malformed";
  return "malformed";
}

const wordOf: Readonly<Record<FaultKind, FrameWord>> = {
  missing: "faultMissing",
  too_long: "faultTooLong",
  out_of_range: "faultOutOfRange",
  malformed: "faultMalformed",
};

/**
 * Faults in the reader's words, in the order of the page's fields.
 *
 * @param labels what each field is called on the page, in its order
 * @param own better sentences than the usual ones, by field: `{ identityDigits: say("digitsFault") }`
 */
export function faultsInWords(
  faults: readonly FieldFault[],
  labels: Readonly<Record<string, string>>,
  language: Language,
  own: Readonly<Record<string, string>> = {},
): readonly Fault[] {
  const { say } = frameSpeech(language);
  const order = Object.keys(labels);
  return faults
    .toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field))
    .map(({ field, kind }) => {
      return { field, says: own[field] ?? say(wordOf[kind], { label: labels[field] ?? field }) };
    });
}
