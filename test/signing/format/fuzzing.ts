import { examinePdf } from "../../../signing/examine/examine.ts";
import { parseCertificate, parseIdentity } from "../../../signing/format/certificate.ts";
import { parseSignedData } from "../../../signing/format/cms.ts";
import { parseCrl } from "../../../signing/format/crl.ts";
import { parseOcspReply, parseStoredOcsp } from "../../../signing/format/ocsp.ts";
import { parseTimestampResponse, parseTimestampToken } from "../../../signing/format/tsp.ts";
import type { Bytes, Instant } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { type Chance, chanceOf } from "../../support/seeded.ts";
import * as messages from "./fuzz-messages.ts";
import { mutated, pdfOf } from "./fuzz-pdf.ts";

const options = {
  anchors: messages.roots.map((certificate) => ({ certificate, purpose: "public" as const })),
  at: "2026-11-22T02:15:00Z" as Instant,
};

type Subject = {
  readonly make: (chance: Chance) => Bytes;
  /** Each must answer with a value, whatever it is given. */
  readonly readers: readonly ((bytes: Bytes) => unknown)[];
};

const isAnswer = (answer: unknown): boolean =>
  typeof answer === "object" && answer !== null && ("ok" in answer || "code" in answer);

const certificate = (chance: Chance) => chance.pick(messages.roots);
const subjects: Readonly<Record<string, Subject>> = {
  pdf: { make: pdfOf, readers: [(bytes) => examinePdf(bytes, options, nodePrimitives)] },
  certificate: { make: certificate, readers: [parseCertificate, parseIdentity] },
  cms: { make: messages.signedData, readers: [parseSignedData, parseTimestampToken] },
  token: { make: messages.timestampToken, readers: [parseTimestampToken, parseSignedData] },
  tsp: { make: messages.timestampResponse, readers: [parseTimestampResponse] },
  ocsp: { make: messages.ocspReply, readers: [parseOcspReply, parseStoredOcsp] },
  crl: { make: messages.revocationList, readers: [parseCrl] },
  der: {
    make: (chance) => messages.anyDer(chance, 9),
    readers: [parseCertificate, parseSignedData, parseCrl, parseOcspReply, parseTimestampResponse],
  },
};

export type Finding = { readonly seed: number; readonly kind: string; readonly why: string; readonly input: Bytes };

const mostMs = 5000; // of the processor, so that a busy machine finds nothing
const mostGrowth = 512 * 1024 * 1024;

/** The input that a seed stands for. Three of four are mutated; the rest are as the grammar made them. */
export function inputOf(seed: number): { readonly kind: string; readonly input: Bytes } {
  const chance = chanceOf(seed);
  const kind = chance.below(3) === 0 ? "pdf" : chance.pick(Object.keys(subjects));
  const made = subjects[kind]?.make(chance) ?? new Uint8Array(0);
  return { kind, input: chance.below(4) === 0 ? made : mutated(made, chance) };
}

/** @returns null where every reader answered with a value, within 5 s of the processor and 512 MiB */
export async function fuzzOne(seed: number): Promise<Finding | null> {
  const { kind, input } = inputOf(seed);
  const before = { cpu: process.cpuUsage(), rss: process.memoryUsage.rss() };
  const found = (why: string): Finding => ({ seed, kind, why, input });
  for (const read of subjects[kind]?.readers ?? []) {
    try {
      if (!isAnswer(await read(input.slice()))) return found("no answer");
    } catch (thrown) {
      return found(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
    }
  }
  const { user, system } = process.cpuUsage(before.cpu);
  const spentMs = (user + system) / 1000;
  if (spentMs > mostMs) return found(`${Math.round(spentMs)} ms`);
  const growth = process.memoryUsage.rss() - before.rss;
  return growth > mostGrowth ? found(`${growth} bytes`) : null;
}
