import type { WeeklyWord } from "./weekly.vi.ts";

export const weeklyEn: Record<WeeklyWord, string> = {
  title: "Weekly reports",
  lead: "Drawn up when the week is over, counted once and kept as it is. What is counted otherwise later is told by the report of the next week.",
  leadProvince:
    "Drawn up when the week is over, counted once and kept as it is: figures of each agency of the province, and the ranking. What is counted otherwise later is told by the report of the next week.",
  none: "There is no report yet. The report of a week is here some hours after the week is over.",
  week: "Week",
  countedAt: "Counted",
  files: "Download",
  pdf: "PDF",
  csv: "CSV",
  xlsx: "Excel",
  ofWeek: "of {week}",
  countedText: "Counted at {time} from the register and the steps of dossiers; not changed since.",
  agencyPaper: "WEEKLY REPORT ON CERTIFIED COPIES",
  provincePaper: "WEEKLY REPORT OF THE PROVINCE ON CERTIFIED COPIES",
  drawnUp: "DRAWN UP BY",
  changedTitle: "Figures of the week before, counted otherwise now",
  changedNone: "None.",
  was: "Reported",
  is: "Counted now",
  province: "Province",
  later_electronic: "electronic acts",
  later_paper: "acts on paper",
  later_answered: "papers answered",
  later_answeredInTime: "papers answered in time",
};
