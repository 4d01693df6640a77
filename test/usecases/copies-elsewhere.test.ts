import { describe, expect, test } from "vitest";
import type { CertificateId, PersonId } from "../../src/core/ids.ts";
import { type Bytes, fail, type Instant, type LocalDate, ok, utf8 } from "../../src/core/kernel.ts";
import type { Failure } from "../../src/usecases/failure.ts";
import { prepareAct, prepareCopies } from "../../src/usecases/prepare-elsewhere.ts";
import { completeAct, type SigningAct } from "../../src/usecases/sign-elsewhere.ts";
import {
  aCertificate,
  aCredential,
  aDesk,
  aDossier,
  aSignedDesk,
  clerk,
  type Desk,
  dossierId,
  officer,
} from "./desk.ts";

const text = (bytes: Bytes) => new TextDecoder().decode(bytes);
const failure = (code: Failure["code"]) => ({ ok: false, failure: { code } });

/** A number of seven copies; what is prepared is a text, and `kept` remembers which copies are done. */
function worldOf(desk: Desk, kept = new Set<number>()) {
  const line = aCertificate({ ...desk.certificate, copies: 7 });
  const copyOf = (copy: number) => ({ ...line, id: `certificate-${copy}` as CertificateId, copy });
  const left = () => [2, 3, 4, 5, 6, 7].filter((copy) => !kept.has(copy)).map(copyOf);
  const keep = async ({ copy }: { copy: number }) => {
    kept.add(copy);
    return true;
  };
  return {
    kept,
    now: () => desk.now,
    dossier: async (id: string, agencyId: string) =>
      desk.dossier.id === id && desk.dossier.agencyId === agencyId ? desk.dossier : null,
    credential: async () => aCredential(),
    agencyCredential: async () => aCredential(),
    mandates: async () => desk.mandates,
    absences: async () => desk.absences,
    comparison: async () => ({ by: "comparer" as PersonId, policyId: null }),
    checkRevocation: async () => ok(null),
    takeNumber: async () => {
      desk.numbersTaken.push(1);
      return ok(line);
    },
    certificate: async () => line,
    returnToOfficer: async () => undefined,
    compose: async (_: unknown, { copy }: { copy: number }) => ok(utf8(`copy ${copy}`)),
    personSigned: async ({ copy }: { copy: number }) => utf8(`copy ${copy} + officer`),
    prepare: async (_: SigningAct, pdf: Bytes) => ok(text(pdf)),
    checkIdle: async () => ok(null) as ReturnType<typeof ok<null>> | ReturnType<typeof fail<Failure>>,
    copiesBehind: async (_: unknown, __: unknown, part: { after: number; most: number }) =>
      left()
        .filter(({ copy }) => copy > part.after)
        .slice(0, part.most),
    isLackingCopies: async () => left().length > 0,
    complete: async (_: SigningAct, prepared: string) => ok(utf8(prepared)),
    examineSigned: async () => ok(null),
    examineSealed: async () => fail({ code: "examination_failed", reason: "x" } as const),
    keepPersonSigned: keep,
    keepSealed: keep,
  };
}

const orderOf = (status: "attested" | "numbered" = "attested") =>
  aDesk({ dossier: aDossier({ status, electronicCopies: 7 }) });

describe("COPIES-1: copies of one number, signed with a key elsewhere", () => {
  test("parts follow each other until the line, which is last; every copy is in exactly one of them", async () => {
    const world = worldOf(orderOf());
    const seen: number[][] = [];
    const ask = async (after: number): Promise<number | null> => {
      const part = await prepareCopies("sign", dossierId, { after, most: 3 }, officer, world);
      if (!part.ok) throw new Error(part.failure.code);
      seen.push(part.value.acts.map(({ certificate }) => certificate.copy));
      return part.value.next;
    };
    let after: number | null = 0;
    while (after !== null) after = await ask(after);
    expect(seen).toEqual([[2, 3, 4], [5, 6, 7], [1]]);
  });

  test("what another run goes through is not prepared a second time; who knows no copies takes no number", async () => {
    const desk = orderOf();
    const busy = { ...worldOf(desk), checkIdle: async () => fail<Failure>({ code: "act_under_way" }) };
    const part = { after: 0, most: 50 };
    expect(await prepareCopies("sign", dossierId, part, officer, busy)).toEqual(failure("act_under_way"));
    const taken = desk.numbersTaken.length;
    expect(await prepareAct("sign", dossierId, officer, worldOf(desk))).toEqual(failure("key_elsewhere_for_copies"));
    expect(desk.numbersTaken.length).toBe(taken);
  });

  test("decision 7: the line waits for its copies; what is kept stands, and the next attempt prepares the rest", async () => {
    const desk = orderOf("numbered");
    const world = worldOf(desk);
    const all = async () => {
      const part = await prepareCopies("sign", dossierId, { after: 0, most: 50 }, officer, world);
      return part.ok ? part.value.acts : [];
    };
    const acts = await all();
    const [line] = acts.slice(-1);
    if (line === undefined) return expect.fail("no line");
    const value = utf8("value");
    expect(await completeAct(line, value, officer, world)).toEqual(failure("act_cut"));
    for (const copy of acts.slice(0, 4)) expect((await completeAct(copy, value, officer, world)).ok).toBe(true);
    const rest = await all();
    expect(rest.map(({ certificate }) => certificate.copy)).toEqual([6, 7, 1]);
    for (const copy of rest) expect((await completeAct(copy, value, officer, world)).ok).toBe(true);
    expect(world.kept.size).toBe(7);
  });

  test("decision 8, SIGN-1: a seal over what was prepared yesterday is refused, though the line was signed anew today", async () => {
    const desk = aSignedDesk({ dossier: aDossier({ status: "person_signed", electronicCopies: 7 }) });
    const world = worldOf(desk);
    const part = await prepareCopies("seal", dossierId, { after: 0, most: 1 }, clerk, world);
    const [copy] = part.ok ? part.value.acts : [];
    if (copy === undefined) return expect.fail("nothing prepared");
    desk.now = "2026-11-23T01:00:00Z" as Instant;
    const anew = { ...copy, certificate: { ...copy.certificate, printedOn: "2026-11-23" as LocalDate } };
    expect(await completeAct(anew, utf8("value"), clerk, world)).toEqual(failure("printed_date_passed"));
    const same = await prepareCopies("seal", dossierId, { after: 0, most: 1 }, officer, worldOf(aSignedDesk()));
    expect(same).toEqual(failure("same_person"));
  });
});
