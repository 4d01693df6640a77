import { parseCertificate } from "../../signing/format/certificate.ts";
import { findChain } from "../../signing/format/chain.ts";
import { jwsAlgorithmOf } from "../../signing/format/jws.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import { hexOf, type Instant, type Result } from "../core/kernel.ts";
import type { KeyList } from "../core/key-list.ts";
import { nodePrimitives } from "../primitives-node.ts";
import { loadReportKey, type ReportKeyFailure, type ReportKeyFiles, unusableReportKey } from "../roof/report-key.ts";

/**
 * The key for reports, once it is sure that nobody could take its signature for an official's or an agency's: the key
 * list names its certificate for neither, and no path leads from it to an anchor that vouches for either.
 */
export async function openReportKey(
  files: ReportKeyFiles,
  keyList: KeyList,
  now: Instant,
): Promise<Result<KeyHolder, ReportKeyFailure>> {
  const key = loadReportKey(files);
  if (!key.ok) return key;
  const certificate = parseCertificate(key.value.certificate);
  if (!certificate.ok) return unusableReportKey("its certificate cannot be read");
  if (jwsAlgorithmOf(key.value.algorithm) === null) return unusableReportKey("JWS has no name for its algorithm");
  const sha256 = hexOf(nodePrimitives.digest("sha256", key.value.certificate));
  if (keyList.agencies.some(({ certificates }) => certificates.some((listed) => listed.sha256 === sha256)))
    return unusableReportKey("the key list names its certificate for an official or an agency");
  // A certificate that is not valid yet is judged at the beginning of its time: it must not slip in before that.
  const { notBefore } = certificate.value;
  const at = notBefore > now ? notBefore : now;
  const chain = await findChain(
    {
      leaf: certificate.value,
      candidates: key.value.chain.flatMap(readable),
      anchors: keyList.anchors.flatMap((anchor) =>
        readable(anchor.certificate).map((read) => ({ certificate: read, purpose: anchor.purpose })),
      ),
      purposes: ["official", "agency_seal"],
      at,
    },
    nodePrimitives,
  );
  return chain.trusted ? unusableReportKey("its certificate comes from an authority of officials or agencies") : key;
}

const readable = (der: KeyHolder["certificate"]) => {
  const read = parseCertificate(der);
  return read.ok ? [read.value] : [];
};
