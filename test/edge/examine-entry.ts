import { examinePdf } from "../../signing/examine/examine.ts";
import { identityOf } from "../../signing/examine/identity.ts";
import { copyFactsOf, reportOf } from "../../signing/examine/report.ts";
import type { Primitives } from "../../signing/format/primitives.ts";
import { certifiedCopyVerdict } from "../../src/core/certified-copy.ts";
import type { Bytes, Instant } from "../../src/core/kernel.ts";
import { webPrimitives } from "../../src/primitives-web.ts";

const purposes = ["official", "agency_seal", "timestamp"] as const;

/** The whole report and where something foreign begins, as text: one answer must come out of every runtime, letter by letter. */
export async function reportText(pdf: Bytes, root: Bytes, at: Instant, primitives: Primitives): Promise<string> {
  const anchors = root.length === 0 ? [] : purposes.map((purpose) => ({ certificate: root, purpose }));
  const examination = await examinePdf(pdf, { anchors, at }, primitives);
  const identity = identityOf(pdf, examination, primitives);
  const verdict = certifiedCopyVerdict(copyFactsOf(examination, identity.ok ? identity.value : null), [], null);
  return JSON.stringify([reportOf(examination, verdict, null), examination.foreignFrom]);
}

const bytesOf = async (file: File | string | null): Promise<Bytes> =>
  file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();

// workerd's door
const door = {
  fetch: async (request: Request): Promise<Response> => {
    const form = await request.formData();
    const [pdf, root] = await Promise.all([bytesOf(form.get("pdf")), bytesOf(form.get("root"))]);
    return new Response(await reportText(pdf, root, String(form.get("at")) as Instant, webPrimitives));
  },
};

// biome-ignore lint/style/noDefaultExport: a module worker is its default export
export default door;

// a browser's door
Object.assign(globalThis, {
  reportOfBase64: (pdf: string, root: string, at: string) => {
    const bytes = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return reportText(bytes(pdf), bytes(root), at as Instant, webPrimitives);
  },
});
