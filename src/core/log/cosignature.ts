import { type Bytes, concatBytes, type Hash, type Instant, instantOfSeconds, utf8 } from "../kernel.ts";
import type { SignEd25519, VerifyEd25519 } from "./checkpoint.ts";
import { claimedBy, keyIdOf, type NoteKey, noteTypes, readNote, signatureLine } from "./note.ts";

/** C2SP tlog-cosignature v1: at that time this was the largest tree of the log that the witness had seen. */
export type Cosignature = { readonly witness: string; readonly at: Instant };

export type Cosigned = {
  /** One a witness, in the order of the witnesses. */
  readonly valid: readonly Cosignature[];
  /** Witnesses under whose name and key id something stands that they did not sign. */
  readonly wrong: readonly string[];
};

const timestampBytes = 8;
const latestSeconds = 253_402_300_799; // 9999-12-31T23:59:59Z, the last second that an Instant can write

/** C2SP tlog-cosignature "Ed25519 signed message". @param body the note's text with its last line feed */
export const cosignedMessage = (body: string, seconds: number): Bytes =>
  utf8(`cosignature/v1\ntime ${seconds}\n${body}`);

/** @returns the signature line, with its line feed */
export async function cosign(
  body: string,
  seconds: number,
  witness: { readonly key: NoteKey; readonly sign: SignEd25519 },
  sha256: Hash,
): Promise<string> {
  const time = new Uint8Array(timestampBytes);
  new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
  const signature = await witness.sign(cosignedMessage(body, seconds));
  const id = keyIdOf(witness.key, noteTypes.cosignature, sha256);
  return signatureLine({ name: witness.key.name, value: concatBytes(id, time, signature) });
}

/** What these witnesses say of a note. Signatures of anybody else are not looked at; a text that is no note has none. */
export async function judgeCosignatures(
  text: string,
  witnesses: readonly NoteKey[],
  ports: { readonly verifyEd25519: VerifyEd25519; readonly sha256: Hash },
): Promise<Cosigned> {
  const note = readNote(text);
  const valid: Cosignature[] = [];
  const wrong: string[] = [];
  for (const witness of note === null ? [] : witnesses) {
    const claimed = claimedBy(note?.signatures ?? [], witness, noteTypes.cosignature, ports.sha256);
    const times = await Promise.all(claimed.map((one) => timeIfSigned(note?.body ?? "", one, witness, ports)));
    if (times.some((at) => at === null)) wrong.push(witness.name);
    const [at] = times.filter((one) => one !== null).toSorted();
    if (at !== undefined && !times.includes(null)) valid.push({ witness: witness.name, at });
  }
  return { valid, wrong };
}

async function timeIfSigned(
  body: string,
  cosignature: Bytes,
  witness: NoteKey,
  { verifyEd25519 }: { readonly verifyEd25519: VerifyEd25519 },
): Promise<Instant | null> {
  if (cosignature.length !== timestampBytes + 64) return null;
  const seconds = new DataView(cosignature.buffer, cosignature.byteOffset).getBigUint64(0);
  if (seconds > BigInt(latestSeconds)) return null;
  const message = cosignedMessage(body, Number(seconds));
  const holds = await verifyEd25519(witness.publicKey, message, new Uint8Array(cosignature.subarray(timestampBytes)));
  return holds ? instantOfSeconds(Number(seconds)) : null;
}
