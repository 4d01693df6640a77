import type { Sight } from "./pages-to-see.ts";

/** What is added beside a dossier at the counter, and who signs for the agency. */
export const deskSights: readonly Sight[] = [
  { name: "submission-another", path: ({ readDossier }) => `${readDossier}/another`, as: "tiepnhan" },
  { name: "submission-many", path: ({ readDossier }) => `${readDossier}/many`, as: "tiepnhan" },
  {
    name: "submission-many-faults",
    path: ({ readDossier }) => `${readDossier}/many`,
    as: "tiepnhan",
    first: (page) => page.click("main form button"),
  },
  {
    name: "submission-many-known",
    path: ({ leftOutDossier }) => `${leftOutDossier}?known=2`,
    as: "tiepnhan",
  },
  { name: "left-out", path: ({ leftOutDossier }) => leftOutDossier, as: "tiepnhan" },
  { name: "left-out-compare", path: ({ leftOutDossier }) => `${leftOutDossier}/compare`, as: "doichieu" },
  { name: "large-order", path: ({ largeOrder }) => `${largeOrder}/sign`, as: "lanhdao" },
  {
    name: "large-order-under-way",
    path: ({ largeOrder }) => `${largeOrder}/sign`,
    as: "lanhdao",
    first: async (page, { pinOfSigner }) => {
      if ((await page.locator("#pin").count()) === 0) return; // under way already, from the other language's look
      await page.fill("#pin", pinOfSigner);
      await page.press("#pin", "Enter");
      await page.waitForSelector("progress, .verdict");
    },
  },
  { name: "end-link", path: ({ readDossier }) => `${readDossier}/end-link`, as: "tiepnhan" },
  { name: "paper", path: ({ readDossier }) => `${readDossier}/paper`, as: "doichieu" },
  { name: "off-site", path: ({ readDossier }) => `${readDossier}/off-site`, as: "tiepnhan" },
  { name: "sources", path: ({ readDossier }) => `${readDossier}/sources`, as: "doichieu" },
  { name: "steps", path: ({ releasedDossier }) => `${releasedDossier}/steps`, as: "lanhdao" },
  { name: "admin-mandates", path: () => "/admin/mandates", as: "quantri" },
  { name: "admin-absences", path: () => "/admin/absences", as: "quantri" },
  { name: "admin-areas", path: () => "/admin/areas", as: "quantri" },
  { name: "admin-book-names", path: () => "/admin/book-names", as: "quantri" },
  { name: "province", path: () => "/province/2026", as: "tinh" },
  { name: "weekly", path: () => "/weekly", as: "tinh" },
  { name: "province-agency", path: () => "/province/2026/agencies/hoaban", as: "tinh" },
  { name: "admin-receptions", path: () => "/admin/receptions", as: "quantri" },
  { name: "admin-breaches", path: () => "/admin/breaches", as: "quantri" },
  { name: "admin-step-times", path: () => "/admin/step-times", as: "quantri" },
  { name: "admin-comparing-policy", path: () => "/admin/comparing-policy", as: "quantri" },
];
