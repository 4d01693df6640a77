import { findCertificate } from "../../db/stores/certificates.ts";
import { beatAct, beginAct, type CopiesAct, endAct, knownActs } from "../../db/stores/copies-acts.ts";
import { copiesLacking, countCopies } from "../../db/stores/further-copies.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import type { Certificate } from "../core/dossier.ts";
import type { CertificateId } from "../core/ids.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import type { Failure } from "../usecases/failure.ts";
import type { Part } from "../usecases/prepare-elsewhere.ts";
import type { CopiesWorld } from "../usecases/sign-certificate.ts";
import type { CopiesUnderWay } from "../web/pages/signing/world.ts";
import { type House, newId } from "./house.ts";

/** One run of signing or sealing: whom to tell that it has begun, and what must be told at its end. */
export type Run = {
  readonly id: string;
  /** Called once the copies of a number that has many are being gone through. */
  readonly begun: (line: Certificate) => void;
};

/** Nobody waits for what is begun: an act of which only the end counts. */
export const newRun = (begun: Run["begun"] = () => undefined): Run => ({ id: newId<string>(), begun });

const beatEveryMs = 1000;
const lackingAfter = { sign: "signature", seal: "seal" } as const;

/** Of an act on the copies of one number; of a single copy nothing is noted, since its request waits for it. */
export function copiesWorld(house: House, act: CopiesAct, run: Run): CopiesWorld<KeyHolder> {
  const { sql } = house;
  return {
    beginCopies: async (line, actor) => {
      if (line.copies === 1) return ok(null);
      if (!(await beginAct(sql, line.id, act, run.id, actor))) return fail({ code: "act_under_way" });
      run.begun(line);
      return ok(null);
    },
    copiesLeft: async function* (line) {
      const ids = line.copies === 1 ? [] : await copiesLacking(sql, line.id, lackingAfter[act]);
      let beatenAt = Date.now();
      for (const id of ids) {
        yield await asPrinted(house, id, line);
        if (Date.now() - beatenAt < beatEveryMs) continue;
        beatenAt = Date.now();
        await beatAct(sql, run.id);
      }
      yield line;
    },
    isStopping: house.longActs.isStopping,
    atTheDesk: house.atTheDesk,
    closeKey: (key) => key.close?.(),
  };
}

/** What is the copy's own, and of the line what this act prints: another may have taken the line up since. */
async function asPrinted(house: House, id: CertificateId, line: Certificate): Promise<Certificate> {
  const copy = await findCertificate(house.sql, id);
  if (copy === null) throw new Error("a further copy is not there");
  const { printedOn, officerId, signerName, signerTitle, mandateId } = line;
  return { ...copy, printedOn, officerId, signerName, signerTitle, mandateId };
}

/** For a key elsewhere, whose values come back part by part: no other run of the same act goes through the copies. */
export async function checkIdle(house: House, line: Certificate, act: CopiesAct): Promise<Result<null, Failure>> {
  const acts = line.copies === 1 ? [] : await knownActs(house.sql, line.id);
  return acts.some((known) => known.act === act && known.isAlive) ? fail({ code: "act_under_way" }) : ok(null);
}

/** Further copies behind one of them that lack what the act gives, in order, as this act prints them. */
export async function copiesBehind(
  house: House,
  line: Certificate,
  act: CopiesAct,
  part: Part,
): Promise<readonly Certificate[]> {
  if (line.copies === 1) return [];
  const ids = await copiesLacking(house.sql, line.id, lackingAfter[act], part);
  return Promise.all(ids.map((id) => asPrinted(house, id, line)));
}

// A dozen copies are done by then; whoever has a thousand sees how far they are.
const patienceMs = 1500;

/**
 * Runs an act to its end, whoever waits. The answer is the act's own where it ends soon, else the line as it was when the
 * copies began: the page then tells how far they are.
 */
export async function soonAnswered(
  house: House,
  act: (run: Run) => Promise<Result<Certificate, Failure>>,
): Promise<Result<Certificate, Failure>> {
  return new Promise((resolve, reject) => {
    const begun = (line: Certificate) => void setTimeout(() => resolve(ok(line)), patienceMs).unref();
    house.longActs.run(() => noted(house, act, begun)).then(resolve, reject);
  });
}

async function noted(
  house: House,
  act: (run: Run) => Promise<Result<Certificate, Failure>>,
  begun: (line: Certificate) => void,
): Promise<Result<Certificate, Failure>> {
  let isNoted = false;
  const run = newRun((line) => {
    isNoted = true;
    begun(line);
  });
  try {
    const result = await act(run);
    if (isNoted) await endAct(house.sql, run.id, result.ok ? null : result.failure);
    return result;
  } catch (error) {
    if (isNoted) {
      house.log.error("act_on_copies_failed", { error }); // its request may have been answered long ago
      await endAct(house.sql, run.id, { code: "act_cut" }).catch(() => undefined); // its silence tells the same
    }
    throw error;
  }
}

/** How far the copies of a number are; null where it has one, or none yet. */
export async function copiesUnderWay(house: House, line: Certificate | null): Promise<CopiesUnderWay | null> {
  if (line === null || line.copies === 1) return null;
  const { signed, sealed } = await countCopies(house.sql, line.id);
  const acts = await knownActs(house.sql, line.id);
  const told = (act: CopiesAct) => acts.find((known) => known.act === act) ?? null;
  return { copies: line.copies, signed, sealed, sign: told("sign"), seal: told("seal") };
}
