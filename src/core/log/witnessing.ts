import { type Bytes, fail, type Hash, ok, type Result, utf8 } from "../kernel.ts";
import { base64Of, bytesOfBase64 } from "./base64.ts";
import { readCheckpointBody, readTreeSize, type VerifyEd25519 } from "./checkpoint.ts";
import { verifyConsistency } from "./merkle.ts";
import { claimedBy, type NoteKey, noteTypes, readNote } from "./note.ts";

/** C2SP tlog-witness, the body of `add-checkpoint`. */
export type AddCheckpoint = {
  readonly oldSize: number;
  /** RFC 6962 §2.1.2, from the old size to the checkpoint's; none from 0 */
  readonly proof: readonly Bytes[];
  /** signed note */
  readonly checkpoint: string;
};

/** A tree of a log that was verified. */
export type SeenTree = { readonly size: number; readonly root: Bytes };

/** Checked but for what the witness remembers: signed by the log, old size not above the new. */
export type Submitted = SeenTree & {
  readonly origin: string;
  /** the note's text, which a cosignature covers with all its lines */
  readonly body: string;
  readonly oldSize: number;
  readonly proof: readonly Bytes[];
};

/** By the status that tlog-witness gives each. */
export type SubmissionFailure =
  | { readonly code: "bad_request" } // 400
  | { readonly code: "unknown_log" } // 404
  | { readonly code: "not_signed_by_log" }; // 403

export type WitnessingFailure =
  /** 409 with the size: the submitter does not know where this witness stands. */
  | { readonly code: "another_size"; readonly size: number }
  /** 409: the log signed two trees of one size. */
  | { readonly code: "another_root"; readonly size: number }
  /** 422: the new tree is not shown to continue the old one. */
  | { readonly code: "proof_wrong" };

const mostProofLines = 63;

export const writeAddCheckpoint = ({ oldSize, proof, checkpoint }: AddCheckpoint): string =>
  `old ${oldSize}\n${proof.map((hash) => `${base64Of(hash)}\n`).join("")}\n${checkpoint}`;

/** Null for anything but the lines that tlog-witness asks for. */
export function readAddCheckpoint(text: string): AddCheckpoint | null {
  const border = text.indexOf("\n\n");
  const [first = "", ...lines] = border < 0 ? [] : text.slice(0, border).split("\n");
  const oldSize = first.startsWith("old ") ? readTreeSize(first.slice(4)) : null;
  const proof = lines.map(bytesOfBase64).filter((hash) => hash?.length === 32);
  if (oldSize === null || proof.length !== lines.length || lines.length > mostProofLines) return null;
  return { oldSize, proof: proof.filter((hash) => hash !== null), checkpoint: text.slice(border + 2) };
}

/** What needs no memory; the order is that of the document. @param logs by origin, the keys that it trusts for it */
export async function checkSubmission(
  text: string,
  logs: ReadonlyMap<string, readonly NoteKey[]>,
  { sha256, verifyEd25519 }: { readonly sha256: Hash; readonly verifyEd25519: VerifyEd25519 },
): Promise<Result<Submitted, SubmissionFailure>> {
  const request = readAddCheckpoint(text);
  const note = request && readNote(request.checkpoint);
  const checkpoint = note && readCheckpointBody(note.body);
  if (!request || !note || !checkpoint) return fail({ code: "bad_request" });
  const { origin, size, root } = checkpoint;
  const keys = logs.get(origin);
  if (keys === undefined) return fail({ code: "unknown_log" });
  const signedBy = async (key: NoteKey) => {
    const claimed = claimedBy(note.signatures, key, noteTypes.ed25519, sha256).filter(({ length }) => length === 64);
    const judged = await Promise.all(claimed.map((one) => verifyEd25519(key.publicKey, utf8(note.body), one)));
    return judged.includes(true);
  };
  const signed = await Promise.all(keys.map(signedBy));
  if (!signed.includes(true)) return fail({ code: "not_signed_by_log" });
  if (request.oldSize > size) return fail({ code: "bad_request" });
  return ok({ origin, size, root, body: note.body, oldSize: request.oldSize, proof: request.proof });
}

/**
 * Whether a witness that cosigned `latest` may cosign this. The caller asks and remembers in one act, or a slower
 * submitter could roll the log back.
 *
 * @param latest null where nothing of this log was cosigned yet
 */
export function mayCosign(
  latest: SeenTree | null,
  { size, root, oldSize, proof }: Submitted,
  sha256: Hash,
): Result<null, WitnessingFailure> {
  const first = latest ?? { size: 0, root: sha256(new Uint8Array()) };
  if (oldSize !== first.size) return fail({ code: "another_size", size: first.size });
  if (size === first.size && base64Of(root) !== base64Of(first.root)) {
    return fail(latest === null ? { code: "proof_wrong" } : { code: "another_root", size });
  }
  const follows = verifyConsistency({ first, second: { size, root }, proof }, sha256);
  return follows ? ok(null) : fail({ code: "proof_wrong" });
}
