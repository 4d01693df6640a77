import { type Fills, otherLanguage, type SpeechOf, speaker } from "../design/speech.ts";
import { timeText } from "../design/time.ts";
import type { Language } from "../language.ts";
import { reportEn } from "../words/report.en.ts";
import { type ReportWord, reportVi } from "../words/report.vi.ts";
import type { FiledFile, FiledReport, FiledSignature, ReportOfFiles } from "./filed-report.ts";
import { speechIn } from "./speech.ts";
import { answerOf, documentWord, tellingOf } from "./upload-answer.ts";

export const reportSpeech = speaker({ vi: reportVi, en: reportEn });

type Row = { readonly label: string | null; readonly value: string };
type Section = { readonly heading: string; readonly rows: readonly Row[] };
type Telling = SpeechOf<ReportWord>;

/**
 * What a report says in one language, the sentences that matter in the other one too: which files, both verdicts on each
 * in a sentence each, every signature, what each was held against, and how the report itself is checked.
 *
 * @param by where it was examined, an address without a slash at its end; and the name on the report's certificate
 */
export function reportText(
  filed: ReportOfFiles,
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
        heading: both(speech, "summaryTitle", { n: filed.files.length }),
        rows: summaryRows(filed, speech, by.address),
      },
      ...filed.files.flatMap((file, i) => fileSections(file, i + 1, speech)),
      {
        heading: both(speech, "dutyTitle"),
        rows: [sentence(filed.duty[language]), sentence(filed.duty[otherLanguage(language)])],
      },
      {
        heading: both(speech, "howTitle"),
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
const both = ({ say, beside }: Telling, word: ReportWord, fills?: Fills): string =>
  `${say(word, fills)} (${beside(word, fills)})`;

/** Of several files each has its line here, so that none is looked for in vain behind the others. */
function summaryRows({ checkedAt, checkedBy, files }: ReportOfFiles, speech: Telling, address: string): Row[] {
  const { say, language } = speech;
  const lines = files.length === 1 ? [] : files.map((file, i) => row(nameOf(file, i + 1, speech), file.says[language]));
  return [
    row(say("summaryAt"), `${timeText(checkedAt, language)} = ${checkedAt}`),
    row(say("summaryBy"), checkedBy ?? say("summaryByNone")),
    row(say("service"), address),
    ...lines,
    sentence(say("summaryNote")),
  ];
}

const nameOf = ({ name }: FiledFile, n: number, { say }: Telling): string =>
  say("fileTitle", { n, name: name === "" ? say("noName") : name });

function fileSections(file: FiledFile, n: number, speech: Telling): Section[] {
  const { say, language } = speech;
  const { sha256, lengthBytes, report, says } = file;
  const which = [
    row(say("fileDigest"), sha256 ?? say("notRead")),
    row(say("fileLength"), lengthBytes === null ? say("notRead") : say("fileLengthBytes", { bytes: lengthBytes })),
  ];
  const heading = nameOf(file, n, speech);
  const beside = sentence(says[otherLanguage(language)]);
  if (report === null) return [{ heading, rows: [...which, row(say("verdictCopy"), says[language]), beside] }];
  return [
    { heading, rows: [...which, ...verdictRows(report, speech, beside), ...againstRows(file, report, speech)] },
    ...signatureSections(report, speech),
  ];
}

/** The very sentences of the page: a report that said it in other words would be a third verdict. */
function verdictRows(report: FiledReport, { say, language }: Telling, beside: Row): Row[] {
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
    beside,
    ...facts,
    row(
      say("verdictDocument"),
      `${page.say(documentWord(report))} [${joined([document.status, document.subIndication, document.reason])}]`,
    ),
    row(say("verdictCode"), code),
  ];
}

/** Trust list, checkpoint and status: what the file was held against, so that anyone may do so again. */
function againstRows({ against }: FiledFile, report: FiledReport, { say, language }: Telling): Row[] {
  const { trustListSequence, policy } = report;
  const rules = [
    row(say("policy"), policy),
    row(say("trustList"), trustListSequence === null ? say("trustListNone") : String(trustListSequence)),
  ];
  if (against === null) return [...rules, row(say("checkpoint"), say("againstNone"))];
  const { log, status } = against;
  const place = { origin: log.origin, size: log.treeSize, root: log.rootHash, index: log.leafIndex };
  const time = status.asOf === null ? say("notTold") : timeText(status.asOf, language);
  return [
    ...rules,
    row(say("checkpoint"), say("checkpointIs", place)),
    row(say("statusList"), say("statusListIs", { time, list: status.list, index: status.index })),
  ];
}

function signatureSections(report: FiledReport, speech: Telling): Section[] {
  const { signatures } = report;
  const { say } = speech;
  const none = report.document.status === "FAILED" ? "signaturesLost" : "noSignatures";
  if (signatures.length === 0) return [{ heading: say("signaturesTitle"), rows: [sentence(say(none))] }];
  return signatures.map((signature, i) => ({
    heading: say(signature.level === "TS" ? "timestampTitle" : "signatureTitle", {
      n: i + 1,
      name: signature.signer?.name ?? say("noName"),
    }),
    rows: signatureRows(signature, roleIn(report, signature), speech),
  }));
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
