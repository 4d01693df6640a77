import { deadlineSteps, deciders, keepDeadlineStep, titleOfDecider } from "../../db/stores/deadlines.ts";
import { findDossier, refusalOf } from "../../db/stores/dossiers.ts";
import { noticeOf } from "../../db/stores/notices.ts";
import { listOwed } from "../../db/stores/queue.ts";
import { outstandingOf } from "../core/fee-account.ts";
import { feesOf } from "../core/fees.ts";
import { type Bytes, fail, ok, type Result } from "../core/kernel.ts";
import { codesOf } from "../core/procedure.ts";
import type { PaperOfSubmission, Submission } from "../core/submission.ts";
import { purposeOf, vietQrOf } from "../core/vietqr.ts";
import type { Failure } from "../usecases/failure.ts";
import { type MovingWorld, moveDeadline } from "../usecases/move-deadline.ts";
import type { DossierView, OfficialsWorld } from "../web/officials/world.ts";
import type { DeadlinesWorld } from "../web/pages/deadlines/world.ts";
import { agencyPaper } from "./agency-paper.ts";
import { calendarAt } from "./calendars.ts";
import { isPrintable } from "./composing.ts";
import { stepPaper } from "./deadline-wording.ts";
import type { House } from "./house.ts";
import { type SlipFacts, slipPaper } from "./slip-wording.ts";

type Officials = Pick<OfficialsWorld, "dossier" | "renewLink" | "calendar" | "now">;

export const deadlinesWorld = (house: House, { dossier, renewLink, calendar, now }: Officials): DeadlinesWorld => ({
  ...{ renewLink, dossier, calendar, now },
  steps: (id) => deadlineSteps(house.sql, id),
  deciders: ({ agencyId }) => deciders(house.sql, agencyId),
  owed: ({ agencyId }, limit) => listOwed(house.sql, agencyId, limit),
  move: (id, request, actor) => moveDeadline(id, request, actor, movingWorld(house)),
  stepSlip: async (id, ordinal, actor) => {
    const view = await dossier(id, actor);
    return view.ok ? stepSlip(house, view.value, ordinal) : view;
  },
  slip: async (id, { link, by }, actor) => {
    const view = await dossier(id, actor);
    if (!view.ok) return view;
    const facts = { ...slipFacts(view.value), link, receiver: by };
    return ok(await agencyPaper(house, actor.agencyId, view.value.dossier.openedAt, slipPaper(facts)));
  },
});

const movingWorld = (house: House): MovingWorld => ({
  now: house.now,
  dossier: (id, agencyId) => findDossier(house.sql, id, agencyId),
  noticeWaits: async (id) => (await refusalOf(house.sql, id)) !== null && (await noticeOf(house.sql, id)) === null,
  steps: (id) => deadlineSteps(house.sql, id),
  calendar: (agencyId) => calendarAt(house, agencyId),
  deciders: (agencyId) => deciders(house.sql, agencyId),
  isPrintable: (text) => isPrintable(house, text),
  keepStep: (...kept) => keepDeadlineStep(house.sql, ...kept),
});

async function stepSlip(
  house: House,
  { dossier, submission }: DossierView,
  ordinal: number,
): Promise<Result<Bytes, Failure>> {
  const steps = await deadlineSteps(house.sql, dossier.id);
  const step = steps.find((one) => one.ordinal === ordinal);
  const before = steps.findLast((one) => one.ordinal < ordinal);
  if (step === undefined || step.kind === "promised" || before === undefined) return fail({ code: "not_found" });
  const titleLines = await titleOfDecider(house.sql, dossier.id, ordinal);
  const { applicantName: applicant, openedAt: receivedAt } = dossier;
  const { code } = submission;
  const facts = { code, applicant, paper: nameOf(dossier), receivedAt, beforeAt: before.dueAt, step, titleLines };
  return ok(await agencyPaper(house, dossier.agencyId, step.at, stepPaper(facts)));
}

/** One slip for all papers that were presented together. DOS-1. */
const slipFacts = ({
  dossier,
  submission,
  intake,
  account,
  fee,
  procedureCodes,
}: DossierView): Omit<SlipFacts, "link" | "receiver"> => ({
  code: submission.code,
  applicant: dossier.applicantName,
  contact: intake.contact,
  procedureCodes: codesOf(submission.papers, procedureCodes),
  papers: submission.papers.map((paper) => ({
    name: `${numbered(paper)} (bản chính, của ${paper.holderName})`,
    pages: paper.declaredPages,
    paperCopies: paper.paperCopies,
    electronicCopies: paper.onPaperOnly ? 0 : paper.electronicCopies,
  })),
  receivedAt: submission.openedAt,
  reception: submission.reception,
  promisedAt: submission.promisedAt,
  dueAt: submission.dueAt,
  againAt: submission.againAt,
  fees: feesOf(submission.papers),
  transfer: transferOf(submission, account, outstandingOf(fee)),
});

type NamedPaper = Pick<PaperOfSubmission, "title" | "documentNumber" | "holderName">;

const numbered = ({ title, documentNumber }: NamedPaper): string =>
  `${title}${documentNumber === null ? "" : `, số ${documentNumber}`}`;

const nameOf = (paper: NamedPaper): string => `${numbered(paper)}, của ${paper.holderName}`;

function transferOf(
  { code: dossierCode }: Submission,
  account: DossierView["account"],
  leftDong: number,
): SlipFacts["transfer"] {
  if (account === null) return null;
  const purpose = purposeOf(dossierCode);
  const code = vietQrOf(account, leftDong, purpose);
  return code.ok ? { code: code.value, account: `${account.holder}, số tài khoản ${account.number}`, purpose } : null;
}
