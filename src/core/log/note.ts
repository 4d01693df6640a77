import { type Bytes, concatBytes, equalBytes, type Hash, hexOf, utf8 } from "../kernel.ts";
import { base64Of, bytesOfBase64 } from "./base64.ts";

/** C2SP signed-note "Signature types": the byte that goes into a key id, so that one key cannot serve two formats. */
export const noteTypes = { ed25519: 0x01, cosignature: 0x04 } as const;
export type NoteType = (typeof noteTypes)[keyof typeof noteTypes];

/** An Ed25519 key under its name. @param name without Unicode spaces and plus signs @param publicKey 32 bytes, RFC 8032 */
export type NoteKey = { readonly name: string; readonly publicKey: Bytes };

/** @param value four bytes of key id, then the signature, at least one byte */
export type NoteSignature = { readonly name: string; readonly value: Bytes };

export type Note = {
  /** The signed text with its last line feed, without the empty line. */
  readonly body: string;
  readonly signatures: readonly NoteSignature[];
};

const maximumNoteLength = 64 * 1024;
const maximumSignatures = 32; // signed-note asks for at least 16

/** C2SP signed-note: first four bytes of SHA-256(name, line feed, signature type, public key). */
export function keyIdOf({ name, publicKey }: NoteKey, type: NoteType, sha256: Hash): Bytes {
  return sha256(concatBytes(utf8(name), Uint8Array.of(0x0a, type), publicKey)).slice(0, 4);
}

/** C2SP signed-note "Format"; null where the text is no note: nothing of it may be believed or shown. */
export function readNote(text: string): Note | null {
  const border = text.lastIndexOf("\n\n");
  const wellFormed = text.length <= maximumNoteLength && border > 0 && text.endsWith("\n") && !hasControls(text);
  const signatures = wellFormed ? readSignatureLines(text.slice(border + 2)) : null;
  return signatures === null ? null : { body: text.slice(0, border + 1), signatures };
}

/** Lines as a witness answers them, each closed by a line feed; null where one of them is no signature line. */
export function readSignatureLines(text: string): readonly NoteSignature[] | null {
  if (!text.endsWith("\n") || text.length > maximumNoteLength) return null;
  const lines = text.slice(0, -1).split("\n");
  const signatures = lines.map(readSignature).filter((signature) => signature !== null);
  return signatures.length === lines.length && lines.length <= maximumSignatures ? signatures : null;
}

/** One line, with its line feed. */
export const signatureLine = ({ name, value }: NoteSignature): string => `— ${name} ${base64Of(value)}\n`;

/** The signatures that claim to be by this key: name and id both fit. The others are not to be judged. */
export function claimedBy(
  signatures: readonly NoteSignature[],
  key: NoteKey,
  type: NoteType,
  sha256: Hash,
): readonly Bytes[] {
  const id = keyIdOf(key, type, sha256);
  const ours = signatures.filter(({ name, value }) => name === key.name && equalBytes(value.subarray(0, 4), id));
  return ours.map(({ value }) => new Uint8Array(value.subarray(4)));
}

/** C2SP signed-note "Verifier keys": `name+<key id in hex>+<base 64 of type and key>`. */
export function verifierKeyOf(key: NoteKey, type: NoteType, sha256: Hash): string {
  const material = base64Of(concatBytes(Uint8Array.of(type), key.publicKey));
  return `${key.name}+${hexOf(keyIdOf(key, type, sha256))}+${material}`;
}

/** Null for another type of key, an id that does not fit, or no verifier key at all. */
export function readVerifierKey(text: string, type: NoteType, sha256: Hash): NoteKey | null {
  const [, name = "", id, material = ""] = /^([^+]{1,200})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{1,64})$/u.exec(text) ?? [];
  const bytes = bytesOfBase64(material);
  if (!isKeyName(name) || bytes?.length !== 33 || bytes[0] !== type) return null;
  const key = { name, publicKey: new Uint8Array(bytes.subarray(1)) };
  return hexOf(keyIdOf(key, type, sha256)) === id ? key : null;
}

/** C2SP signed-note: not empty, no Unicode space, no plus sign. */
export const isKeyName = (name: string): boolean =>
  name !== "" && !/[\p{White_Space}+]/u.test(name) && !hasControls(name);

function readSignature(line: string): NoteSignature | null {
  const [, name = "", encoded] = /^— ([^ ]+) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? [];
  const value = encoded === undefined ? null : bytesOfBase64(encoded);
  return isKeyName(name) && value !== null && value.length > 4 ? { name, value } : null;
}

/** Anything below U+0020 but the line feed. */
function hasControls(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 && unit !== 0x0a) return true;
  }
  return false;
}
