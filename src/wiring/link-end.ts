import { findDossier, keepLinkEnd } from "../../db/stores/dossiers.ts";
import { submissionOf } from "../../db/stores/submissions.ts";
import { fail, ok } from "../core/kernel.ts";
import { endLinkAtCounter, endOwnLink } from "../usecases/end-link.ts";
import type { OwnLinkEndWorld } from "../web/citizens/end-routes.tsx";
import type { OfficialsWorld } from "../web/officials/world.ts";
import type { LinkEndWorld } from "../web/pages/link-end/routes.tsx";
import { dossiersBySecret } from "./citizen-links.ts";
import { checkDigits } from "./citizens.ts";
import type { House } from "./house.ts";

const keeping = (house: House) => ({
  keepEnd: (...kept: EndKept) => keepLinkEnd(house.sql, ...kept, house.now()),
});

type EndKept = Parameters<Parameters<typeof endOwnLink>[2]["keepEnd"]>;

export const linkEndWorld = (house: House, { dossier }: Pick<OfficialsWorld, "dossier">): LinkEndWorld => ({
  dossier,
  endLink: (id, actor) =>
    endLinkAtCounter(id, actor, {
      ...keeping(house),
      dossier: (wanted, agencyId) => findDossier(house.sql, wanted, agencyId),
    }),
});

const firstBySecret = async (house: House, secret: string) => (await dossiersBySecret(house, secret))[0] ?? null;

export const ownLinkEndWorld = (house: House): OwnLinkEndWorld => ({
  code: async (secret) => {
    const first = await firstBySecret(house, secret);
    const submission = first && (await submissionOf(house.sql, first.id, first.agencyId));
    return submission ? ok(submission.code) : fail({ code: "link_unknown" });
  },
  end: (secret, digits) =>
    endOwnLink(secret, digits, {
      ...keeping(house),
      dossierBySecret: (text) => firstBySecret(house, text),
      checkDigits: (dossier, typed) => checkDigits(house, dossier.id, typed, "identity_digits"),
    }),
});
