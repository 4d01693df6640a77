import { openSuccessor, type Successor, sealSuccessor, successorName } from "../core/status/successor.ts";
import type { VerificationCode } from "../core/verification-code.ts";
import { nodeSha256 } from "../primitives-node.ts";
import { nodeCipher } from "../publish/node-cipher.ts";
import { successorPath } from "../publish/public-files.ts";
import { type House, randomOf } from "./house.ts";

const cipher = nodeCipher(nodeSha256);

/** Under the code of the copy that was replaced; one that is there already is not written again. ADR 0092 */
export async function nameSuccessor(house: House, code: VerificationCode, successor: Successor | null): Promise<void> {
  const path = successorPath(successorName(code, nodeSha256));
  if (successor === null || (await isNamed(house, path, code))) return;
  await house.publicFiles.write(path, await sealSuccessor(code, successor, cipher, randomOf(12)));
}

/** A decision is entered once, and never changed: what opens tells the right one. */
async function isNamed(house: House, path: string, code: VerificationCode): Promise<boolean> {
  const standing = await house.publicFiles.read(path);
  return standing !== null && (await openSuccessor(code, standing, cipher)).ok;
}
