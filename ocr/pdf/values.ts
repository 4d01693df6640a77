/** PDF objects as far as inspecting needs them. ISO 32000-1 §7.3. Strings stay closed: their content is never looked at. */
export type PdfName = { readonly kind: "name"; readonly name: string };
export type PdfRef = { readonly kind: "ref"; readonly number: number };
export type PdfDict = { readonly kind: "dict"; readonly entries: ReadonlyMap<string, PdfValue> };
export type PdfValue =
  | number
  | boolean
  | null
  | PdfName
  | PdfRef
  | PdfDict
  | { readonly kind: "string" }
  | { readonly kind: "array"; readonly items: readonly PdfValue[] }
  | { readonly kind: "keyword"; readonly word: string };

export const isDict = (value: PdfValue | undefined): value is PdfDict => kindOf(value) === "dict";
export const isRef = (value: PdfValue | undefined): value is PdfRef => kindOf(value) === "ref";

export function kindOf(value: PdfValue | undefined): string {
  return typeof value === "object" && value !== null ? value.kind : typeof value;
}

/** The name's text, escapes already undone; null for anything else. */
export function nameOf(value: PdfValue | undefined): string | null {
  return typeof value === "object" && value !== null && value.kind === "name" ? value.name : null;
}

export function itemsOf(value: PdfValue | undefined): readonly PdfValue[] {
  return typeof value === "object" && value !== null && value.kind === "array" ? value.items : [];
}
