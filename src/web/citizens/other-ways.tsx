import { mayFollow } from "../../core/stages.ts";
import { Card } from "../design/content.tsx";
import { Buttons, LinkButton } from "../design/form.tsx";
import { speaker } from "../design/speech.ts";
import type { Language } from "../language.ts";
import { linkEndSpeech } from "../pages/link-end/speech.ts";
import { withdrawalSpeech } from "../pages/withdrawal/speech.ts";
import { citizensEn } from "../words/citizens.en.ts";
import { citizensVi } from "../words/citizens.vi.ts";
import type { CitizenView } from "./world.ts";

const speechIn = speaker({ vi: citizensVi, en: citizensEn });

type Props = { readonly path: string; readonly view: Pick<CitizenView, "status">; readonly language: Language };

/** Behind what the page is for. */
export const OtherWays = ({ path, view, language }: Props) => {
  const { say } = speechIn(language);
  return (
    <Card title={say("otherWays")}>
      <Buttons>
        <LinkButton href={`${path}/data`} look="quiet">
          {say("ownData")}
        </LinkButton>
        <LinkButton href={`${path}/voice`} look="quiet">
          {say("voice")}
        </LinkButton>
        {mayFollow(view.status, "withdrawn") && (
          <LinkButton href={`${path}/withdraw`} look="quiet">
            {withdrawalSpeech(language).say("ownWay")}
          </LinkButton>
        )}
        <LinkButton href={`${path}/end`} look="quiet">
          {linkEndSpeech(language).say("ownWay")}
        </LinkButton>
      </Buttons>
    </Card>
  );
};
