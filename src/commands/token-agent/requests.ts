import { X509Certificate } from "node:crypto";
import { z } from "zod";
import { readSignedAttributes } from "../../../signing/format/cms-attributes.ts";
import { parseDer, readingDer } from "../../../signing/format/der.ts";
import { oids } from "../../../signing/format/oids.ts";
import { usualAlgorithm } from "../../../signing/keys/key-kind.ts";
import { openPkcs11 } from "../../../signing/keys/pkcs11.ts";
import type { Pkcs11Failure } from "../../../signing/keys/pkcs11-failure.ts";
import type { Pkcs11Device } from "../../../signing/keys/pkcs11-process.ts";
import { type Bytes, equalBytes, fail, hexOf, ok, type Result } from "../../core/kernel.ts";
import { nodePrimitives } from "../../primitives-node.ts";

/** What the service's page asks for; titles and numbers are its word, the digests are what is signed. */
export const SigningAsked = z.strictObject({
  certificate: z.base64().max(8192),
  items: z
    .array(
      z.strictObject({
        id: z.string().max(60),
        title: z.string().max(400),
        number: z.string().max(60),
        toBeSigned: z.base64().max(2048),
      }),
    )
    .min(1)
    .max(20),
});

export type AskedItem = {
  readonly id: string;
  readonly title: string;
  readonly number: string;
  readonly toBeSigned: Bytes;
  /** Hex of the digest of the PDF's covered bytes. */
  readonly digest: string;
};

export type SigningRequest = {
  readonly certificate: Bytes;
  readonly signer: string;
  readonly items: readonly AskedItem[];
  /** Of the page that asks the PIN: what another site cannot know. */
  readonly formToken: string;
  readonly askedAt: number;
  state: "waiting" | "signed" | "refused";
  values: readonly { readonly id: string; readonly value: string }[];
};

/**
 * Takes only what a PAdES signature by this very certificate signs (RFC 5652 §5.4, RFC 5035): whoever could have other bytes
 * signed could have a contract signed, or a certificate.
 */
export function readRequest(
  asked: z.infer<typeof SigningAsked>,
  made: Pick<SigningRequest, "formToken" | "askedAt">,
): Result<SigningRequest, { readonly code: "request_refused" }> {
  const certificate = bytesOf(asked.certificate);
  const items = asked.items.map((item) => readItem(item, certificate));
  const subject = subjectOf(certificate);
  if (subject === null || items.includes(null)) return fail({ code: "request_refused" });
  const known = items.flatMap((item) => (item === null ? [] : [item]));
  return ok({ certificate, signer: subject, items: known, ...made, state: "waiting", values: [] });
}

const bytesOf = (base64: string): Bytes => new Uint8Array(Buffer.from(base64, "base64"));

function subjectOf(certificate: Bytes): string | null {
  try {
    return new X509Certificate(certificate).subject;
  } catch {
    return null;
  }
}

type RawItem = z.infer<typeof SigningAsked>["items"][number];

function readItem({ toBeSigned, ...told }: RawItem, certificate: Bytes): AskedItem | null {
  const bytes = bytesOf(toBeSigned);
  const read = readingDer(() => readSignedAttributes(parseDer(bytes)));
  if (!read.ok || bytes[0] !== 0x31) return null;
  const { contentType, messageDigest, signingCertificate, types } = read.value;
  if (contentType !== oids.data || messageDigest === null || signingCertificate?.hash == null) return null;
  const isOurs = types.length === 3 && types.includes(oids.signingCertificateV2);
  const pinned = nodePrimitives.digest(signingCertificate.hash, certificate);
  if (!isOurs || !equalBytes(signingCertificate.certificateHash, pinned)) return null;
  return { ...told, toBeSigned: bytes, digest: hexOf(messageDigest) };
}

/** One PIN for the list that was shown. All or nothing: what is half signed is thrown away, nobody has seen it. */
export async function signRequest(
  request: SigningRequest,
  device: Pkcs11Device,
  pin: string,
): Promise<Result<null, Pkcs11Failure>> {
  const { certificate, items } = request;
  const algorithm = usualAlgorithm(new X509Certificate(certificate).publicKey);
  if (algorithm === null) return fail({ code: "key_absent" });
  const key = await openPkcs11(device, { certificate, token: null, pin }, []);
  if (!key.ok) return key;
  const values: { id: string; value: string }[] = [];
  for (const { id, toBeSigned } of items) {
    const signed = await key.value.sign(toBeSigned, algorithm);
    if (signed.ok) values.push({ id, value: Buffer.from(signed.value).toString("base64") });
  }
  key.value.close?.();
  if (values.length !== items.length) return fail({ code: "token_removed" });
  request.values = values;
  request.state = "signed";
  return ok(null);
}
