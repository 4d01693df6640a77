// Puts a certificate beside its key on a SoftHSM token: softhsm2-util imports keys only.
// node put-on-token.mjs MODULE TOKEN_LABEL PIN ID_HEX CERTIFICATE.der
import { readFileSync } from "node:fs";
import pkcs11 from "pkcs11js";

const [, , module, label, pin, id, certificate] = process.argv;
const lib = new pkcs11.PKCS11();
lib.load(module);
lib.C_Initialize();
const slot = lib.C_GetSlotList(true).find((one) => lib.C_GetTokenInfo(one).label.trim() === label);
const session = lib.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION | pkcs11.CKF_RW_SESSION);
lib.C_Login(session, pkcs11.CKU_USER, pin);
lib.C_CreateObject(session, [
  { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_CERTIFICATE },
  { type: pkcs11.CKA_CERTIFICATE_TYPE, value: pkcs11.CKC_X_509 },
  { type: pkcs11.CKA_TOKEN, value: true },
  { type: pkcs11.CKA_PRIVATE, value: false },
  { type: pkcs11.CKA_ID, value: Buffer.from(id, "hex") },
  { type: pkcs11.CKA_SUBJECT, value: Buffer.from("3000", "hex") },
  { type: pkcs11.CKA_VALUE, value: readFileSync(certificate) },
]);
