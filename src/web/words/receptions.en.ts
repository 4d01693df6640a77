import type { ReceptionsWord } from "./receptions.vi.ts";

export const receptionsEn: Readonly<Record<ReceptionsWord, string>> = {
  title: "One-stop desks",
  lead: "Where the agency receives papers and returns results: name and place are printed on the slip; each dossier notes where it was received, by who opened it.",
  none: "There is no desk yet: slips print the agency alone.",
  name: "Name of the desk",
  nameHint: "Such as: One-stop desk no. 2",
  place: "Place",
  state: "State",
  ended: "Ended",
  addTitle: "Add a desk",
  add: "Add",
  end: "End {name}",
  postsTitle: "Who works where",
  postsNone: "Nobody who receives is active. Give that duty first.",
  worksAt: "Desk of {name}",
  nowhere: "At no desk",
  save: "Save",
  notPrintable: "A character of it cannot be printed. Leave it out.",
};
