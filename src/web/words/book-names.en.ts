import type { BookNamesWord } from "./book-names.vi.ts";

export const bookNamesEn: Readonly<Record<BookNamesWord, string>> = {
  lead: "The sign that follows book and year, as in 01/{year}-{sign}: printed on copies, in the register and its prints, and in the public log. It is chosen before the first number of the year and while no book of it is open; with the first number it stays. Later years go on with it until it is chosen anew.",
  year: "Year {year}",
  electronic: "Book of electronic copies",
  paper: "Book of copies on paper",
  electronicLabel: "Sign of the book of electronic copies",
  paperLabel: "Sign of the book of copies on paper",
  signHint: "2 to 12 characters: capital letters without marks, digits, / . , - (and the Vietnamese D with a stroke)",
  signFault: "Only capital letters without marks, digits and / . , - (and the D with a stroke), 2 to 12 characters.",
  series: "Series",
  separateSeries: "Two books, each with numbers of its own from 01",
  sharedSeries: "One book, one series from 01",
  shared: "One book and one series for copies on paper and electronic ones",
  sharedHint:
    "Write the same sign in both fields above. Each number that goes to paper is told in the public log (number and day, nobody's name), so that anybody can check that none is missing. A paper that is wanted both ways takes two numbers.",
  sharedFault: "The same sign means one book for both: tick this box, or choose two signs.",
  separateFault: "For one book the two signs must be the same.",
  inUse:
    "Numbers of this year were taken, or a book of it is open: the signs stay. Close a book that was opened by mistake and has no number, then choose them.",
  save: "Save for {year}",
  back: "Open and close books",
};
