import { usualCalendar } from "../core/calendar.ts";
import { deadlineOf } from "../core/deadlines.ts";
import { feeOfPapers } from "../core/fees.ts";
import { ok } from "../core/kernel.ts";
import type { PaperOfSubmission, Submission } from "../core/submission.ts";
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

/** One slip for all papers that were presented together. DOS-1. */
const slipFacts = ({ dossier, submission, intake, account }: DossierView): Omit<SlipFacts, "link" | "receiver"> => ({
  code: submission.code,
  applicant: dossier.applicantName,
  contact: intake.contact,
  papers: submission.papers.map((paper) => ({
    name: paperName(paper),
    pages: paper.declaredPages,
    paperCopies: paper.paperCopies,
    electronicCopies: 1,
  })),
  receivedAt: submission.openedAt,
  dueAt: deadlineOf(submission.lastAt, usualCalendar),
  fee: grouped(feeOfPapers(submission.papers)),
  transfer: transferOf(submission, account),
});

const paperName = ({ title, documentNumber, holderName }: PaperOfSubmission): string =>
  `${title}${documentNumber === null ? "" : `, số ${documentNumber}`} (bản chính, của ${holderName})`;

function transferOf({ code: dossierCode, papers }: Submission, account: DossierView["account"]): SlipFacts["transfer"] {
  if (account === null) return null;
  const purpose = purposeOf(dossierCode);
  const code = vietQrOf(account, feeOfPapers(papers), purpose);
  return code.ok ? { code: code.value, account: `${account.holder}, số tài khoản ${account.number}`, purpose } : null;
}
