import { readPdf } from "../../../signing/format/pdf/file.ts";
import { coveredDigest } from "../../../signing/seal/covered-digest.ts";
import { openDocument } from "../../../signing/seal/document.ts";
import { addedField } from "../../../signing/seal/field-filling.ts";
import { appendWithGap, fillGap } from "../../../signing/seal/gap.ts";
import { nextFileId } from "../../../signing/seal/prepare.ts";
import { requestTimestamp } from "../../../signing/seal/timestamp.ts";
import { firstFreeNumber, type WrittenObject } from "../../../signing/seal/writer.ts";
import { type Bytes, utf8 } from "../../../src/core/kernel.ts";
import { httpClient } from "../../../src/http.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { sealingBy } from "../seal/sealing.ts";
import { now, type SealedCopy, value } from "./sealed-copy.ts";

/** What an attacker writes into a document timestamp of a real authority, as PDF text. */
export type Besides = {
  /** Entries of its field. */
  readonly field?: string;
  /** Entries of its signature dictionary. */
  readonly value?: string;
  /** Bodies of objects of its own; `{1}` in the entries stands for the number of the first. */
  readonly objects?: readonly string[];
};

const latin1 = (text: string): Bytes => new Uint8Array(Buffer.from(text, "latin1"));

/** The file with a document timestamp behind it whose token is good, and what somebody added to it before asking for it. */
export async function datedWith(
  { pki }: SealedCopy,
  pdf: Bytes,
  { field = "", value: more = "", objects = [] }: Besides,
) {
  const file = value(readPdf(pdf, nodePrimitives));
  const signatureNumber = firstFreeNumber(file);
  const own = signatureNumber + 2;
  const numbered = (text: string) => text.replaceAll(/\{(\d)\}/g, (_, nth) => `${own + Number(nth) - 1} 0 R`);
  const added = addedField(value(openDocument(file)), "timestamp-9", { page: 1, rectangle: null }, signatureNumber + 1);
  const filled = value(added.fill({ signatureNumber, appearanceNumber: null, modified: now() }));
  const withMore = (one: WrittenObject): WrittenObject => {
    if (one.number !== signatureNumber + 1) return one;
    return {
      ...one,
      body: latin1(
        Buffer.from(one.body)
          .toString("latin1")
          .replace(/>>$/, `${numbered(field)} >>`),
      ),
    };
  };
  const others = objects.map((body, i) => ({ number: own + i, generation: 0, body: latin1(numbered(body)) }));
  const entries = `/Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161 ${numbered(more)}`;
  const gap = { number: signatureNumber, entries, reservedBytes: 6000 };
  const ID = nextFileId(file, utf8("dated"), nodePrimitives);
  const prepared = appendWithGap(file, [...filled.map(withMore), ...others], gap, { ID });
  const http = httpClient({ timeoutSeconds: 10, answerBytes: 100_000, reach: "anywhere" });
  const world = { ...sealingBy(pki, http).timestamps(), primitives: nodePrimitives };
  const bytes = coveredDigest(prepared, "sha256", nodePrimitives);
  const { token } = value(await requestTimestamp({ hash: "sha256", bytes }, world));
  http.close();
  if (!fillGap(prepared.pdf, prepared, token)) throw new Error("the token is larger than its room");
  return prepared.pdf;
}
