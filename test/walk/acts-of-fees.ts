import { randomUUID } from "node:crypto";
import { type FeeEntryId, mostBackOf, outstandingOf } from "../../src/core/fee-account.ts";
import type { LocalDate } from "../../src/core/kernel.ts";
import { feeSettings } from "../../src/wiring/fee-settings.ts";
import { feeDesk } from "../../src/wiring/fees.ts";
import { officialsWorld } from "../../src/wiring/officials.ts";
import { type Act, reason, type Told } from "./act.ts";

const desk = ({ town: { house } }: Parameters<Act>[0]) => feeDesk(house, officialsWorld(house));
const nothing: Told = { ok: false, failure: { code: "nothing_there" } };

/** What is owed, now and then too much of it, and the same form twice. */
export const pay: Act = async (visit) => {
  const { dossier, chance } = visit;
  if (dossier === null) return nothing;
  const account = await desk(visit).account(dossier.id, visit.by("receiver"));
  if (!account.ok) return account;
  const way = chance.pick(["cash", "transfer"] as const);
  const amountDong = chance.below(6) === 0 ? 1000 + chance.below(9) * 1000 : outstandingOf(account.value.balance);
  const payment = { id: randomUUID() as string as FeeEntryId, way, amountDong, payer: null };
  const by = visit.by("receiver");
  const [first] = await Promise.all([
    desk(visit).book(dossier.id, payment, by),
    chance.below(4) === 0 ? desk(visit).book(dossier.id, payment, by) : null,
  ]);
  return first;
};

/** What is left over, sometimes too much, by who may not have taken it; or that undone. */
export const giveBack: Act = async (visit) => {
  const { dossier, chance } = visit;
  const account = dossier && (await desk(visit).account(dossier.id, visit.by("clerk")));
  if (dossier === null || account?.ok !== true) return nothing;
  const { balance, payments } = account.value;
  const given = payments.flatMap(({ givenBack }) => givenBack).find(({ undone }) => undone === null);
  if (given !== undefined && chance.below(3) === 0)
    return desk(visit).undoGivenBack(dossier.id, { givenId: given.id, reason }, visit.by("receiver"));
  const payment = chance.below(6) === 0 ? payments[0] : payments.find((one) => mostBackOf(one, balance) > 0);
  if (payment === undefined) return nothing;
  const amountDong = chance.below(6) === 0 ? 1000 : Math.max(1, mostBackOf(payment, balance));
  const asked = { id: randomUUID() as string as FeeEntryId, paymentId: payment.id, way: "cash" as const, amountDong };
  return desk(visit).giveBack(dossier.id, { ...asked, payer: payment.payer, reason }, visit.by("clerk"));
};

const exemption = {
  ...{ reason: "Hộ nghèo (hư cấu)", legalBasis: "Nghị quyết số 1 (hư cấu)", percent: 50 },
  ...{ from: "2020-01-01" as LocalDate, to: null },
};

/** By an exemption that the head enters where there is none; now and then by who entered it, and ended again. FEE-5 */
export const waive: Act = async (visit) => {
  const { town, dossier, chance } = visit;
  if (dossier === null) return nothing;
  const settings = feeSettings(town.house);
  const head = visit.by("head");
  const [known] = await settings.exemptions(head);
  if (known === undefined) {
    await settings.addExemption(exemption, head);
    return nothing;
  }
  if (chance.below(4) === 0) return desk(visit).endWaiver(dossier.id, reason, visit.by("clerk"));
  return desk(visit).waive(dossier.id, { exemptionId: known.id, evidence: reason }, visit.by("receiver"));
};

export const takeBack: Act = async (visit) => {
  const { dossier } = visit;
  const account = dossier && (await desk(visit).account(dossier.id, visit.by("clerk")));
  const paymentId = account?.ok === true ? account.value.payments[0]?.id : undefined;
  if (dossier === null || paymentId === undefined) return nothing;
  return desk(visit).reverse(dossier.id, { paymentId, reason }, visit.by("clerk"));
};
