import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../config.ts";
import type { Bytes } from "../../core/kernel.ts";
import { bytesOfBase64 } from "../../core/log/base64.ts";
import { nodePrimitives, nodeSha256 } from "../../primitives-node.ts";
import { publicFolder } from "../../publish/folder.ts";
import { nodeCipher } from "../../publish/node-cipher.ts";
import { rawPublicKey, verifyEd25519 } from "../../publish/node-keys.ts";
import type { RecordReadingPorts } from "../../publish/published-records.ts";

/**
 * The public files of this machine's store under the root that its owner pinned: ROOT_KEY in production, in development
 * the root key itself, which lies beside the store and so vouches for nobody else's.
 */
export function recordPortsOf(config: Config): RecordReadingPorts | null {
  const pinnedRoot = pinnedRootOf(config);
  if (pinnedRoot === null) return null;
  const { read } = publicFolder(join(config.dataFolder, "public"));
  return {
    read,
    pinnedRoot,
    sha256: nodeSha256,
    verifyEd25519,
    inflate: nodePrimitives.inflate,
    cipher: nodeCipher(nodeSha256),
  };
}

function pinnedRootOf(config: Config): Bytes | null {
  if (config.mode === "production") return bytesOfBase64(config.rootKey);
  try {
    return rawPublicKey(createPrivateKey(readFileSync(join(config.dataFolder, "keys", "root.pem"), "utf8")));
  } catch {
    return null; // no development store here
  }
}
