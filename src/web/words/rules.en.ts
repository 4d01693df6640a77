import type { OtherGround, RefusalGround } from "../../core/refusal-grounds.ts";
import type { RuleId } from "../../usecases/failure.ts";

/** What to do so that the rule holds. */
export const rulesEn: Record<RuleId, string> = {
  "COPY-1": "A copy has every page of the original, in order. Scan what is missing, or scan again in order.",
  "COPY-2": "Each page must be compared with the original. Compare and confirm page by page.",
  "ORIG-1": "The applicant must present the original. See it and record that before certifying.",
  "AUTH-1": "The signer must hold the authority to certify on the day of signing. Check the decision that gives it.",
  "SIGN-1": "A copy carries the officer's signature and then the agency's, made by two persons.",
  "REG-1":
    "Each number is given once, without a gap; one that is given up needs a reason of at least 10 characters. Write the reason.",
  "REG-2": "Numbers are given only while exactly one book of this kind is open. Check the register.",
  "REG-4":
    "A correction says what should stand there, other than what does, with a reason of at least 10 characters. Copies and fees are digits.",
  "REFUSE-1":
    "A refusal names one of the grounds and gives a reason of at least 10 characters. Choose the ground and write the reason.",
  "REFUSE-2":
    "What is suspected to be forged must have a record before the notice of refusal is signed. Make the record, then sign. What has a record is not attested any more: refuse it.",
  "FEE-3": "A payment is taken back with a written reason. Write it, at least ten characters.",
  "FEE-7": "Money that came in is set aside with a reason. Write it, at least ten characters.",
  "FEE-8": "Money given back names who received it and how it went back. Write it down, at least ten characters.",
  "FEE-5":
    "A waived fee names what was shown for it. Write the paper and its number, or the reason, at least ten characters.",
  "WITHDRAW-1":
    "Write why the applicant takes the paper back, ten characters at least. It can be taken back before it has a number only.",
  "FEE-1": "The fee goes by the pages of the original, up to the most allowed for one copy. Check the number of pages.",
  "ANNUL-1":
    "Legal value is taken away by a decision with number, date (not before the copy, not after today), signer and a reason of at least 10 characters. Fill in all of them.",
  "ONCE-1":
    "This original was certified here before. Open “The copy that there is” to give that copy again, or say why it is certified again.",
  "OFFSITE-1":
    "What is certified elsewhere than at the office says why, where, and at which hour and minute, before the first paper of the dossier is attested; that hour has come, and is a week before the receipt at most. Write it all down.",
  "DEADLINE-2":
    "Time can be extended only before the deadline, by two working days in all. For longer, agree in writing with the applicant; once it is late, send an apology.",
  "DEADLINE-3":
    "An agreement is made before the deadline, dated between the receipt and today, and names a day after the present appointment. Check the days.",
  "DEADLINE-5":
    "An apology is for what is late (or past the day named again), and names a day still to come. Choose another day.",
  "DATE-1": "A copy is signed and sealed on the day printed on it only. Compose it again with today's date.",
};

/** NĐ 23/2015 Art. 22, in short. */
export const refusalGroundsEn: Record<RefusalGround, string> = {
  A22_1: "The original has been unlawfully erased, altered, added to or cut",
  A22_2: "The original is damaged or worn so that its content cannot be made out",
  A22_3: "The original is marked secret, or says that it may not be copied",
  A22_4: "The content of the original is against the law or social morals",
  A22_5: "A foreign paper that has not been legalised by a consulate",
  A22_6: "A paper drawn up by a person, without confirmation and seal of a competent authority",
  NOT_ORIGINAL: "What was presented is not an original",
  SUSPECTED_FAKE: "What was presented is suspected to be forged",
  NOT_COMPETENT: "This agency has no power to certify this paper",
};

export const groundRulesEn: Record<OtherGround, string> = {
  NOT_ORIGINAL: "Article 10, Decree 45/2020/NĐ-CP",
  SUSPECTED_FAKE: "Article 9, Decree 23/2015/NĐ-CP",
  NOT_COMPETENT: "Article 5, Decree 23/2015/NĐ-CP as amended",
};
