import { feesOf } from "../../../core/fees.ts";
import { numberText } from "../../../core/register.ts";
import type { SpeechOf } from "../../design/speech.ts";
import { shortTimeText } from "../../design/time.ts";
import type { DossierView } from "../../officials/world.ts";
import type { ReceivingWord } from "../../words/receiving.vi.ts";
import { dongText } from "./money.ts";

type Speech = SpeechOf<ReceivingWord>;

/** Facts of the paper, in the order in which they are asked for. */
export function factRows(view: DossierView, { say, language }: Speech) {
  const { dossier, submission, intake, certificate, procedureCodes } = view;
  const issued = [dossier.issuedBy, dossier.issuedOn].filter((one) => one !== null).join(", ");
  const fees = feesOf([{ ...dossier, paperCopies: intake.paperCopies }]);
  const wanted = { electronic: dossier.electronicCopies, paper: intake.paperCopies };
  const copiesText = say(dossier.onPaperOnly ? "copiesOnPaper" : "copiesValue", wanted);
  const rows: (readonly [string, string | null])[] = [
    [say("deadline"), shortTimeText(dossier.dueAt, language)],
    [say("again"), dossier.againAt === null ? null : shortTimeText(dossier.againAt, language)],
    [say("receivedAt"), shortTimeText(dossier.openedAt, language)],
    [say("number"), certificate === null ? null : numberOf(certificate, say)],
    [say("fee"), dossier.onPaperOnly ? null : say("feeValue", { fee: dongText(fees.electronic) })],
    [say("feeOfPaper"), intake.paperCopies === 0 ? null : say("feeValue", { fee: dongText(fees.paper) })],
    [say("copies"), copiesText],
    [say("applicant"), dossier.applicantName],
    [say("contactShort"), intake.contact],
    [say("identityKind"), intake.identityKind === null ? null : say(intake.identityKind)],
    [say("kind"), dossier.kind],
    [say("holder"), dossier.holderName],
    [say("documentNumber").replace(/ \(.*/, ""), dossier.documentNumber],
    [say("issued"), issued === "" ? null : issued],
    [say("dossierCode"), submission.code],
    [say("procedure"), say(`procedure_${dossier.procedure}`, { code: procedureCodes[dossier.procedure] })],
  ];
  return rows.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const]));
}

const numberOf = ({ number, bookText }: { readonly number: number; readonly bookText: string }, say: Speech["say"]) =>
  say("numberValue", { number: numberText(number), book: bookText });
