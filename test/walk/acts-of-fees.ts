import { randomUUID } from "node:crypto";
import { type FeeEntryId, mostBackOf, outstandingOf } from "../../src/core/fee-account.ts";
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

export const takeBack: Act = async (visit) => {
  const { dossier } = visit;
  const account = dossier && (await desk(visit).account(dossier.id, visit.by("clerk")));
  const paymentId = account?.ok === true ? account.value.payments[0]?.id : undefined;
  if (dossier === null || paymentId === undefined) return nothing;
  return desk(visit).reverse(dossier.id, { paymentId, reason }, visit.by("clerk"));
};
