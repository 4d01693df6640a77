import type { LinkEndWord } from "./link-end.vi.ts";

export const linkEndEn: Readonly<Record<LinkEndWord, string>> = {
  way: "End the private link, without another one",
  title: "End the private link",
  lead: "For an applicant who lost the slip, sent the link to the wrong person, or wants it no more. Look at the identity paper first. The link of all papers of this dossier, and those in letters already sent, open nothing any more; later letters carry none. The dossier goes on, and its state is still found by its code. A new link can be made at any time.",
  button: "End the link",
  back: "Back to the dossier",
  endedAt: "The private link was ended at {time}. The applicant gets in again only with a new link.",
  ownTitle: "End this private link",
  ownWay: "End this link (when others know it, or it is lost)",
  ownLead:
    "This link, of all papers of the dossier, and those in letters already sent will open nothing any more, for you neither. The dossier goes on. For a new link, bring your identity paper to where it was handed in.",
  ownStays:
    "The link that checks the copy, and links you made for an agency, stay as they are. To revoke one of those, do that first.",
  ownButton: "End the link",
  ownDoneBadge: "Done",
  ownDone: "The private link was ended.",
  ownDoneNext:
    "It opens nothing any more. For a new one bring your identity paper to where the dossier was handed in; how far it is can still be looked up by the code on the slip.",
  ownBack: "Keep the link, go back",
};
