import type { Bytes, Instant } from "../../src/core/kernel.ts";
import { type Certificate, parseCertificate } from "../format/certificate.ts";
import type { CarriedRevocation } from "../format/cms-revocation.ts";
import { type Crl, parseCrl } from "../format/crl.ts";
import { type OcspResponse, parseStoredOcsp } from "../format/ocsp.ts";
import { entryOf, itemsOf, type PdfObject } from "../format/pdf/object.ts";
import type { RevocationEvidence } from "../format/revocation.ts";
import { rootOf } from "./fields.ts";
import type { OpenedPdf } from "./open.ts";

/** A document timestamp that is believed: everything before `end` existed at `time`. */
export type Proof = { readonly time: Instant; readonly end: number };

/**
 * One piece of evidence.
 *
 * @property end offset in the file at which it is wholly there; null for what the caller gave
 * @property provenAt a time at which it existed by other proof than a document timestamp; null without
 */
type Piece<T> = { readonly value: T; readonly source: string } & Place;
export type Place = { readonly end: number | null; readonly provenAt: Instant | null };

/** What there is about revocation, read once: the document security store and what the caller gave. */
export type Evidence = {
  readonly ocsps: readonly Piece<OcspResponse>[];
  readonly crls: readonly Piece<Crl>[];
  readonly certificates: readonly Certificate[];
};

export const noEvidence: Evidence = { ocsps: [], crls: [], certificates: [] };

/** Field files hold some ten of each; what is beyond is left unread, so it can only lessen what is known. */
const mostPieces = 128;

type Store = { readonly [list in "OCSPs" | "CRLs" | "Certs"]: readonly { der: Bytes; end: number }[] };

/** The /DSS of ISO 32000-2 §12.8.4.3 in every revision, each stream where it first stands, and what was given. */
export function readEvidence(opened: OpenedPdf, given: CarriedRevocation): Evidence {
  const store = readStore(opened);
  const carried = evidenceIn(given, "given", { end: null, provenAt: null });
  const isRead = <T>(read: { ok: true; value: T } | { ok: false }): T[] => (read.ok ? [read.value] : []);
  return {
    ocsps: [
      ...carried.ocsps,
      ...store.OCSPs.flatMap(({ der, end }) => ocspsIn(der).map((value) => ({ value, ...inStore(end) }))),
    ],
    crls: [
      ...carried.crls,
      ...store.CRLs.flatMap(({ der, end }) => isRead(parseCrl(der)).map((value) => ({ value, ...inStore(end) }))),
    ],
    certificates: store.Certs.flatMap(({ der }) => isRead(parseCertificate(der))),
  };
}

const inStore = (end: number) => ({ source: "dss", end, provenAt: null });

/** What a CMS carries. @param place the end of the revision in which it stands */
export function evidenceIn(carried: CarriedRevocation, source: string, place: Place): Evidence {
  const crls = carried.crls.slice(0, mostPieces).flatMap((der) => {
    const read = parseCrl(der);
    return read.ok ? [{ value: read.value, source, ...place }] : [];
  });
  const answers = carried.ocsps.slice(0, mostPieces).flatMap(ocspsIn);
  return { crls, ocsps: answers.map((value) => ({ value, source, ...place })), certificates: [] };
}

function ocspsIn(der: Bytes): OcspResponse[] {
  const read = parseStoredOcsp(der);
  return read.ok && read.value.basic !== null ? [read.value.basic] : [];
}

function readStore({ file }: OpenedPdf): Store {
  const lists = { OCSPs: new Map<number, End>(), CRLs: new Map<number, End>(), Certs: new Map<number, End>() };
  for (const { index, end } of file.revisions) {
    const store = file.resolve(entryOf(rootOf(file, index), "DSS"), index);
    for (const [key, list] of Object.entries(lists))
      for (const item of itemsOf(file.resolve(entryOf(store, key), index)).slice(0, mostPieces))
        take(list, item, { index, end });
  }
  const bytesOf = (list: ReadonlyMap<number, End>) =>
    [...list].flatMap(([number, { index, end }]) => {
      const stream = file.object(number, index);
      const data = stream.kind === "stream" ? file.decode(stream, index) : null;
      return data?.ok ? [{ der: data.value, end }] : [];
    });
  return { OCSPs: bytesOf(lists.OCSPs), CRLs: bytesOf(lists.CRLs), Certs: bytesOf(lists.Certs) };
}

type End = { readonly index: number; readonly end: number };

/** A store may only grow (EN 319 142-1 §5.4.2): under its number a piece stands where it first stood. */
function take(list: Map<number, End>, item: PdfObject, where: End): void {
  if (item.kind === "reference" && !list.has(item.number) && list.size < mostPieces) list.set(item.number, where);
}

export const joinEvidence = (...all: readonly Evidence[]): Evidence => ({
  ocsps: all.flatMap(({ ocsps }) => ocsps),
  crls: all.flatMap(({ crls }) => crls),
  certificates: all.flatMap(({ certificates }) => certificates),
});

/** Each piece with the earliest time at which it is proven to have existed, EN 319 102-1 §5.6.2. */
export function datedBy(
  evidence: Evidence,
  proofs: readonly Proof[],
  now: Instant,
): { readonly ocsps: RevocationEvidence<OcspResponse>[]; readonly crls: RevocationEvidence<Crl>[] } {
  const dated = <T>({ value, source, end, provenAt }: Piece<T>): RevocationEvidence<T> => {
    const times = end === null ? [] : proofs.filter((proof) => proof.end >= end).map(({ time }) => time);
    return { value, source, seenAt: [...times, provenAt ?? now].toSorted()[0] ?? now };
  };
  return { ocsps: evidence.ocsps.map(dated), crls: evidence.crls.map(dated) };
}
