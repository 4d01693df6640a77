import type { Page } from "playwright-core";

/** Where the dossiers stand that the pages are looked at with. */
export type Sights = {
  /** Path of the secret link of a dossier that is under way. */
  readonly waitingLink: string;
  /** Path of the secret link of a released dossier. */
  readonly releasedLink: string;
  /** Path of the released copy's verification page. */
  readonly verificationPath: string;
};

export type Sight = {
  readonly name: string;
  readonly path: (sights: Sights) => string;
  /** Demo official who looks; nobody where not said. */
  readonly as?: string;
  /** What is done on the page before it is looked at, with scripts on or off. */
  readonly first?: (page: Page) => Promise<void>;
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
  { name: "citizen-qr", path: ({ releasedLink }) => `${releasedLink}/qr`, light: true },
  { name: "citizen-unknown-link", path: () => "/c/khong-co", light: true },
  { name: "verify", path: () => "/verify", light: true },
  { name: "verify-record", path: ({ verificationPath }) => verificationPath, light: true },
  { name: "verify-unknown", path: () => "/v/0123456789abcdefghjkmnpqrs", light: true },
];

/** Of signed-in people: each room adds its pages here, with `as`, and to `Sights` what it needs prepared. */
export const officialSights: readonly Sight[] = [{ name: "dossier-new", path: () => "/dossiers/new", as: "tiepnhan" }];

export const inLanguage = (path: string, language: "vi" | "en"): string =>
  `${path}${path.includes("?") ? "&" : "?"}lang=${language}`;
