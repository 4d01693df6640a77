import type { LookAlikesWord } from "./look-alikes.vi.ts";

export const lookAlikesEn: Readonly<Record<LookAlikesWord, string>> = {
  title: "Reported look-alikes",
  lead: "Visitors report sites that pass themselves off as this one. These are strangers' words: do not open an address here. Who reported is not kept.",
  none: "There is no report.",
  report: "Report {id}",
  number: "Number",
  reported: "Reported",
  address: "Address reported",
  seen: "What the visitor saw",
  seenNothing: "Nothing was written",
  state: "State",
  open: "Open",
  closed: "Closed",
  closedBy: "Closed by {who}, {time}",
  note: "What was done",
  noteHint:
    "For example: told the registrar and the police, on which day; or why it is no look-alike. 300 characters at most.",
  close: "Close the report",
  closedBefore: "Somebody closed this report before. The earlier note stands.",
  all: "All reports",
  older: "Older",
};
