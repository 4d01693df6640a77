import { randomBytes } from "node:crypto";
import type { ExamineOptions } from "../../../signing/examine/examine.ts";
import { examinePdf } from "../../../signing/examine/examine.ts";
import { parseCertificate } from "../../../signing/format/certificate.ts";
import { type AnchorPurpose, findChain } from "../../../signing/format/chain.ts";
import { openPkcs12 } from "../../../signing/keys/pkcs12.ts";
import { completeSignature } from "../../../signing/seal/complete.ts";
import { prepareSignature } from "../../../signing/seal/prepare.ts";
import { type SealRequest, type SealWorld, sealSignature, signPrepared } from "../../../signing/seal/seal.ts";
import type { Bytes, Instant, Result } from "../../../src/core/kernel.ts";
import { httpClient } from "../../../src/http.ts";
import { nodeDeflate, nodePrimitives } from "../../../src/primitives-node.ts";
import { smallPdf } from "../seal/small-pdf.ts";
import { pin, type ThrowawayPki, throwawayPki } from "../seal/throwaway-pki.ts";

export function value<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

export const now = (): Instant => `${new Date().toISOString().slice(0, 19)}Z` as Instant;

/** A copy as this project makes it, with the fictional authority that stands behind it. */
export type SealedCopy = {
  readonly pki: ThrowawayPki;
  readonly unsigned: Bytes;
  readonly officerOnly: Bytes;
  readonly sealed: Bytes;
  readonly seal: (pdf: Bytes, fieldName: string, holder: string, hasTimestamp?: boolean) => Promise<Bytes>;
  /** Prepared, signed and completed with a token of the caller's choice. */
  readonly sealWith: (pdf: Bytes, fieldName: string, holder: string, token: Bytes) => Promise<Bytes>;
  readonly options: ExamineOptions;
  readonly end: () => Promise<void>;
};

export async function makeSealedCopy(useObjectStreams = false, pages = 1): Promise<SealedCopy> {
  const pki = await throwawayPki();
  const http = httpClient({ timeoutSeconds: 10, answerBytes: 100_000, reach: "anywhere" });
  const root = pki.der("root");
  const world = (holder: string, hasTimestamp: boolean): SealWorld => ({
    key: value(openPkcs12(pki.pkcs12(holder), pin)),
    timestamps: hasTimestamp
      ? {
          authorities: [{ url: pki.timestampUrl }],
          post: http.post,
          nonce: new Uint8Array(randomBytes(16)),
          trusts: async (leaf, candidates, at) => {
            const anchors = [{ certificate: value(parseCertificate(root)), purpose: "timestamp" as const }];
            const question = { leaf, candidates, anchors, purposes: ["timestamp" as const], at };
            return (await findChain(question, nodePrimitives)).trusted;
          },
          now,
        }
      : null,
    deflate: nodeDeflate,
    primitives: nodePrimitives,
  });
  const seal = async (pdf: Bytes, fieldName: string, holder: string, hasTimestamp = true) => {
    const request: SealRequest = { pdf, fieldName, claimedTime: now(), reservedBytes: 8000 };
    return value(await sealSignature(request, world(holder, hasTimestamp))).pdf;
  };
  const sealWith = async (pdf: Bytes, fieldName: string, holder: string, token: Bytes) => {
    const key = value(openPkcs12(pki.pkcs12(holder), pin));
    const request = { pdf, fieldName, claimedTime: now(), reservedBytes: 8000, ...key };
    const prepared = value(prepareSignature(request, nodePrimitives, nodeDeflate));
    const signature = value(await signPrepared(prepared, key, nodePrimitives));
    return value(completeSignature(prepared.pdf, prepared, signature, token));
  };
  const unsigned = await smallPdf({ useObjectStreams, pages });
  const officerOnly = await seal(unsigned, "officer", "officer");
  const sealed = await seal(officerOnly, "agency", "agency");
  const purposes: AnchorPurpose[] = ["official", "agency_seal", "timestamp"];
  const options = { anchors: purposes.map((purpose) => ({ certificate: root, purpose })), at: now() };
  const end = async () => {
    http.close();
    await pki.end();
  };
  return { pki, unsigned, officerOnly, sealed, seal, sealWith, options, end };
}

export const examine = (pdf: Bytes, options: ExamineOptions) => examinePdf(pdf, options, nodePrimitives);
