import { expect, test } from "vitest";
import { utf8 } from "../../src/core/kernel.ts";
import { renewLink } from "../../src/usecases/renew-link.ts";
import { aDesk, agency, dossierId, officer, stranger } from "./desk.ts";
import { openingWorld } from "./worlds.ts";

const renewing = () => {
  const desk = aDesk();
  const kept: object[] = [];
  const { now, newSecret } = openingWorld(desk);
  const dossier = async (id: string, agencyId: string) =>
    id === dossierId && agencyId === agency ? desk.dossier : null;
  const keepLink = async (_: unknown, link: object) => void kept.push(link);
  return { kept, world: { now, newSecret, dossier, keepLink } };
};

test("DESIGN decision 14: a renewed link is good for a year from now, and only its hash is kept", async () => {
  const { kept, world } = renewing();
  expect(await renewLink(dossierId, officer, world)).toEqual({ ok: true, value: { secret: "secret" } });
  expect(kept).toEqual([{ secretHash: utf8("hash of secret"), secretExpiresAt: "2027-11-22T03:00:00Z" }]);
});

test("a stranger renews no link and does not learn that there is a dossier", async () => {
  const { kept, world } = renewing();
  expect(await renewLink(dossierId, stranger, world)).toEqual({ ok: false, failure: { code: "not_found" } });
  expect(kept).toEqual([]);
});
