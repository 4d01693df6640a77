import type { Sight } from "./pages-to-see.ts";

/** What is added beside a dossier at the counter, and who signs for the agency. */
export const deskSights: readonly Sight[] = [
  { name: "submission-another", path: ({ readDossier }) => `${readDossier}/another`, as: "tiepnhan" },
  { name: "paper", path: ({ readDossier }) => `${readDossier}/paper`, as: "doichieu" },
  { name: "off-site", path: ({ readDossier }) => `${readDossier}/off-site`, as: "tiepnhan" },
  { name: "sources", path: ({ readDossier }) => `${readDossier}/sources`, as: "doichieu" },
  { name: "admin-mandates", path: () => "/admin/mandates", as: "quantri" },
  { name: "admin-absences", path: () => "/admin/absences", as: "quantri" },
  { name: "admin-comparing-policy", path: () => "/admin/comparing-policy", as: "quantri" },
];
