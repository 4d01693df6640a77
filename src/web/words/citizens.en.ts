import type { CitizensWord } from "./citizens.vi.ts";

export const citizensEn: Readonly<Record<CitizensWord, string>> = {
  title: "Your request",
  paper: "Paper",
  agency: "Received by",
  openedAt: "Handed in at",
  dueAt: "Due by",
  factsTitle: "Request",
  stepsTitle: "How far it has come",
  stepReceive: "Original and scan received",
  stepCompare: "Each page compared with the original",
  stepSign: "Signed by the certifying official",
  stepSeal: "Sealed by the agency and written to the public log",
  stepRelease: "Copy ready to download",

  underWay: "Under way",
  ready: "Ready",
  refused: "Refused",
  lostValue: "No value any more",
  replaced: "Replaced",
  numberGivenUp: "Number voided",
  sayUnderWay: "Your request is being dealt with.",
  nextToPay: "The fee that is left to pay stands on this page. Keep this link and open it again later.",
  nextUnderWay: "There is nothing for you to do yet. Keep this link and open the page again later.",
  sayReady: "Your certified copy is ready.",
  nextReady: "Download the copy below, then send the file or the checking link to whoever needs it.",
  sayErased: "The copy that was kept here was erased.",
  nextErased:
    "Its term had passed, or you asked for it, so it cannot be downloaded again. The copy that you hold stays valid and can still be checked by the link below.",
  sayRefused: "The request was not certified.",
  nextRefused:
    "The authorised person is signing a notice that gives the reason. Open this page again later to download it, or ask at the counter.",
  nextNotice: "Download the notice below: it gives the reason, and says how to complain if you disagree.",
  sayAnnulled: "This copy has no legal value any more.",
  saySuperseded: "This copy was replaced by another one.",
  nextAnnulled: "By Decision No. {number} of {date}. Reason: {reason} Ask {agency} to certify it again.",
  nextSuperseded:
    "By Decision No. {number} of {date}. Reason: {reason} Number {newNumber}, book {newBook}, stands in its place: ask {agency} for it.",
  sayVoided: "The certificate number of this request was voided before sealing.",
  ended: "Ended",
  sayReused: "This request ended without certifying again: the paper is there already.",
  nextReused: "The earlier copy was given again by another link, on the slip from the counter; or VNeID has the paper.",
  nextVoided: "Contact the counter to learn the next step.",

  sayHandedOver: "Your paper copies were signed, sealed and handed over at the counter.",
  nextHandedOver: "You asked for paper only, so there is no file to download.",
  sayWithdrawn: "You took this paper back.",
  nextWithdrawn: "Nothing was certified. To have it certified, bring the original again.",
  downloadTitle: "Download the copy",
  digits: "Last four digits of the identity paper",
  digitsHint:
    "The paper you showed when you applied. For 001099123456, for example, enter 3456. If you showed none, enter the four digits that you chose.",
  digitsFault: "Enter exactly four digits: the last of the identity paper, or the four that you chose.",
  copiesTitle: "Download the copies",
  copiesButton: "Download",
  whichCopies: "Which copies, from 1 to {count}",
  whichCopiesHint:
    "Leave empty for all {count} in one ZIP file. Or write one number, such as 7, or a range, such as 1-50.",
  whichCopiesHintSome:
    "At most {atOnce} at a time, in one ZIP file. Write one number, such as 7, or a range, such as 1-50.",
  whichCopiesFault: "Write a number or a range of the copies that are here, such as 7 or 1-50.",
  downloadButton: "Download the PDF file",
  evidencePending:
    "Long-term evidence is still being added to the file; this does not lessen its value. Fetch it again later to have it inside.",
  evidenceLasting: "The file carries long-term evidence: it can be checked after its certificates have ended.",
  downloadNote:
    "The file carries two digital signatures. Do not print it to PDF or open and save it again: the signatures would be lost.",

  noticeTitle: "Download the notice of refusal",
  noticeButton: "Download the notice (PDF)",
  noticeNote: "The notice is digitally signed by the person certifying, and in Vietnamese. It is no certified copy.",

  handOnTitle: "Hand it on",
  handOn: "Whoever has this link can check the copy. That page shows masked facts only, never the paper's content.",
  handOnLink: "Checking link",
  showQr: "Show the QR code full screen",
  qrPicture: "QR code that leads to the page where the copy is checked",
  keepSecret: "Do not send the address of this page itself to others: it is for you alone.",

  grantTitle: "Send it to an office",
  grantText: "Make a link that only one office can open, for one procedure; see who opened it, revoke it at any time.",
  grantButton: "Link for one procedure",

  checksTitle: "When the copy was checked",
  checkedByLink: "checked on {time}, by link",
  checkedByFile: "checked on {time}, by file",
  checkedByKey: "checked on {time}, by a recipient's program",
  checksNone: "Nobody has checked this copy with our server yet.",
  checksHint:
    "Only the time and the way are kept, for 90 days; never who checked. Opening the link yourself counts too; checks made offline do not.",

  voice: "Rate this request, or say what is wrong with it",
  otherWays: "Other things you can do",
  ownData: "Who looked at your paper, and your rights over your data",

  qrTitle: "Scan to check the copy",
  qrBack: "Back to the request",
  lost: "Lost the link, or have a question? Bring your identity paper to {agency}.",
};
