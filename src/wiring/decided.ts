import { annulmentOfCertificate } from "../../db/stores/annulments.ts";
import { findCertificate } from "../../db/stores/certificates.ts";
import type { CertificateId } from "../core/ids.ts";
import { numberText } from "../core/register.ts";
import { anchorOf } from "../core/status/annulment.ts";
import { dayText } from "../web/design/time.ts";
import { agencyNameOf, type House } from "./house.ts";

/** What a letter says of an annulled copy, nothing that the public list does not: number, book, agency, decision, successor. */
export async function decidedOf(house: House, id: CertificateId) {
  const [certificate, annulment] = await Promise.all([
    findCertificate(house.sql, id),
    annulmentOfCertificate(house.sql, id),
  ]);
  if (certificate === null || annulment === null) throw new Error("a letter tells of an annulment that is not there");
  return {
    number: numberText(certificate.number),
    book: certificate.bookText,
    agency: agencyNameOf(house, certificate.agencyId),
    anchor: anchorOf(certificate),
    decision: annulment.decision.number,
    day: dayText(annulment.decision.date),
    successor: annulment.successor && {
      newNumber: numberText(annulment.successor.number),
      newBook: annulment.successor.bookText,
    },
  };
}
