import type { replacedVi } from "./replaced.vi.ts";

export const replacedEn: Record<keyof typeof replacedVi, string> = {
  recordSuperseded: "This copy was replaced by another one.",
  recordSupersededNext: "Ask the person who handed it in for the newest copy.",
  recordSupersededBy:
    "By Decision No. {number} of {date} of {by}. Reason: {reason} Ask the person who handed it in for the newest copy.",
  answerSuperseded: "This file is a copy that was replaced by another one.",
  answerSupersededNext: "Ask the person who handed it in for the newest copy.",
  recordReplaced: "This copy was replaced by No. {newNumber}, book {newBook}, certified on {newDate}.",
  recordReplacedNext:
    "By Decision No. {number} of {date} of {by}. Reason: {reason} Ask the person who handed it in for that copy.",
  annulledReplaced: "The copy in its place: No. {newNumber}, book {newBook}, certified on {newDate}.",
  successorUnread:
    "Which copy stands in the place of this one, if any, could not be read just now. Open this page again in a few minutes.",
  answerReplaced: "This file is a copy that was replaced by No. {newNumber}, book {newBook}, certified on {newDate}.",
  answerReplacedNext: "Ask the person who handed it in for that copy.",
};
