import type { HandoverWord } from "./handover.vi.ts";

export const handoverEn: Readonly<Record<HandoverWord, string>> = {
  title: "Hand copies over to {name}",
  lead: "No paper and no account needed. The office receives your certified copies, and you see each time it opens them.",
  scanTitle: "Is your slip at hand? Now scan the QR code on it",
  scanText:
    "Your own page opens, and offers to hand over to this office for the next 30 minutes. There is nothing to copy.",
  counterTitle: "Hand over to {name}",
  counterText:
    "You have just scanned the code at this office's counter. Type the four digits of your request to choose copies and hand them over.",
  links: "Your own link",
  linksHint:
    "Another way, where you cannot scan: copy the link from your slip here, such as {example}. One link a line, 10 at most.",
  endedFault:
    "One of the links was ended, as its holder wished. Leave that line out, or bring your identity paper to where the dossier was handed in for a new link.",
  linksFault: "A link is not right, or this office is not registered with whoever certified. Check each line.",
  digits: "Last four digits of the identity paper",
  digitsHint:
    "The paper that you used when you asked for certification. If you showed none, enter the four digits that you chose.",
  digitsFault: "Enter exactly four digits: the last of the identity paper, or the four that you chose.",
  next: "Choose copies to hand over",
  chooseTitle: "Choose copies to hand over",
  chooseLead: "The copies chosen go to {name}.",
  copies: "Copies",
  copiesFault: "Choose at least one copy.",
  copyOf: "{kind}, No. {number} of {date}",
  procedure: "What it is for",
  procedureHint: "Name or code of the procedure, such as: enrolling in grade 10.",
  procedureFault: "Write which procedure will use these copies.",
  submit: "Hand over to {name}",
  terms: "The office can open each copy for 30 days, 10 times at most. You can revoke it at any time.",
  doneBadge: "Handed over",
  doneSays: "You have handed {n} copies over to {name}.",
  doneNext:
    "Tell the official to open the inbox. See who opened them, or revoke, on the page of your request under “Link for one procedure”.",
  receipt: "Receipt",
  at: "At",
  for: "For",
  basis: "Basis",
  basisText:
    "You allowed it, for this receiver and this procedure; the receiver's duty to check under Article 6 of Decree 23/2015/ND-CP.",
  code: "Receipt's id",
};
