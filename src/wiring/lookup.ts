import { timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { noteWrongByCode, standsOf, submissionsByCode } from "../../db/stores/submissions.ts";
import { ok } from "../core/kernel.ts";
import { type LookupWorld, lookUpState } from "../usecases/look-up-state.ts";
import type { LookupDoor } from "../web/citizens/lookup.tsx";
import type { WebEnv } from "../web/route.ts";
import { beginAttempt } from "../web/throttle.ts";
import { hashDigits } from "./citizens.ts";
import { agencyNameOf, type House } from "./house.ts";
import { throttleWorld } from "./key-use.ts";

/** Codes are serials and digits ten thousand: few tries a code, and few a visitor over all codes. */
const rules = {
  code: { name: "lookup_code", attempts: 5, windowSeconds: 3600, blockSeconds: 3600 },
  address: { name: "lookup_address", attempts: 20, windowSeconds: 3600, blockSeconds: 3600 },
} as const;

/** Of nobody: what a code that does not exist is compared with. */
const nobody = new Uint8Array(32);

/** @param addressOf who tries are counted against, besides the code */
export const lookupDoor = (house: House, addressOf: (c: Context<WebEnv>) => string): LookupDoor => ({
  lookUp: async (c, code, digits) => {
    const found = await lookUpState(code, digits, lookupWorld(house, addressOf(c)));
    if (!found.ok) return found;
    return ok(found.value.map((one) => ({ ...one, agencyName: agencyNameOf(house, one.agencyId) })));
  },
});

const lookupWorld = (house: House, address: string): LookupWorld => ({
  admit: async (code) => {
    const byAddress = await beginAttempt(throttleWorld(house), rules.address, address);
    if (!byAddress.ok) return byAddress;
    const byCode = await beginAttempt(throttleWorld(house), rules.code, code);
    if (!byCode.ok) return byCode;
    const giveBack = async () => {
      await byAddress.value.giveBack();
      await byCode.value.giveBack();
    };
    return ok({ giveBack });
  },
  byCode: (code) => submissionsByCode(house.sql, code),
  papers: ({ submissionId }) => standsOf(house.sql, submissionId),
  noteWrong: (code) => noteWrongByCode(house.sql, code),
  hasDigits: (submission, digits) => {
    const typed = hashDigits(house, submission?.submissionId ?? "", digits);
    return timingSafeEqual(submission?.digitsHash ?? nobody, typed);
  },
});
