import type { AgencyId } from "../../../core/ids.ts";
import { type Bytes, hexOf, type Instant, type Sha256, utf8 } from "../../../core/kernel.ts";
import { commitmentOf, encodeLeaf } from "../../../core/log/leaf.ts";
import type { RecordFacts } from "../../../core/record.ts";
import { type VerificationCode, verificationCodeOf } from "../../../core/verification-code.ts";
import { nodeSha256 } from "../../../primitives-node.ts";
import { agencyNameOf, type House } from "../../../wiring/house.ts";

/** How many certificates, and of how many of them, spread evenly, the record is published too. */
export type Filling = {
  readonly certificates: number;
  readonly records: number;
  /** So many have each agency, and all of them work at the same time, as in a country; all are of the store's own where this is left out. */
  readonly perAgency?: number;
};

export const issuedAt = "2026-11-02T02:00:00Z" as Instant;
export const bookSuffix = "SCTĐT/BS";
export const bookLabel = `01/2025-${bookSuffix}`;
export const copyBytes = 1_000_000;

/** The same in every run, so that whoever asks for pages need not be told. */
export const benchCode = (i: number): VerificationCode =>
  verificationCodeOf(nodeSha256(utf8(`code ${i}`)).slice(0, 16));

/** Which certificates have a published record. */
export const recordAt = (nth: number, { certificates, records }: Filling): number =>
  Math.floor((nth * certificates) / records);

export const agenciesOf = ({ certificates, perAgency }: Filling): number =>
  perAgency === undefined ? 1 : Math.ceil(certificates / perAgency);

/** The first agency is the store's own. */
export const agencyAt = (house: House, nth: number): AgencyId =>
  (nth === 0 ? (house.keyList().agencies[0]?.agencyId ?? "") : `bench-${nth}`) as AgencyId;

/** Whose line it is, and which of its lines: the agencies take turns. */
export function placeOf(house: House, filling: Filling, i: number) {
  const agencies = agenciesOf(filling);
  return { agencyId: agencyAt(house, i % agencies), number: Math.floor(i / agencies) + 1 };
}

export const digestAt = (i: number): Bytes => nodeSha256(utf8(`copy ${i}`));
export const saltAt = (i: number): Bytes => nodeSha256(utf8(`salt ${i}`));
export const commitmentAt = (i: number): Bytes => commitmentOf(saltAt(i), digestAt(i), copyBytes, nodeSha256);

/** Of a certificate whose record is published; the other leaves have the form of it and hide nothing. */
export function leafOf(house: House, filling: Filling, i: number): Bytes {
  const place = placeOf(house, filling, i);
  return encodeLeaf({ event: "issued", ...place, bookId: bookLabel, time: issuedAt, commitment: commitmentAt(i) });
}

export const factsOf = (house: House, filling: Filling, i: number): RecordFacts => {
  const { agencyId, number } = placeOf(house, filling, i);
  return {
    status: "issued",
    decision: null,
    paper: {
      code: null,
      kind: "Bằng tốt nghiệp",
      numberMasked: "••••431",
      issuedOn: null,
      issuedBy: "Sở Giáo dục (hư cấu)",
    },
    holderInitials: "L.T.T.",
    agency: { id: agencyId, name: agencyNameOf(house, agencyId) },
    signer: { name: "Lò Văn Ký (hư cấu)", title: "Phó Chủ tịch" },
    sealedAt: issuedAt,
    number,
    book: { id: bookLabel, text: bookLabel },
    pageCount: 1,
    identity: { digest: hexOf(digestAt(i)) as Sha256, lengthBytes: copyBytes },
    salt: saltAt(i),
    statusIndex: i,
    development: true,
  };
};
