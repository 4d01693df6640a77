import { webcrypto } from "node:crypto";
import { findCertificateByIdentity } from "../../db/stores/certificates.ts";
import { identityOf } from "../../signing/examine/identity.ts";
import { reportOf } from "../../signing/examine/report.ts";
import type { MatchingRecord } from "../core/certified-copy.ts";
import type { CopyRecord } from "../core/record.ts";
import { verifyEd25519 } from "../publish/node-keys.ts";
import { publishedRecords } from "../publish/published-records.ts";
import type { VerificationWorld } from "../web/verification/routes.tsx";
import { codeOf } from "./codes.ts";
import { examine, verdictOn } from "./examining.ts";
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
    examineUpload: async (pdf, record) => {
      const examination = await examine(house, pdf);
      const verdict = verdictOn(house, examination, pdf, record === null ? null : matching(record));
      const identity = identityOf(pdf, examination, house.primitives);
      return {
        report: reportOf(examination, verdict, house.keyList().sequence),
        identity: identity.ok ? { digest: identity.value.sha256, lengthBytes: identity.value.lengthBytes } : null,
      };
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
