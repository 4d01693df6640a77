import type { InYourNameWord } from "./in-your-name.vi.ts";

export const inYourNameEn: Readonly<Record<InYourNameWord, string>> = {
  titleMine: "Signed in your name",
  titleAgency: "Sealed in the agency's name",
  leadMine: "Every copy that the public log says was issued with your signature, the newest on top.",
  leadAgency: "Every copy that the public log says was issued with the agency's digital seal, the newest on top.",
  showAgency: "Show the whole agency's",
  showMine: "Show my own",
  none: "The log has no copy yet.",
  number: "Certificate number",
  paper: "Paper",
  loggedAt: "In the log since",
  signedBy: "Signed by",
  sealedBy: "Sealed by",
  place: "Log entry",
  notYours:
    "Is there a copy that you did not sign or seal? The key may be in other hands: tell an administrator at once to end the certificate here, and its issuer to revoke it.",
  feed: "JSON feed of this page (asks for your session)",
  older: "Older entries",
  strangeTitle: "The log has entries of the agency that the register does not know",
  strangeNext:
    "Somebody else may have used the agency's key, or the register was lost in a restore. Compare with the paper register and look for the copy; if nobody at the agency did it, end the certificate and tell the authority above.",
  strangeItem: "No. {number}, book {book}",
  item: "No. {number}, book {book}: {title}",
  itemBy: "Signed by {signer}. Sealed by {clerk}.",
};
