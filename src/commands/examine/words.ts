import type { Report, ReportedSignature } from "../../../signing/examine/report.ts";
import type { CertifiedCopyVerdict } from "../../core/certified-copy.ts";
import { localTimeOf } from "../../core/kernel.ts";
import { speechIn } from "../../web/verification/speech.ts";
import { answerOf, tellingOf } from "../../web/verification/upload-answer.ts";
import type { VerificationWord } from "../../web/words/verification.vi.ts";

const speech = speechIn("vi");

/** The two verdicts, never merged, a line each, then a line a signature. */
export function linesOf(report: Report<CertifiedCopyVerdict>): readonly string[] {
  return [documentLine(report), copyLine(report), ...report.signatures.map(signatureLine)];
}

const both = (word: VerificationWord, fills: Record<string, string> = {}): string =>
  `${speech.say(word, fills)} / ${speech.beside(word, fills)}`;

const documentWords = {
  PASSED: "documentPassed",
  INDETERMINATE: "documentIndeterminate",
  FAILED: "documentFailed",
  none: "documentNone",
} as const;

function documentLine({ document, code }: Report<CertifiedCopyVerdict>): string {
  const why = [code, document.subIndication, document.reason].filter((fact) => fact !== null).join(", ");
  return `${both("verdictDocument")}: ${both(documentWords[document.status ?? "none"])} [${why}]`;
}

function copyLine(report: Report<CertifiedCopyVerdict>): string {
  const { certifiedCopy } = report;
  const { sentence } = tellingOf[answerOf(report)];
  const agency = "agencyName" in certifiedCopy ? certifiedCopy.agencyName : "";
  const why = [certifiedCopy.status, certifiedCopy.reason].filter((fact) => fact !== null).join(", ");
  return `${both("verdictCopy")} ${both(sentence, { agency })} [${why}]`;
}

function signatureLine(signature: ReportedSignature): string {
  const { signer, role, level, intact, trusted, provenTime, claimedTime, revocation, laterChanges } = signature;
  const time = provenTime ?? claimedTime;
  const facts = [
    both(intact ? "signatureIntact" : "signatureBroken"),
    both(trusted ? "signatureTrusted" : "signatureUntrusted"),
    level,
    role,
    time === null ? null : `${localTimeOf(time)}${provenTime === null ? " (?)" : ""}`,
    `revocation ${revocation.status}`,
    laterChanges.length === 0 ? null : laterChanges.map(({ kind }) => kind).join(" "),
  ];
  return `- ${signer?.name ?? both("signatureNoName")}: ${facts.filter((fact) => fact !== null).join("; ")}`;
}
