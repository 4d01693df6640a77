import type { PostingWord } from "./posting.vi.ts";

export const postingEn: Readonly<Record<PostingWord, string>> = {
  title: "Hours, procedure and fees of certification",
  lead: "Posted under Article 10 of Decree 23/2015/NĐ-CP: certifying copies from originals.",
  chooseTitle: "Hours, procedure and fees",
  chooseLead: "Choose the agency where you want a copy certified.",
  choose: "Agency",
  chooseButton: "Show",
  chooseFault: "Choose an agency from the list.",
  none: "There is no agency yet.",
  paper: "Open the A4 paper (PDF, in Vietnamese)",
  hours: "Working hours",
  hoursWeek: "Monday to Friday: {hours}",
  hoursSaturday: "Saturday: {hours}",
  hoursNoSaturday: "Closed on Saturdays, Sundays and public holidays, but for days worked in exchange.",
  hoursSunday: "Closed on Sundays and public holidays, but for days worked in exchange.",
  place: "Counter: {name}, {place}",
  procedure: "Administrative procedure",
  procedure_vietnamese: "{code}: copies of originals issued by agencies of Vietnam.",
  procedure_foreign:
    "{code}: copies of originals issued by foreign agencies, or by those together with agencies of Vietnam.",
  who: "Who may ask",
  whoText: "Anybody, wherever they live; residence is not asked for (Article 5 of Decree 23/2015/NĐ-CP).",
  bring: "Bring",
  bringOriginal: "The original, to be compared; it is given back at once.",
  bringIdentity:
    "Not required: an identity paper or the electronic identity, whose last four digits open the private link; without one you choose four digits.",
  bringVneid: "A paper that is in VNeID need not be shown again once its information in VNeID was shown.",
  steps: "The steps",
  step1: "Present the original; the receipt tells hour and day of the result, and a private link.",
  step2: "An official scans it and compares each page with the original.",
  step3:
    "The certifying official signs digitally, then the clerk puts the agency's digital seal; the register is written.",
  step4:
    "Download the copy by the private link and the four digits (the last of the identity paper, or your own choice), or fetch a paper copy at the counter.",
  terms: "Time",
  termSame: "Received by {cutOff} of a working day: the same day. After {cutOff}: the next working day.",
  termMore:
    "Several kinds of originals, many pages, many copies, content hard to compare: {days} more working days at most, or longer as agreed in writing; with a slip that tells hour and day.",
  fees: "Fees (Circular 226/2016/TT-BTC)",
  feesText:
    "{first} dong a page for the first two pages; {further} dong a page from the third; never more than {most} dong a copy. Pages are those of the original.",
  feesTable: "Examples of the fee for one copy",
  pages: "Pages of the original",
  dong: "Fee for one copy (dong)",
  mostPages: "{pages} or more",
  refusal: "Not certified if",
  refusalNote: "A refusal is answered in writing, with its reason.",
  voice: "Feedback and petitions",
  voiceText:
    "At {address}, or to the head of the agency in person. Answered within {days} working days; the answer is read by the code that you are given.",
  check: "How a receiver checks a copy",
  checkText:
    "Scan the QR code on the copy, or send the PDF file at {address}; no account is needed. Who receives the copy does not ask for the original, unless there are grounds to think the copy forged or unlawful (Article 6(2)).",
};
