import { submissionOf } from "../../db/stores/submissions.ts";
import { fail, ok } from "../core/kernel.ts";
import type { OwnFeeWorld } from "../web/citizens/fee-page.tsx";
import { citizenFee } from "./citizen-fee.ts";
import { dossiersBySecret } from "./citizen-links.ts";
import { checkDigits, qrOf } from "./citizens.ts";
import { receiptOf } from "./fees.ts";
import type { House } from "./house.ts";

/** The fee is of all papers presented together, so it is the same behind each of their links. FEE-2. */
export const ownFeeWorld = (house: House): OwnFeeWorld => ({
  fee: async (secret) => {
    const [first] = await dossiersBySecret(house, secret);
    const submission = first && (await submissionOf(house.sql, first.id, first.agencyId));
    return first && submission ? ok(await citizenFee(house, first, submission, qrOf)) : fail({ code: "link_unknown" });
  },
  receipt: async (secret, { digits, payment }) => {
    const [first] = await dossiersBySecret(house, secret);
    if (first === undefined) return fail({ code: "link_unknown" });
    const known = await checkDigits(house, first.id, digits, "identity_digits");
    return known.ok ? receiptOf(house, first.id, payment, first) : known;
  },
});
