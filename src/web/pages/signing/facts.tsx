import { feeDong } from "../../../core/fees.ts";
import type { Instant } from "../../../core/kernel.ts";
import type { RegisterLine } from "../../../core/lists.ts";
import { Card, SummaryList } from "../../design/content.tsx";
import { shortTimeText } from "../../design/time.ts";
import type { Language } from "../../language.ts";
import { registerEn } from "../../words/register.en.ts";
import { registerVi } from "../../words/register.vi.ts";
import { basisText, comparedText } from "../register/line-texts.ts";
import { addressOf, dongText, type Speech } from "./speech.ts";
import type { DeskView } from "./world.ts";

type FactsProps = {
  readonly speech: Speech;
  readonly view: DeskView;
  /** Beside the pages only what is held against them. */
  readonly brief?: boolean;
};

/** Who asked for what, who has done what so far. */
export const Facts = ({ speech, view, brief = false }: FactsProps) => {
  const rows = [...paperRows(speech, view), ...(brief ? [] : courseRows(speech, view)), ...handRows(speech, view)];
  return (
    <Card title={speech.say("factsTitle")}>
      <SummaryList rows={rows.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const]))} />
      <p>
        <a class="way-back" href={addressOf(view.dossier)}>
          {speech.say("toDossier")}
        </a>
      </p>
    </Card>
  );
};

type Rows = readonly (readonly [label: string, value: string | null])[];

const paperRows = ({ say }: Speech, { dossier }: DeskView): Rows => [
  [say("paper"), dossier.title],
  [say("documentNumber"), dossier.documentNumber],
  [say("holder"), dossier.holderName],
  [say("applicant"), dossier.applicantName],
  [say("electronicCopies"), dossier.electronicCopies === 1 ? null : String(dossier.electronicCopies)],
];

const courseRows = ({ say, language }: Speech, { dossier, line }: DeskView): Rows => [
  [say("pageCount"), String(dossier.declaredPages)],
  [
    say("fee"),
    say("dong", { amount: dongText(line?.feeDong ?? feeDong(dossier.declaredPages, dossier.electronicCopies)) }),
  ],
  [say("openedAt"), shortTimeText(dossier.openedAt, language)],
  [say("due"), shortTimeText(dossier.dueAt, language)],
];

const handRows = ({ say, language }: Speech, { attestedBy, line }: DeskView): Rows => [
  [say("attestedBy"), attestedBy && say("attestedAt", whoAndWhen(attestedBy, language))],
  [say("signedBy"), signedText(line, { say, language })],
];

const whoAndWhen = ({ name, at }: { name: string; at: Instant }, language: Language) => {
  return { name, at: shortTimeText(at, language) };
};

function signedText(line: RegisterLine | null, { say, language }: Pick<Speech, "say" | "language">): string | null {
  if (line === null || line.personSignedAt === null) return null;
  const said = say("attestedAt", whoAndWhen({ name: line.signerName, at: line.personSignedAt }, language));
  const words = language === "vi" ? registerVi : registerEn;
  return [said, basisText(line.basis, words), comparedText(line, words)].filter((text) => text !== "").join("; ");
}
