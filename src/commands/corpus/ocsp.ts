import type { Certificate } from "../../../signing/format/certificate.ts";
import { parseCertificate } from "../../../signing/format/certificate.ts";
import { parseOcspReply } from "../../../signing/format/ocsp.ts";
import { parseTimestampResponse, parseTimestampToken } from "../../../signing/format/tsp.ts";
import { askRevocation } from "../../../signing/seal/revocation.ts";
import { type Bytes, type Instant, instantOfSeconds, ok, secondsOf } from "../../core/kernel.ts";
import { nodePrimitives } from "../../primitives-node.ts";
import { certificatesIn } from "../examine/trust.ts";
import { type Case, failed, notRun, type Outcome, passed } from "./case.ts";
import { bytesOf, type Corpus, type Entry } from "./manifest.ts";

const mostSeconds = 5;

/** OpenSSL's OCSP answers, and time-stamp data of which only a typed answer in bounded time is asked. */
export function ocspCases(corpus: Corpus, entries: readonly Entry[]): readonly Case[] {
  const files = new Set(entries.map(({ file }) => file));
  return entries.flatMap(({ file }): Case[] => {
    const name = file;
    const folder = "tsp-ocsp";
    if (file.endsWith(".ors")) return [{ folder, name, run: () => runAnswer(corpus, file, files) }];
    return file.includes("/bc-tsp/") ? [{ folder, name, run: () => runTimestamp(corpus, file) }] : [];
  });
}

/** `WRID_D3.ors` is the answer D3 made wrong in one way; D3 is about the issuer `D3_Issuer_*.pem`. */
async function runAnswer(corpus: Corpus, file: string, files: ReadonlySet<string>): Promise<Outcome> {
  const [, wrong = "", base = ""] = /([A-Z]+_)?(N?D\d)\.ors$/.exec(file) ?? [];
  const issuerFile = [...files].find((one) => new RegExp(`/${base}_Issuer_\\w+\\.pem$`).test(one));
  if (issuerFile === undefined) return notRun("its issuer is not in this set");
  const [issuerDer = new Uint8Array()] = certificatesIn(bytesOf(corpus, issuerFile));
  const issuer = parseCertificate(issuerDer);
  if (!issuer.ok) return failed("", "the issuer cannot be read");
  const reply = replyOf(bytesOf(corpus, file));
  if (reply === null) return notRun("not base64 of DER");
  const found = await asked(reply, issuer.value);
  const isAccepted = found.status !== "unavailable";
  const told = found.status === "unavailable" ? `refused: ${found.reason}` : found.status;
  if (isAccepted === (wrong === "")) return passed(told);
  return failed(told, wrong === "" ? "must be accepted" : `must be refused: ${wrong.slice(0, -1)}`);
}

/** OpenSSL keeps its answers in base64. */
function replyOf(bytes: Bytes): Bytes | null {
  if (bytes[0] === 0x30) return bytes;
  const der = new Uint8Array(Buffer.from(new TextDecoder().decode(bytes), "base64"));
  return der[0] === 0x30 ? der : null;
}

/**
 * The certificates that were asked about are not in the set. Their serial number, which the answer repeats, and the
 * issuer are all that the question holds of them.
 */
async function asked(reply: Bytes, issuer: Certificate) {
  const parsed = parseOcspReply(reply);
  const answer = parsed.ok ? parsed.value.basic?.answers[0] : undefined;
  const extensions = { ...issuer.extensions, ocspUrl: "http://ocsp.invalid/" };
  const certificate: Certificate = { ...issuer, serial: answer?.certId.serial ?? issuer.serial, extensions };
  const now: Instant = instantOfSeconds(secondsOf(answer?.thisUpdate ?? ("2012-10-10T00:00:00Z" as Instant)) + 60);
  const post = async () => ok({ status: 200, contentType: "application/ocsp-response", body: reply });
  return askRevocation(certificate, issuer, { post, nonce: new Uint8Array(16), now, primitives: nodePrimitives });
}

async function runTimestamp(corpus: Corpus, file: string): Promise<Outcome> {
  const bytes = bytesOf(corpus, file);
  const began = performance.now();
  const response = parseTimestampResponse(bytes);
  const token = parseTimestampToken(response.ok ? (response.value.token ?? bytes) : bytes);
  const seconds = (performance.now() - began) / 1000;
  const told = `${token.ok ? `token of ${token.value.genTime}` : token.failure.reason}, ${seconds.toFixed(2)} s`;
  return seconds <= mostSeconds ? passed(told) : failed(told, `more than ${mostSeconds} s`);
}
