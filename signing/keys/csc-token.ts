import { createHash } from "node:crypto";
import { fail, ok, type Result } from "../../src/core/kernel.ts";
import { askCsc, type CscFailure, type CscPost, textIn } from "./csc-ask.ts";

/** A remote signing service, as the operator configured it. */
export type CscService = {
  /** Base of the API, `https://…/csc/v2`. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

const basic = ({ clientId, clientSecret }: CscService): string =>
  `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString("base64")}`;

/** Access of this system itself, by its client credentials. CSC API v2 §8.4, RFC 6749 §4.4. */
export const systemToken = (service: CscService, post: CscPost): Promise<Result<string, CscFailure>> =>
  tokenBy(service, post, new URLSearchParams({ grant_type: "client_credentials", scope: "service" }));

/** What a person's browser asks of the service where it demands its own page. */
export type AuthorizationAsked = {
  readonly redirectUri: string;
  readonly credentialId: string;
  /** Digests, base64: the answer is good for these only. */
  readonly hashes: readonly string[];
  readonly hashAlgorithmOid: string;
  /** Random; must come back unchanged. */
  readonly state: string;
  /** Random, 43 to 128 signs; kept here until the code comes back. RFC 7636 §4.1. */
  readonly verifier: string;
};

/** Where to send the person's browser for a code bound to exactly these digests. CSC API v2 §8.3.3, RFC 7636. */
export function authorizationUrl(service: CscService, asked: AuthorizationAsked): string {
  const challenge = createHash("sha256").update(asked.verifier).digest("base64url");
  const query = new URLSearchParams({
    response_type: "code",
    client_id: service.clientId,
    redirect_uri: asked.redirectUri,
    scope: "credential",
    state: asked.state,
    code_challenge: challenge,
    code_challenge_method: "S256",
    credentialID: asked.credentialId,
    numSignatures: String(asked.hashes.length),
    hashes: asked.hashes.join(","),
    hashAlgorithmOID: asked.hashAlgorithmOid,
  });
  return `${service.url}/oauth2/authorize?${query}`;
}

/** @returns the signature activation data: what this endpoint calls an access token of scope `credential` */
export const activationByCode = (
  service: CscService,
  post: CscPost,
  answer: { readonly code: string; readonly redirectUri: string; readonly verifier: string },
): Promise<Result<string, CscFailure>> =>
  tokenBy(
    service,
    post,
    new URLSearchParams({
      grant_type: "authorization_code",
      code: answer.code,
      redirect_uri: answer.redirectUri,
      code_verifier: answer.verifier,
    }),
  );

async function tokenBy(service: CscService, post: CscPost, form: URLSearchParams): Promise<Result<string, CscFailure>> {
  const answer = await askCsc(post, `${service.url}/oauth2/token`, basic(service), form);
  if (!answer.ok) return answer;
  const token = textIn(answer.value, "access_token");
  return token === null ? fail({ code: "service_answer_malformed" }) : ok(token);
}
