import type { Page } from "playwright-core";
import { deskSights } from "./desk-sights.ts";

/** Where the dossiers stand that the pages are looked at with. */
export type Sights = {
  /** Path of the secret link of a dossier that is under way. */
  readonly waitingLink: string;
  /** Path of the secret link of a released dossier. */
  readonly releasedLink: string;
  /** Path of the released copy's verification page. */
  readonly verificationPath: string;
  /** Path of a dossier whose page is read and not yet compared. */
  readonly readDossier: string;
  /** Path of a dossier whose only page is confirmed and not yet attested. */
  readonly comparedDossier: string;
  /** The released copy's bytes. */
  readonly copy: Buffer;
  /** Path of a dossier that was refused before it was scanned. */
  readonly refusedDossier: string;
  /** The same, with its notice signed, and its citizen's link. */
  readonly noticeDossier: string;
  readonly noticeLink: string;
  /** Path of an attested dossier, of one that the official has signed, of one that is released. */
  readonly toSign: string;
  readonly toSeal: string;
  readonly releasedDossier: string;
  /** Path of a dossier with a scanned page that its copy will not have; of one attested for many copies. */
  readonly leftOutDossier: string;
  readonly largeOrder: string;
  readonly pinOfSigner: string;
  /** A released copy that a decision took the value of, its dossier and its verification page. */
  readonly annulledDossier: string;
  readonly annulledPath: string;
};

export type Sight = {
  readonly name: string;
  readonly path: (sights: Sights) => string;
  /** Demo official who looks; nobody where not said. */
  readonly as?: string;
  /** What is done on the page before it is looked at, with scripts on or off. */
  readonly first?: (page: Page, sights: Sights) => Promise<void>;
  /** Citizens' and verification pages: 30 kB with all they load. */
  readonly light?: boolean;
};

/** Of the public: every page and state that the screenshots and the accessibility tests look at. */
export const publicSights: readonly Sight[] = [
  { name: "home", path: () => "/", light: true },
  { name: "sign-in", path: () => "/sign-in" },
  {
    name: "sign-in-wrong",
    path: () => "/sign-in",
    first: async (page) => {
      await page.fill("[name=userName]", "tiepnhan");
      await page.fill("[name=password]", "sai-mat-khau");
      await page.click("main button");
    },
  },
  {
    name: "sign-in-empty",
    path: () => "/sign-in",
    first: (page) => page.click("main button"),
  },
  { name: "not-found", path: () => "/khong-co" },
  { name: "citizen-waiting", path: ({ waitingLink }) => waitingLink, light: true },
  { name: "citizen-released", path: ({ releasedLink }) => releasedLink, light: true },
  {
    name: "citizen-wrong-digits",
    path: ({ releasedLink }) => releasedLink,
    light: true,
    first: async (page) => {
      await page.fill("[name=digits]", "12");
      await page.click("main form button");
    },
  },
  { name: "citizen-refused", path: ({ noticeLink }) => noticeLink, light: true },
  { name: "citizen-qr", path: ({ releasedLink }) => `${releasedLink}/qr`, light: true },
  { name: "citizen-unknown-link", path: () => "/c/khong-co", light: true },
  { name: "verify", path: () => "/verify", light: true },
  {
    name: "verify-good",
    path: () => "/verify",
    light: true,
    first: (page, { copy }) => checkFile(page, copy),
  },
  {
    name: "verify-altered",
    path: () => "/verify",
    light: true,
    first: (page, { copy }) => checkFile(page, withALetterChanged(copy)),
  },
  {
    name: "verify-dossier",
    path: () => "/verify",
    first: (page, { copy }) => checkFiles(page, [copy, withALetterChanged(copy), Buffer.from("no PDF")]),
  },
  { name: "verify-record", path: ({ verificationPath }) => verificationPath, light: true },
  { name: "verify-annulled", path: ({ annulledPath }) => annulledPath, light: true },
  { name: "annulled-list", path: () => "/annulled", light: true },
  { name: "look-alike", path: () => "/look-alike", light: true },
  { name: "look-up", path: () => "/look-up", light: true },
  { name: "posted-choose", path: () => "/posted?agency=nobody", light: true },
  { name: "posted", path: () => "/posted/hoaban", light: true },
  { name: "feedback", path: () => "/feedback", light: true },
  { name: "citizen-voice", path: ({ releasedLink }) => `${releasedLink}/voice`, light: true },
  { name: "citizen-links", path: ({ releasedLink }) => `${releasedLink}/links`, light: true },
  { name: "citizen-data", path: ({ releasedLink }) => `${releasedLink}/data`, light: true },
  { name: "citizen-email", path: ({ releasedLink }) => `${releasedLink}/email`, light: true },
  { name: "citizen-end", path: ({ releasedLink }) => `${releasedLink}/end`, light: true },
  { name: "citizen-fee", path: ({ waitingLink }) => `${waitingLink}/fee`, light: true },
  { name: "help-viewers", path: () => "/help/viewers", light: true },
  { name: "help-roots", path: () => "/help/roots", light: true },
  { name: "verify-unknown", path: () => "/v/0123456789abcdefghjkmnpqrs", light: true },
];

/** Of signed-in people: each room adds its pages here, with `as`, and to `Sights` what it needs prepared. */
export const officialSights: readonly Sight[] = [
  { name: "dossier-new", path: () => "/dossiers/new", as: "tiepnhan" },
  {
    name: "dossier-new-faults",
    path: () => "/dossiers/new",
    as: "tiepnhan",
    first: (page) => page.click("main button"),
  },
  { name: "dossier-read", path: ({ readDossier }) => readDossier, as: "tiepnhan" },
  { name: "dossier-refused", path: ({ refusedDossier }) => refusedDossier, as: "doichieu" },
  { name: "declared-pages", path: ({ readDossier }) => `${readDossier}/declared-pages`, as: "tiepnhan" },
  { name: "slip", path: ({ readDossier }) => `${readDossier}/slip`, as: "tiepnhan" },
  {
    name: "slip-with-link",
    path: ({ readDossier }) => readDossier,
    as: "tiepnhan",
    first: async (page) => {
      await page.click("form[action$='/slip'] button");
      await page.waitForSelector(".secret");
    },
  },
  { name: "compare", path: ({ readDossier }) => `${readDossier}/compare`, as: "doichieu" },
  { name: "compare-looked-at", path: ({ readDossier }) => `${readDossier}/compare`, as: "lanhdao" },
  { name: "attest-too-early", path: ({ readDossier }) => `${readDossier}/attest`, as: "doichieu" },
  { name: "attest", path: ({ comparedDossier }) => `${comparedDossier}/attest`, as: "doichieu" },
  { name: "refuse", path: ({ readDossier }) => `${readDossier}/refuse`, as: "doichieu" },
  {
    name: "refuse-faults",
    path: ({ readDossier }) => `${readDossier}/refuse`,
    as: "doichieu",
    first: (page) => page.click("main form button"),
  },
  { name: "refuse-too-late", path: ({ refusedDossier }) => `${refusedDossier}/refuse`, as: "doichieu" },
  { name: "refusal", path: ({ refusedDossier }) => `${refusedDossier}/refusal`, as: "doichieu" },
  { name: "refusal-to-sign", path: ({ refusedDossier }) => `${refusedDossier}/refusal`, as: "lanhdao" },
  {
    name: "refusal-no-pin",
    path: ({ refusedDossier }) => `${refusedDossier}/refusal`,
    as: "lanhdao",
    first: (page) => page.click("main form .button"),
  },
  { name: "refusal-signed", path: ({ noticeDossier }) => `${noticeDossier}/refusal`, as: "tiepnhan" },
  { name: "fee", path: ({ readDossier }) => `${readDossier}/fee`, as: "tiepnhan" },
  { name: "fees-unpaid", path: () => "/fees/unpaid", as: "tiepnhan" },
  { name: "fee-statements", path: () => "/fees/statements", as: "tiepnhan" },
  { name: "queue-receiver", path: () => "/queue", as: "tiepnhan" },
  { name: "queue-signer", path: () => "/queue", as: "lanhdao" },
  { name: "queue-all", path: () => "/queue?show=all", as: "vanthu" },
  { name: "queue-nothing", path: () => "/queue?show=sealed", as: "vanthu" },
  { name: "deadlines", path: () => "/deadlines", as: "lanhdao" },
  { name: "deadline", path: ({ readDossier }) => `${readDossier}/deadline`, as: "tiepnhan" },
  {
    name: "deadline-extension-faults",
    path: ({ readDossier }) => `${readDossier}/deadline/extension`,
    as: "tiepnhan",
    first: (page) => page.click("main form button"),
  },
  ...deskSights,
  { name: "search", path: () => "/search", as: "tiepnhan" },
  { name: "search-empty", path: () => "/search", as: "tiepnhan", first: (page) => find(page, " ") },
  { name: "search-found", path: () => "/search", as: "tiepnhan", first: (page) => find(page, "giay chung nhan") },
  { name: "search-none", path: () => "/search", as: "tiepnhan", first: (page) => find(page, "không có ai như thế") },
  { name: "sign", path: ({ toSign }) => `${toSign}/sign`, as: "lanhdao" },
  {
    name: "sign-no-pin",
    path: ({ toSign }) => `${toSign}/sign`,
    as: "lanhdao",
    first: (page) => page.click("main form .button"),
  },
  { name: "sign-done", path: ({ toSeal }) => `${toSeal}/sign`, as: "lanhdao" },
  { name: "sign-too-early", path: ({ readDossier }) => `${readDossier}/sign`, as: "lanhdao" },
  { name: "sign-refused", path: ({ refusedDossier }) => `${refusedDossier}/sign`, as: "lanhdao" },
  { name: "sign-several", path: () => "/sign?all=yes", as: "lanhdao" },
  { name: "void", path: ({ toSeal }) => `${toSeal}/void`, as: "lanhdao" },
  {
    name: "void-faults",
    path: ({ toSeal }) => `${toSeal}/void`,
    as: "lanhdao",
    first: (page) => page.click("main .button.grave"),
  },
  { name: "seal", path: ({ toSeal }) => `${toSeal}/seal`, as: "vanthu" },
  { name: "seal-done", path: ({ releasedDossier }) => `${releasedDossier}/seal`, as: "vanthu" },
  { name: "seal-several", path: () => "/seal", as: "vanthu" },
  { name: "copy", path: ({ releasedDossier }) => `${releasedDossier}/copy`, as: "tiepnhan" },
  { name: "annul", path: ({ releasedDossier }) => `${releasedDossier}/annul`, as: "lanhdao" },
  {
    name: "annul-faults",
    path: ({ releasedDossier }) => `${releasedDossier}/annul`,
    as: "lanhdao",
    first: (page) =>
      page
        .evaluate("document.querySelector('main form').noValidate = true")
        .then(() => page.click("main .button.grave")),
  },
  { name: "annulled", path: ({ annulledDossier }) => `${annulledDossier}/copy`, as: "lanhdao" },
  { name: "dispatch", path: ({ releasedDossier }) => `${releasedDossier}/dispatch`, as: "tiepnhan" },
  { name: "undelivered", path: () => "/undelivered", as: "tiepnhan" },
  { name: "petitions", path: () => "/petitions", as: "lanhdao" },
  { name: "ratings", path: () => "/ratings", as: "lanhdao" },
  { name: "register", path: () => "/register", as: "vanthu" },
  { name: "statistics", path: () => "/statistics", as: "lanhdao" },
  { name: "in-your-name", path: () => "/in-your-name", as: "lanhdao" },
  { name: "register-line", path: ({ releasedDossier }) => `${releasedDossier}/line`, as: "lanhdao" },
  { name: "register-search", path: () => "/register/search", as: "vanthu" },
  { name: "register-empty", path: () => "/register?day=2026-01-05", as: "vanthu" },
  { name: "admin", path: () => "/admin", as: "quantri" },
  { name: "admin-agency", path: () => "/admin/agency", as: "quantri" },
  { name: "admin-dispatch", path: () => "/admin/dispatch", as: "quantri" },
  { name: "admin-recipients", path: () => "/admin/recipients", as: "quantri" },
  { name: "admin-data-requests", path: () => "/admin/data-requests", as: "quantri" },
  { name: "admin-people", path: () => "/admin/people", as: "quantri" },
  { name: "admin-new-person", path: () => "/admin/people/new", as: "quantri" },
  {
    name: "admin-new-person-faults",
    path: () => "/admin/people/new",
    as: "quantri",
    first: (page) => page.click("main form .button"),
  },
  { name: "admin-certificates", path: () => "/admin/certificates", as: "quantri" },
  { name: "admin-register-key", path: () => "/admin/certificates/new", as: "quantri" },
  { name: "admin-trial-key", path: () => "/admin/certificates/demo", as: "quantri" },
  { name: "admin-pictures", path: () => "/admin/pictures", as: "quantri" },
  { name: "admin-books", path: () => "/admin/books", as: "quantri" },
  { name: "admin-calendar", path: () => "/admin/calendar/2027", as: "quantri" },
  { name: "admin-log", path: () => "/admin/log", as: "quantri" },
  { name: "admin-demo", path: () => "/admin/demo", as: "quantri" },
  { name: "account", path: () => "/account", as: "tiepnhan" },
];

const checkFile = (page: Page, buffer: Buffer): Promise<void> => checkFiles(page, [buffer]);

async function checkFiles(page: Page, buffers: readonly Buffer[]): Promise<void> {
  const names = ["ban-sao-chung-thuc.pdf", "bang-diem.pdf", "anh-chup.pdf"];
  const files = buffers.map((buffer, i) => ({ name: names[i] ?? "", mimeType: "application/pdf", buffer }));
  await page.setInputFiles("#file", files);
  await page.click("main form button");
  await page.waitForSelector(".verdict");
}

const withALetterChanged = (copy: Buffer): Buffer =>
  Buffer.concat([copy.subarray(0, 2000), Buffer.from("x"), copy.subarray(2001)]);

async function find(page: Page, words: string): Promise<void> {
  await page.fill("#q", words);
  await page.press("#q", "Enter");
  await page.waitForSelector(".listed, .verdict, .faults");
}

export const inLanguage = (path: string, language: "vi" | "en"): string =>
  `${path}${path.includes("?") ? "&" : "?"}lang=${language}`;
