import { generateKeyPairSync, hash, sign, verify } from "node:crypto";
import type { Bytes } from "../../core/kernel.ts";

/** The least that any program must do for the same result, with a key of the same kind, parsed once. */
export type Floors = {
  /** Hash of the file, one signature, one concatenation. */
  readonly signOnce: (pdf: Bytes) => void;
  /** One hash of the file and one signature a person, for two persons. */
  readonly signTwice: (pdf: Bytes) => void;
  /** For two signatures of level B-T: see {@link ofTwoSignatures}. */
  readonly examineTwo: (pdf: Bytes) => void;
  /** The same with evidence and a document timestamp, which hashes the file once more: see {@link ofEvidence}. */
  readonly examineLasting: (pdf: Bytes) => void;
};

// Verifications of different values: two signatures, two tokens, the certificates of two signers, their issuer and the authority.
const ofTwoSignatures = 8;
// Another token; the answers about those four certificates, and the certificates of the three who gave them.
const ofEvidence = 8;

export function newFloors(): Floors {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const attributes = new Uint8Array(150); // as long as signed attributes are
  const room = new Uint8Array(16_000);
  const value = sign("sha256", attributes, privateKey);
  const signFile = (pdf: Bytes) => {
    hash("sha256", pdf, "buffer");
    sign("sha256", attributes, privateKey);
  };
  const examine = (pdf: Bytes, hashes: number, verifications: number) => {
    for (let i = 0; i < hashes; i++) hash("sha256", pdf, "buffer");
    for (let i = 0; i < verifications; i++) verify("sha256", attributes, publicKey, value);
  };
  return {
    signOnce: (pdf) => {
      signFile(pdf);
      Buffer.concat([pdf, room]);
    },
    signTwice: (pdf) => {
      signFile(pdf);
      signFile(pdf);
    },
    examineTwo: (pdf) => examine(pdf, 2, ofTwoSignatures),
    examineLasting: (pdf) => examine(pdf, 3, ofTwoSignatures + ofEvidence),
  };
}
