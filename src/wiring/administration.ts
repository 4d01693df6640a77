import { actsOf } from "../../db/stores/admin-events.ts";
import {
  addPersonWith,
  booksOf,
  changeAgencyWith,
  closeBookWith,
  findBookLine,
  findPerson,
  hasNumbers,
  keepActiveWith,
  keepPasswordWith,
  keepRolesWith,
  peopleOf,
} from "../../db/stores/administration.ts";
import { bookNamesInYear, bookNamesOf, keepBookNames } from "../../db/stores/book-names.ts";
import { keepBook } from "../../db/stores/books.ts";
import { workingYears } from "../../db/stores/calendars.ts";
import { overdueEvidence } from "../../db/stores/evidence.ts";
import { picturesOf } from "../../db/stores/holdings.ts";
import { mandatesIn } from "../../db/stores/mandates.ts";
import { findAccount, findAgency } from "../../db/stores/people.ts";
import { watchesProvince } from "../../db/stores/province-watch.ts";
import { keepReceivingAccount, receivingAccountOf } from "../../db/stores/receiving-account.ts";
import { isMarked } from "../../db/stores/store-mark.ts";
import { parseCertificate } from "../../signing/format/certificate.ts";
import type { AgencyId, PersonId } from "../core/ids.ts";
import { type Bytes, fail, localDateOf, ok } from "../core/kernel.ts";
import { placeOf, yearOf } from "../core/register.ts";
import { demoOfficials } from "../development/demo-people.ts";
import { hashPassword, verifyPassword } from "../roof/passwords.ts";
import { addPerson } from "../usecases/administration/add-person.ts";
import { changeAgency } from "../usecases/administration/change-agency.ts";
import { changePassword } from "../usecases/administration/change-password.ts";
import { changeRoles } from "../usecases/administration/change-roles.ts";
import { closeBook } from "../usecases/administration/close-book.ts";
import { enterAccount } from "../usecases/administration/enter-account.ts";
import { keepPicture } from "../usecases/administration/keep-picture.ts";
import { nameBooks } from "../usecases/administration/name-books.ts";
import { openYearsBook } from "../usecases/administration/open-years-book.ts";
import { readinessOf } from "../usecases/administration/readiness.ts";
import { resetPassword } from "../usecases/administration/reset-password.ts";
import { setPersonActive } from "../usecases/administration/set-active.ts";
import { overdueBefore } from "../usecases/extend-evidence.ts";
import type { AccountWorld, AdministrationWorld, AgencyView, Overview } from "../web/pages/administration/world.ts";
import type { Actor } from "../web/route.ts";
import { beginAttempt } from "../web/throttle.ts";
import { namesAround } from "./book-names.ts";
import { isPrintable } from "./composing.ts";
import { certificatesFor, holdingsWorld, renewKeyList } from "./holdings.ts";
import { type House, newId, randomOf } from "./house.ts";
import { throttleWorld } from "./key-use.ts";
import { decodePicture, keepPixels, picturePng } from "./pictures.ts";
import { recipientsWorld } from "./recipients.ts";

type Checks = Readonly<Record<string, () => Promise<boolean>>>;

/** The administrator's questions bound to their use cases, and each use case to its world. */
export const administrationWorld = (house: House, checks: Checks): AdministrationWorld => ({
  now: house.now,
  overview: (actor) => overviewOf(house, checks, actor),
  agency: (actor) => agencyView(house, actor),
  changeAgency: (facts, actor) =>
    changeAgency(facts, actor, {
      now: house.now,
      isPrintable: (text) => isPrintable(house, text),
      keepAgency: (...kept) => changeAgencyWith(house.sql, ...kept),
      renewKeyList: () => renewKeyList(house),
    }),
  isProvince: ({ agencyId }) => watchesProvince(house.sql, agencyId),
  receivingAccount: (actor) => receivingAccountOf(house.sql, actor.agencyId),
  enterAccount: (account, actor) =>
    enterAccount(account, actor, { now: house.now, keep: (...kept) => keepReceivingAccount(house.sql, ...kept) }),
  ...peopleWorld(house),
  ...holdingsWorld(house),
  ...picturesWorld(house),
  ...booksWorld(house),
  ...recipientsWorld(house),
  acts: (actor, before) => actsOf(house.sql, actor.agencyId, before, 100),
  demo: house.trial === null ? null : () => demoView(house),
});

const signs = "abcdefghijkmnpqrstuvwxyz23456789"; // none that is taken for another

/** `xxxx-xxxx-xxxx-xxxx` of 32 signs: 80 bits, to be typed from paper once. */
function newPassword(): string {
  const drawn = [...randomOf(16)].map((octet) => signs.charAt(octet % signs.length)).join("");
  return (drawn.match(/.{4}/g) ?? []).join("-");
}

function peopleWorld(house: House) {
  const { sql, db, now } = house;
  const person: AdministrationWorld["person"] = (id, { agencyId }) => findPerson(sql, id, agencyId);
  const found = {
    now,
    person: (id: PersonId, agencyId: AgencyId) => findPerson(sql, id, agencyId),
    isProvince: (agencyId: AgencyId) => watchesProvince(sql, agencyId),
  };
  const keepPassword = (...[id, passwordHash, initial, note]: Parameters<KeepPassword>) =>
    keepPasswordWith(db, { id, passwordHash, initial }, note).then(() => undefined);
  return {
    person,
    people: ({ agencyId }) => peopleOf(sql, agencyId),
    addPerson: (asked, actor) =>
      addPerson(asked, actor, {
        now,
        isProvince: found.isProvince,
        newPersonId: newId,
        newPassword,
        hashPassword,
        isPrintable: (text) => isPrintable(house, text),
        keepPerson: (kept, note) => addPersonWith(db, { ...kept, passwordInitial: true }, note),
      }),
    changeRoles: (id, roles, actor) =>
      changeRoles(id, roles, actor, { ...found, keepRoles: (...kept) => keepRolesWith(db, ...kept) }),
    setActive: (id, active, actor) =>
      setPersonActive(id, active, actor, { ...found, keepActive: (...kept) => keepActiveWith(db, ...kept) }),
    resetPassword: (id, actor) => resetPassword(id, actor, { ...found, newPassword, hashPassword, keepPassword }),
  } satisfies Partial<AdministrationWorld>;
}

type KeepPassword = Parameters<typeof resetPassword>[2]["keepPassword"];

const picturesWorld = (house: House) =>
  ({
    pictures: ({ agencyId }) => picturesOf(house.sql, agencyId),
    picturePng: (personId, { agencyId }) => picturePng(house, { agencyId, personId }),
    keepPicture: (personId, file, actor) =>
      keepPicture(personId, file, actor, {
        now: house.now,
        person: (...asked) => findPerson(house.sql, ...asked),
        decode: (bytes) => decodePicture(house, bytes),
        keep: (...kept) => keepPixels(house, ...kept),
      }),
  }) satisfies Partial<AdministrationWorld>;

const booksWorld = ({ sql, now }: House) =>
  ({
    books: ({ agencyId }) => booksOf(sql, agencyId),
    namesAround: (actor) => namesAround({ sql, now }, actor),
    namesOfYear: (year, { agencyId }) => bookNamesInYear(sql, agencyId, year),
    nameBooks: (year, names, actor) =>
      nameBooks(year, names, actor, { now, keepNames: (...kept) => keepBookNames(sql, ...kept) }),
    openBook: (book, actor) =>
      openYearsBook(book, actor, { now, newBookId: newId, keepBook: (...kept) => keepBook(sql, ...kept) }),
    closeBook: (id, actor) =>
      closeBook(id, actor, {
        now,
        book: (...asked) => findBookLine(sql, ...asked),
        keepClosed: (...kept) => closeBookWith(sql, ...kept),
      }),
  }) satisfies Partial<AdministrationWorld>;

const passwordRule = { name: "own_password", attempts: 5, windowSeconds: 900, blockSeconds: 900 };

/** Everyone's own password. */
export const accountWorld = (house: House): AccountWorld => ({
  changePassword: (current, wanted, actor) =>
    changePassword(current, wanted, actor, {
      now: house.now,
      hashPassword,
      checkPassword: async (id, password) => {
        const attempt = await beginAttempt(throttleWorld(house), passwordRule, id);
        if (!attempt.ok) return attempt;
        const account = await findAccount(house.db, actor.userName);
        const fits = account !== null && (await verifyPassword(account.passwordHash, password));
        if (!fits) return fail({ code: "wrong_password" });
        await attempt.value.giveBack();
        return ok(null);
      },
      keepPassword: async (id, passwordHash, initial, note) => {
        await keepPasswordWith(house.db, { id, passwordHash, initial }, note);
      },
    }),
});

async function agencyView({ sql, db, now }: House, { agencyId }: Actor): Promise<AgencyView> {
  const agency = await findAgency(db, agencyId);
  if (agency === null) throw new Error("a person without an agency");
  const { id, name, province, code, development } = agency;
  const fixed = await hasNumbers(sql, agencyId);
  const { electronic, paper } = await bookNamesOf(sql, agencyId, yearOf(localDateOf(now())));
  const suffix = [...new Set([electronic, paper])].join(", ");
  return { id, name, province, code, development, fixed, place: placeOf(name), suffix };
}

async function overviewOf(house: House, checks: Checks, actor: Actor): Promise<Overview> {
  const { sql, now } = house;
  const [people, books, pictures] = await Promise.all([
    peopleOf(sql, actor.agencyId),
    booksOf(sql, actor.agencyId),
    picturesOf(sql, actor.agencyId),
  ]);
  const certificates = await certificatesFor(house, actor.agencyId);
  const readiness = readinessOf({
    now: now(),
    year: yearOf(localDateOf(now())),
    people,
    certificates,
    mandates: await mandatesIn(sql, actor.agencyId),
    books,
    namesOf: await namesAround(house, actor),
    checkedYears: (await workingYears(sql, actor.agencyId)).flatMap(({ year, announcement }) =>
      announcement === "" ? [] : [year],
    ),
    pictures: pictures.map(({ personId }) => personId),
    evidenceOverdue: await overdueEvidence(sql, overdueBefore(now()), actor.agencyId),
    timestampAuthorities: house.timestampUrls.length,
    health: await healthOf(checks),
  });
  return { agency: await agencyView(house, actor), people, certificates, books, readiness };
}

async function healthOf(checks: Checks): Promise<Record<string, boolean>> {
  const asked = Object.entries(checks).map(async ([name, check]) => [name, await check().catch(() => false)] as const);
  return Object.fromEntries(await Promise.all(asked));
}

async function demoView({ sql, trial }: House) {
  const people = demoOfficials.map(({ userName, fullName, duty }) => ({ userName, fullName, duty }));
  const anchors = trial === null ? [] : Object.values(trial.pki.anchors).map(nameIn);
  return {
    people,
    anchors,
    secretsFile: "keys/demo-people.json",
    sampleCertified: await isMarked(sql, "sample_certified"),
  };
}

function nameIn(der: Bytes): string {
  const certificate = parseCertificate(der);
  return certificate.ok ? certificate.value.subject.text : "";
}
