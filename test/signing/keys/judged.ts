import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { examinePdf } from "../../../signing/examine/examine.ts";
import { parseCertificate } from "../../../signing/format/certificate.ts";
import type { Bytes, Instant } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { has, run } from "../../support/tools.ts";
import { value } from "../seal/sealing.ts";

/** Opinions on what a key made: by the certificate alone, and on a whole file by our examiner and poppler. */
export function judgedBy(der: Bytes) {
  const { publicKey } = value(parseCertificate(der));
  return {
    publicKey,
    pdf: async (pdf: Bytes, folder: string) => {
      const at = `${new Date().toISOString().slice(0, 19)}Z` as Instant;
      const anchors = (["official", "agency_seal", "timestamp"] as const).map((purpose) => ({
        purpose,
        certificate: der,
      }));
      const { document, signatures } = await examinePdf(pdf, { anchors, at }, nodePrimitives);
      writeFileSync(join(folder, "sealed.pdf"), pdf);
      const pdfsig = has("pdfsig") ? run("pdfsig", [join(folder, "sealed.pdf")]).output : null;
      return { document, signatures, statuses: signatures.map(({ intact }) => (intact ? "intact" : "broken")), pdfsig };
    },
  };
}
