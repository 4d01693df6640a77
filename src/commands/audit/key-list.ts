import { type Bytes, bytesOfHex, fail, type Hash, type Result } from "../../core/kernel.ts";
import { type KeyList, type KeyListFailure, verifyKeyList } from "../../core/key-list.ts";
import { verifyEd25519 } from "../../publish/node-keys.ts";

/** @param pinned the root's public key from elsewhere; null takes the list at its word, which has to be said */
export function readKeyList(
  envelope: string,
  pinned: Bytes | null,
  sha256: Hash,
): Promise<Result<KeyList, KeyListFailure>> {
  return pinned === null ? unpinned(envelope) : verifyKeyList(envelope, pinned, { sha256, verifyEd25519 });
}

/**
 * The envelope names its root but does not carry its key, so without a pin nothing can be verified: only the form is
 * read, by a root that fits every name and every signature.
 */
async function unpinned(envelope: string): Promise<Result<KeyList, KeyListFailure>> {
  const named = bytesOfHex(namedRoot(envelope));
  if (named === null) return fail({ code: "key_list_malformed", field: "rootKeyId" });
  return verifyKeyList(envelope, new Uint8Array(), { sha256: () => named, verifyEd25519: async () => true });
}

function namedRoot(envelope: string): string {
  return /"rootKeyId":\s*"([0-9a-f]{16})"/.exec(envelope)?.[1] ?? "";
}
