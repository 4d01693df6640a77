import { bookNamesOf } from "../../db/stores/book-names.ts";
import { registerOfDays } from "../../db/stores/register.ts";
import { supplementOf } from "../../db/stores/register-corrections.ts";
import {
  booksOfYear,
  keepPrint,
  printsOf,
  type Series,
  totalsOf,
  totalsOfMonths,
} from "../../db/stores/register-prints.ts";
import { composeRegister } from "../../signing/compose/compose-register.ts";
import type { RegisterToCompose } from "../../signing/compose/register-to-compose.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import type { Actor, Signer } from "../core/dossier.ts";
import { type Bytes, fail, type Instant, localDateOf, ok, type Result } from "../core/kernel.ts";
import { type BookKind, bookText, placeOf } from "../core/register.ts";
import { daysOf, isEmpty, isYear, type Period, type PeriodTotals, yearOfPeriod } from "../core/register-print.ts";
import type { Failure } from "../usecases/failure.ts";
import { hindranceOf, type RegisterWorld as SigningWorld, signRegister } from "../usecases/sign-register.ts";
import { signerFor } from "../usecases/signer.ts";
import type { PrintsWorld } from "../web/pages/register/prints-world.ts";
import { examineNotice } from "./examining.ts";
import { agencyNameOf, type House, keepBlob, readBlob, unlessHindered } from "./house.ts";
import { openKey } from "./key-use.ts";
import { aboutOf, closingOf, monthTable, printTitle, yearTable } from "./register-wording.ts";
import { checkRevocation, signField } from "./sealing-act.ts";
import { signersWorld } from "./signers.ts";

/** The register of one kind of book. */
type PrintHouse = House & { readonly kind: BookKind };

/** As that year's book is called. REG-5 */
const seriesOf = async ({ sql, kind }: PrintHouse, { agencyId }: Actor, year: number): Promise<Series> => ({
  agencyId,
  suffix: (await bookNamesOf(sql, agencyId, year))[kind],
});

const seriesIn = (house: PrintHouse, actor: Actor, period: Period) => seriesOf(house, actor, yearOfPeriod(period));

const signingWorld = (house: PrintHouse): SigningWorld<KeyHolder> => ({
  now: house.now,
  totals: async (period, actor) => totalsOf(house.sql, await seriesIn(house, actor, period), period),
  months: async (year, actor) => totalsOfMonths(house.sql, await seriesOf(house, actor, year), year),
  prints: async (year, actor) => printsOf(house.sql, await seriesOf(house, actor, year), year),
  ...signersWorld(house),
  compose: (totals, signer, at, actor) => compose(house, totals, printedOf(signer), at, actor),
  openKey: (credential, pin) => openKey(house, credential, pin),
  checkRevocation: (credential) => checkRevocation(house, credential),
  sign: (print, key, { signerName: name, agencyId, personId }, at) =>
    signField(house, "register", print, key, { name, at, holder: { agencyId, personId } }),
  examine: (signed, print, signer) => examineNotice(house, signed, print, signer),
  keepPrint: async (totals, { pdf, signer, signedAt }, actor) => {
    const { blobId } = await keepBlob(house, actor.agencyId, "register_print", pdf);
    await house.pass("register: signed bytes stored");
    const series = await seriesIn(house, actor, totals.period);
    const kept = await keepPrint(house.sql, series, totals, { blobId, signer, signedAt }, actor);
    if (kept !== "kept") await house.blobs.erase(blobId);
    await house.pass("register: kept");
    return kept === "changed" ? fail({ code: "line_changed" }) : ok(null);
  },
});

/** @param kind of copies that the book is of */
export function printsWorld(opened: House, kind: BookKind): PrintsWorld {
  const house = { ...opened, kind };
  const world = signingWorld(house);
  return {
    now: house.now,
    base: kind === "paper" ? "/register/paper-prints" : "/register/prints",
    year: async (year, actor) => ({
      totals: await world.months(year, actor),
      prints: await world.prints(year, actor),
    }),
    period: async (period, actor) => {
      const [totals, prints] = await Promise.all([
        world.totals(period, actor),
        world.prints(yearOfPeriod(period), actor),
      ]);
      const print = prints.find((one) => one.period === period) ?? null;
      const hindrance = print === null ? await hindranceOf(totals, prints, house.now(), actor, world) : null;
      return { totals, print, hindrance };
    },
    lines: async (period, actor) => {
      const series = await seriesIn(house, actor, period);
      return {
        lines: await registerOfDays(house.sql, actor.agencyId, series.suffix, daysOf(period)),
        supplement: await supplementOf(house.sql, series, period),
      };
    },
    draft: (period, actor) => draft(house, world, period, actor),
    signed: (period, actor) => signedPrint(house, world, period, actor),
    sign: (period, pin, actor) => unlessHindered(() => signRegister(period, pin, actor, world)),
  };
}

type PrintedSigner = { readonly name: string; readonly titleLines: readonly string[] };

const printedOf = ({ signerName, mandate }: Signer): PrintedSigner => ({
  name: signerName,
  titleLines: mandate.titleLines,
});

async function compose(
  house: PrintHouse,
  totals: PeriodTotals,
  signer: PrintedSigner,
  at: Instant,
  actor: Actor,
): Promise<Bytes> {
  const agency = agencyNameOf(house, actor.agencyId);
  const { pdf } = await composeRegister(
    {
      agency,
      place: placeOf(agency),
      date: localDateOf(at),
      title: printTitle,
      about: aboutOf(totals.period, await booksIn(house, totals.period, actor)),
      ...(await tableOf(house, totals, actor)),
      closing: closingOf(totals),
      signer,
      composedAt: at,
      development: house.development,
    },
    house.fonts,
  );
  return pdf;
}

async function booksIn(house: PrintHouse, period: Period, actor: Actor) {
  const year = yearOfPeriod(period);
  const series = await seriesOf(house, actor, year);
  const books = await booksOfYear(house.sql, series, year);
  return books.map((book) => ({ ...book, text: bookText({ ...book, year, suffix: series.suffix }) }));
}

async function tableOf(
  house: PrintHouse,
  totals: PeriodTotals,
  actor: Actor,
): Promise<Pick<RegisterToCompose, "columns" | "rows" | "totals">> {
  const { period } = totals;
  const series = await seriesIn(house, actor, period);
  if (isYear(period)) return yearTable(await totalsOfMonths(house.sql, series, yearOfPeriod(period)), totals);
  const lines = await registerOfDays(house.sql, actor.agencyId, series.suffix, daysOf(period));
  return monthTable(lines, await supplementOf(house.sql, series, period), totals);
}

/** What the actor would sign now, or what somebody will: looked at whole before any PIN is typed. */
async function draft(
  house: PrintHouse,
  world: SigningWorld<KeyHolder>,
  period: Period,
  actor: Actor,
): Promise<Result<Bytes, Failure>> {
  const at = house.now();
  const signer = await signerFor(actor, { at, paperKind: null }, world);
  const totals = await world.totals(period, actor);
  if (isEmpty(totals)) return fail({ code: "period_empty" });
  return ok(
    await compose(house, totals, signer.ok ? printedOf(signer.value) : { name: "", titleLines: [] }, at, actor),
  );
}

async function signedPrint(
  house: PrintHouse,
  world: SigningWorld<KeyHolder>,
  period: Period,
  actor: Actor,
): Promise<Result<Bytes, Failure>> {
  const prints = await world.prints(yearOfPeriod(period), actor);
  const print = prints.find((one) => one.period === period);
  return print === undefined ? fail({ code: "not_found" }) : ok(await readBlob(house, print.blobId));
}
