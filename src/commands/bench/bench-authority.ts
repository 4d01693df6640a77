import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import type { ExamineOptions } from "../../../signing/examine/examine.ts";
import { parseCertificate } from "../../../signing/format/certificate.ts";
import { findChain } from "../../../signing/format/chain.ts";
import type { KeyHolder } from "../../../signing/keys/key-holder.ts";
import { openPkcs12 } from "../../../signing/keys/pkcs12.ts";
import { extendToLongTerm } from "../../../signing/seal/extend.ts";
import type { SealWorld } from "../../../signing/seal/seal.ts";
import { requestTimestamp } from "../../../signing/seal/timestamp.ts";
import { type Bytes, type Instant, instantOfSeconds, type Result } from "../../core/kernel.ts";
import { startAuthorities } from "../../development/authorities.ts";
import { type DevelopmentPki, issueCertificate, openDevelopmentPki } from "../../development/pki.ts";
import { httpClient } from "../../http.ts";
import { nodeDeflate, nodePrimitives } from "../../primitives-node.ts";
import type { PeerKeys } from "./peers.ts";

/** Two fictional signers and a timestamp authority in a process of its own, whose CPU is so left out. All thrown away. */
export type BenchAuthority = {
  readonly officer: KeyHolder;
  readonly agency: KeyHolder;
  /** @param hasTimestamp false: level B-B, nobody is asked */
  readonly world: (key: KeyHolder, hasTimestamp: boolean) => SealWorld;
  /** A token as room is measured with. */
  readonly sampleToken: () => Promise<Bytes>;
  readonly anchors: ExamineOptions["anchors"];
  /** The file at level B-LTA: evidence of these authorities in a store, and a document timestamp over it. */
  readonly extend: (pdf: Bytes) => Promise<Bytes>;
  /** The same keys for another program. */
  readonly peerKeys: PeerKeys;
  readonly end: () => Promise<void>;
};

export const benchNow = (): Instant => instantOfSeconds(Math.floor(Date.now() / 1000));
const random = (length: number): Bytes => new Uint8Array(randomBytes(length));
const pkiWorld = { now: benchNow, random };
const pin = "000000"; // of keys that live as long as the bench

export async function benchAuthority(): Promise<BenchAuthority> {
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-bench-"));
  try {
    return await opened(folder);
  } catch (thrown) {
    rmSync(folder, { recursive: true, force: true });
    throw thrown;
  }
}

async function opened(folder: string): Promise<BenchAuthority> {
  const pki = orThrow(await openDevelopmentPki(folder, pkiWorld));
  const [officer, agency] = [await keyFileOf(pki, "Người ký (hư cấu)"), await keyFileOf(pki, "Cơ quan (hư cấu)")];
  const authorities = orThrow(await startAuthorities(folder));
  const http = httpClient({ timeoutSeconds: 10, answerBytes: 100_000, reach: "anywhere" });
  const { officialsAndAgencies, timestamp } = pki.anchors;
  const anchors = [
    { purpose: "official" as const, certificate: officialsAndAgencies },
    { purpose: "timestamp" as const, certificate: timestamp },
  ];
  return {
    officer: orThrow(openPkcs12(officer, pin)),
    agency: orThrow(openPkcs12(agency, pin)),
    peerKeys: { officer, agency, pin, timestampUrl: authorities.timestampUrl },
    world: (key, hasTimestamp) => ({
      key,
      timestamps: hasTimestamp ? timestampsOf(authorities.timestampUrl, timestamp, http.post) : null,
      deflate: nodeDeflate,
      primitives: nodePrimitives,
    }),
    sampleToken: async () => {
      const world = { ...timestampsOf(authorities.timestampUrl, timestamp, http.post), primitives: nodePrimitives };
      return orThrow(await requestTimestamp({ hash: "sha256", bytes: random(32) }, world)).token;
    },
    anchors,
    extend: async (pdf) => {
      await nextSecond();
      const timestamps = timestampsOf(authorities.timestampUrl, timestamp, http.post);
      const known = { anchors: anchors.map(readAnchor), post: http.post, get: http.get, primitives: nodePrimitives };
      const world = { ...known, timestamps, now: benchNow, nonce: () => random(16), reservedBytes: 8000 };
      return orThrow(await extendToLongTerm(pdf, world)).pdf;
    },
    end: async () => {
      http.close();
      await authorities.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const readAnchor = ({ purpose, certificate }: ExamineOptions["anchors"][number]) => ({
  purpose,
  certificate: orThrow(parseCertificate(certificate)),
});

/** Evidence must be newer than the timestamps that it is about, and seconds are the grain of both. */
const nextSecond = () => after(1050 - (Date.now() % 1000));

async function keyFileOf(pki: DevelopmentPki, commonName: string): Promise<Bytes> {
  const subject = { organisation: "bench (hư cấu)", commonName };
  const issued = orThrow(await issueCertificate(pki, { subject }, pkiWorld));
  return issued.pkcs12(pin);
}

type Timestamps = NonNullable<SealWorld["timestamps"]>;

function timestampsOf(url: string, anchorDer: Bytes, post: Timestamps["post"]): Timestamps {
  const certificate = orThrow(parseCertificate(anchorDer));
  const anchors = [{ certificate, purpose: "timestamp" as const }];
  return {
    authorities: [{ url }],
    post,
    nonce: random(16),
    now: pkiWorld.now,
    trusts: async (leaf, candidates, at) =>
      (await findChain({ leaf, candidates, anchors, purposes: ["timestamp"], at }, nodePrimitives)).trusted,
  };
}

/** A bench without its authority measures nothing: an outage of this machine, not an answer. */
function orThrow<T>(result: Result<T, { readonly code: string }>): T {
  if (!result.ok) throw new Error(`the bench's authority cannot be made: ${result.failure.code}`);
  return result.value;
}
