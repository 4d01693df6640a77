import { findDossier } from "../../db/stores/dossiers.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import { signBatch } from "../../signing/seal/batch.ts";
import type { PreparedCopy } from "../../signing/seal/prepared.ts";
import type { Actor, Certificate, Credential } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { fail, type Result } from "../core/kernel.ts";
import { actOnEach, type OneOfMany, type Watch } from "../usecases/act-on-each.ts";
import type { Failure } from "../usecases/failure.ts";
import { prepareAct } from "../usecases/prepare-elsewhere.ts";
import type { ActToSign, SigningAct } from "../usecases/sign-elsewhere.ts";
import { type House, unlessHindered } from "./house.ts";
import { openKey } from "./key-use.ts";
import { asFailure } from "./sealing-act.ts";
import { completed, credentialFor, preparingWorld } from "./signing-elsewhere.ts";

type ListToDo = {
  readonly act: SigningAct;
  readonly ids: readonly DossierId[];
  readonly pin: string;
  readonly actor: Actor;
};

/**
 * Many under one PIN. A key in a file is opened for each, so that each stands by itself; a key on a device or with a remote
 * service is asked once for the exact list.
 */
export async function actOnMany(
  house: House,
  { act, ids, pin, actor }: ListToDo,
  one: (id: DossierId) => Promise<Result<Certificate, Failure>>,
  told: Watch["told"],
): Promise<readonly OneOfMany[]> {
  const watch = { told, isStopping: house.longActs.isStopping };
  const credential = await credentialFor(house, act, actor, house.now());
  const kind = credential?.keyPlace.kind;
  if (credential === null || ids.length < 2 || (kind !== "token" && kind !== "remote"))
    return actOnEach(ids, one, watch);
  // a number with many copies takes its PIN by itself: its act is long, and goes on where it was cut
  const known = await Promise.all([...new Set(ids)].map((id) => findDossier(house.sql, id, actor.agencyId)));
  const many = known.flatMap((dossier) => (dossier !== null && dossier.electronicCopies > 1 ? [dossier.id] : []));
  const single = [...new Set(ids)].filter((id) => !many.includes(id));
  const together = await house.atTheDesk(() => underOneKey(house, act, single, { credential, pin, actor, told }));
  return [...together, ...(await actOnEach(many, one, watch))];
}

type Holder = {
  readonly credential: Credential;
  readonly pin: string;
  readonly actor: Actor;
  readonly told: Watch["told"];
};

async function underOneKey(
  house: House,
  act: SigningAct,
  ids: readonly DossierId[],
  { credential, pin, actor, told }: Holder,
): Promise<readonly OneOfMany[]> {
  const key = await openKey(house, credential, pin); // a mistyped PIN of a token costs no number
  if (!key.ok) return ids.map((dossierId, i) => ({ dossierId, result: i === 0 ? key : null }));
  const prepared: [DossierId, Result<ActToSign<PreparedCopy>, Failure>][] = [];
  for (const id of ids) {
    prepared.push([id, await unlessHindered(() => prepareAct(act, id, actor, preparingWorld(house)))]);
  }
  const results = await signAndComplete(house, prepared, key.value, { actor, told });
  key.value.close?.();
  return results;
}

async function signAndComplete(
  house: House,
  prepared: readonly [DossierId, Result<ActToSign<PreparedCopy>, Failure>][],
  key: KeyHolder,
  { actor, told }: Pick<Holder, "actor" | "told">,
): Promise<readonly OneOfMany[]> {
  const waiting = prepared.flatMap(([, one]) => (one.ok ? [one.value] : []));
  const values = [
    ...(await signBatch(
      waiting.map((one) => one.prepared.signature),
      key,
      house.primitives,
    )),
  ];
  const results: OneOfMany[] = [];
  for (const [dossierId, one] of prepared) {
    const value = one.ok ? values.shift() : undefined;
    const result = one.ok ? await resultOf(house, one.value, value, actor) : one;
    results.push({ dossierId, result });
    told({ dossierId, result });
  }
  return results;
}

const resultOf = async (house: House, act: ActToSign<PreparedCopy>, value: Value | undefined, actor: Actor) =>
  value?.ok === true ? completed(house, act, value.value, actor) : fail(asFailure(value?.failure ?? noValue));

type Value = Awaited<ReturnType<typeof signBatch>>[number];

const noValue = { code: "signature_wrong" } as const;
