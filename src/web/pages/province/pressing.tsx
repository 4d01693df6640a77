import { Card, Table, Tag } from "../../design/content.tsx";
import { shortTimeText } from "../../design/time.ts";
import { speechIn as queueSpeech } from "../queue/dossier-table.tsx";
import { standOf } from "../queue/next-step.ts";
import { lengthText } from "../statistics/texts.ts";
import type { ProvinceSpeech } from "./speech.ts";
import { mostListed, type PressingDossier, type PressingPetition, type ProvinceWork } from "./world.ts";

type DossiersProps = {
  readonly title: string;
  readonly dossiers: readonly PressingDossier[];
  readonly speech: ProvinceSpeech;
  /** To name each one's agency; of one agency it is in the heading. */
  readonly works?: readonly ProvinceWork[];
};

const tones = { late: "bad", at_risk: "care", soon: "care" } as const;

/** Codes and terms; nobody's name, no kind of paper. */
export const DossierTable = ({ title, dossiers, speech, works }: DossiersProps) => {
  const { say, language } = speech;
  if (dossiers.length === 0) return null;
  const labels = [say("code"), ...(works ? [say("agency")] : []), say("due"), say("howLate"), say("stage")];
  const rows = dossiers.slice(0, mostListed).map((dossier) => [
    say("paperOf", { code: dossier.code, paper: dossier.paper }),
    ...(works ? [works.find(({ agencyId }) => agencyId === dossier.agencyId)?.name ?? ""] : []),
    <>
      {shortTimeText(dossier.dueAt, language)}
      {dossier.againAt !== null && (
        <span class="hint"> {say("again", { time: shortTimeText(dossier.againAt, language) })}</span>
      )}
    </>,
    <>
      <Tag tone={tones[dossier.standing]}>{say(`stand_${dossier.standing}`)}</Tag>{" "}
      {dossier.standing === "late" && lengthText(dossier.lateSeconds, language)}
    </>,
    stageText(dossier, speech),
  ]);
  return (
    <Card>
      <Table caption={title} columns={labels.map((label) => ({ label }))} rows={rows} />
      {dossiers.length > mostListed && <p class="hint">{say("owedMore", { count: mostListed })}</p>}
    </Card>
  );
};

function stageText({ status }: PressingDossier, { language }: ProvinceSpeech): string {
  const [, word] = standOf({ status, scan: "read", noticeWaits: status === "refused", onPaperOnly: false });
  return queueSpeech(language).say(word);
}

type PetitionsProps = { readonly petitions: readonly PressingPetition[]; readonly speech: ProvinceSpeech };

/** Number, kind and term; neither the words nor who wrote them. VOICE-2. */
export const PetitionTable = ({ petitions, speech }: PetitionsProps) => {
  const { say, language } = speech;
  if (petitions.length === 0) return <p class="nothing">{say("petitionsNone")}</p>;
  const labels = [say("petition"), say("petitionKind"), say("received"), say("due"), say("stand")];
  return (
    <Card>
      <Table
        caption={say("petitionsTitle")}
        columns={labels.map((label) => ({ label }))}
        rows={petitions
          .slice(0, mostListed)
          .map(({ number, kind, receivedAt, dueAt, standing }) => [
            number,
            say(`kind_${kind}`),
            shortTimeText(receivedAt, language),
            shortTimeText(dueAt, language),
            <Tag tone={tones[standing]}>{say(`stand_${standing}`)}</Tag>,
          ])}
      />
      {petitions.length > mostListed && <p class="hint">{say("petitionsMore", { count: mostListed })}</p>}
    </Card>
  );
};
