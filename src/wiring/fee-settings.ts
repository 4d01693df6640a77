import {
  endExemption,
  feeExemptions,
  feeReleaseOf,
  keepExemption,
  keepFeeRelease,
} from "../../db/stores/fee-waivers.ts";
import { keepStatementColumns, statementColumnsOf } from "../../db/stores/statements.ts";
import { usualFeeRelease } from "../core/fee-account.ts";
import { noteOf } from "../usecases/administration/note.ts";
import type { FeeSettings } from "../web/pages/administration/fees.tsx";
import { type House, newId } from "./house.ts";

export const feeSettings = ({ sql, now }: House): FeeSettings => ({
  release: async ({ agencyId }) => (await feeReleaseOf(sql, agencyId)) ?? usualFeeRelease,
  setRelease: (release, actor) => keepFeeRelease(sql, release, noteOf(actor, "fee_policy_set", release, now())),
  exemptions: ({ agencyId }) => feeExemptions(sql, agencyId),
  addExemption: (exemption, actor) => {
    const about = `${exemption.reason}, ${exemption.percent} %, ${exemption.legalBasis}`;
    return keepExemption(sql, { id: newId(), ...exemption }, noteOf(actor, "fee_exemption_kept", about, now()));
  },
  columns: ({ agencyId }) => statementColumnsOf(sql, agencyId),
  setColumns: (columns, actor) => {
    const about = [columns.day, columns.amount, columns.content, columns.reference].join("; ");
    return keepStatementColumns(sql, columns, noteOf(actor, "statement_columns_set", about, now()));
  },
  endExemption: async (id, actor) => {
    const known = (await feeExemptions(sql, actor.agencyId)).find((one) => one.id === id);
    if (known === undefined) return false;
    await endExemption(sql, id, noteOf(actor, "fee_exemption_ended", known.reason, now()));
    return true;
  },
});
