import { type KeyObject, X509Certificate } from "node:crypto";
import { type Bytes, equalBytes, fail, ok, type Result } from "../../src/core/kernel.ts";
import type { SignatureAlgorithm } from "../format/primitives.ts";
import { askCsc, type CscFailure, type CscPost, type Json, objectIn, textIn, textsIn } from "./csc-ask.ts";
import { type Ask, asKeyFailure, authorisedOver, type Digesting, noAnswer, signHashes } from "./csc-signing.ts";
import { type CscService, systemToken } from "./csc-token.ts";
import type { KeyFailure, KeyHolder } from "./key-holder.ts";
import { suitsKey, usualAlgorithm } from "./key-kind.ts";

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
  | { readonly code: "authorisation_elsewhere" }
  /** It takes the PIN and has no page. */
  | { readonly code: "authorisation_by_pin" };

/** Requests in the name of this system, with a token of its client credentials. */
export async function askerOf(service: CscService, post: CscPost): Promise<Result<Ask, CscFailure>> {
  const token = await systemToken(service, post);
  if (!token.ok) return token;
  return ok((path, body) => askCsc(post, `${service.url}/${path}`, `Bearer ${token.value}`, body));
}

/**
 * A key with a remote signing service, CSC API v2: `credentials/list` and `credentials/info` once, then for each list of
 * digests one `credentials/authorize` (§11.6) whose activation data is bound to exactly these, and `signatures/signHash`.
 */
export async function openCsc(opening: CscOpening): Promise<Result<KeyHolder, CscOpenFailure>> {
  const asker = await askerOf(opening.service, opening.post);
  if (!asker.ok) return asker;
  const ask = asker.value;
  const info = await credentialInfo(opening, ask, "pin");
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

type Remote = {
  readonly opening: CscOpening;
  readonly ask: Ask;
  readonly publicKey: KeyObject;
  /** As the service names the field for the PIN. */
  readonly pinField: string;
  /** Most signatures under one authorisation. */
  readonly atOnce: number;
};

/** @param way how the credential is authorised: by the PIN sent to it, or by a code from its own page */
export async function credentialInfo(
  { credentialId, certificate }: Pick<CscOpening, "credentialId" | "certificate">,
  ask: Ask,
  way: "pin" | "page",
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
  const wantsPage = textIn(auth, "mode") === "oauth2code";
  if (wantsPage !== (way === "page"))
    return fail({ code: wantsPage ? "authorisation_elsewhere" : "authorisation_by_pin" });
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

async function signPiece(remote: Remote, values: readonly Bytes[], algorithm: Digesting) {
  const { opening, ask, pinField } = remote;
  const { credentialId } = opening;
  const authorised = await ask("credentials/authorize", {
    ...authorisedOver(credentialId, values, algorithm),
    numSignatures: values.length,
    authData: [{ id: pinField, value: opening.pin }],
  });
  if (!authorised.ok) return fail(asKeyFailure(authorised.failure));
  const activation = textIn(authorised.value, "SAD");
  if (activation === null) return fail(noAnswer);
  return signHashes(ask, remote.publicKey, values, algorithm, { credentialId, activation });
}
