import { describe, expect, test } from "vitest";
import type { Actor, Certificate } from "../../src/core/dossier.ts";
import type { DossierId, PersonId } from "../../src/core/ids.ts";
import { ok } from "../../src/core/kernel.ts";
import { longActs } from "../../src/roof/long-acts.ts";
import { actOnEach, type OneOfMany } from "../../src/usecases/act-on-each.ts";
import { listActs } from "../../src/wiring/list-acts.ts";

const person = { personId: "p" as PersonId, agencyId: "a" as Actor["agencyId"] };
const chosenOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `${i}` as DossierId, title: `giấy ${i}` }));
const done = (id: DossierId): OneOfMany => ({ dossierId: id, result: ok({ number: 1 } as Certificate) });

/** An act that stops after its first until it is told to go on. */
function slowAct(chosen: ReturnType<typeof chosenOf>) {
  let goOn: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const act = async (told: (one: OneOfMany) => void) => {
    const results = chosen.map(({ id }) => done(id));
    for (const [i, one] of results.entries()) {
      if (i === 1) await gate;
      told(one);
    }
    return results;
  };
  return { act, goOn };
}

const logged: string[] = [];
const log = { error: (event: string) => logged.push(event) } as never;

describe("issue 8: a list that is signed or sealed under one PIN", () => {
  test("more than ten: answered as soon as the first shows that the PIN is right; how far it is can be seen, then what became of each", async () => {
    const acts = listActs({ longActs: longActs(), log });
    const chosen = chosenOf(11);
    const { act, goOn } = slowAct(chosen);
    expect(await acts.run("sign", chosen, person, act)).toBeNull();
    expect(acts.newest("sign", person)).toMatchObject({ done: 1, results: null });
    const never = () => Promise.reject(new Error("begun twice"));
    expect(await acts.run("sign", chosen, person, never)).toBeNull();
    const other = [...chosenOf(2), { id: "99" as DossierId, title: "giấy 99" }];
    expect(await acts.run("sign", other, person, never)).toBe("another"); // told, and not a press of the same again
    expect(acts.newest("seal", person)).toBeNull();
    expect(acts.newest("sign", { ...person, personId: "q" as PersonId })).toBeNull();
    goOn();
    await expect.poll(() => acts.newest("sign", person)?.results?.length).toBe(11);
    expect(acts.newest("sign", person)?.done).toBe(11);
  });

  test("up to ten: the answer is what became of each", async () => {
    const acts = listActs({ longActs: longActs(), log });
    const chosen = chosenOf(10);
    const { act, goOn } = slowAct(chosen);
    goOn();
    expect((await acts.run("seal", chosen, person, act))?.length).toBe(10);
  });

  test("an act that breaks is told to the operator and forgotten: the list is there again", async () => {
    const acts = listActs({ longActs: longActs(), log });
    await expect(acts.run("sign", chosenOf(11), person, () => Promise.reject(new Error("gone")))).rejects.toThrow(
      "gone",
    );
    expect(acts.newest("sign", person)).toBeNull();
    expect(logged).toEqual(["act_on_list_failed"]);
  });

  test("a house that closes ends the list after the dossier under way: the rest is not tried", async () => {
    const ids = chosenOf(3).map(({ id }) => id);
    let isStopping = false;
    const told = () => {
      isStopping = true;
    };
    const sign = async () => ok({ number: 1 } as Certificate);
    const results = await actOnEach(ids, sign, { told, isStopping: () => isStopping });
    expect(results.map(({ result }) => result?.ok ?? null)).toEqual([true, null, null]);
  });
});
