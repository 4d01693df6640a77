import { parseSignedData } from "../../signing/format/cms.ts";

export type SignatureInPdf = {
  readonly cms: Buffer;
  readonly covered: Buffer;
  readonly signatureValue: Uint8Array;
  readonly timestampToken: Uint8Array;
};

/** By the plain words of the file, as another program would look for them; not by our own PDF reader. */
export function signaturesIn(pdf: Buffer): SignatureInPdf[] {
  const ranges = [...pdf.toString("latin1").matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)];
  return ranges.map(([, a, b, c, d]) => {
    const [from, length, next, rest] = [a, b, c, d].map(Number) as [number, number, number, number];
    const hex = pdf.subarray(from + length + 1, next - 1).toString("latin1");
    const padded = Buffer.from(hex, "hex");
    const cms = padded.subarray(0, derLength(padded));
    const parsed = parseSignedData(new Uint8Array(cms));
    if (!parsed.ok) throw new Error(parsed.failure.code);
    const [signer] = parsed.value.signers;
    const token = signer?.timestampTokens[0];
    if (signer === undefined || token === undefined) throw new Error("no timestamp in the signature");
    const covered = Buffer.concat([pdf.subarray(from, from + length), pdf.subarray(next, next + rest)]);
    return { cms, covered, signatureValue: signer.signature, timestampToken: token };
  });
}

/** Of the DER element that begins the bytes, X.690 §8.1.3. */
function derLength(bytes: Buffer): number {
  const first = bytes[1] ?? 0;
  if (first < 0x80) return 2 + first;
  const octets = first & 0x7f;
  return 2 + octets + bytes.readUIntBE(2, octets);
}
