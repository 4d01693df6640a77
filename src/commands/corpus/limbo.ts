import { type Certificate, parseCertificate } from "../../../signing/format/certificate.ts";
import { findChain } from "../../../signing/format/chain.ts";
import { type Instant, instantOfSeconds } from "../../core/kernel.ts";
import { nodePrimitives } from "../../primitives-node.ts";
import { certificatesIn } from "../examine/trust.ts";
import { type Case, failed, type Outcome, passed } from "./case.ts";
import { type Corpus, type Entry, textOf } from "./manifest.ts";

type Limbo = {
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly validation_time: string;
  readonly expected_result: "SUCCESS" | "FAILURE";
};

/** x509-limbo by the chain alone: names of hosts and the purposes of web servers are no question that this product asks. */
export function limboCases(corpus: Corpus, entries: readonly Entry[]): readonly Case[] {
  return entries
    .filter(({ file }) => file.endsWith(".limbo.json"))
    .map(({ file }) => ({ folder: "pkits", name: file, run: () => run(JSON.parse(textOf(corpus, file)) as Limbo) }));
}

async function run(limbo: Limbo): Promise<Outcome> {
  const [leaf] = parsed([limbo.peer_certificate]);
  const anchors = parsed(limbo.trusted_certs).map((certificate) => ({ certificate, purpose: "public" as const }));
  if (leaf === undefined) return failed("", "the certificate cannot be read");
  const candidates = parsed(limbo.untrusted_intermediates);
  const at: Instant = instantOfSeconds(Math.floor(Date.parse(limbo.validation_time) / 1000));
  const finding = await findChain({ leaf, candidates, anchors, purposes: ["public"], at }, nodePrimitives);
  const told = finding.trusted ? "trusted, by its chain alone" : finding.reason;
  return finding.trusted === (limbo.expected_result === "SUCCESS")
    ? passed(told)
    : failed(told, `expected ${limbo.expected_result}`);
}

const parsed = (pems: readonly string[]): Certificate[] =>
  pems
    .flatMap((pem) => certificatesIn(new TextEncoder().encode(pem)))
    .flatMap((der) => {
      const read = parseCertificate(der);
      return read.ok ? [read.value] : [];
    });
