import { fieldNames } from "../../signing/compose/copy-to-compose.ts";
import { noticeField } from "../../signing/compose/notice-to-compose.ts";
import { registerField } from "../../signing/compose/register-to-compose.ts";
import type { SigningFailure } from "../../signing/failure.ts";
import { parseCertificate } from "../../signing/format/certificate.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import { measureReservation } from "../../signing/seal/measure.ts";
import { askRevocation } from "../../signing/seal/revocation.ts";
import { sealWithRoom } from "../../signing/seal/seal.ts";
import type { Credential } from "../core/dossier.ts";
import { type Bytes, fail, type Instant, ok, type Result } from "../core/kernel.ts";
import { nodeDeflate } from "../primitives-node.ts";
import type { Failure } from "../usecases/failure.ts";
import { type House, randomOf } from "./house.ts";
import { type PictureHolder, pictureToPrint } from "./pictures.ts";
import { forgetSample, sampleToken, timestamps } from "./timestamps.ts";
import type { Waypoint } from "./waypoints.ts";

type FieldUse = {
  readonly fieldName: string;
  readonly reason: string;
  readonly keyUsed: Waypoint;
  readonly timestamped: Waypoint;
};

const attests = "Chứng thực bản sao đúng với bản chính";
export const uses = {
  officer: {
    fieldName: fieldNames.officer,
    reason: attests,
    keyUsed: "sign: key used",
    timestamped: "sign: timestamp received",
  },
  agency: {
    fieldName: fieldNames.agency,
    reason: attests,
    keyUsed: "seal: key used",
    timestamped: "seal: timestamp received",
  },
  notice: {
    fieldName: noticeField,
    reason: "Thông báo từ chối chứng thực",
    keyUsed: "notice: key used",
    timestamped: "notice: timestamp received",
  },
  register: {
    fieldName: registerField,
    reason: "Ký bản in của sổ chứng thực bản sao từ bản chính",
    keyUsed: "register: key used",
    timestamped: "register: timestamp received",
  },
} satisfies Record<string, FieldUse>;

type FieldSigner = { readonly name: string; readonly at: Instant; readonly holder: PictureHolder };
type Role = keyof typeof uses;

/** One signature of level B-T into the field that is meant for it: one act, one opening of the key. */
export async function signField(
  house: House,
  role: Role,
  pdf: Bytes,
  key: KeyHolder,
  signer: FieldSigner,
): Promise<Result<Bytes, Failure>> {
  const signed = await signOneOfMany(house, role, pdf, key, signer);
  key.close?.();
  return signed;
}

/** The same, with a key that the whole act keeps open and closes at its end. */
export async function signOneOfMany(
  house: House,
  role: Role,
  pdf: Bytes,
  key: KeyHolder,
  signer: FieldSigner,
): Promise<Result<Bytes, Failure>> {
  const use = uses[role];
  const reserved = await reservation(house, key);
  if (!reserved.ok) return reserved;
  const picture = await pictureToPrint(house, signer.holder);
  const sealed = await sealWithRoom(
    {
      pdf,
      fieldName: use.fieldName,
      claimedTime: signer.at,
      reservedBytes: reserved.value,
      name: signer.name,
      reason: use.reason,
      ...(picture === null ? {} : { appearance: picture }),
    },
    {
      key: withWaypoint(house, use, key),
      timestamps: timestamps(house, use.timestamped),
      deflate: nodeDeflate,
      primitives: house.primitives,
    },
    () => forgetSample(house),
  );
  return sealed.ok ? ok(sealed.value.pdf) : fail(asFailure(sealed.failure));
}

export function asFailure(failure: SigningFailure): Failure {
  if (failure.code === "timestamp_unavailable") return { code: "timestamp_unavailable" };
  if (failure.code === "key_failed" && failure.failure.code === "key_unavailable") {
    return { code: "key_unavailable", reason: failure.failure.reason };
  }
  if (failure.code === "key_failed" && failure.failure.code === "key_refused") {
    return failure.failure.reason === "wrong_pin"
      ? { code: "wrong_pin" }
      : { code: "signing_failed", reason: failure.failure.reason };
  }
  if (failure.code === "seed_value_unmet") return { code: "seed_value_unmet", constraint: failure.constraint };
  return { code: "signing_failed", reason: failure.code };
}

function withWaypoint(house: House, use: FieldUse, key: KeyHolder): KeyHolder {
  const sign: KeyHolder["sign"] = async (toBeSigned, algorithm) => {
    const signature = await key.sign(toBeSigned, algorithm);
    await house.pass(use.keyUsed);
    return signature;
  };
  return { ...key, sign };
}

/** Measured with a real token of the authority, which also proves before any key is used that it answers. */
export async function reservation(
  house: House,
  key: Pick<KeyHolder, "certificate" | "chain" | "algorithm">,
): Promise<Result<number, Failure>> {
  const sample = await sampleToken(house);
  if (sample === null) return fail({ code: "timestamp_unavailable" });
  const measured = measureReservation({ ...key, sampleToken: sample }, house.primitives);
  return measured.ok ? measured : fail({ code: "signing_failed", reason: measured.failure.code });
}

/** A revoked certificate signs nothing here; one whose standing cannot be learnt signs nothing now. */
export async function checkRevocation(house: House, credential: Credential): Promise<Result<null, Failure>> {
  const certificate = parseCertificate(credential.certificate);
  const issuer = parseCertificate(credential.chain[0] ?? new Uint8Array());
  if (!certificate.ok || !issuer.ok) return fail({ code: "no_registered_certificate" });
  const world = { post: house.http.post, nonce: randomOf(16), now: house.now(), primitives: house.primitives };
  const found = await askRevocation(certificate.value, issuer.value, world);
  if (found.status === "good") return ok(null);
  return fail({ code: found.status === "revoked" ? "certificate_revoked" : "revocation_unavailable" });
}
