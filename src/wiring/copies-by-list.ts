import { beatAct } from "../../db/stores/copies-acts.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import { signBatch } from "../../signing/seal/batch.ts";
import type { PreparedCopy } from "../../signing/seal/prepared.ts";
import type { Actor, Certificate } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import type { Failure } from "../usecases/failure.ts";
import { type PreparingWorld, prepareCopies } from "../usecases/prepare-elsewhere.ts";
import type { ActToSign, SigningAct } from "../usecases/sign-elsewhere.ts";
import { copiesWorld, type Run, soonAnswered } from "./copies-act.ts";
import { type House, unlessHindered } from "./house.ts";
import { openKey } from "./key-use.ts";
import { asFailure } from "./sealing-act.ts";
import { completed, credentialFor, preparingWorld } from "./signing-elsewhere.ts";

type Act = Result<Certificate, Failure>;

/** What is asked of the service at once, where it allows so many: what waits is held in memory, 0.1 MB a copy. */
const mostAtOnce = 100;

/**
 * COPIES-1 with a key at a remote service: prepared, authorised and signed as a list, some copies at a time, instead of one
 * authorisation a copy. Any other key, or a single copy, goes the usual way.
 *
 * @param usual from copy to copy
 */
export const actOnCopies = (
  house: House,
  act: SigningAct,
  asked: Asked,
  usual: (run: Run) => Promise<Act>,
): Promise<Act> =>
  soonAnswered(house, (run) => unlessHindered(() => byListWhereRemote(house, act, asked, run, () => usual(run))));

type Asked = { readonly id: DossierId; readonly pin: string; readonly actor: Actor };

async function byListWhereRemote(
  house: House,
  act: SigningAct,
  { id, pin, actor }: Asked,
  run: Run,
  usual: () => Promise<Act>,
): Promise<Act> {
  const dossier = await findDossier(house.sql, id, actor.agencyId);
  if (dossier === null || dossier.electronicCopies === 1) return usual();
  const credential = await credentialFor(house, act, actor, house.now());
  if (credential?.keyPlace.kind !== "remote") return usual();
  const key = await house.atTheDesk(() => openKey(house, credential, pin));
  if (!key.ok) return key;
  try {
    return await partAfterPart(house, act, id, actor, { run, key: key.value });
  } finally {
    key.value.close?.();
  }
}

type Running = { readonly run: Run; readonly key: KeyHolder };

async function partAfterPart(
  house: House,
  act: SigningAct,
  id: DossierId,
  actor: Actor,
  running: Running,
): Promise<Act> {
  const { isStopping, beginCopies } = copiesWorld(house, act, running.run);
  let after: number | null = 0;
  let line: Certificate | null = null;
  while (after !== null) {
    if (isStopping()) return fail({ code: "act_cut" });
    // begun once the line is there: from then on no other run goes through its copies
    const checkIdle: PreparingWorld<PreparedCopy>["checkIdle"] = async (numbered) =>
      line === null ? beginCopies(numbered, actor) : ok(null);
    const part: { after: number; most: number } = { after, most: mostAtOnce };
    const world = { ...preparingWorld(house), checkIdle };
    const prepared = await house.atTheDesk(() => prepareCopies(act, id, part, actor, world));
    if (!prepared.ok) return prepared;
    const signed = await signPart(house, prepared.value.acts, actor, running);
    if (!signed.ok) return signed;
    line = signed.value;
    after = prepared.value.next;
  }
  return line === null ? fail({ code: "act_cut" }) : ok(line);
}

/** Each copy stands once it is kept; the first that fails ends the act, and the next PIN goes on from there. */
async function signPart(
  house: House,
  acts: readonly ActToSign<PreparedCopy>[],
  actor: Actor,
  { run, key }: Running,
): Promise<Act> {
  await beatAct(house.sql, run.id);
  const signatures = acts.map(({ prepared }) => prepared.signature);
  const values = await signBatch(signatures, key, house.primitives);
  let last: Act = fail({ code: "act_cut" });
  for (const [i, toSign] of acts.entries()) {
    const value = values[i];
    if (value?.ok !== true) return fail(asFailure(value?.failure ?? { code: "signature_wrong" }));
    last = await house.atTheDesk(() => completed(house, toSign, value.value, actor));
    if (!last.ok) return last;
    await beatAct(house.sql, run.id);
  }
  return last;
}
