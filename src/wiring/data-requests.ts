import { keepExtension, keepWorded } from "../../db/stores/data-answers.ts";
import { findRequest, keepErasure, requestsOfAgency } from "../../db/stores/data-requests.ts";
import { erasureProofs } from "../../db/stores/erasure-proofs.ts";
import type { Actor } from "../core/dossier.ts";
import { answerErasure, answerInWords, extendRequest } from "../usecases/answer-data.ts";
import type { DataRequestsWorld } from "../web/pages/personal-data/world.ts";
import type { House } from "./house.ts";
import { removeFiles } from "./personal-data.ts";

const requestsListed = 200;

export const dataRequestsWorld = (house: House): DataRequestsWorld => ({
  now: house.now,
  terms: house.terms,
  requests: (actor) => requestsOfAgency(house.sql, actor.agencyId, requestsListed),
  request: (id, actor) => findRequest(house.sql, id, actor.agencyId),
  answer: (id, held, by) => answerErasure(id, held, by, erasing(house)),
  answerInWords: (id, answer, by) =>
    answerInWords(id, answer, by, {
      openRequest: openRequest(house),
      keepWorded: async (wanted, worded, actor) => {
        const request = await findRequest(house.sql, wanted, actor.agencyId);
        return request !== null && keepWorded(house.sql, request, worded, actor, house.now());
      },
    }),
  extend: (id, reason, by) =>
    extendRequest(id, reason, by, {
      now: house.now,
      terms: house.terms,
      openRequest: openRequest(house),
      keepExtension: async (wanted, extension, actor) => {
        const request = await findRequest(house.sql, wanted, actor.agencyId);
        return request !== null && keepExtension(house.sql, request, extension, actor);
      },
    }),
  proofs: (actor) => erasureProofs(house.sql, actor.agencyId, requestsListed),
});

const openRequest = (house: House) => async (wanted: string, actor: Actor) => {
  const request = await findRequest(house.sql, wanted, actor.agencyId);
  return request?.answeredAt === null ? request : null;
};

const erasing = (house: House): Parameters<typeof answerErasure>[3] => ({
  openRequest: openRequest(house),
  eraseAndAnswer: async (wanted, items, actor) => {
    const request = await findRequest(house.sql, wanted, actor.agencyId);
    const files = request && (await keepErasure(house.sql, request, items, actor, house.now()));
    if (files === null) return false;
    await removeFiles(house, files);
    return true;
  },
});
