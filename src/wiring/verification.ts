import { findCertificateByIdentity } from "../../db/stores/certificates.ts";
import { type CertifiedCopyVerdict, certifiedCopyVerdict } from "../core/certified-copy.ts";
import { fail, ok } from "../core/kernel.ts";
import { withListedRoles } from "../core/listed-role.ts";
import { base64Of } from "../core/log/base64.ts";
import { matchingRecord, type StandingRecord } from "../core/status/standing.ts";
import { nodePacking, nodeSha256 } from "../primitives-node.ts";
import { nodeCipher } from "../publish/node-cipher.ts";
import { verifyEd25519 } from "../publish/node-keys.ts";
import { publishedRecords } from "../publish/published-records.ts";
import { guessLimit } from "../roof/guesses.ts";
import type { Asker } from "../web/route.ts";
import type { FiledReport, ReportDesk } from "../web/verification/filed-report.ts";
import type { VerificationWorld } from "../web/verification/world.ts";
import { codeOf } from "./codes.ts";
import type { ExaminedUpload } from "./examiner.ts";
import { type House, randomOf } from "./house.ts";
import { statusNow } from "./status.ts";

/** A mistyped code is a miss too, and a whole office may stand behind one address. */
const guessRule = { misses: 60, windowSeconds: 600, mostAddresses: 20_000 };

/**
 * @param reports null where this service has no key for reports
 * @param addressOf who guesses and files under way are counted against
 */
export function verificationWorld(
  house: House,
  reports: ReportDesk | null,
  addressOf: (asker: Asker) => string,
): VerificationWorld {
  const limit = guessLimit(guessRule, { now: house.now, randomKey: () => randomOf(32) });
  const records = publishedRecords({
    read: house.publicFiles.read,
    pinnedRoot: house.rootPublicKey,
    sha256: nodeSha256,
    verifyEd25519,
    inflate: house.primitives.inflate,
    cipher: nodeCipher(nodeSha256),
    keyListInForce: house.keyList,
    noteUnread: (error) => house.log.error("successor_unread", { error }),
  });
  return {
    find: records.find,
    prove: records.prove,
    now: house.now,
    guesses: (asker) => {
      const address = addressOf(asker);
      return { refusedForSeconds: () => limit.refusedForSeconds(address), missed: () => limit.missed(address) };
    },
    addressOf,
    noteCheck: house.checks.note,
    rootKey: base64Of(house.rootPublicKey),
    packing: nodePacking,
    statusNow: ({ statusIndex }) => statusNow(house, statusIndex),
    examineUpload: async (pdf) => {
      const { anchors, agencies, sequence } = house.keyList();
      const examined = await house.examiner.examine(pdf, { anchors, at: house.now() });
      if (!examined.ok) return fail({ code: examined.failure.code === "examiner_busy" ? "busy" : "stopped" });
      const { code, document, signatures, copy, report } = examined.value;
      const verdictWith = (record: StandingRecord | null) =>
        certifiedCopyVerdict(copy, agencies, record === null ? null : matchingRecord(record));
      return ok({
        identity: copy.identity,
        reportWith: (record) => ({ code, document, signatures, certifiedCopy: verdictWith(record) }),
        filedWith: (record) => report && withListedRoles(filed(report, code, verdictWith(record), sequence), agencies),
      });
    },
    findRecordByIdentity: async ({ digest }) => {
      const certificate = await findCertificateByIdentity(house.sql, digest);
      if (certificate?.status !== "issued") return null;
      const record = await records.find(await codeOf(house, certificate));
      return record?.ok ? record.value : null;
    },
    ...(reports !== null && { reports }),
  };
}

/** Keys in the order of `examine --json`, version 1. */
function filed(
  { documentSha256, document, policy, checkedAt, signatures }: NonNullable<ExaminedUpload["report"]>,
  code: string,
  certifiedCopy: CertifiedCopyVerdict,
  trustListSequence: number,
): FiledReport {
  return {
    ...{ version: 1, documentSha256, code, document, certifiedCopy, policy, trustListSequence, checkedAt },
    signatures,
  };
}
