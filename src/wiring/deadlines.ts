import { usualCalendar } from "../core/calendar.ts";
import { deadlineOf } from "../core/deadlines.ts";
import { feeDong } from "../core/fees.ts";
import { ok } from "../core/kernel.ts";
import { purposeOf, vietQrOf } from "../core/vietqr.ts";
import type { DossierView, OfficialsWorld } from "../web/officials/world.ts";
import type { DeadlinesWorld } from "../web/pages/deadlines/world.ts";
import { grouped } from "../web/pages/register/line-texts.ts";
import { agencyPaper } from "./agency-paper.ts";
import type { House } from "./house.ts";
import { type SlipFacts, slipPaper } from "./slip-wording.ts";

export const deadlinesWorld = (
  house: House,
  { dossier, renewLink }: Pick<OfficialsWorld, "dossier" | "renewLink">,
): DeadlinesWorld => ({
  renewLink,
  slip: async (id, { link, by }, actor) => {
    const view = await dossier(id, actor);
    if (!view.ok) return view;
    const facts = { ...slipFacts(view.value), link, receiver: by };
    return ok(await agencyPaper(house, actor.agencyId, view.value.dossier.openedAt, slipPaper(facts)));
  },
});

const slipFacts = ({ dossier, intake, account }: DossierView): Omit<SlipFacts, "link" | "receiver"> => ({
  code: dossier.id,
  applicant: dossier.applicantName,
  contact: intake.contact,
  papers: [
    {
      name: paperName(dossier),
      pages: dossier.declaredPages,
      paperCopies: intake.paperCopies,
      electronicCopies: 1,
    },
  ],
  receivedAt: dossier.openedAt,
  dueAt: deadlineOf(dossier.openedAt, usualCalendar),
  fee: grouped(feeDong(dossier.declaredPages)),
  transfer: transferOf(dossier, account),
});

const paperName = ({ title, documentNumber, holderName }: DossierView["dossier"]): string =>
  `${title}${documentNumber === null ? "" : `, số ${documentNumber}`} (bản chính, của ${holderName})`;

function transferOf(dossier: DossierView["dossier"], account: DossierView["account"]): SlipFacts["transfer"] {
  if (account === null) return null;
  const purpose = purposeOf(dossier.id);
  const code = vietQrOf(account, feeDong(dossier.declaredPages), purpose);
  return code.ok ? { code: code.value, account: `${account.holder}, số tài khoản ${account.number}`, purpose } : null;
}
