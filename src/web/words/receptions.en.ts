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
  nameTaken: "A desk of this name goes on. Choose another name, or end that one first.",
  endTitle: "End this desk?",
  endWorkers: "Who works there now",
  endNobody: "Nobody",
  endMeans:
    "Dossiers received there keep its name. Who works there belongs to no desk until another is chosen. An ended desk does not open again.",
  endNot: "Back, do not end it",
  postsTitle: "Who works where",
  postsNone: "Nobody who receives is active. Give that duty first.",
  worksAt: "Desk of {name}",
  nowhere: "At no desk",
  save: "Save",
  notPrintable: "A character of it cannot be printed. Leave it out.",
};
