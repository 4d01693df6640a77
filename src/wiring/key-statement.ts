import { hexOf, instantOfSeconds, secondsOf, utf8 } from "../core/kernel.ts";
import { type KeyList, serviceKeyId } from "../core/key-list.ts";
import { type KeyStatement, makeKeyStatement, openKeyStatement } from "../core/key-statement.ts";
import { base64Of } from "../core/log/base64.ts";
import { ed25519Signer, rawPublicKey, verifyEd25519 } from "../publish/node-keys.ts";
import { statementPath } from "../publish/public-files.ts";
import { keyStatementEn } from "../web/words/key-statement.en.ts";
import { type KeyStatementWord, keyStatementVi } from "../web/words/key-statement.vi.ts";
import type { House } from "./house.ts";

const goodForSeconds = 30 * 86_400; // the edge may stand alone for a month
const renewedAfterSeconds = 86_400;

/** Writes `.well-known/chungthuc` where it is missing, a day old, or says something that is so no longer. */
export async function publishKeyStatement(house: House): Promise<void> {
  const list = house.keyList();
  const now = house.now();
  const standing = await house.publicFiles.read(statementPath);
  const read = standing && (await openKeyStatement(new TextDecoder().decode(standing), list, now, verifyEd25519));
  const isFresh =
    read?.ok === true &&
    read.value.issuer === house.publicUrl &&
    read.value.issuedAt >= list.issuedAt &&
    secondsOf(now) - secondsOf(read.value.issuedAt) < renewedAfterSeconds;
  if (isFresh) return;
  const publicKey = rawPublicKey(house.serviceKeys.status);
  const id = serviceKeyId(publicKey, (bytes) => house.primitives.digest("sha256", bytes));
  const text = await makeKeyStatement(statementOf(house, list), { id, sign: ed25519Signer(house.serviceKeys.status) });
  await house.publicFiles.write(statementPath, utf8(text));
}

function statementOf(house: House, { keys, anchors, sequence }: KeyList): KeyStatement {
  const sha256 = (bytes: Uint8Array) => hexOf(house.primitives.digest("sha256", bytes));
  const issuedAt = house.now();
  return {
    issuer: house.publicUrl,
    issuedAt,
    until: instantOfSeconds(secondsOf(issuedAt) + goodForSeconds),
    rootKey: base64Of(house.rootPublicKey),
    keyListSequence: sequence,
    keys: keys.map(({ use, publicKey }) => ({ use, sha256: sha256(publicKey), is: inBoth(use) })),
    roots: anchors.map(({ purpose, certificate }) => ({ purpose, sha256: sha256(certificate), is: inBoth(purpose) })),
  };
}

const inBoth = (word: KeyStatementWord) => ({ vi: keyStatementVi[word], en: keyStatementEn[word] });
