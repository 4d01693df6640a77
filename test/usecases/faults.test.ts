import { describe, expect, test } from "vitest";
import { type Instant, utf8 } from "../../src/core/kernel.ts";
import { attestCopy } from "../../src/usecases/attest-copy.ts";
import { confirmPage } from "../../src/usecases/confirm-page.ts";
import { correctDeclaration } from "../../src/usecases/correct-declaration.ts";
import { deliverCopy } from "../../src/usecases/deliver-copy.ts";
import { openBook } from "../../src/usecases/open-book.ts";
import { publishCertificate } from "../../src/usecases/publish-certificate.ts";
import { readOriginal } from "../../src/usecases/read-original.ts";
import { receiveScan } from "../../src/usecases/receive-scan.ts";
import { refuseDossier } from "../../src/usecases/refuse-dossier.ts";
import { sealCertificate } from "../../src/usecases/seal-certificate.ts";
import { signCertificate } from "../../src/usecases/sign-certificate.ts";
import { voidNumber } from "../../src/usecases/void-number.ts";
import * as at from "./desk.ts";
import { deliveryWorld, publishingWorld } from "./release-worlds.ts";
import * as worlds from "./worlds.ts";

/** STYLE C9: every outside step of every use case breaks before and after it takes effect; a retry must be harmless. */
type Scenario = {
  readonly deed: string;
  readonly desk: () => at.Desk;
  readonly world: (desk: at.Desk) => object;
  readonly act: (world: never) => Promise<unknown>;
};

function scenario<W extends object>(
  deed: string,
  desk: () => at.Desk,
  world: (desk: at.Desk) => W,
  act: (world: W) => Promise<unknown>,
): Scenario {
  return { deed, desk, world, act };
}

const { dossierId, officer, clerk } = at;
const inStatus = (status: "received" | "attested" | "numbered" | "released") => at.aDossier({ status });
const unconfirmed = () => [1, 2].map((number) => at.aPage(number, { confirmedSha256: null }));
const shown = { number: 2, streamSha256: at.streamOf(2) };
const refusal = { ground: "A22_2", reason: "Trang 2 rách, không đọc được số", page: 2 };
const nextDay = "2026-11-23T01:00:00Z" as Instant;
const originalId = at.anOriginal().id;

const scenarios: readonly Scenario[] = [
  scenario(
    "reading",
    () => at.aDesk({ dossier: inStatus("received"), originals: [at.anOriginal()], pages: [] }),
    worlds.readingWorld,
    (world) => readOriginal(originalId, world),
  ),
  scenario(
    "refusing an original",
    () => at.aDesk({ dossier: inStatus("received"), originals: [at.anOriginal()], pages: [] }),
    (desk) => ({ ...worlds.readingWorld(desk), makePages: worlds.noPages }),
    (world) => readOriginal(originalId, world),
  ),
  scenario("correcting", at.aDesk, worlds.correctingWorld, (world) => correctDeclaration(dossierId, 5, officer, world)),
  scenario(
    "confirming",
    () => at.aDesk({ pages: unconfirmed() }),
    worlds.confirmingWorld,
    (world) => confirmPage(dossierId, shown, officer, world),
  ),
  scenario("attesting", at.aDesk, worlds.attestingWorld, (world) =>
    attestCopy(dossierId, at.aStatement, officer, world),
  ),
  scenario(
    "attesting what was certified here before",
    () => at.aDesk({ earlier: [at.anEarlierCopy()] }),
    worlds.attestingWorld,
    (world) => attestCopy(dossierId, { ...at.aStatement, again: "paper_copies" }, officer, world),
  ),
  scenario("refusing", at.aDesk, worlds.refusingWorld, (world) => refuseDossier(dossierId, refusal, officer, world)),
  scenario(
    "opening a book",
    () => at.aDesk({ books: [] }),
    worlds.openingBookWorld,
    (world) => openBook("SCT/BS", officer, world),
  ),
  scenario(
    "signing",
    () => at.aDesk({ dossier: inStatus("attested") }),
    worlds.signingWorld,
    (world) => signCertificate(dossierId, "123456", officer, world),
  ),
  scenario(
    "signing again under a number",
    () => at.aDesk({ dossier: inStatus("numbered"), certificate: at.aCertificate(), numbersTaken: [1], now: nextDay }),
    worlds.signingWorld,
    (world) => signCertificate(dossierId, "123456", officer, world),
  ),
  scenario("sealing", at.aSignedDesk, worlds.sealingWorld, (world) =>
    sealCertificate(dossierId, "654321", clerk, world),
  ),
  scenario(
    "sealing too late",
    () => at.aSignedDesk({ now: nextDay }),
    worlds.sealingWorld,
    (world) => sealCertificate(dossierId, "654321", clerk, world),
  ),
  scenario("voiding", at.aSignedDesk, worlds.voidingWorld, (world) =>
    voidNumber(dossierId, "Máy quét lỗi, quét lại", officer, world),
  ),
  scenario("publishing", at.aSealedDesk, publishingWorld, (world) => publishCertificate(at.aCertificate().id, world)),
];

type Step = (...args: unknown[]) => Promise<unknown>;

/** The steps that leave the process: written `async` in worlds.ts. */
const outsideSteps = (world: object) =>
  Object.entries(world).filter(([, step]) => step.constructor.name === "AsyncFunction") as [string, Step][];

class Broken extends Error {}

function breaking(world: object, name: string, after: boolean): object {
  const step = Object.entries(world).find(([key]) => key === name)?.[1] as Step;
  return {
    ...world,
    [name]: async (...args: unknown[]) => {
      if (after) await step(...args);
      throw new Broken(name);
    },
  };
}

/** What one undisturbed run reaches, and what it leaves. */
async function undisturbed({ desk: newDesk, world, act }: Scenario) {
  const desk = newDesk();
  const reached = new Set<string>();
  const watched = outsideSteps(world(desk)).map(([name, step]) => [
    name,
    async (...args: unknown[]) => {
      reached.add(name);
      return step(...args);
    },
  ]);
  await act({ ...world(desk), ...Object.fromEntries(watched) } as never);
  return { reached: [...reached], left: at.remembered(desk) };
}

describe.each(scenarios)("$deed", (its) => {
  test("any step may break, before or after it took effect: the retry leaves what one run would have left", async () => {
    const { reached, left } = await undisturbed(its);
    expect(reached).not.toEqual([]);
    for (const step of reached) {
      for (const after of [false, true]) {
        const desk = its.desk();
        await expect(its.act(breaking(its.world(desk), step, after) as never)).rejects.toThrow(Broken);
        await its.act(its.world(desk) as never);
        expect(at.remembered(desk), `${step} broke ${after ? "after" : "before"} it took effect`).toEqual(left);
      }
    }
  });

  test("broken at any step it never left a number twice, a second signature or a line less", async () => {
    const { reached } = await undisturbed(its);
    for (const step of reached) {
      const desk = its.desk();
      for (let i = 0; i < 3; i += 1)
        await its.act(breaking(its.world(desk), step, i > 0) as never).catch(() => undefined);
      expect(desk.numbersTaken, step).toEqual(desk.numbersTaken.map((_, i) => i + 1));
      expect(desk.leaves.length, step).toBeLessThanOrEqual(1);
      expect(desk.attestations.length + desk.refusals.length + desk.voids.length, step).toBeLessThanOrEqual(1);
    }
  });
});

test("the table above breaks every outside step of these worlds", async () => {
  const reached = new Map<string, Set<string>>();
  const all = new Map<string, readonly string[]>();
  for (const it of scenarios) {
    const names = outsideSteps(it.world(it.desk())).map(([name]) => name);
    const key = names.join();
    all.set(key, names);
    for (const name of (await undisturbed(it)).reached) reached.set(key, (reached.get(key) ?? new Set()).add(name));
  }
  for (const [key, names] of all) expect([...(reached.get(key) ?? [])].toSorted()).toEqual(names.toSorted());
});

describe("receiving a scan", () => {
  async function* body() {
    yield utf8("JPEG");
  }
  const scan = () => ({ body: body(), fileName: null, declaredType: null });

  test.each([
    { step: "storeScan", after: false },
    { step: "storeScan", after: true },
    { step: "recognise", after: false },
    { step: "addOriginal", after: false },
    { step: "addOriginal", after: true },
  ])("when $step breaks (after taking effect: $after) no original loses its bytes", async ({ step, after }) => {
    const desk = at.aDesk();
    const world = breaking(worlds.receivingWorld(desk), step, after) as ReturnType<typeof worlds.receivingWorld>;
    await expect(receiveScan(dossierId, scan(), officer, world)).rejects.toThrow(Broken);
    expect(desk.originals).toHaveLength(step === "addOriginal" && after ? 1 : 0);
    expect(await receiveScan(dossierId, scan(), officer, worlds.receivingWorld(desk))).toMatchObject({ ok: true });
    expect(desk.originals.every(({ blobId }) => desk.blobs.has(blobId))).toBe(true);
  });
});

describe("delivering", () => {
  test.each([
    "dossierBySecret",
    "checkDigits",
    "certificate",
    "sealedCopy",
    "noteDelivery",
  ])("when %s breaks nothing is handed over, and the citizen may ask again", async (step) => {
    const desk = at.aSealedDesk({ dossier: inStatus("released") });
    const world = breaking(deliveryWorld(desk), step, false) as ReturnType<typeof deliveryWorld>;
    await expect(deliverCopy("secret", "0123", world)).rejects.toThrow(Broken);
    expect(desk.deliveries).toBe(0);
    expect(await deliverCopy("secret", "0123", deliveryWorld(desk))).toMatchObject({ ok: true });
  });
});
