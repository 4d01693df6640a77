import { type SpeechOf, speaker } from "../design/speech.ts";
import { timeText } from "../design/time.ts";
import type { Language } from "../language.ts";
import { reportEn } from "../words/report.en.ts";
import { type ReportWord, reportVi } from "../words/report.vi.ts";
import type { FiledReport, FiledSignature, ReportOfFile } from "./filed-report.ts";
import { speechIn } from "./speech.ts";
import { answerOf, documentWord, tellingOf } from "./upload-answer.ts";

export const reportSpeech = speaker({ vi: reportVi, en: reportEn });

type Row = { readonly label: string | null; readonly value: string };
type Section = { readonly heading: string; readonly rows: readonly Row[] };
type Telling = SpeechOf<ReportWord>;

/**
 * What a report says in one language: which file, both verdicts in a sentence each, every signature, how it was
 * examined, and how the report itself is checked.
 *
 * @param by where it was examined, an address without a slash at its end; and the name on the report's certificate
 */
export function reportText(
  { report, lengthBytes }: ReportOfFile,
  language: Language,
  by: { readonly address: string; readonly signedBy: string },
) {
  const speech = reportSpeech(language);
  const { say } = speech;
  return {
    title: say("title"),
    titleBeside: speech.beside("title"),
    signedBy: say("signedBy", { name: by.signedBy }),
    sections: [
      {
        heading: say("fileTitle"),
        rows: [
          row(say("fileDigest"), report.documentSha256),
          row(say("fileLength"), say("fileLengthBytes", { bytes: lengthBytes })),
          sentence(say("fileNote")),
        ],
      },
      { heading: say("verdictTitle"), rows: verdictRows(report, speech) },
      ...signatureSections(report, speech),
      { heading: say("rulesTitle"), rows: ruleRows(report, speech, by.address) },
      {
        heading: say("howTitle"),
        rows: [
          sentence(say("howFile")),
          sentence(say("howSignature", { address: `${by.address}/verify` })),
          sentence(say("howMeaning")),
        ],
      },
    ],
  };
}

const row = (label: string, value: string): Row => ({ label, value });
const sentence = (value: string): Row => ({ label: null, value });
const joined = (facts: readonly (string | null)[]): string => facts.filter((fact) => fact !== null).join(", ");

/** The very sentences of the page: a report that said it in other words would be a third verdict. */
function verdictRows(report: FiledReport, { say, language }: Telling): Row[] {
  const { certifiedCopy: copy, document, code } = report;
  const page = speechIn(language);
  const agency = "agencyName" in copy ? copy.agencyName : "";
  const facts =
    copy.reason === null
      ? [
          row(say("verdictAgency"), copy.agencyName),
          row(say("verdictNumber"), String(copy.number)),
          row(say("verdictSealedAt"), timeText(copy.sealedAt, language)),
        ]
      : [];
  return [
    row(
      say("verdictCopy"),
      `${page.say(tellingOf[answerOf(report)].sentence, { agency })} [${joined([copy.status, copy.reason])}]`,
    ),
    ...facts,
    row(
      say("verdictDocument"),
      `${page.say(documentWord(report))} [${joined([document.status, document.subIndication, document.reason])}]`,
    ),
    row(say("verdictCode"), code),
  ];
}

function signatureSections(report: FiledReport, speech: Telling): Section[] {
  const { signatures } = report;
  const { say } = speech;
  const none = report.document.status === "FAILED" ? "signaturesLost" : "noSignatures";
  if (signatures.length === 0) return [{ heading: say("signaturesTitle"), rows: [sentence(say(none))] }];
  return [
    { heading: say("signaturesTitle"), rows: [] },
    ...signatures.map((signature, i) => ({
      heading: say(signature.level === "TS" ? "timestampTitle" : "signatureTitle", {
        n: i + 1,
        name: signature.signer?.name ?? say("noName"),
      }),
      rows: signatureRows(signature, roleIn(report, signature), speech),
    })),
  ];
}

const roleWord = {
  official: "roleOfficial",
  agency_seal: "roleSeal",
  timestamp: "roleTimestamp",
  public: "rolePublic",
  none: "roleNone",
} as const satisfies Record<string, ReportWord>;

/** Where one anchor vouches for both, the verdict on the certified copy tells them apart: it holds for officer, then seal. */
function roleIn({ certifiedCopy, signatures }: FiledReport, signature: FiledSignature): FiledSignature["role"] {
  if (signature.role !== null || certifiedCopy.reason !== null) return signature.role;
  const [officer, seal] = signatures.filter(({ level }) => level !== "TS");
  if (signature === officer) return "official";
  return signature === seal ? "agency_seal" : null;
}

function signatureRows(signature: FiledSignature, role: FiledSignature["role"], speech: Telling): Row[] {
  const { say, language } = speech;
  const { signer, claimedTime, provenTime, level, intact, trusted, revision } = signature;
  const time = (instant: FiledSignature["provenTime"]) =>
    instant === null ? say("notTold") : timeText(instant, language);
  const yesOrNo = (is: boolean) => say(is ? "yes" : "no");
  const who =
    signer === null
      ? []
      : [
          row(say("subject"), signer.subject),
          row(say("issuer"), signer.issuer),
          row(say("certificate"), signer.certificateSha256),
        ];
  return [
    ...who,
    row(say("role"), say(roleWord[role ?? "none"])),
    row(say("claimedTime"), time(claimedTime)),
    row(say("provenTime"), time(provenTime)),
    row(say("level"), level ?? say("notTold")),
    row(say("integrity"), yesOrNo(intact)),
    row(say("trust"), yesOrNo(trusted)),
    row(say("revocation"), revocationText(signature, speech)),
    ...(revision === null ? [] : [row(say("revision"), String(revision.to))]),
    row(say("later"), changesText(signature, speech)),
  ];
}

const revocationWord: Readonly<Record<string, ReportWord>> = { good: "revocationGood", revoked: "revocationRevoked" };

function revocationText({ revocation: { status, source, thisUpdate } }: FiledSignature, { say, language }: Telling) {
  const said = say(revocationWord[status] ?? "revocationUnknown");
  if (source === null || thisUpdate === null) return said;
  return say("revocationFrom", { status: said, source, time: timeText(thisUpdate, language) });
}

const changeWord: Readonly<Record<string, ReportWord>> = {
  evidence: "changeEvidence",
  signature: "changeSignature",
  upkeep: "changeUpkeep",
  form: "changeForm",
  annotation: "changeAnnotation",
  forbidden: "changeForbidden",
};

/** Object by object, as the examiner names them, each with what it means. */
function changesText({ laterChanges }: FiledSignature, { say }: Telling): string {
  if (laterChanges.length === 0) return say("laterNone");
  return laterChanges
    .map(({ kind, class: of, at }) => {
      const word = changeWord[of];
      return `${word === undefined ? of : say(word)} (${kind}${at === null ? "" : ` ${at}`})`;
    })
    .join("; ");
}

function ruleRows(report: FiledReport, { say, language }: Telling, service: string): Row[] {
  const { policy, trustListSequence, checkedAt } = report;
  return [
    row(say("policy"), policy),
    row(say("trustList"), trustListSequence === null ? say("trustListNone") : String(trustListSequence)),
    row(say("checkedAt"), `${timeText(checkedAt, language)} = ${checkedAt}`),
    row(say("service"), service),
  ];
}
