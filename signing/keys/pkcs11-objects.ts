import type { Bytes } from "../../src/core/kernel.ts";
import type { Pkcs11Module } from "./pkcs11-module.ts";

type Handle = Buffer;
type Template = { readonly type: number; readonly value?: Buffer | number | boolean }[];

// Attributes and classes, PKCS #11 v2.40 §4 with the numbers of pkcs11t.h.
const classOf = 0x00;
const certificateClass = 1;
const privateKeyClass = 3;
const canSign = { type: 0x108, value: true };

/** What is asked of the objects on a token. */
export const attributes = {
  value: 0x11,
  id: 0x102,
  alwaysAuthenticate: 0x202,
  certificates: [
    { type: classOf, value: certificateClass },
    { type: 0x80, value: 0 }, // CKC_X_509
  ],
  signingKeys: [{ type: classOf, value: privateKeyClass }, canSign],
  signingKeysNamed: (id: Bytes): Template => [
    { type: classOf, value: privateKeyClass },
    { type: 0x102, value: Buffer.from(id) },
  ],
};

const mostObjects = 64; // a token for people has a handful

/** Objects that fit a template, the first 64 of them. */
export function findObjects(module: Pkcs11Module, session: Handle, template: Template): readonly Handle[] {
  module.C_FindObjectsInit(session, template);
  try {
    return module.C_FindObjects(session, mostObjects);
  } finally {
    module.C_FindObjectsFinal(session);
  }
}

/** @returns nothing where the object does not have the attribute, or does not show it */
export function readAttribute(module: Pkcs11Module, session: Handle, object: Handle, type: number): Bytes {
  try {
    const [found] = module.C_GetAttributeValue(session, object, [{ type }]);
    return Buffer.isBuffer(found?.value) ? new Uint8Array(found.value) : new Uint8Array(0);
  } catch (thrown) {
    if (notShown.has(Number((thrown as { code?: unknown }).code))) return new Uint8Array(0);
    throw thrown;
  }
}

const notShown = new Set([0x11, 0x12]); // ATTRIBUTE_SENSITIVE, ATTRIBUTE_TYPE_INVALID
