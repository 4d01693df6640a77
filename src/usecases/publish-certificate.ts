import type { Certificate } from "../core/dossier.ts";
import type { CertificateId } from "../core/ids.ts";

/** @template Log a published state of the log that proofs are made against */
export type PublishingWorld<Log> = {
  readonly certificate: (id: CertificateId) => Promise<Certificate | null>;
  /** At most one `issued` leaf a certificate, durable on return. */
  readonly appendLeaf: (certificate: Certificate) => Promise<void>;
  /** Tiles first, then the checkpoint that commits to them; on return it covers every leaf appended before. */
  readonly integrateLog: () => Promise<Log>;
  readonly markLogged: (certificate: Certificate) => Promise<void>;
  /** The record carries the proof, so it can only follow the checkpoint. */
  readonly publishRecord: (certificate: Certificate, log: Log) => Promise<void>;
  /** A door that only has the list must not doubt a copy that its holder already has. */
  readonly publishStatus: () => Promise<void>;
  readonly release: (certificate: Certificate) => Promise<void>;
};

/**
 * Log third, release last (DESIGN decision 7): nobody can download a copy that is not in the public log.
 * Every step may be repeated, so a job that died in any of them is simply run again. An outage throws, and is retried.
 */
export async function publishCertificate<Log>(id: CertificateId, world: PublishingWorld<Log>): Promise<void> {
  const certificate = await world.certificate(id);
  if (certificate === null || certificate.identity === null) return; // nothing sealed: nothing to publish
  await world.appendLeaf(certificate);
  const log = await world.integrateLog();
  await world.markLogged(certificate);
  await world.publishRecord(certificate, log);
  await world.publishStatus();
  await world.release(certificate);
}
