import { Card } from "../../design/content.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import type { Language } from "../../language.ts";
import type { DossierView } from "../../officials/world.ts";
import { pathOf } from "../receiving/with-dossier.ts";
import { paperSpeech } from "./speech.ts";

/** From the dossier to its copies on paper; nothing where none are wanted. */
export const PaperCopiesWay = ({ view, language }: { view: DossierView; language: Language }) => {
  const { say } = paperSpeech(language);
  if (view.intake.paperCopies === 0) return null;
  return (
    <Card title={say("way", { copies: view.intake.paperCopies })}>
      <Buttons>
        <LinkButton href={pathOf(view, "/paper")} look="quiet">
          {say("wayGo")}
        </LinkButton>
      </Buttons>
    </Card>
  );
};
