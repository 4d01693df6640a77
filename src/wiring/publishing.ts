import { annulmentOfCertificate } from "../../db/stores/annulments.ts";
import { findBook } from "../../db/stores/books.ts";
import { findCertificate, markLogged, release } from "../../db/stores/certificates.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import { furtherCopies } from "../../db/stores/further-copies.ts";
import { appendLeaf, appendLeaves, issuedLeaf, type NewLeaf } from "../../db/stores/log.ts";
import { pagesOf } from "../../db/stores/pages.ts";
import { findPaperLine } from "../../db/stores/paper-lines.ts";
import type { Certificate } from "../core/dossier.ts";
import type { BookId, CertificateId } from "../core/ids.ts";
import { type Bytes, bytesOfHex, parseLocalDate } from "../core/kernel.ts";
import { commitmentOf, encodeLeaf, type LeafEvent } from "../core/log/leaf.ts";
import { initialsOf, maskedNumber } from "../core/masking.ts";
import type { PaperLineId } from "../core/paper-line.ts";
import { type CopyRecord, makeRecord, openRecord, type RecordFacts, sealRecord } from "../core/record.ts";
import { bookText } from "../core/register.ts";
import type { KeptAnnulment } from "../core/status/annulment.ts";
import { recordName, type VerificationCode } from "../core/verification-code.ts";
import { nodeSha256 } from "../primitives-node.ts";
import { nodeCipher } from "../publish/node-cipher.ts";
import { recordPath } from "../publish/public-files.ts";
import { type PublishedLog, proveLeaf, publishRecord } from "../publish/publisher.ts";
import type { PublishingWorld } from "../usecases/publish-certificate.ts";
import { codeOf } from "./codes.ts";
import { agencyNameOf, type House, randomOf } from "./house.ts";
import { nameSuccessor } from "./successors.ts";

export const publishingWorld = (house: House): PublishingWorld<PublishedLog> => ({
  certificate: (id) => findCertificate(house.sql, id),
  appendLeaf: async (certificate) => {
    await append(house, issuedEntry(house, certificate));
    await house.pass("log: leaf appended");
    if (certificate.copies > 1) await appendFurther(house, certificate);
  },
  integrateLog: () => house.writeLog(),
  markLogged: async (certificate) => {
    await markLogged(house.sql, certificate);
    await house.pass("log: marked");
  },
  publishRecord: async (certificate, log) => {
    await writeRecord(house, certificate, log);
    await house.pass("publish: record written");
    await eachFurther(house, certificate, async (copy) => {
      await writeRecord(house, copy, log);
      await house.pass("publish: further record written");
    });
  },
  publishStatus: house.tellStatus,
  release: async (certificate) => {
    await release(house.sql, certificate);
    await house.pass("publish: released");
  },
});

/** A number given up is said in public, so that 1..n can be audited from the log alone. */
export async function publishVoid(house: House, id: CertificateId): Promise<void> {
  const certificate = await findCertificate(house.sql, id);
  if (certificate === null || certificate.status !== "voided") return;
  await append(house, entryOf(house, "voided", { ...certificate, certificateId: id }));
  await house.writeLog();
}

/** A number of a shared series that went to paper, and that it was given up where it was. REG-5, ADR 0075 */
export async function publishPaper(house: House, id: PaperLineId): Promise<void> {
  const line = await findPaperLine(house.sql, id);
  if (line === null) return;
  const subject = { ...line, certificateId: null, paperLineId: id };
  await append(house, entryOf(house, "on_paper", subject));
  if (line.status === "voided") await append(house, entryOf(house, "voided", subject));
  await house.writeLog();
}

/**
 * A decision takes the value of all copies of a number away: status list, leaf and each record say so. Repeated until all
 * do; a record that says so already is not written again, so that a crash amid a thousand is gone on from. The list first: it tells of a thousand copies in one writing, their records one after the other.
 */
export async function publishAnnulment(house: House, id: CertificateId): Promise<void> {
  const certificate = await findCertificate(house.sql, id);
  const annulment = await annulmentOfCertificate(house.sql, id);
  if (certificate === null || annulment === null) return;
  await house.tellStatus();
  await append(house, entryOf(house, annulment.kind, { ...certificate, certificateId: id }));
  const log = await house.writeLog();
  await tellRecord(house, certificate, annulment, log);
  await eachFurther(house, certificate, async (copy) => {
    if (await tellRecord(house, copy, annulment, log)) await house.pass("annulment: further record written");
  });
}

/** The successor's file first: a record that tells the decision is not seen without it. @returns whether it was written now */
async function tellRecord(house: House, copy: Certificate, annulment: KeptAnnulment, log: PublishedLog) {
  const { kind, decision, successor } = annulment;
  const code = await codeOf(house, copy);
  await nameSuccessor(house, code, successor);
  // by what is published, which a restored store may not remember
  const record = await publishedRecord(house, code, recordName(code, nodeSha256));
  if (record?.status === kind && record.decision?.number === decision.number) return false;
  await writeRecord(house, copy, log);
  return true;
}

/** Its beginning, and its end once it is closed; each is told once however often this runs. */
export async function publishBook(house: House, id: BookId): Promise<void> {
  const book = await findBook(house.sql, id);
  if (book === null) return;
  const subject = { ...book, bookId: id, bookText: bookText(book), number: 0, certificateId: null };
  await append(house, entryOf(house, "book_opened", subject));
  if (book.closed) await append(house, entryOf(house, "book_closed", subject));
  await house.writeLog();
}

function issuedEntry(house: House, certificate: Certificate): NewLeaf {
  if (certificate.identity === null) throw new Error("only a sealed copy is logged as issued");
  const digest = bytesOfHex(certificate.identity.sha256) ?? new Uint8Array();
  const salt = randomOf(32);
  const commitment = commitmentOf(salt, digest, certificate.identity.length, nodeSha256);
  const event = certificate.copy === 1 ? "issued" : "further_copy";
  return entryOf(house, event, { ...certificate, certificateId: certificate.lineId }, { salt, commitment });
}

const leavesAtOnce = 50; // the log has one writer: others get their turn in between

/** Behind the line's own leaf and in the order of the copies, as an auditor expects them. ADR 0060 */
async function appendFurther(house: House, line: Certificate): Promise<void> {
  let entries: NewLeaf[] = [];
  await eachFurther(house, line, async (copy) => {
    entries.push(issuedEntry(house, copy));
    if (entries.length < leavesAtOnce && copy.copy < line.copies) return;
    await appendLeaves(house.sql, entries);
    entries = [];
    await house.pass("log: further leaves appended");
  });
}

/** One after the other, so that memory does not grow with their number. */
async function eachFurther(house: House, line: Certificate, act: (copy: Certificate) => Promise<void>): Promise<void> {
  if (line.copies === 1) return;
  for (const id of await furtherCopies(house.sql, line.id)) {
    const copy = await findCertificate(house.sql, id);
    if (copy === null) throw new Error("a further copy is not there");
    await act(copy);
  }
}

type LeafSubject = {
  readonly agencyId: string;
  readonly bookId: BookId;
  readonly bookText: string;
  readonly number: number;
  readonly certificateId: CertificateId | null;
  readonly paperLineId?: PaperLineId;
  /** 1 unless told. */
  readonly copy?: number;
};

function entryOf(
  house: House,
  event: LeafEvent,
  subject: LeafSubject,
  sealed: { readonly salt: Bytes; readonly commitment: Bytes } | null = null,
): NewLeaf {
  const { agencyId, bookText, number, bookId, certificateId, paperLineId = null, copy = 1 } = subject;
  const commitment = sealed?.commitment ?? new Uint8Array();
  return {
    ...{ event, certificateId, paperLineId, copy, bookId },
    salt: sealed?.salt ?? null,
    now: house.now(),
    leafAt: (time) =>
      encodeLeaf({ event, agencyId, bookId: bookText, number, time, commitment, ...(copy > 1 && { copy }) }),
  };
}

const append = (house: House, entry: NewLeaf): Promise<void> => appendLeaf(house.sql, entry);

async function writeRecord(house: House, certificate: Certificate, log: PublishedLog): Promise<void> {
  const logged = await issuedLeaf(house.sql, certificate.lineId, certificate.copy);
  const code = await codeOf(house, certificate);
  const name = recordName(code, nodeSha256);
  if (logged === null) throw new Error("the leaf of a logged copy is missing");
  const salt = logged.salt ?? (await publishedSalt(house, code, name));
  if (salt === null) throw new Error("the salt of a logged copy is lost");
  const proof = await proveLeaf(house.publicFiles, log, logged.leaf, logged.index, nodeSha256);
  if (!proof.ok) throw new Error(`the log's tiles give no proof: ${proof.failure.code}`);
  const record = makeRecord(await recordFacts(house, certificate, salt), proof.value);
  if (!record.ok) throw new Error("the record is out of bounds");
  const sealed = await sealRecord(code, record.value, nodeCipher(nodeSha256), randomOf(12));
  await publishRecord(house.publicFiles, name, sealed);
}

/** After a restore the salt of a leaf that was taken back stands in the published record only. */
async function publishedSalt(house: House, code: VerificationCode, name: string): Promise<Bytes | null> {
  return (await publishedRecord(house, code, name))?.salt ?? null;
}

async function publishedRecord(house: House, code: VerificationCode, name: string): Promise<CopyRecord | null> {
  const sealed = await house.publicFiles.read(recordPath(name));
  const record = sealed === null ? null : await openRecord(code, sealed, nodeCipher(nodeSha256));
  return record?.ok ? record.value : null;
}

async function recordFacts(house: House, certificate: Certificate, salt: Bytes): Promise<RecordFacts> {
  const dossier = await findDossier(house.sql, certificate.dossierId, certificate.agencyId);
  if (dossier === null || certificate.identity === null || certificate.sealedAt === null) {
    throw new Error("only a sealed copy has a record");
  }
  const issuedOn = parseLocalDate(dossier.issuedOn ?? "");
  return {
    ...(await statusFacts(house, certificate)),
    paper: {
      code: null,
      kind: dossier.kind,
      numberMasked: maskedNumber(dossier.documentNumber ?? ""),
      issuedOn: issuedOn.ok ? issuedOn.value : null,
      issuedBy: dossier.issuedBy ?? "",
    },
    holderInitials: initialsOf(dossier.holderName),
    agency: { id: certificate.agencyId, name: agencyNameOf(house, certificate.agencyId) },
    signer: { name: certificate.signerName, title: certificate.signerTitle.join(" ") },
    sealedAt: certificate.sealedAt,
    number: certificate.number,
    book: { id: certificate.bookText, text: certificate.bookText },
    pageCount: (await pagesOf(house.sql, certificate.dossierId)).length,
    identity: { digest: certificate.identity.sha256, lengthBytes: certificate.identity.length },
    salt,
    statusIndex: certificate.statusIndex,
    development: house.development,
  };
}

/** For a copy in whose place another one stands, the decision names that one. */
async function statusFacts(house: House, { lineId }: Certificate): Promise<Pick<RecordFacts, "status" | "decision">> {
  const annulment = await annulmentOfCertificate(house.sql, lineId);
  return annulment === null
    ? { status: "issued", decision: null }
    : { status: annulment.kind, decision: annulment.decision };
}
