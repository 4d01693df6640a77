import { type Certificate, parseCertificate } from "../../../signing/format/certificate.ts";
import { type ChainFinding, type ChainQuestion, findChain } from "../../../signing/format/chain.ts";
import { parseCrl } from "../../../signing/format/crl.ts";
import type { Placed, RevocationFinding, RevocationQuestion } from "../../../signing/format/revocation.ts";
import { checkRevocation } from "../../../signing/format/revocation-check.ts";
import type { Instant } from "../../core/kernel.ts";
import { nodePrimitives } from "../../primitives-node.ts";
import { type Case, failed, type Outcome, passed } from "./case.ts";
import { bytesOf, type Corpus, type Entry, textOf } from "./manifest.ts";

type Test = {
  readonly id: string;
  readonly name: string;
  readonly cert: string;
  readonly other_certs?: readonly string[];
  readonly crls?: readonly string[];
  readonly path_len?: number;
  readonly path_intermediates?: readonly string[];
  readonly revocation?: boolean;
  readonly params?: {
    readonly user_initial_policy_set?: readonly string[];
    readonly initial_explicit_policy?: boolean;
    readonly initial_policy_mapping_inhibit?: boolean;
    readonly initial_any_policy_inhibit?: boolean;
  };
  readonly error?: { readonly class: string };
  readonly notice?: string;
};

const at = "2022-05-01T00:00:00Z" as Instant;
const anchorFile = "TrustAnchorRootCertificate.crt";

/** NIST PKITS by path validation and revocation lists, as the corpus' README tells the inputs. */
export function pkitsCases(corpus: Corpus, entries: readonly Entry[]): readonly Case[] {
  return entries
    .filter(({ file }) => /^pkits\/expected-.*\.json$/.test(file))
    .flatMap(({ file }) => {
      const tests = JSON.parse(textOf(corpus, file)) as readonly Test[];
      return tests.map((test) => ({
        folder: "pkits",
        name: `${file.replace(/^.*\//, "")} ${test.id} ${test.name}`,
        run: () => run(corpus, test),
      }));
    });
}

/** What the path alone says, or how its last trial ended where it was refused for revocation. */
type Answer = { readonly finding: ChainFinding; readonly refusal: RevocationFinding | null };

async function run(corpus: Corpus, test: Test): Promise<Outcome> {
  const answer = await answerTo(corpus, test);
  const { finding } = answer;
  const told = toldOf(answer);
  if (test.error !== undefined) {
    const kind = kindOf(answer);
    return kind === kindAsked(test.error.class) ? passed(told) : failed(told, `must fail: ${test.error.class}`);
  }
  if (!finding.trusted) return failed(told, "must succeed");
  if (test.path_len !== undefined && finding.path.length !== test.path_len)
    return failed(told, `a path of ${finding.path.length}, not ${test.path_len}`);
  return test.notice === undefined ? passed(told) : noticed(finding, test.notice, told);
}

function toldOf({ finding, refusal }: Answer): string {
  if (finding.trusted) return `trusted, a path of ${finding.path.length}`;
  if (finding.reason !== "path_refused" || refusal === null) return finding.reason;
  return refusal.status === "unknown" ? `revocation ${refusal.gap}` : refusal.status;
}

type Kind = "trusted" | "path" | "revoked" | "no_answer";

function kindOf({ finding, refusal }: Answer): Kind {
  if (finding.trusted) return "trusted";
  if (finding.reason !== "path_refused") return "path";
  return refusal?.status === "revoked" ? "revoked" : "no_answer";
}

/** Insufficient and stale may stand for each other. */
function kindAsked(name: string): Kind {
  if (name === "PathValidationError") return "path";
  return name === "RevokedError" ? "revoked" : "no_answer";
}

function noticed({ policies }: Extract<ChainFinding, { trusted: true }>, notice: string, told: string): Outcome {
  const [only, ...others] = policies;
  const isThat = others.length === 0 && only?.notices.length === 1 && only.notices[0] === notice;
  return isThat ? passed(told) : failed(JSON.stringify(policies), `one policy with the notice ${notice}`);
}

async function answerTo(corpus: Corpus, test: Test): Promise<Answer> {
  const read = (file: string): Certificate[] => {
    const parsed = parseCertificate(bytesOf(corpus, `pkits/certs/${file}`));
    return parsed.ok ? [parsed.value] : [];
  };
  const [leaf] = read(test.cert);
  const [anchor] = read(anchorFile);
  if (anchor === undefined) throw new Error("the anchor cannot be read");
  // A certificate with a signature of broken bits: nothing can lead to it.
  if (leaf === undefined)
    return { finding: { trusted: false, reason: "certificate_malformed", path: [] }, refusal: null };
  const anchors = [{ certificate: anchor, purpose: "public" as const }];
  const others = (test.other_certs ?? []).flatMap(read);
  const candidates = test.path_intermediates?.flatMap(read) ?? others;
  const crls = ["TrustAnchorRootCRL.crl", ...(test.crls ?? [])].flatMap((file) => {
    const parsed = parseCrl(bytesOf(corpus, `pkits/crls/${file}`));
    return parsed.ok ? [{ value: parsed.value, seenAt: at, source: file }] : [];
  });
  const question: RevocationQuestion = {
    ...{ ocsps: [], crls, candidates: others, asOf: at, now: at, primitives: nodePrimitives },
    weakAlgorithms: "allowed",
  };
  let refusal: RevocationFinding | null = null;
  const accepts = async (path: readonly Certificate[]) => {
    refusal = await firstRefusal(path, { anchors, question, isLenient: test.revocation === false });
    return refusal === null;
  };
  const chain: ChainQuestion = { leaf, candidates, anchors, purposes: ["public"], at, use: "any", accepts };
  const finding = await findChain({ ...chain, policies: policiesOf(test), weakAlgorithms: "allowed" }, nodePrimitives);
  return { finding, refusal };
}

type Lists = {
  readonly anchors: Placed["anchors"];
  readonly question: RevocationQuestion;
  /** Only certificates that say where they would be revoked are asked about. */
  readonly isLenient: boolean;
};

async function firstRefusal(
  path: readonly Certificate[],
  { anchors, question, isLenient }: Lists,
): Promise<RevocationFinding | null> {
  for (let depth = path.length - 2; depth >= 0; depth--) {
    const certificate = path[depth];
    if (certificate === undefined) break;
    const { crlUrl, ocspUrl, values } = certificate.extensions;
    const tellsWhere = crlUrl !== null || ocspUrl !== null || values.has("2.5.29.31");
    const finding = await checkRevocation({ certificate, above: path.slice(depth + 1), anchors }, question);
    if (finding.status === "revoked") return finding;
    if (finding.status !== "good" && (tellsWhere || !isLenient)) return finding;
  }
  return null;
}

function policiesOf({ params = {} }: Test) {
  return {
    acceptable: params.user_initial_policy_set ?? null,
    requireExplicit: params.initial_explicit_policy ?? false,
    inhibitMapping: params.initial_policy_mapping_inhibit ?? false,
    inhibitAny: params.initial_any_policy_inhibit ?? false,
  };
}
