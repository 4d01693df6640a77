import type { ReportWords } from "./report.vi.ts";

export const reportEn: ReportWords = {
  title: "REPORT OF THE EXAMINATION OF A PDF FILE",

  fileTitle: "1. The file examined",
  fileDigest: "SHA-256",
  fileLength: "Length",
  fileLengthBytes: "{bytes} bytes",
  fileNote:
    "The file's name is not recorded and the file was not kept: only the digest above says which file is meant.",

  verdictTitle: "2. Two separate verdicts",
  verdictCopy: "A certified copy",
  verdictDocument: "Signatures and content",
  verdictCode: "Result code",
  verdictAgency: "Certifying agency",
  verdictNumber: "Number of the certificate",
  verdictSealedAt: "Sealed at",

  signaturesTitle: "3. Signatures in the file",
  signatureTitle: "Signature {n}: {name}",
  timestampTitle: "Timestamp {n}: {name}",
  noName: "(no name)",
  noSignatures: "There are none.",
  signaturesLost: "The file carries a signature, but is so damaged that none can be read.",
  subject: "Subject of the certificate",
  issuer: "Issuer of the certificate",
  certificate: "SHA-256 of the certificate",
  role: "Role",
  roleOfficial: "certifying official",
  roleSeal: "seal of an agency",
  roleTimestamp: "timestamp authority",
  rolePublic: "a public certificate; neither an official's nor an agency's",
  roleNone: "not known",
  claimedTime: "Claimed time",
  provenTime: "Proven time",
  notTold: "none",
  level: "Level (EN 319 142-1)",
  integrity: "Intact",
  trust: "In the trust list",
  yes: "yes",
  no: "no",
  revocation: "Revocation of the certificate",
  revocationGood: "not revoked",
  revocationRevoked: "revoked",
  revocationUnknown: "not asked, or no answer",
  revocationFrom: "{status}; source: {source}; data of {time}",
  revision: "What was signed ends at byte",
  later: "Changed later",
  laterNone: "nothing",
  changeEvidence: "lasting evidence",
  changeSignature: "a further signature",
  changeUpkeep: "technical upkeep",
  changeForm: "form filled in",
  changeAnnotation: "annotation",
  changeForbidden: "NOT PERMITTED",

  rulesTitle: "4. How it was examined",
  policy: "Rules",
  trustList: "Trust list number",
  trustListNone: "no numbered list was used",
  checkedAt: "Checked at",
  service: "Checked by",

  howTitle: "5. How to check this report",
  howSignature:
    "The report is digitally signed at level PAdES B-T. Open it in a PDF reader that checks signatures, or send this very report to {address}: the answer must be that it is well signed, but not a certified copy.",
  howFile:
    "Compute the SHA-256 of the file you received and compare it with section 1. One digit's difference is another file.",
  howMeaning:
    "The report says what the machine saw when it checked; it is no certified copy and stands for none. The standing of a copy may change later: check again when you rely on it.",

  signedBy: "Signed by the certificate of the examining service: {name}. It signs reports and nothing else.",

  pageTitle: "A report for your files",
  pageLead:
    "It tells the file's SHA-256, both verdicts and each signature, signed by this service. Take it within 24 hours; the server keeps nothing.",
  pagePdf: "Download the report as PDF",
  pageJson: "Download the report as JSON",
  pageNoKey:
    "Signed reports are not offered here: there is no key for signing them. You may print this page; a print carries no signature.",
  pageTooLong:
    "There is too much in this file for one report. The command “chungthuc examine --json” on your own machine tells all of it.",
};
