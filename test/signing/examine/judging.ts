import type { ExamineOptions } from "../../../signing/examine/examine.ts";
import { identityOf } from "../../../signing/examine/identity.ts";
import { copyFactsOf } from "../../../signing/examine/report.ts";
import { certifiedCopyVerdict, type MatchingRecord } from "../../../src/core/certified-copy.ts";
import type { Bytes, Instant, Sha256 } from "../../../src/core/kernel.ts";
import type { ListedAgency, ListedCertificate } from "../../../src/core/key-list.ts";
import { nodePrimitives, nodeSha256 } from "../../../src/primitives-node.ts";
import { examine, type SealedCopy } from "./sealed-copy.ts";

const from = "2020-01-01T00:00:00Z" as Instant;

const sha256Of = (bytes: Bytes) => Buffer.from(nodeSha256(bytes)).toString("hex") as Sha256;

/** An agency of the authority list with the holders of its certificates, by name of their key in the throwaway PKI. */
export function agencyListed(
  { pki }: SealedCopy,
  agencyId: string,
  holders: readonly (readonly [string, ListedCertificate["role"]])[],
): ListedAgency {
  const certificates = holders.map(([holder, role]) => {
    return { sha256: sha256Of(pki.der(holder)), role, from, to: null };
  });
  return { agencyId, agencyName: `UBND xã ${agencyId} (hư cấu)`, certificates };
}

/** Both verdicts on `pdf`, with the record that was published when `of` was sealed. */
export async function judgeCopy(
  copy: SealedCopy,
  pdf: Bytes,
  settings: {
    readonly options?: ExamineOptions;
    readonly authorities?: readonly ListedAgency[];
    /** The file that the record is about: nothing stands behind its seal. */
    readonly of?: Bytes;
  } = {},
) {
  const { options = copy.options, of = copy.sealed } = settings;
  const usual = agencyListed(copy, "01", [
    ["officer", "official"],
    ["agency", "agency_seal"],
  ]);
  const examination = await examine(pdf, options);
  const identity = identityOf(pdf, examination, nodePrimitives);
  const record: MatchingRecord = {
    identity: { digest: sha256Of(of), lengthBytes: of.length },
    status: "issued",
    number: 7,
    agencyId: "01",
    agencyName: usual.agencyName,
    sealedAt: from,
    isOurs: true,
  };
  const facts = copyFactsOf(examination, identity.ok ? identity.value : null);
  return { examination, verdict: certifiedCopyVerdict(facts, settings.authorities ?? [usual], record) };
}
