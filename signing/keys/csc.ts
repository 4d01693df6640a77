import { createHash, type KeyObject, verify, X509Certificate } from "node:crypto";
import { type Bytes, concatBytes, equalBytes, fail, ok, type Result } from "../../src/core/kernel.ts";
import { signatureIdentifier } from "../format/algorithm.ts";
import { oids } from "../format/oids.ts";
import type { SignatureAlgorithm } from "../format/primitives.ts";
import { askCsc, type CscFailure, type CscPost, type Json, objectIn, textIn, textsIn } from "./csc-ask.ts";
import { type CscService, systemToken } from "./csc-token.ts";
import type { KeyFailure, KeyHolder } from "./key-holder.ts";
import { cryptoOptions, suitsKey, usualAlgorithm } from "./key-kind.ts";
import { signatureValue } from "./pkcs11-mechanism.ts";

export type CscOpening = {
  readonly service: CscService;
  readonly credentialId: string;
  /** As registered; the service's own must be the same. */
  readonly certificate: Bytes;
  readonly chain: readonly Bytes[];
  /** Of the person: goes to the service with each authorisation. */
  readonly pin: string;
  readonly post: CscPost;
};

export type CscOpenFailure =
  | CscFailure
  | { readonly code: "credential_unknown" }
  | { readonly code: "credential_disabled" }
  /** The service signs with another certificate than the registered one. */
  | { readonly code: "credential_differs" }
  /** It wants the person on its own page. */
  | { readonly code: "authorisation_elsewhere" };

/**
 * A key with a remote signing service, CSC API v2: `credentials/list` and `credentials/info` once, then for each list of
 * digests one `credentials/authorize` (§11.6) whose activation data is bound to exactly these, and `signatures/signHash`.
 */
export async function openCsc(opening: CscOpening): Promise<Result<KeyHolder, CscOpenFailure>> {
  const token = await systemToken(opening.service, opening.post);
  if (!token.ok) return token;
  const ask: Ask = (path, body) =>
    askCsc(opening.post, `${opening.service.url}/${path}`, `Bearer ${token.value}`, body);
  const info = await credentialInfo(opening, ask);
  if (!info.ok) return info;
  const { publicKey } = new X509Certificate(opening.certificate);
  const algorithm = usualAlgorithm(publicKey);
  if (algorithm === null || algorithm.scheme === "ed25519") return fail({ code: "credential_disabled" });
  const state: Remote = { opening, ask, publicKey, ...info.value };
  return ok({
    certificate: opening.certificate,
    chain: opening.chain,
    algorithm,
    sign: async (toBeSigned, wanted) => {
      const signed = await signAll(state, [toBeSigned], wanted);
      return signed.ok ? (signed.value[0] ?? fail(noAnswer)) : signed;
    },
    signAll: (values, wanted) => signAll(state, values, wanted),
  });
}

type Ask = (path: string, body: Json) => Promise<Result<Json, CscFailure>>;

type Remote = {
  readonly opening: CscOpening;
  readonly ask: Ask;
  readonly publicKey: KeyObject;
  /** As the service names the field for the PIN. */
  readonly pinField: string;
  /** Most signatures under one authorisation. */
  readonly atOnce: number;
};

const noAnswer = { code: "key_unavailable", reason: "service_answer_malformed" } as const;

async function credentialInfo(
  { credentialId, certificate }: CscOpening,
  ask: Ask,
): Promise<Result<Pick<Remote, "pinField" | "atOnce">, CscOpenFailure>> {
  const list = await ask("credentials/list", {});
  if (!list.ok) return list;
  if (!textsIn(list.value, "credentialIDs").includes(credentialId)) return fail({ code: "credential_unknown" });
  const info = await ask("credentials/info", { credentialID: credentialId, certificates: "single", authInfo: true });
  if (!info.ok) return info;
  const status = textIn(objectIn(info.value, "key"), "status");
  if (status !== null && status !== "enabled") return fail({ code: "credential_disabled" });
  const [own = ""] = textsIn(objectIn(info.value, "cert"), "certificates");
  if (!equalBytes(new Uint8Array(Buffer.from(own, "base64")), certificate)) return fail({ code: "credential_differs" });
  const auth = objectIn(info.value, "auth");
  if (textIn(auth, "mode") === "oauth2code") return fail({ code: "authorisation_elsewhere" });
  const most = Number(info.value["multisign"] ?? 1);
  return ok({ pinField: pinFieldIn(auth), atOnce: Number.isSafeInteger(most) && most > 0 ? most : 1 });
}

function pinFieldIn(auth: Json): string {
  const objects = Array.isArray(auth["objects"]) ? (auth["objects"] as readonly unknown[]) : [];
  const password = objects.find((one) => (one as Json | null)?.["type"] === "Password") as Json | undefined;
  return (password === undefined ? null : textIn(password, "id")) ?? "PIN";
}

/** Lists longer than the service allows are authorised piece by piece; a piece that fails says so for its own values. */
async function signAll(
  remote: Remote,
  values: readonly Bytes[],
  algorithm: SignatureAlgorithm,
): Promise<Result<readonly Result<Bytes, KeyFailure>[], KeyFailure>> {
  if (algorithm.scheme === "ed25519" || !suitsKey(remote.publicKey, algorithm)) {
    return fail({ code: "algorithm_unsupported", algorithm }); // Ed25519 signs messages, and this interface takes digests
  }
  const signed: Result<Bytes, KeyFailure>[] = [];
  for (let from = 0; from < values.length; from += remote.atOnce) {
    const piece = values.slice(from, from + remote.atOnce);
    const answer = await signPiece(remote, piece, algorithm);
    if (!answer.ok && from === 0) return answer;
    signed.push(...(answer.ok ? answer.value : piece.map(() => answer)));
    if (!answer.ok) break;
  }
  return ok(values.map((_, i) => signed[i] ?? fail({ code: "key_unavailable", reason: "not_tried" })));
}

type Digesting = Exclude<SignatureAlgorithm, { scheme: "ed25519" }>;

async function signPiece(remote: Remote, values: readonly Bytes[], algorithm: Digesting) {
  const { opening, ask, pinField } = remote;
  const hashes = values.map((value) => createHash(algorithm.hash).update(value).digest("base64"));
  const about = { credentialID: opening.credentialId, hashes, hashAlgorithmOID: oids[algorithm.hash] };
  const authorised = await ask("credentials/authorize", {
    ...about,
    numSignatures: hashes.length,
    authData: [{ id: pinField, value: opening.pin }],
  });
  if (!authorised.ok) return fail(asKeyFailure(authorised.failure));
  const activation = textIn(authorised.value, "SAD");
  if (activation === null) return fail(noAnswer);
  const signing = { ...about, SAD: activation, operationMode: "S", ...algorithmFields(algorithm) };
  const answer = await ask("signatures/signHash", signing);
  if (!answer.ok) return fail(asKeyFailure(answer.failure));
  const signatures = textsIn(answer.value, "signatures");
  if (signatures.length !== values.length) return fail(noAnswer);
  return ok(values.map((value, i) => fitting(remote.publicKey, value, algorithm, signatures[i] ?? "")));
}

function algorithmFields(algorithm: Digesting): Json {
  if (algorithm.scheme === "rsa-pss") {
    const identifier = signatureIdentifier(algorithm);
    // Its parameters follow the identifier's header and the OID of eleven octets.
    const parameters = identifier.subarray((identifier[1] ?? 0) < 128 ? 13 : 14);
    return { signAlgo: oids.rsaPss, signAlgoParams: Buffer.from(parameters).toString("base64") };
  }
  return { signAlgo: signAlgos[algorithm.scheme][algorithm.hash] };
}

const signAlgos = {
  "rsa-pkcs1": {
    sha1: oids.sha1WithRsa,
    sha256: oids.sha256WithRsa,
    sha384: oids.sha384WithRsa,
    sha512: oids.sha512WithRsa,
  },
  ecdsa: {
    sha1: oids.ecdsaWithSha1,
    sha256: oids.ecdsaWithSha256,
    sha384: oids.ecdsaWithSha384,
    sha512: oids.ecdsaWithSha512,
  },
} as const;

/** Services differ in whether ECDSA comes as DER or as r and s side by side: the certificate tells which it was. */
function fitting(key: KeyObject, message: Bytes, algorithm: Digesting, base64: string): Result<Bytes, KeyFailure> {
  const value = concatBytes(Buffer.from(base64, "base64"));
  const forms =
    algorithm.scheme === "ecdsa" && value.length % 2 === 0 ? [value, signatureValue(value, algorithm)] : [value];
  const found = forms.find((form) => verify(algorithm.hash, message, { key, ...cryptoOptions(algorithm) }, form));
  return found === undefined ? fail({ code: "key_refused", reason: "signature_wrong" }) : ok(found);
}

const personSaidNo = new Set(["invalid_pin", "invalid_otp", "access_denied", "authorization_denied"]);

function asKeyFailure(failure: CscFailure): KeyFailure {
  if (failure.code === "service_refused") {
    if (failure.error === "invalid_pin") return { code: "key_refused", reason: "wrong_pin" };
    return personSaidNo.has(failure.error) || failure.status < 500
      ? { code: "key_refused", reason: failure.error }
      : { code: "key_unavailable", reason: failure.error };
  }
  return { code: "key_unavailable", reason: failure.code === "service_unreachable" ? failure.reason : failure.code };
}
