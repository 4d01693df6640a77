import { z } from "zod";
import { isValidAt, parseCertificate } from "../../signing/format/certificate.ts";
import {
  cmsSignatureOf,
  compactJws,
  jwsAlgorithmOf,
  jwsSignatureOf,
  jwsSigningInput,
  type ReadJws,
  readCompactJws,
} from "../../signing/format/jws.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import { fail, type Instant, ok, type Result, secondsOf, utf8 } from "../core/kernel.ts";
import { base64Of } from "../core/log/base64.ts";
import { nodePrimitives } from "../primitives-node.ts";
import type { ReportFailure, ReportOfFiles } from "../web/verification/filed-report.ts";
import { ReportOfFilesShape } from "./filed-report-shape.ts";

/** Names the only thing that this key signs as JWS, RFC 7515 §4.1.9. A signature over a PDF never begins like it. */
const envelopeType = "chungthuc-report-v2";
const mostLetters = 480 * 1024;
const goodForSeconds = 86_400;

const Header = z.strictObject({
  alg: z.string(),
  typ: z.literal(envelopeType),
  cty: z.literal("json"),
  x5c: z.array(z.string()).min(1).max(10),
});

/** RFC 7515 with the certificates of RFC 7515 §4.1.6; the payload holds `examine --json` of each file as it stands. */
export async function sealEnvelope(report: ReportOfFiles, key: KeyHolder, now: Instant): Promise<string | null> {
  const alg = jwsAlgorithmOf(key.algorithm);
  if (alg === null || !isKeyValidAt(key, now)) return null;
  const x5c = [key.certificate, ...key.chain].map(base64Of);
  const header: z.infer<typeof Header> = { alg, typ: envelopeType, cty: "json", x5c };
  const input = jwsSigningInput(header, utf8(JSON.stringify(report)));
  const signed = await key.sign(utf8(input), key.algorithm);
  const signature = signed.ok ? jwsSignatureOf(signed.value, key.algorithm) : null;
  return signature === null ? null : compactJws(input, signature);
}

/** What the very same key signed less than a day ago; anything else has a reason. */
export async function openEnvelope(
  envelope: string,
  key: KeyHolder,
  now: Instant,
): Promise<Result<ReportOfFiles, ReportFailure>> {
  if (envelope.length > mostLetters) return fail({ code: "malformed" });
  const read = readCompactJws(envelope);
  if (!read.ok) return fail({ code: "malformed" });
  const header = Header.safeParse(read.value.header);
  if (!header.success) return fail({ code: "malformed" });
  const { alg, x5c } = header.data;
  const isOurs = alg === jwsAlgorithmOf(key.algorithm) && x5c[0] === base64Of(key.certificate);
  // The key comes from us and never from the header: whoever writes x5c would else be believed about himself.
  if (!isOurs || !(await verifies(read.value, key))) return fail({ code: "not_ours" });
  if (!isKeyValidAt(key, now)) return fail({ code: "unavailable" });
  const report = ReportOfFilesShape.safeParse(JSON.parse(new TextDecoder().decode(read.value.payload)));
  if (!report.success) return fail({ code: "malformed" }); // of an older version of this service
  const ageSeconds = secondsOf(now) - secondsOf(report.data.checkedAt);
  return ageSeconds > goodForSeconds ? fail({ code: "too_old" }) : ok(report.data);
}

async function verifies({ signingInput, signature }: ReadJws, key: KeyHolder): Promise<boolean> {
  const value = cmsSignatureOf(signature, key.algorithm);
  const certificate = parseCertificate(key.certificate);
  if (value === null || !certificate.ok) return false;
  return await nodePrimitives.verify(certificate.value.publicKey, key.algorithm, utf8(signingInput), value);
}

export function isKeyValidAt(key: KeyHolder, now: Instant): boolean {
  const certificate = parseCertificate(key.certificate);
  return certificate.ok && isValidAt(certificate.value, now);
}
