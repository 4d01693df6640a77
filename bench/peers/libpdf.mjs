// @libpdf/core doing what `seal-b` and `seal-full` do: signer made once, a field of its own for each signature.
import { HttpTimestampAuthority, P12Signer, PDF } from "@libpdf/core";

/** @param keys `{ officer, agency, pin, timestampUrl }`: PKCS#12 of both, the PIN of both, where the time is proven */
export async function openPeer({ officer, agency, pin, timestampUrl }) {
  const signers = { officer: await P12Signer.create(officer, pin), agency: await P12Signer.create(agency, pin) };
  const timestampAuthority = new HttpTimestampAuthority(timestampUrl);
  const sign = async (pdf, fieldName, options) => {
    const file = await PDF.load(pdf);
    const signed = await file.sign({ signer: signers[fieldName], fieldName, estimatedSize: 8000, ...options });
    return signed.bytes ?? signed;
  };
  const proven = { level: "B-T", timestampAuthority };
  return {
    sealB: (pdf) => sign(pdf, "officer", { level: "B-B" }),
    sealFull: async (pdf) => sign(await sign(pdf, "officer", proven), "agency", proven),
  };
}
