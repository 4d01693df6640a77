import { attestedFields } from "../../db/stores/attested-fields.ts";
import { correctedReadings } from "../../db/stores/register-corrections.ts";
import type { FieldSource } from "../core/paper-fields.ts";
import type { House } from "./house.ts";
import type { Opened } from "./opened.ts";

type Sourced = readonly [value: string | number | null, source: FieldSource];

/** Each field of a credential with where it comes from. What a correction of the register's line struck is never told as it was. */
export async function credentialFields(
  { sql }: House,
  { certificate, dossier, view }: Opened,
): Promise<Readonly<Record<string, Sourced>>> {
  const confirmed = await attestedFields(sql, dossier.id);
  const corrected = await correctedReadings(sql, certificate.id);
  const declared = (field: Parameters<typeof confirmed.has>[0]): Sourced => {
    const reading = field === "title" || field === "documentNumber" ? corrected[field] : undefined;
    if (reading !== undefined) return [reading === "" ? null : reading, "corrected"];
    return [dossier[field], confirmed.has(field) ? "confirmed" : "declared"];
  };
  return {
    kind: declared("kind"),
    title: declared("title"),
    document_number: declared("documentNumber"),
    holder: declared("holderName"),
    issued_by: declared("issuedBy"),
    issued_on: declared("issuedOn"),
    pages: [dossier.declaredPages, "confirmed"], // COPY-1: counted at the counter, scanned and compared one by one
    agency: [view.copy.agencyName, "register"],
    number: [certificate.number, "register"],
    book: [certificate.bookText, "register"],
    certified_on: [certificate.printedOn, "register"],
  };
}
