import { createHash } from "node:crypto";
import { findCertificate } from "../../db/stores/certificates.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import { answerVisit, findVisit, keepVisit, takeCode, type VisitRow } from "../../db/stores/remote-visits.ts";
import { pageFor, type RemoteCredential, signByCode } from "../../signing/keys/csc-by-code.ts";
import type { Actor, Credential } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, instantOfSeconds, ok, type Result, secondsOf } from "../core/kernel.ts";
import type { Failure } from "../usecases/failure.ts";
import type { ActElsewhere } from "../usecases/sign-elsewhere.ts";
import type { RemoteVisit, RemoteWorld } from "../web/pages/signing/remote-world.ts";
import { type House, keyedHash, newId } from "./house.ts";
import { credentialFor, signElsewhereWorld } from "./signing-elsewhere.ts";

/** Where browsers come back to; the operator registers it with the service. */
const returnPath = "/remote-signing/back";

// What is prepared is good for the day; a person who has left the desk is not waited for so long.
const longestSeconds = 600;

/**
 * Signing with a service that wants the person on its own page (CSC API v2 §8.3.3): prepared and kept here, agreed to there,
 * finished here by the same person in the same session. The PIN never comes to this service.
 */
export const remoteWorld = (house: House): RemoteWorld => ({
  serviceFor: async (act, actor) => {
    const held = await remoteCredential(house, await credentialFor(house, act, actor, house.now()));
    return held?.name ?? null;
  },
  begin: (act, id, actor) => begin(house, act, id, actor),
  visit: (id, actor) => visit(house, id, actor),
  returned: (state, answer) => answerVisit(house.sql, hashOf(state), answer, span(house)),
  finish: (id, actor) => finish(house, id, actor),
});

const span = ({ now }: Pick<House, "now">): { at: Instant; since: Instant } => {
  const at = now();
  return { at, since: instantOfSeconds(secondsOf(at) - longestSeconds) };
};

const hashOf = (state: string): Bytes => new Uint8Array(createHash("sha256").update(state).digest());

/** Null where the key is not with a service that has a page for it. */
async function remoteCredential(
  { keyDevices }: House,
  credential: Credential | null,
): Promise<(RemoteCredential & { readonly name: string }) | null> {
  if (credential?.keyPlace.kind !== "remote") return null;
  const { service: wanted, credential: credentialId } = credential.keyPlace;
  const service = keyDevices.remotes.find(({ name, asks }) => name === wanted && asks === "page");
  return service === undefined
    ? null
    : { name: service.name, service, credentialId, certificate: credential.certificate };
}

async function begin(house: House, act: ActElsewhere, id: DossierId, actor: Actor): Promise<Result<string, Failure>> {
  // Whose dossier it is comes first: a key that is elsewhere says nothing of another agency's.
  if ((await findDossier(house.sql, id, actor.agencyId)) === null) return fail({ code: "not_found" });
  const held = await remoteCredential(house, await credentialFor(house, act, actor, house.now()));
  if (held === null) return fail({ code: "key_elsewhere" });
  const prepared = await signElsewhereWorld(house).prepare(act, id, actor);
  if (!prepared.ok) return prepared;
  const visitId = newId<string>();
  await keepVisit(house.sql, {
    id: visitId,
    preparedId: prepared.value.id,
    personId: actor.personId,
    stateHash: hashOf(secretsOf(house, visitId).state),
    begunAt: house.now(),
  });
  return ok(visitId);
}

/** Made anew whenever they are needed: what is kept answers for nobody. RFC 6749 §10.12, RFC 7636 §4.1. */
const secretsOf = (house: House, visitId: string) => ({
  redirectUri: `${house.publicUrl}${returnPath}`,
  state: Buffer.from(keyedHash(house, "remote state", visitId)).toString("base64url"),
  verifier: Buffer.from(keyedHash(house, "remote verifier", visitId)).toString("base64url"),
});

async function visit(house: House, id: string, actor: Actor): Promise<RemoteVisit | null> {
  const row = await findVisit(house.sql, id, actor.personId);
  if (row === null) return null;
  const { act, dossierId, certificateId } = row;
  const line = certificateId === null ? null : await findCertificate(house.sql, certificateId);
  if (line === null && act !== "notice") return null;
  const held = await heldFor(house, row, actor);
  const told = { id, act, dossierId, line, service: held?.name ?? "" };
  const state = stateIn(house, row);
  const page = held === null || state !== "waiting" ? null : pageFor(held, row.toBeSigned, secretsOf(house, id));
  return { ...told, state, page };
}

function stateIn(house: House, { isUsed, answer, begunAt }: VisitRow): RemoteVisit["state"] {
  if (isUsed) return "used";
  if (answer === "refused") return "refused";
  if (begunAt < span(house).since) return "late";
  return answer === "code" ? "agreed" : "waiting";
}

/** The key for which it was prepared, while it is still the one in force. */
async function heldFor(house: House, { act, credentialId }: VisitRow, actor: Actor) {
  const credential = await credentialFor(house, act, actor, house.now());
  return credential?.id === credentialId ? remoteCredential(house, credential) : null;
}

/** The code is spent by the attempt, whatever becomes of it; the next one begins anew under the same number. */
async function finish(
  house: House,
  id: string,
  actor: Actor,
): Promise<Result<{ readonly dossierId: DossierId }, Failure>> {
  const row = await findVisit(house.sql, id, actor.personId);
  const held = row === null ? null : await heldFor(house, row, actor);
  if (row === null || held === null) return fail({ code: "not_found" });
  const code = await takeCode(house.sql, id, actor.personId, span(house));
  if (code === null) return fail({ code: "not_found" });
  const { redirectUri, verifier } = secretsOf(house, id);
  const signed = await signByCode(held, row.toBeSigned, { code, redirectUri, verifier }, house.http.post);
  if (!signed.ok) {
    house.log.info("remote_refused", { code: signed.failure.code });
    return fail({ code: "key_unavailable", reason: signed.failure.code });
  }
  return signElsewhereWorld(house).complete({ id: row.preparedId, act: row.act }, signed.value, actor);
}
