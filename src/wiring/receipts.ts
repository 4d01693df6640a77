import { compactJws, flattenedJws, jwsAlgorithmOf, jwsSignatureOf, jwsSigningInput } from "../../signing/format/jws.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import { type Bytes, fail, ok, type Result, utf8 } from "../core/kernel.ts";
import { base64Of } from "../core/log/base64.ts";
import { takeTurns } from "../roof/turns.ts";
import type { Failure } from "../usecases/failure.ts";
import { receiptJson, receiptText } from "../web/grants/receipt-text.ts";
import type { OpeningView } from "../web/grants/receiver-world.ts";
import type { Language } from "../web/language.ts";
import type { House } from "./house.ts";
import { isKeyValidAt } from "./report-envelope.ts";
import { nameOfKey, signReport } from "./reporting.ts";

/** Told apart from reports by its type: neither can be given out as the other. */
const receiptType = "chungthuc-opening-v1";

const oneAtATime = takeTurns(1); // a receipt never stands before the counter's own signatures

/** The facts of one opening, signed with the key for reports: a PDF to be filed, or a JWS (RFC 7515 §7.2.2) for programs. */
export async function signedReceipt(
  house: House,
  view: OpeningView,
  as: "pdf" | "json",
  language: Language,
): Promise<Result<Bytes, Failure>> {
  const key = house.reportKey;
  if (key === null || !isKeyValidAt(key, house.now())) return fail({ code: "key_unavailable", reason: "report_key" });
  if (as === "json") return receiptJws(key, view);
  const text = receiptText(view, language, nameOfKey(key));
  const signed = await oneAtATime(() => signReport(house, key, { ...text, language }));
  return signed.ok ? signed : fail({ code: "timestamp_unavailable" });
}

async function receiptJws(key: KeyHolder, view: OpeningView): Promise<Result<Bytes, Failure>> {
  const alg = jwsAlgorithmOf(key.algorithm);
  if (alg === null) return fail({ code: "key_unavailable", reason: "report_key" });
  const x5c = [key.certificate, ...key.chain].map(base64Of);
  const input = jwsSigningInput({ alg, typ: receiptType, cty: "json", x5c }, utf8(JSON.stringify(receiptJson(view))));
  const signed = await key.sign(utf8(input), key.algorithm);
  const signature = signed.ok ? jwsSignatureOf(signed.value, key.algorithm) : null;
  if (signature === null) return fail({ code: "key_unavailable", reason: "report_key" });
  return ok(utf8(flattenedJws(compactJws(input, signature))));
}
