import type { Examination } from "../../signing/examine/examination.ts";
import { examinePdf } from "../../signing/examine/examine.ts";
import { identityOf } from "../../signing/examine/identity.ts";
import { copyFactsOf } from "../../signing/examine/report.ts";
import { type CertifiedCopyVerdict, certifiedCopyVerdict, type MatchingRecord } from "../core/certified-copy.ts";
import type { Certificate, Credential } from "../core/dossier.ts";
import { type Bytes, equalBytes, fail, type Instant, ok, type Result } from "../core/kernel.ts";
import type { Failure } from "../usecases/failure.ts";
import type { SealedFindings } from "../usecases/seal-certificate.ts";
import { agencyNameOf, type House } from "./house.ts";

/** With the anchors of the key list, at the present. */
const examine = (house: House, pdf: Bytes): Promise<Examination> =>
  examinePdf(pdf, { anchors: house.keyList().anchors, at: house.now() }, house.primitives);

/** DESIGN decisions 1 and 9: our own bytes first, then exactly one intact, timestamped signature by the registered certificate. */
export async function examinePersonSigned(
  house: House,
  signed: Bytes,
  copy: Bytes,
  signer: Credential,
): Promise<Result<null, Failure>> {
  const found = await examineOneSignature(house, signed, copy, signer);
  return found.ok ? ok(null) : found;
}

/** The same of a notice of refusal, which moreover must never be taken for a certified copy. @returns the proven time */
export async function examineNotice(
  house: House,
  signed: Bytes,
  notice: Bytes,
  signer: Credential,
): Promise<Result<Instant, Failure>> {
  const found = await examineOneSignature(house, signed, notice, signer);
  if (!found.ok) return found;
  const { status } = verdictOn(house, found.value.examination, signed, null);
  return status === "not_a_certified_copy" ? ok(found.value.provenTime) : refused(`taken_for_${status}`);
}

async function examineOneSignature(
  house: House,
  signed: Bytes,
  composed: Bytes,
  signer: Credential,
): Promise<Result<{ examination: Examination; provenTime: Instant }, Failure>> {
  if (!equalBytes(signed.subarray(0, composed.length), composed)) return refused("copy_changed");
  const examination = await examine(house, signed);
  const { document, signatures } = examination;
  const [only, another] = signatures;
  if (only === undefined || another !== undefined) return refused("not_one_signature");
  if (only.signer?.sha256 !== signer.sha256) return refused("signed_by_another_certificate");
  const { provenTime } = only;
  if (provenTime === null) return refused("time_not_proven");
  return document.status === "PASSED"
    ? ok({ examination, provenTime })
    : refused(document.reason ?? document.subIndication ?? "not_passed");
}

/** What leaves must pass both verdicts as a stranger would reach them, with the record that is about to be published. */
export async function examineSealed(
  house: House,
  sealed: Bytes,
  certificate: Certificate,
): Promise<Result<SealedFindings, Failure>> {
  const examination = await examine(house, sealed);
  const identity = identityOf(sealed, examination, house.primitives);
  const sealedAt = examination.signatures.filter(({ kind }) => kind === "signature")[1]?.provenTime ?? null;
  if (!identity.ok || sealedAt === null) return refused("time_not_proven");
  const { sha256, lengthBytes } = identity.value;
  const { agencyId, number } = certificate;
  const verdict = verdictOn(house, examination, sealed, {
    identity: { digest: sha256, lengthBytes },
    status: "issued",
    agencyId,
    agencyName: agencyNameOf(house, agencyId),
    number,
    sealedAt,
    isOurs: true,
  });
  if (examination.document.status !== "PASSED") return refused(examination.document.reason ?? "not_passed");
  if (verdict.status !== "issued_here") return refused(verdict.reason ?? verdict.status);
  return ok({ identity: { sha256, length: lengthBytes }, sealedAt });
}

/** With long-term evidence it must still be the copy that was sealed, and each signature must have reached what was promised. */
export async function examineExtended(
  house: House,
  extended: Bytes,
  certificate: Certificate,
): Promise<Result<null, Failure>> {
  const found = await examineSealed(house, extended, certificate);
  if (!found.ok) return found;
  const { sha256, length } = found.value.identity;
  if (certificate.identity?.sha256 !== sha256 || certificate.identity.length !== length) return refused("copy_changed");
  const { signatures } = await examine(house, extended);
  const isShort = signatures.some(({ kind, level }) => kind === "signature" && level !== "B-LTA");
  const isUndated = signatures.some(({ kind, provenTime }) => kind === "document_timestamp" && provenTime === null);
  return isShort || isUndated ? refused("level_not_reached") : ok(null);
}

function verdictOn(
  house: House,
  examination: Examination,
  pdf: Bytes,
  record: MatchingRecord | null,
): CertifiedCopyVerdict {
  const identity = identityOf(pdf, examination, house.primitives);
  const copy = copyFactsOf(examination, identity.ok ? identity.value : null);
  return certifiedCopyVerdict(copy, house.keyList().agencies, record);
}

const refused = (reason: string) => fail({ code: "examination_failed", reason } as const);
