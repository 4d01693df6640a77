import { generateKeyPairSync, hash, sign, verify } from "node:crypto";
import type { Bytes } from "../../core/kernel.ts";

/** The least that any program must do for the same result, with a key of the same kind, parsed once. */
export type Floors = {
  /** Hash of the file, one signature, one concatenation. */
  readonly signOnce: (pdf: Bytes) => void;
  /** One hash of the file and one signature a person, for two persons. */
  readonly signTwice: (pdf: Bytes) => void;
  /** Two hashes; the keys of two signers, their issuer's and the authority's, and two timestamps: eight verifications. */
  readonly examineTwo: (pdf: Bytes) => void;
};

const verifications = 8;

export function newFloors(): Floors {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const attributes = new Uint8Array(150); // as long as signed attributes are
  const room = new Uint8Array(16_000);
  const value = sign("sha256", attributes, privateKey);
  const signFile = (pdf: Bytes) => {
    hash("sha256", pdf, "buffer");
    sign("sha256", attributes, privateKey);
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
    examineTwo: (pdf) => {
      for (let i = 0; i < 2; i++) hash("sha256", pdf, "buffer");
      for (let i = 0; i < verifications; i++) verify("sha256", attributes, publicKey, value);
    },
  };
}
