import type { StandingRecord } from "../../core/status/standing.ts";
import { SummaryList } from "../design/content.tsx";
import type { VerificationWord } from "../words/verification.vi.ts";
import type { Speech } from "./speech.ts";
import { asOfText } from "./status-lines.tsx";
import { type CertifiedCopyStatus, documentWord, type UploadAnswer, type UploadReport } from "./upload-answer.ts";

type ReasonsProps = {
  readonly speech: Speech;
  readonly answer: UploadAnswer;
  readonly report: UploadReport;
  readonly record: StandingRecord | null;
  /** Headings stand under the page's, or under that of one file of several. */
  readonly deep?: boolean;
};

/** Why the one sentence is what it is: both verdicts apart, then each signature. */
export const Reasons = ({ speech, answer, report, record, deep = false }: ReasonsProps) => (
  <>
    <Heading deep={deep}>{speech.say("twoVerdictsTitle")}</Heading>
    <SummaryList rows={verdictRows(speech, report)} />
    {record !== null && <p class="hint">{asOfText(speech, record)}</p>}
    {answer === "good" && <p class="hint">{speech.say(evidenceWord(report))}</p>}
    {report.signatures.length > 0 && (
      <>
        <Heading deep={deep}>{speech.say("signaturesTitle")}</Heading>
        <SummaryList rows={report.signatures.map((signature) => signatureRow(speech, signature))} />
      </>
    )}
  </>
);

const Heading = ({ deep, children }: { deep: boolean; children: string }) =>
  deep ? <h3>{children}</h3> : <h2>{children}</h2>;

const copyWord: Readonly<Record<CertifiedCopyStatus, VerificationWord>> = {
  issued_here: "copyIssuedHere",
  issued_by: "copyIssuedBy",
  annulled: "copyAnnulled",
  superseded: "copySuperseded",
  not_a_certified_copy: "copyNot",
  unknown: "copyUnknown",
};

function verdictRows(speech: Speech, report: UploadReport): (readonly [string, string])[] {
  return [
    [speech.say("verdictCopy"), speech.say(copyWord[report.certifiedCopy.status])],
    [speech.say("verdictDocument"), speech.say(documentWord(report))],
    [speech.say("technicalCode"), report.code],
  ];
}

function signatureRow(speech: Speech, signature: UploadReport["signatures"][number]): readonly [string, string] {
  const intact = speech.say(signature.intact ? "signatureIntact" : "signatureBroken");
  const trusted = speech.say(signature.trusted ? "signatureTrusted" : "signatureUntrusted");
  return [signature.signer?.name ?? speech.say("signatureNoName"), `${intact}; ${trusted}`];
}

/** A fresh copy carries its timestamps; lasting evidence follows by a job (DESIGN decision 6). */
function evidenceWord({ signatures }: UploadReport): "evidencePending" | "evidenceLasting" {
  const isLasting = signatures.every(({ level }) => level === "B-LTA" || level === "TS");
  return isLasting ? "evidenceLasting" : "evidencePending";
}
