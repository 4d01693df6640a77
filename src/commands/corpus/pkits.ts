import { type Certificate, parseCertificate } from "../../../signing/format/certificate.ts";
import { type ChainFinding, findChain } from "../../../signing/format/chain.ts";
import type { Instant } from "../../core/kernel.ts";
import { nodePrimitives } from "../../primitives-node.ts";
import { type Case, failed, notRun, type Outcome, passed } from "./case.ts";
import { bytesOf, type Corpus, type Entry, textOf } from "./manifest.ts";

type Test = {
  readonly id: string;
  readonly name: string;
  readonly cert: string;
  readonly other_certs?: readonly string[];
  readonly path_intermediates?: readonly string[];
  readonly params?: object;
  readonly error?: { readonly class: string };
};

const at = "2022-05-01T00:00:00Z" as Instant;

/** NIST PKITS by chain building and validation alone: no CRL is read, no policy is processed. */
export function pkitsCases(corpus: Corpus, entries: readonly Entry[]): readonly Case[] {
  return entries
    .filter(({ file }) => /^pkits\/expected-.*\.json$/.test(file))
    .flatMap(({ file }) => {
      const tests = JSON.parse(textOf(corpus, file)) as readonly Test[];
      return tests.map((test) => ({
        folder: "pkits",
        name: `${file.replace(/^.*\//, "")} ${test.id} ${test.name}`,
        run: () => (file.endsWith("user-notice.json") ? noNotices() : run(corpus, test)),
      }));
    });
}

const noNotices = async (): Promise<Outcome> => failed("", "policies and their qualifiers: not built");

async function run(corpus: Corpus, test: Test): Promise<Outcome> {
  if ([test.cert, ...(test.other_certs ?? [])].some((file) => /DSA/.test(file))) return notRun("DSA is not taken here");
  const unbuilt = unbuiltFor(test);
  if (unbuilt !== null) return failed("", `${unbuilt}: not built`);
  const finding = await chainOf(corpus, test);
  const told = finding.trusted ? "trusted, by its chain alone" : finding.reason;
  const mustFail = test.error !== undefined;
  if (mustFail && isByLuck(finding)) return failed(told, "fails only because constraints are not read: not built");
  if (finding.trusted !== mustFail) return passed(told);
  return failed(told, mustFail ? `must fail: ${test.error?.class}` : "must succeed");
}

/** What the test is about, where that is no question of the chain. PKITS §4.4, §4.8-4.12, §4.14, §4.15. */
function unbuiltFor({ id, params, error }: Test): string | null {
  const section = Number(id.slice(1, 3));
  const isRevocation = error !== undefined && error.class !== "PathValidationError";
  if (isRevocation || [4, 14, 15].includes(section)) return "revocation lists";
  return params !== undefined || (section >= 8 && section <= 12) ? "policies" : null;
}

const unreadConstraints = new Set(["2.5.29.30", "2.5.29.33", "2.5.29.36", "2.5.29.54"]);

/** Stopped at a critical extension that a complete validator reads: whatever it says, this failure has not read it. */
function isByLuck(finding: ChainFinding): boolean {
  if (finding.trusted || finding.reason !== "critical_extension_unknown") return false;
  const unknown = finding.path.flatMap(({ extensions }) => extensions.criticalUnknown);
  return unknown.every((oid) => unreadConstraints.has(oid));
}

async function chainOf(corpus: Corpus, test: Test): Promise<ChainFinding> {
  const certificate = (file: string): Certificate | null => {
    const read = parseCertificate(bytesOf(corpus, `pkits/certs/${file}`));
    return read.ok ? read.value : null;
  };
  const leaf = certificate(test.cert);
  const anchor = certificate("TrustAnchorRootCertificate.crt");
  if (leaf === null || anchor === null) throw new Error("a certificate of this test cannot be read");
  const candidates = (test.path_intermediates ?? test.other_certs ?? []).flatMap((file) => certificate(file) ?? []);
  const anchors = [{ certificate: anchor, purpose: "public" as const }];
  return findChain({ leaf, candidates, anchors, purposes: ["public"], at }, nodePrimitives);
}
