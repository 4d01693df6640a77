import { type Bytes, concatBytes, equalBytes, fail, ok, type Result, utf8 } from "../../src/core/kernel.ts";
import type { SigningFailure } from "../failure.ts";
import { hashForMessages } from "../format/algorithm.ts";
import { buildSignedAttributes } from "../format/cms-writer.ts";
import type { Primitives, SignatureAlgorithm } from "../format/primitives.ts";
import { digestAnew } from "./covered-digest.ts";
import type { PreparedSignature } from "./prepare.ts";

/** A prepared file with the length of what it was prepared from: that many of its first bytes are the copy unsigned. */
export type PreparedCopy = { readonly signature: PreparedSignature; readonly baseLength: number };

type Header = {
  readonly version: 1;
  readonly gapStart: number;
  readonly gapEnd: number;
  readonly baseLength: number;
  readonly algorithm: SignatureAlgorithm;
  readonly certificate: string;
  readonly chain: readonly string[];
};

/** Bytes to be put away while the key signs elsewhere: length of a JSON header, the header, the PDF with its gap. */
export function encodePrepared({ signature, baseLength }: PreparedCopy): Bytes {
  const { gapStart, gapEnd, algorithm, certificate, chain, pdf } = signature;
  const header: Header = {
    version: 1,
    ...{ gapStart, gapEnd, baseLength, algorithm },
    certificate: base64(certificate),
    chain: chain.map(base64),
  };
  const text = utf8(JSON.stringify(header));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length);
  return concatBytes(length, text, pdf);
}

/**
 * Reads what {@link encodePrepared} wrote; what is to be signed is made anew from the bytes, so a change shows.
 * It reads our own store only: what is malformed there is a bug and throws.
 */
export function decodePrepared(bytes: Bytes, primitives: Digests): PreparedCopy {
  const headerEnd = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, headerEnd))) as Header;
  const { gapStart, gapEnd, baseLength, algorithm } = header;
  const pdf = bytes.slice(headerEnd);
  const certificate = bytesOf(header.certificate);
  const byteRange = [0, gapStart, gapEnd, pdf.length - gapEnd] as const;
  const plain = { pdf, gapStart, gapEnd, byteRange, algorithm, certificate, chain: header.chain.map(bytesOf) };
  return { baseLength, signature: { ...plain, toBeSigned: attributesOf(plain, primitives) } };
}

/** A batch is authorised over exact values: a file that is not what it was when they were shown is not signed. */
export function checkPrepared(
  prepared: PreparedSignature,
  primitives: Digests,
): Result<PreparedSignature, SigningFailure> {
  const isSame = equalBytes(attributesOf(prepared, primitives), prepared.toBeSigned);
  return isSame ? ok(prepared) : fail({ code: "prepared_changed" });
}

type Digests = Pick<Primitives, "digest" | "hasher">;
type Covered = Pick<PreparedSignature, "pdf" | "gapStart" | "gapEnd" | "algorithm" | "certificate">;

function attributesOf(prepared: Covered, primitives: Digests): Bytes {
  const { algorithm, certificate } = prepared;
  const messageDigest = digestAnew(prepared, hashForMessages(algorithm), primitives);
  return buildSignedAttributes({ messageDigest, certificate, algorithm }, primitives);
}

const base64 = (bytes: Bytes): string => {
  let text = "";
  for (const octet of bytes) text += String.fromCharCode(octet);
  return btoa(text);
};
const bytesOf = (text: string): Bytes => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
