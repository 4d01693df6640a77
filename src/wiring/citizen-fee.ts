import { feeAccountOf } from "../../db/stores/fees.ts";
import { receivingAccountOf } from "../../db/stores/receiving-account.ts";
import type { Dossier } from "../core/dossier.ts";
import { outstandingOf } from "../core/fee-account.ts";
import type { Submission } from "../core/submission.ts";
import { purposeOf, vietQrOf } from "../core/vietqr.ts";
import type { CitizenFee } from "../web/citizens/fee-card.tsx";
import type { QrModules } from "../web/design/qr.tsx";
import type { House } from "./house.ts";

/** What the secret link tells of the fee, with the code for a transfer of what is left. */
export async function citizenFee(
  house: House,
  { agencyId }: Pick<Dossier, "agencyId">,
  { id, code }: Pick<Submission, "id" | "code">,
  qrOf: (text: string) => QrModules | null,
): Promise<CitizenFee> {
  const { balance, payments, withholds } = await feeAccountOf(house.sql, id, agencyId);
  const account = await receivingAccountOf(house.sql, agencyId);
  const purpose = purposeOf(code);
  const text = account && vietQrOf(account, outstandingOf(balance), purpose);
  const qr = text?.ok ? qrOf(text.value) : null;
  const transfer = account === null || qr === null ? null : { account, purpose, qr };
  return { balance, payments, withholds, transfer };
}
