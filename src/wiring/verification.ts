import { webcrypto } from "node:crypto";
import { findCertificateByIdentity } from "../../db/stores/certificates.ts";
import { certifiedCopyVerdict, type MatchingRecord } from "../core/certified-copy.ts";
import { fail, ok } from "../core/kernel.ts";
import type { CopyRecord } from "../core/record.ts";
import { verifyEd25519 } from "../publish/node-keys.ts";
import { publishedRecords } from "../publish/published-records.ts";
import type { VerificationWorld } from "../web/verification/routes.tsx";
import { codeOf } from "./codes.ts";
import type { House } from "./house.ts";

export function verificationWorld(house: House): VerificationWorld {
  const records = publishedRecords({
    read: house.publicFiles.read,
    pinnedRoot: house.rootPublicKey,
    sha256: (bytes) => house.primitives.digest("sha256", bytes),
    verifyEd25519,
    subtle: webcrypto.subtle,
  });
  return {
    find: records.find,
    prove: records.prove,
    examineUpload: async (pdf) => {
      const { anchors, agencies } = house.keyList();
      const examined = await house.examiner.examine(pdf, { anchors, at: house.now() });
      if (!examined.ok) return fail({ code: examined.failure.code === "examiner_busy" ? "busy" : "stopped" });
      const { code, document, signatures, copy } = examined.value;
      return ok({
        identity: copy.identity,
        reportWith: (record) => {
          const certifiedCopy = certifiedCopyVerdict(copy, agencies, record === null ? null : matching(record));
          return { code, document, signatures, certifiedCopy };
        },
      });
    },
    findRecordByIdentity: async ({ digest }) => {
      const certificate = await findCertificateByIdentity(house.sql, digest);
      if (certificate?.status !== "issued") return null;
      const record = await records.find(await codeOf(house, certificate));
      return record?.ok ? record.value : null;
    },
    witnesses: 0,
  };
}

const matching = (record: CopyRecord): MatchingRecord => ({
  identity: record.identity,
  status: record.status,
  number: record.number,
  agencyId: record.agency.id,
  agencyName: record.agency.name,
  sealedAt: record.sealedAt,
  isOurs: true,
});
