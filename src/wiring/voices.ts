import type { Context } from "hono";
import {
  findPetition,
  keepAnswer,
  keepPetition,
  listAgencies,
  petitionByCode,
  petitionsOf,
} from "../../db/stores/petitions.ts";
import { isRated, keepRating, ratingsSince } from "../../db/stores/ratings.ts";
import { submissionOf } from "../../db/stores/submissions.ts";
import type { AgencyId } from "../core/ids.ts";
import { fail, localDateOf, ok, type Result } from "../core/kernel.ts";
import { type PetitionCode, parsePetitionCode, petitionCodeOf, petitionDue } from "../core/petition.ts";
import { isLast } from "../core/stages.ts";
import type { Failure } from "../usecases/failure.ts";
import { answerPetition, type PetitioningWorld, petition, rate } from "../usecases/petitions/petitions.ts";
import type { OwnVoiceWorld, PublicVoiceWorld, VoiceDesk } from "../web/petitions/world.ts";
import type { WebEnv } from "../web/route.ts";
import { beginAttempt, type ThrottleRule } from "../web/throttle.ts";
import { calendarAt } from "./calendars.ts";
import { dossiersBySecret } from "./citizen-links.ts";
import { agencyNameOf, type House, keyedHash, newId } from "./house.ts";
import { throttleWorld } from "./key-use.ts";

/** A family or an office stands behind one address; from one dossier nobody has so much to say. */
const rules = {
  address: { name: "petition_by_address", attempts: 5, windowSeconds: 3600, blockSeconds: 3600 },
  // of the 200 that an agency takes in a day, so that one address leaves room for all others
  addressADay: { name: "petition_by_address_a_day", attempts: 10, windowSeconds: 86_400, blockSeconds: 86_400 },
  submission: { name: "petition_of_submission", attempts: 3, windowSeconds: 86_400, blockSeconds: 86_400 },
  code: { name: "petition_code", attempts: 20, windowSeconds: 3600, blockSeconds: 900 },
} as const satisfies Record<string, ThrottleRule>;

/** Of one agency without a dossier: the head answers and makes room; from however many addresses, a day brings no more. */
const mostSaid = { open: 1000, aDay: 200 };
const listed = 200;

const codeHash = (house: House, code: PetitionCode) => keyedHash(house, "petition code", code);

const counted = async (house: House, rule: ThrottleRule, subject: string): Promise<Result<null, Failure>> => {
  const attempt = await beginAttempt(throttleWorld(house), rule, subject);
  return attempt.ok ? ok(null) : attempt;
};

const petitioning = (house: House, admit: PetitioningWorld["admit"]): PetitioningWorld => ({
  now: house.now,
  due: async (at, agencyId) => petitionDue(at, house.terms.answer.petition, await calendarAt(house, agencyId)),
  codeOfForm: (formId) => petitionCodeOf(keyedHash(house, "code of petition form", formId)),
  admit,
  isAgency: async (id) => (await listAgencies(house.sql)).some((agency) => agency.id === id),
  keep: (said, code, formId) => {
    const hashes = { codeHash: codeHash(house, code), formHash: keyedHash(house, "petition form", formId) };
    return keepPetition(house.sql, said, hashes, mostSaid);
  },
});

export const publicVoiceWorld = (house: House, addressOf: (c: Context<WebEnv>) => string): PublicVoiceWorld => ({
  newFormId: newId,
  agencies: () => listAgencies(house.sql),
  petition: (c, said, agencyId, formId) => {
    const world = petitioning(house, async () => {
      const hour = await counted(house, rules.address, addressOf(c));
      return hour.ok ? counted(house, rules.addressADay, addressOf(c)) : hour;
    });
    return petition(said, { agencyId: agencyId as AgencyId, submissionId: null }, formId, world);
  },
  byCode: async (c, text) => {
    const attempt = await beginAttempt(throttleWorld(house), rules.code, addressOf(c));
    if (!attempt.ok) return attempt;
    const code = parsePetitionCode(text);
    const found = code === null ? null : await petitionByCode(house.sql, codeHash(house, code));
    if (found === null) return ok(null);
    await attempt.value.giveBack();
    const isLate = found.answer === null && found.dueAt < house.now();
    return ok({ ...found, isLate, agencyName: agencyNameOf(house, found.agencyId) });
  },
});

export const ownVoiceWorld = (house: House): OwnVoiceWorld => ({
  newFormId: newId,
  view: async (secret) => {
    const about = await submissionBehind(house, secret);
    if (about === null) return fail({ code: "link_unknown" });
    const given = await isRated(house.sql, about.submissionId);
    const rating = given ? "given" : about.isReturned ? "open" : "wait";
    return ok({ agencyName: agencyNameOf(house, about.agencyId), rating });
  },
  rate: (secret, rating) =>
    rate(secret, rating, {
      rateable: (text) => submissionBehind(house, text),
      keepRating: (...rated) => keepRating(house.sql, ...rated, localDateOf(house.now())),
    }),
  petition: async (secret, said, formId) => {
    const about = await submissionBehind(house, secret);
    if (about === null) return fail({ code: "link_unknown" });
    const { agencyId, submissionId } = about;
    const world = petitioning(house, () => counted(house, rules.submission, submissionId));
    return petition(said, { agencyId, submissionId }, formId, world);
  },
});

/** Of the link of a slip, of one paper or of a letter: all lead to what was presented together. */
async function submissionBehind(house: House, secret: string) {
  const [first] = await dossiersBySecret(house, secret);
  const submission = first && (await submissionOf(house.sql, first.id, first.agencyId));
  if (first === undefined || !submission) return null;
  const isReturned = submission.papers.some(({ status }) => isLast(status));
  return { submissionId: submission.id, agencyId: first.agencyId, isReturned };
}

export const voiceDesk = (house: House): VoiceDesk => ({
  now: house.now,
  calendar: ({ agencyId }) => calendarAt(house, agencyId),
  petitions: ({ agencyId }) => petitionsOf(house.sql, agencyId, listed),
  petition: (id, { agencyId }) => findPetition(house.sql, id, agencyId),
  answer: (id, words, actor) =>
    answerPetition(id, words, actor, {
      now: house.now,
      petition: (wanted, agencyId) => findPetition(house.sql, wanted, agencyId),
      keepAnswer: (...kept) => keepAnswer(house.sql, ...kept),
    }),
  ratings: ({ agencyId }, from) => ratingsSince(house.sql, agencyId, from),
});
