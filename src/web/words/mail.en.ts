import type { MailWord } from "./mail.vi.ts";

export const mailEn: Readonly<Record<MailWord, string>> = {
  codeSubject: "Confirmation code of the certified copy service",
  codeText:
    "To {name},\n\nConfirmation code: {code}\n\nIt is good for 10 minutes, once. Type it at {address} only.\nIf your office did not ask for it, ignore this mail: nobody opens anything without the code.",
  handedSubject: "Copies have been handed over at your counter",
  handedText:
    "To {name},\n\nA citizen has handed certified copies over to your office. Open the inbox:\n\n{inbox}\n\nThe inbox asks for a code that goes to this address.",
};
