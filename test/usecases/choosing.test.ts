import { describe, expect, test } from "vitest";
import type { BlobId } from "../../src/core/ids.ts";
import { dossierStatuses } from "../../src/core/stages.ts";
import { type ChoosingWorld, chooseForm } from "../../src/usecases/choose-form.ts";
import { aDesk, aDossier, aPage, type Desk, dossierId, officer, stranger, streamOf } from "./desk.ts";

const otherForm = { blobId: "straight-1" as BlobId, sha256: streamOf(9) };
const photographed = () => aDesk({ pages: [aPage(1, { otherForm }), aPage(2)] });
const straight = { number: 1, form: "straightened" } as const;

function worldOf(desk: Desk): ChoosingWorld & { readonly kept: string[] } {
  const kept: string[] = [];
  return {
    kept,
    dossier: async (_, agencyId) => (desk.dossier.agencyId === agencyId ? desk.dossier : null),
    pages: async () => desk.pages,
    keepForm: async (_, page, form, { personId }) => kept.push(`${page.number} ${form} by ${personId}`) > 0,
  };
}

describe("COPY-2: an official chooses the form of a photographed page", () => {
  test("who chose which form is kept; the same form again is nothing new", async () => {
    const world = worldOf(photographed());
    expect(await chooseForm(dossierId, straight, officer, world)).toEqual({ ok: true, value: null });
    expect(await chooseForm(dossierId, { number: 1, form: "as_taken" }, officer, world)).toEqual({
      ok: true,
      value: null,
    });
    expect(world.kept).toEqual([`1 straightened by ${officer.personId}`]);
  });

  test("a page that has one form only, and one that is not there, have nothing to choose", async () => {
    const world = worldOf(photographed());
    for (const number of [2, 3]) {
      const answer = await chooseForm(dossierId, { ...straight, number }, officer, world);
      expect(answer).toEqual({ ok: false, failure: { code: "page_not_found", page: number } });
    }
    expect(world.kept).toEqual([]);
  });

  test("a stranger finds nothing to choose", async () => {
    const world = worldOf(photographed());
    expect(await chooseForm(dossierId, straight, stranger, world)).toMatchObject({ failure: { code: "not_found" } });
    expect(world.kept).toEqual([]);
  });

  test.each(dossierStatuses.filter((it) => it !== "read"))("nothing is chosen while %s", async (status) => {
    const world = worldOf(aDesk({ dossier: aDossier({ status }), pages: [aPage(1, { otherForm })] }));
    expect(await chooseForm(dossierId, straight, officer, world)).toMatchObject({ failure: { code: "wrong_stage" } });
    expect(world.kept).toEqual([]);
  });

  test("attested in the meantime: nothing is chosen behind it", async () => {
    const world = { ...worldOf(photographed()), keepForm: async () => false };
    expect(await chooseForm(dossierId, straight, officer, world)).toMatchObject({ failure: { code: "wrong_stage" } });
  });
});
