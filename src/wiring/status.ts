import { deflateSync } from "node:zlib";
import { toldOf } from "../../db/stores/annulment-notices.ts";
import { issuedByNumber, keepAnnulment, statusExceptions } from "../../db/stores/annulments.ts";
import { livingCertificate } from "../../db/stores/certificates.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import { asOnlyStatusWriter } from "../../db/stores/log.ts";
import type { Actor } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { utf8 } from "../core/kernel.ts";
import { serviceKeyId } from "../core/key-list.ts";
import type { StatusNow } from "../core/status/standing.ts";
import { makeStatusToken, packStatuses, statusFileOf } from "../core/status/status-list.ts";
import { ed25519Signer, rawPublicKey } from "../publish/node-keys.ts";
import { statusPath } from "../publish/public-files.ts";
import { type AnnulmentRequest, annulCertificate } from "../usecases/annul-certificate.ts";
import type { DraftOfDecision } from "../web/pages/annulment/world.ts";
import { draftDecision } from "./annulment-draft.ts";
import { annulmentsOf, annulmentsPapers } from "./annulments-list.ts";
import type { House } from "./house.ts";
import { publishKeyStatement } from "./key-statement.ts";

const validSeconds = 86_400; // a night without the service; after it a list says nothing (ADR 0036)

/** Every file of the list as the register stands now: a commune has one, a country a hundred a year. */
export async function publishStatusList(house: House): Promise<void> {
  const publicKey = rawPublicKey(house.serviceKeys.status);
  const key = {
    id: serviceKeyId(publicKey, (bytes) => house.primitives.digest("sha256", bytes)),
    sign: ed25519Signer(house.serviceKeys.status),
  };
  await asOnlyStatusWriter(house.sql, async () => {
    await publishKeyStatement(house);
    const asOf = house.now(); // before the question: a list is never said to be newer than what it was made of
    const { allocated, exceptions } = await statusExceptions(house.sql);
    for (let file = 0; file <= statusFileOf(Math.max(0, allocated - 1)); file++) {
      const compressed = new Uint8Array(deflateSync(packStatuses({ file, allocated, exceptions }), { level: 9 }));
      const token = await makeStatusToken({ issuer: house.publicUrl, file, asOf, validSeconds, compressed }, key);
      await house.publicFiles.write(statusPath(file), utf8(token));
    }
  });
}

/** The register itself: what was decided a moment ago is told by the next answer. */
export async function statusNow(house: Pick<House, "statusAt" | "now">, index: number): Promise<StatusNow> {
  const asOf = house.now();
  const status = await house.statusAt(index);
  return status === null ? { status: "unknown", asOf } : { status, asOf };
}

export function annulling(house: House) {
  const { sql } = house;
  return {
    annul: (id: DossierId, request: AnnulmentRequest, actor: Actor) =>
      annulCertificate(id, request, actor, {
        now: house.now,
        dossier: (dossierId, agencyId) => findDossier(sql, dossierId, agencyId),
        certificate: (dossierId) => livingCertificate(sql, dossierId),
        issuedByNumber: (...asked) => issuedByNumber(sql, ...asked),
        keepAnnulment: (...kept) => keepAnnulment(sql, ...kept),
        tellAtOnce: () => house.tellStatus().catch((error) => house.log.error("status_list_late", { error })),
      }),
    told: async (id: DossierId, { agencyId }: Actor) =>
      (await findDossier(sql, id, agencyId)) === null ? [] : toldOf(sql, id),
    draft: (id: DossierId, typed: DraftOfDecision, actor: Actor) => draftDecision(house, id, typed, actor),
    annulments: (part: number | null) => annulmentsOf(house, part),
    annulmentsPaper: annulmentsPapers(house),
  };
}
