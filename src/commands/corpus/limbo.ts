import { type Certificate, parseCertificate } from "../../../signing/format/certificate.ts";
import { profileFault } from "../../../signing/format/certificate-profile.ts";
import { findChain, type TrustAnchor } from "../../../signing/format/chain.ts";
import { parseCrl } from "../../../signing/format/crl.ts";
import type { GeneralName } from "../../../signing/format/general-name.ts";
import { readPathRules } from "../../../signing/format/path-rules.ts";
import { checkRevocation } from "../../../signing/format/revocation-check.ts";
import { type Bytes, type Instant, instantOfSeconds } from "../../core/kernel.ts";
import { nodePrimitives } from "../../primitives-node.ts";
import { certificatesIn } from "../examine/trust.ts";
import { type Case, failed, type Outcome, passed } from "./case.ts";
import { type Corpus, type Entry, textOf } from "./manifest.ts";

type PeerName = { readonly kind: "DNS" | "IP" | "RFC822"; readonly value: string };

type Limbo = {
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly validation_kind?: "SERVER" | "CLIENT" | null;
  readonly validation_time: string | null;
  readonly expected_peer_name?: PeerName | null;
  readonly max_chain_depth?: number | null;
  readonly crls?: readonly string[];
  readonly expected_result: "SUCCESS" | "FAILURE";
};

/** x509-limbo: path validation, the profile of RFC 5280 §4, revocation lists where there are some, and the peer's name. */
export function limboCases(corpus: Corpus, entries: readonly Entry[]): readonly Case[] {
  return entries
    .filter(({ file }) => file.endsWith(".limbo.json"))
    .map(({ file }) => ({ folder: "pkits", name: file, run: () => run(JSON.parse(textOf(corpus, file)) as Limbo) }));
}

async function run(limbo: Limbo): Promise<Outcome> {
  const told = await refusalOf(limbo);
  const isExpected = (told === null) === (limbo.expected_result === "SUCCESS");
  return isExpected ? passed(told ?? "trusted") : failed(told ?? "trusted", `expected ${limbo.expected_result}`);
}

const purposes = { SERVER: "1.3.6.1.5.5.7.3.1", CLIENT: "1.3.6.1.5.5.7.3.2" } as const;

/** Why the certificate is refused; null where it is not. */
async function refusalOf(limbo: Limbo): Promise<string | null> {
  const [leaf] = parsed([limbo.peer_certificate]);
  if (leaf === undefined) return "certificate_malformed";
  const anchors = parsed(limbo.trusted_certs).map((certificate) => ({ certificate, purpose: "public" as const }));
  const candidates = parsed(limbo.untrusted_intermediates);
  const at = instantOf(limbo.validation_time);
  const kind = limbo.validation_kind ?? "SERVER";
  let refusal: string | null = null;
  const accepts = async (path: readonly Certificate[]) => {
    refusal = profileFault(path) ?? depthFault(path, limbo) ?? (await revocationFault(path, anchors, limbo, at));
    return refusal === null;
  };
  const question = { leaf, candidates, anchors, purposes: ["public" as const], at, use: "any" as const, accepts };
  const finding = await findChain({ ...question, extendedKeyUsage: purposes[kind] }, nodePrimitives);
  if (!finding.trusted) return finding.reason === "path_refused" ? refusal : finding.reason;
  return isNamed(leaf, limbo.expected_peer_name ?? null) ? null : "another name";
}

const instantOf = (time: string | null): Instant =>
  instantOfSeconds(Math.floor((time === null ? Date.now() : Date.parse(time)) / 1000));

const depthFault = (path: readonly Certificate[], { max_chain_depth: most }: Limbo): string | null =>
  most != null && path.length - 2 > most ? "path_too_long" : null;

/** Where lists are given, the leaf must be good by them and nobody above it revoked. */
async function revocationFault(
  path: readonly Certificate[],
  anchors: readonly TrustAnchor[],
  { crls: pems = [] }: Limbo,
  at: Instant,
): Promise<string | null> {
  if (pems.length === 0) return null;
  const crls = pems.flatMap((pem) => {
    const read = parseCrl(derOf(pem));
    // §5.2.3: a list without a number is not of this profile
    return read.ok && read.value.number !== null ? [{ value: read.value, seenAt: at, source: "limbo" }] : [];
  });
  const question = { ocsps: [], crls, candidates: path, asOf: at, now: at, primitives: nodePrimitives };
  for (const [depth, certificate] of path.slice(0, -1).entries()) {
    const finding = await checkRevocation({ certificate, above: path.slice(depth + 1), anchors }, question);
    if (finding.status === "revoked") return "revoked";
    if (finding.status === "unknown" && depth === 0) return `revocation ${finding.gap}`;
  }
  return null;
}

function isNamed({ extensions }: Certificate, wanted: PeerName | null): boolean {
  if (wanted === null) return true;
  const rules = readPathRules(extensions);
  return rules.ok && rules.value.alternativeNames.some((name) => isName(name, wanted));
}

/** RFC 6125 §6.4: a wildcard is the whole first label and stands for one. */
function isName(name: GeneralName, { kind, value }: PeerName): boolean {
  if (name.kind === "ip") return kind === "IP" && name.value.join(".") === addressOf(value).join(".");
  if (name.kind === "email") return kind === "RFC822" && name.value === value;
  if (name.kind !== "dns" || kind !== "DNS") return false;
  const [own, host] = [name.value.toLowerCase(), value.toLowerCase()];
  return own === host || (own.startsWith("*.") && host.slice(host.indexOf(".")) === own.slice(1));
}

function addressOf(text: string): readonly number[] {
  if (!text.includes(":")) return text.split(".").map(Number);
  const [front = "", back = ""] = text.split("::");
  const groups = (part: string) => part.split(":").filter((group) => group !== "");
  const missing = text.includes("::") ? 8 - groups(front).length - groups(back).length : 0;
  const all = [...groups(front), ...Array<string>(missing).fill("0"), ...groups(back)];
  return all.map((group) => Number.parseInt(group, 16)).flatMap((group) => [group >> 8, group & 255]);
}

const derOf = (pem: string): Bytes => new Uint8Array(Buffer.from(pem.replace(/-----[^-]+-----/g, ""), "base64"));

const parsed = (pems: readonly string[]): Certificate[] =>
  pems
    .flatMap((pem) => certificatesIn(new TextEncoder().encode(pem)))
    .flatMap((der) => {
      const read = parseCertificate(der);
      return read.ok ? [read.value] : [];
    });
