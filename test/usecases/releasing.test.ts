import { describe, expect, test } from "vitest";
import type { CertificateId } from "../../src/core/ids.ts";
import { utf8 } from "../../src/core/kernel.ts";
import { dossierStatuses } from "../../src/core/stages.ts";
import { citizenState, deliverCopy } from "../../src/usecases/deliver-copy.ts";
import { publishCertificate } from "../../src/usecases/publish-certificate.ts";
import { aCertificate, aDesk, aDossier, aSealedDesk, remembered } from "./desk.ts";
import { deliveryWorld, publishingWorld } from "./release-worlds.ts";

const id = aCertificate().id;
const failure = (it: object) => ({ ok: false, failure: it });

describe("DESIGN decision 7: log third, release last", () => {
  test("leaf, tiles and checkpoint, record, release: in this order, each after the one before is durable", async () => {
    const steps: string[] = [];
    const desk = aSealedDesk();
    const world = Object.fromEntries(
      Object.entries(publishingWorld(desk)).map(([name, step]) => [
        name,
        async (...args: unknown[]) => {
          const answer = await (step as (...all: unknown[]) => Promise<unknown>)(...args);
          steps.push(name);
          return answer;
        },
      ]),
    );
    await publishCertificate(id, world as unknown as ReturnType<typeof publishingWorld>);
    expect(steps).toEqual([
      "certificate",
      "appendLeaf",
      "integrateLog",
      "markLogged",
      "publishRecord",
      "publishStatus",
      "release",
    ]);
    expect(desk).toMatchObject({ dossier: { status: "released" }, records: ["record of 1 in a log of 1"] });
  });

  test("run twice it says everything once", async () => {
    const desk = aSealedDesk();
    await publishCertificate(id, publishingWorld(desk));
    const once = remembered(desk);
    await publishCertificate(id, publishingWorld(desk));
    expect(remembered(desk)).toEqual(once);
  });

  test("what is not sealed is not published", async () => {
    for (const certificate of [null, aCertificate()]) {
      const desk = aDesk({ certificate });
      await publishCertificate("unknown" as CertificateId, publishingWorld(desk));
      expect([desk.leaves, desk.records, desk.dossier.status]).toEqual([[], [], "read"]);
    }
  });
});

describe("DESIGN decision 14: the citizen's link", () => {
  const released = () => aSealedDesk({ dossier: aDossier({ status: "released" }) });

  test("looking at it changes nothing and shows nothing of the document", async () => {
    const desk = released();
    const before = remembered(desk);
    const state = await citizenState("secret", deliveryWorld(desk));
    expect(state).toMatchObject({ ok: true, value: { status: "released", kind: "birth_certificate" } });
    expect(Object.keys(state.ok ? state.value : {})).toEqual([
      "id",
      "agencyId",
      "status",
      "kind",
      "openedAt",
      "dueAt",
      "againAt",
    ]);
    expect(remembered(desk)).toEqual(before);
    expect(await citizenState("guess", deliveryWorld(desk))).toEqual(failure({ code: "link_unknown" }));
  });

  test("with the digits of the identity paper the very bytes that were sealed are handed over", async () => {
    const desk = released();
    const delivered = await deliverCopy("secret", "0123", deliveryWorld(desk));
    expect(delivered).toMatchObject({ ok: true, value: { pdf: utf8(desk.sealed ?? ""), what: "copy" } });
    expect(desk.deliveries).toBe(1);
  });

  test("a wrong link is told apart from nothing and costs no attempt", async () => {
    const desk = released();
    expect(await deliverCopy("guess", "0123", deliveryWorld(desk))).toEqual(failure({ code: "link_unknown" }));
    expect(desk.attemptsLeft).toBe(3);
  });

  test("four digits are not guessed: wrong ones are counted, and then the right ones fail too", async () => {
    const desk = released();
    const world = deliveryWorld(desk);
    for (let i = 0; i < 3; i += 1) {
      expect(await deliverCopy("secret", "9999", world)).toEqual(failure({ code: "wrong_digits" }));
    }
    expect(await deliverCopy("secret", "0123", world)).toEqual(failure({ code: "throttled", retryAfterSeconds: 900 }));
    expect(desk.deliveries).toBe(0);
  });

  test.each(
    dossierStatuses.filter((it) => it !== "released"),
  )("DESIGN decision 7: while %s nobody can download it, even with link and digits", async (status) => {
    const desk = aSealedDesk({ dossier: aDossier({ status }) });
    expect(await deliverCopy("secret", "0123", deliveryWorld(desk))).toEqual(failure({ code: "not_released" }));
    expect(desk.deliveries).toBe(0);
  });

  test("REFUSE-1: of a refused dossier the signed notice is handed over, as what it is", async () => {
    const desk = aDesk({ dossier: aDossier({ status: "refused" }), notice: "notice + officer" });
    const delivered = await deliverCopy("secret", "0123", deliveryWorld(desk));
    expect(delivered).toEqual({ ok: true, value: { pdf: utf8("notice + officer"), what: "notice" } });
    expect(await deliverCopy("secret", "9999", deliveryWorld(desk))).toEqual(failure({ code: "wrong_digits" }));
  });

  test("a released dossier without its certificate hands nothing over", async () => {
    const desk = aDesk({ dossier: aDossier({ status: "released" }) });
    expect(await deliverCopy("secret", "0123", deliveryWorld(desk))).toEqual(failure({ code: "not_released" }));
  });
});
