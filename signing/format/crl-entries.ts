import { type Bytes, equalBytes, type Instant } from "../../src/core/kernel.ts";
import { collectExtensions } from "./certificate-extensions.ts";
import { bail, fieldsOf, parseDer, parseLeadingDer, tag } from "./der.ts";
import { instantOf, integerBytesOf, numberOf } from "./der-values.ts";
import { readGeneralName } from "./general-name.ts";
import type { Name } from "./name.ts";
import { oids } from "./oids.ts";

/** One entry of revokedCertificates, RFC 5280 §5.3. */
export type CrlEntry = {
  /** The serial number that was asked for. */
  readonly isWanted: boolean;
  readonly revokedAt: Instant;
  /** CRLReason, §5.3.1; null where it is not told. */
  readonly reason: number | null;
  /** When the key is believed to have been lost, §5.3.2. */
  readonly invalidityDate: Instant | null;
  /** Certificate issuer of this entry and of those that follow it, §5.3.3. */
  readonly issuer: Name | null;
  readonly isUnderstood: boolean;
};

/**
 * Entries that say something: those of this serial number, those with a critical extension, and all of an indirect list.
 * The others, nearly all of a large list, are only stepped over. Bails out.
 */
export function* entriesIn(entries: Bytes, serial: Bytes, isIndirect: boolean): Generator<CrlEntry> {
  let at = 0;
  while (at < entries.length) {
    const end = endOf(entries, at);
    const entry = entries.subarray(at, end);
    const isWanted = startsWithSerial(entry, serial);
    if (isWanted || isIndirect || mayBeCritical(entry)) yield { ...readEntry(entry), isWanted };
    at = end;
  }
}

/** A large list holds hundreds of thousands: one header is read here without an object for it. */
function endOf(entries: Bytes, at: number): number {
  if (entries[at] !== 0x30) bail("unexpected");
  const length = entries[at + 1] ?? bail("truncated");
  const end = length < 128 ? at + 2 + length : at + parseLeadingDer(entries.subarray(at)).raw.length;
  return end <= entries.length ? end : bail("truncated");
}

function startsWithSerial(entry: Bytes, serial: Bytes): boolean {
  const start = (entry[1] ?? 0) < 128 ? 2 : 2 + ((entry[1] ?? 0) & 0x7f);
  if (entry[start] !== tag.integer) bail("unexpected");
  if (entry[start + 1] !== serial.length) return false;
  return equalBytes(entry.subarray(start + 2, start + 2 + serial.length), serial);
}

/** BOOLEAN that is not FALSE somewhere: cheaper than reading every reason code of a list. */
function mayBeCritical(entry: Bytes): boolean {
  for (let at = entry.indexOf(1); at >= 0 && at + 2 < entry.length; at = entry.indexOf(1, at + 1))
    if (entry[at + 1] === 1 && entry[at + 2] !== 0) return true;
  return false;
}

const understood: ReadonlySet<string> = new Set([oids.reasonCode, oids.invalidityDate, oids.certificateIssuer]);

function readEntry(bytes: Bytes): Omit<CrlEntry, "isWanted"> {
  const fields = fieldsOf(parseDer(bytes));
  integerBytesOf(fields.next());
  const revokedAt = instantOf(fields.next());
  const found = collectExtensions(fields.optional(tag.sequence));
  const value = (id: string) => {
    const extension = found.get(id);
    return extension === undefined ? null : parseDer(extension.value);
  };
  const reason = value(oids.reasonCode);
  const lost = value(oids.invalidityDate);
  const issuers = value(oids.certificateIssuer);
  return {
    revokedAt,
    reason: reason && numberOf(reason),
    invalidityDate: lost && instantOf(lost),
    issuer: issuers && issuerIn(issuers.children.map(readGeneralName)),
    isUnderstood: [...found].every(([id, { critical }]) => !critical || understood.has(id)),
  };
}

function issuerIn(names: readonly ReturnType<typeof readGeneralName>[]): Name {
  for (const name of names) if (name.kind === "directory") return name.value;
  return bail("bad_value");
}
