// @signpdf/signpdf doing what `seal-b` does, with the placeholder that it offers for a finished PDF.
import { plainAddPlaceholder } from "@signpdf/placeholder-plain";
import { P12Signer } from "@signpdf/signer-p12";
import { SignPdf } from "@signpdf/signpdf";

/** @param keys `{ officer, pin }`: PKCS#12 and its PIN */
export async function openPeer({ officer, pin }) {
  const signer = () => new P12Signer(Buffer.from(officer), { passphrase: pin }); // it signs once
  const said = { reason: "bench", contactInfo: "", name: "bench", location: "" };
  const shape = { ...said, signatureLength: 8000, subFilter: "ETSI.CAdES.detached" };
  return {
    sealB: async (pdf) => new SignPdf().sign(plainAddPlaceholder({ pdfBuffer: Buffer.from(pdf), ...shape }), signer()),
  };
}
