import type { MailWord } from "./mail.vi.ts";

export const mailEn: Readonly<Record<MailWord, string>> = {
  codeSubject: "Confirmation code of the certified copy service",
  codeText:
    "To {name},\n\nConfirmation code: {code}\n\nIt is good for 10 minutes, once. Type it at {address} only.\nIf your office did not ask for it, ignore this mail: nobody opens anything without the code.",
  handedSubject: "Copies have been handed over at your counter",
  handedText:
    "To {name},\n\nA citizen has handed certified copies over to your office. Open the inbox:\n\n{inbox}\n\nThe inbox asks for a code that goes to this address.",
  annulledSubject: "A copy that you received is no longer in force",
  annulledText:
    "To {name},\n\nYour body received the certified copy number {number}, book {book}, of {agency}. By decision No. {decision} of {day} it {outcome}.\n\nRead the decision in the public list and check the file again:\n\n{address}/annulled#{anchor}\n{address}/verify",
  outcomeNone: "is no longer in force, and no other stands in its place",
  outcomeReplaced: "is no longer in force; number {newNumber}, book {newBook}, stands in its place",
};
