import type { WithdrawalWord } from "./withdrawal.vi.ts";

export const withdrawalEn: Readonly<Record<WithdrawalWord, string>> = {
  title: "Take a paper back",
  way: "The applicant wants this paper back",
  lead: "Only before it has a number. Nothing is deleted: who took it back, when and why stays in the dossier.",
  reason: "Why the applicant takes it back",
  reasonHint: "In the applicant's words, ten characters at least.",
  reasonFault: "Write why the applicant takes it back, ten characters at least.",
  button: "Record that it was taken back",
  back: "Back to the dossier",
  doneTitle: "The applicant took this paper back",
  doneBy: "At {time}, at the counter, recorded by {name}.",
  doneAlone: "At {time}, by the applicant's own link.",
  doneReason: "Reason: {reason}",
  slip: "Print the slip of withdrawal (PDF)",
  ownTitle: "Take this paper back",
  ownWay: "I want this paper back, uncertified",
  ownLead: "The paper will not be certified. This cannot be undone; to have it certified, bring the original again.",
  ownReason: "Reason (optional)",
  ownButton: "Take this paper back",
  ownBack: "Keep it, go back",
};
