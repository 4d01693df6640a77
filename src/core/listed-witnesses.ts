import type { Bytes, Instant } from "./kernel.ts";
import { base64Of } from "./log/base64.ts";
import { isKeyName } from "./log/note.ts";
import * as shape from "./log/shape.ts";

/** Another body whose cosignature on a checkpoint counts, between these instants. C2SP tlog-cosignature, Ed25519. */
export type ListedWitness = {
  /** key name of its signature lines */
  readonly name: string;
  /** 32 bytes, RFC 8032 */
  readonly publicKey: Bytes;
  readonly from: Instant;
  readonly to: Instant | null;
};

/** Who watches the log, and how many of them must have cosigned before a checkpoint counts as witnessed. */
export type ListedWitnesses = {
  /** 1 to the number of witnesses */
  readonly quorum: number;
  /** no name and no key twice */
  readonly keys: readonly ListedWitness[];
};

/** As JSON, for the key list. */
export const writeWitnesses = ({ quorum, keys }: ListedWitnesses) => ({
  quorum,
  keys: keys.map((key) => ({ ...key, publicKey: base64Of(key.publicKey) })),
});

const mostWitnesses = 32; // tlog-policy asks for at least 32; a note holds as many signatures

export function readWitnesses(value: unknown): ListedWitnesses {
  const fields = shape.fieldsOf(value, "witnesses", ["quorum", "keys"]);
  const keys = shape.list(fields.get("keys"), "witnesses.keys", mostWitnesses).map(readWitness);
  const quorum = shape.count(fields.get("quorum"), "witnesses.quorum");
  if (quorum < 1 || quorum > keys.length) shape.wrongShape("witnesses.quorum");
  const distinct = (of: (key: ListedWitness) => string) => new Set(keys.map(of)).size === keys.length;
  // one body with two names would fill a quorum alone
  const apart = distinct(({ name }) => name) && distinct(({ publicKey }) => base64Of(publicKey));
  return apart ? { quorum, keys } : shape.wrongShape("witnesses.keys");
}

function readWitness(value: unknown): ListedWitness {
  const fields = shape.fieldsOf(value, "witness", ["name", "publicKey", "from", "to"]);
  const name = shape.text(fields.get("name"), "witness.name", 200);
  const publicKey = shape.base64(fields.get("publicKey"), "witness.publicKey", 88);
  if (!isKeyName(name) || publicKey.length !== 32) shape.wrongShape("witness");
  return { name, publicKey, ...shape.term(fields) };
}
