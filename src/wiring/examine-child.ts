import { answerQuestions } from "../../ocr/answer-questions.ts";
import type { Change } from "../../signing/examine/change.ts";
import type { Examination } from "../../signing/examine/examination.ts";
import { examinePdf } from "../../signing/examine/examine.ts";
import { identityOf } from "../../signing/examine/identity.ts";
import { copyFactsOf, reportOf } from "../../signing/examine/report.ts";
import type { ListedAnchor } from "../core/key-list.ts";
import { nodePrimitives } from "../primitives-node.ts";
import type { ExaminerQuestion } from "./examiner.ts";

// Entry of a process that examines a stranger's file: how long that takes and how much memory it wants are the file's
// to say, and they must not be said to the service. No key, no database, no record is here: only facts leave it.
answerQuestions(async ({ head, parts: [pdf = new Uint8Array(), ...certificates] }) => {
  const { at, purposes } = head as ExaminerQuestion;
  const anchors = certificates.flatMap((certificate, i): ListedAnchor[] => {
    const purpose = purposes[i];
    return purpose === undefined ? [] : [{ certificate, purpose }];
  });
  const examination = await examinePdf(pdf, { anchors, at }, nodePrimitives);
  const identity = identityOf(pdf, examination, nodePrimitives);
  const copy = copyFactsOf(examination, identity.ok ? identity.value : null);
  const signatures = copy.signatures.map((one) => ({ ...one, laterChanges: fewOfEach(one.laterChanges) }));
  return {
    head: {
      code: examination.code,
      document: { status: examination.document.status },
      signatures: examination.signatures.map(({ signer, intact, trusted, level }) => ({
        signer: signer === null ? null : { name: shortName(signer.certificate.subject) },
        intact,
        trusted,
        level,
      })),
      copy: { ...copy, signatures },
      report: reportIfShort(examination),
    },
    parts: [],
  };
});

const mostReportLetters = 64 * 1024;

/** Whole or not at all: a report that left something out would say more good of the file than there is. */
function reportIfShort(examination: Examination) {
  const { documentSha256, document, policy, checkedAt, signatures } = reportOf(examination, { status: "" }, null);
  const report = { documentSha256, document, policy, checkedAt, signatures };
  return JSON.stringify(report).length > mostReportLetters ? null : report;
}

const shortName = ({ commonName, text }: { commonName: string | null; text: string }) =>
  (commonName ?? text).slice(0, 300);

/** The verdict asks of a kind of change whether there is none, one or more: two of each say as much as a hundred thousand. */
function fewOfEach(changes: readonly Change[]): readonly Pick<Change, "kind" | "class">[] {
  const seen = new Map<string, number>();
  return changes.flatMap((change) => {
    const name = `${change.kind} ${change.class}`;
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before < 2 ? [{ kind: change.kind, class: change.class }] : [];
  });
}
