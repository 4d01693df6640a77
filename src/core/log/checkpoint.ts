import { type Bytes, concatBytes, equalBytes, fail, type Hash, ok, type Result, utf8 } from "../kernel.ts";
import { base64Of, bytesOfBase64 } from "./base64.ts";

/** C2SP tlog-checkpoint: what the log promises. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Bytes };

/** The log's Ed25519 key. @param name equals the log's origin @param publicKey 32 bytes, RFC 8032 */
export type NoteKey = { readonly name: string; readonly publicKey: Bytes };

/** @returns the 64-byte signature over exactly these bytes, RFC 8032 */
export type SignEd25519 = (message: Bytes) => Promise<Bytes>;

/** @param publicKey 32 bytes. False for a signature that does not fit, whatever the reason. */
export type VerifyEd25519 = (publicKey: Bytes, message: Bytes, signature: Bytes) => Promise<boolean>;

export type CheckpointFailure =
  | { readonly code: "malformed_checkpoint" }
  | { readonly code: "checkpoint_of_another_log"; readonly origin: string }
  | { readonly code: "checkpoint_not_signed_by_log" }
  | { readonly code: "checkpoint_signature_wrong" };

const ed25519Note = 0x01;
const maximumNoteLength = 64 * 1024;
const maximumSignatures = 32; // signed-note asks for at least 16

/** C2SP signed-note: first four bytes of SHA-256(name, newline, signature type, public key). */
export function noteKeyId(key: NoteKey, sha256: Hash): Bytes {
  return sha256(concatBytes(utf8(key.name), Uint8Array.of(0x0a, ed25519Note), key.publicKey)).slice(0, 4);
}

/** The three lines that are signed, each closed by a newline. */
export function checkpointBody({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${base64Of(root)}\n`;
}

/** The checkpoint as a signed note, ready to publish. */
export async function signCheckpoint(
  checkpoint: Checkpoint,
  key: NoteKey,
  sign: SignEd25519,
  sha256: Hash,
): Promise<string> {
  const body = checkpointBody(checkpoint);
  const signature = await sign(utf8(body));
  return `${body}\n— ${key.name} ${base64Of(concatBytes(noteKeyId(key, sha256), signature))}\n`;
}

/**
 * Reads a published checkpoint and believes it only under the log's own signature. Other signatures, such as those of
 * witnesses, are counted and not judged here.
 */
export async function openCheckpoint(
  note: string,
  key: NoteKey,
  verify: VerifyEd25519,
  sha256: Hash,
): Promise<Result<Checkpoint & { readonly otherSignatures: number }, CheckpointFailure>> {
  const parts = splitNote(note);
  const checkpoint = parts && readBody(parts.body);
  if (!parts || !checkpoint) return fail({ code: "malformed_checkpoint" });
  if (checkpoint.origin !== key.name) return fail({ code: "checkpoint_of_another_log", origin: checkpoint.origin });
  const id = noteKeyId(key, sha256);
  const ours = parts.signatures.filter(({ name, value }) => name === key.name && equalBytes(value.slice(0, 4), id));
  if (ours.length === 0) return fail({ code: "checkpoint_not_signed_by_log" });
  for (const { value } of ours) {
    // signed-note: one bad signature of a known key spoils the note
    const holds = value.length === 68 && (await verify(key.publicKey, utf8(parts.body), value.slice(4)));
    if (!holds) return fail({ code: "checkpoint_signature_wrong" });
  }
  return ok({ ...checkpoint, otherSignatures: parts.signatures.length - ours.length });
}

type NoteSignature = { readonly name: string; readonly value: Bytes };

function splitNote(note: string): { body: string; signatures: NoteSignature[] } | null {
  const border = note.lastIndexOf("\n\n");
  const wellFormed = note.length <= maximumNoteLength && border > 0 && note.endsWith("\n");
  if (!wellFormed) return null;
  const lines = note.slice(border + 2, -1).split("\n");
  const signatures = lines.map(readSignature).filter((signature) => signature !== null);
  const everyLineRead = signatures.length === lines.length && lines.length <= maximumSignatures;
  return everyLineRead ? { body: note.slice(0, border + 1), signatures } : null;
}

function readSignature(line: string): NoteSignature | null {
  const [, name, encoded] = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? [];
  const value = encoded === undefined ? null : bytesOfBase64(encoded);
  return name !== undefined && value !== null && value.length > 4 ? { name, value } : null;
}

function readBody(body: string): Checkpoint | null {
  const [origin, sizeText, rootText, end, ...extensions] = body.split("\n");
  const root = bytesOfBase64(rootText ?? "");
  const size = /^(0|[1-9]\d{0,15})$/.test(sizeText ?? "") ? Number(sizeText) : Number.NaN;
  // extension lines are not audited by anyone, so we neither write nor accept them
  const strict = end === "" && extensions.length === 0 && root?.length === 32 && Number.isSafeInteger(size);
  return strict && origin ? { origin, size, root } : null;
}
