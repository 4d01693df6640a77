import { findPerson, peopleOf } from "../../db/stores/administration.ts";
import { endMandateWith, findMandate, keepMandateWith, mandatesIn } from "../../db/stores/mandates.ts";
import { endMandate, giveMandate } from "../usecases/administration/mandates.ts";
import type { MandatesWorld } from "../web/pages/mandates/world.ts";
import { isPrintable } from "./composing.ts";
import { type House, newId } from "./house.ts";

/** The right to sign, as the administrator of the own agency writes it down and ends it. */
export const mandatesWorld = (house: House): MandatesWorld => {
  const { sql, now } = house;
  return {
    now,
    people: ({ agencyId }) => peopleOf(sql, agencyId),
    mandates: ({ agencyId }) => mandatesIn(sql, agencyId),
    mandate: (id, { agencyId }) => findMandate(sql, id, agencyId),
    giveMandate: (facts, actor) =>
      giveMandate(facts, actor, {
        now,
        newMandateId: newId,
        isPrintable: (text) => isPrintable(house, text),
        person: (...asked) => findPerson(sql, ...asked),
        keepMandate: (...kept) => keepMandateWith(sql, ...kept),
      }),
    endMandate: (id, reason, actor) =>
      endMandate(id, reason, actor, {
        now,
        mandate: (...asked) => findMandate(sql, ...asked),
        keepEnd: (...ended) => endMandateWith(sql, ...ended),
      }),
  };
};
