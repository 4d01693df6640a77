import { type Bytes, concatBytes, fail, type Hash, ok, type Result, utf8 } from "../kernel.ts";
import { base64Of, bytesOfBase64 } from "./base64.ts";
import { claimedBy, keyIdOf, type NoteKey, noteTypes, readNote, signatureLine } from "./note.ts";

/** C2SP tlog-checkpoint: what the log promises. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Bytes };

/** @returns the 64-byte signature over exactly these bytes, RFC 8032 */
export type SignEd25519 = (message: Bytes) => Promise<Bytes>;

/** @param publicKey 32 bytes. False for a signature that does not fit, whatever the reason. */
export type VerifyEd25519 = (publicKey: Bytes, message: Bytes, signature: Bytes) => Promise<boolean>;

export type CheckpointFailure =
  | { readonly code: "malformed_checkpoint" }
  | { readonly code: "checkpoint_of_another_log"; readonly origin: string }
  | { readonly code: "checkpoint_not_signed_by_log" }
  | { readonly code: "checkpoint_signature_wrong" };

/** The id under which the log's own signature stands in a note. @param key its name is the log's origin */
export const noteKeyId = (key: NoteKey, sha256: Hash): Bytes => keyIdOf(key, noteTypes.ed25519, sha256);

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
  return `${body}\n${signatureLine({ name: key.name, value: concatBytes(noteKeyId(key, sha256), signature) })}`;
}

/**
 * Reads a published checkpoint and believes it only under the log's own signature. What witnesses signed is judged by
 * `judgeCosignatures`.
 */
export async function openCheckpoint(
  text: string,
  key: NoteKey,
  verify: VerifyEd25519,
  sha256: Hash,
): Promise<Result<Checkpoint, CheckpointFailure>> {
  const note = readNote(text);
  const checkpoint = note && readCheckpointBody(note.body);
  // extension lines are not audited by anyone, so our log neither writes nor accepts them
  if (!note || !checkpoint || checkpoint.extensions.length > 0) return fail({ code: "malformed_checkpoint" });
  const { origin, size, root } = checkpoint;
  if (origin !== key.name) return fail({ code: "checkpoint_of_another_log", origin });
  const ours = claimedBy(note.signatures, key, noteTypes.ed25519, sha256);
  if (ours.length === 0) return fail({ code: "checkpoint_not_signed_by_log" });
  for (const signature of ours) {
    // signed-note: one bad signature of a known key spoils the note
    const holds = signature.length === 64 && (await verify(key.publicKey, utf8(note.body), signature));
    if (!holds) return fail({ code: "checkpoint_signature_wrong" });
  }
  return ok({ origin, size, root });
}

/** C2SP tlog-checkpoint "Note text". Sizes end at 2^53 - 1. */
export function readCheckpointBody(body: string): (Checkpoint & { readonly extensions: readonly string[] }) | null {
  const [origin, sizeText, rootText, ...rest] = body.split("\n");
  const root = bytesOfBase64(rootText ?? "");
  const size = readTreeSize(sizeText ?? "");
  const extensions = rest.slice(0, -1);
  const closed = rest.at(-1) === "" && extensions.every((line) => line !== "");
  return origin && size !== null && root?.length === 32 && closed ? { origin, size, root, extensions } : null;
}

/** Decimal without leading zeros; null for anything else or beyond 2^53 - 1. */
export function readTreeSize(text: string): number | null {
  const size = /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(size) ? size : null;
}
