import { Fold, SummaryList } from "../design/content.tsx";
import { speaker } from "../design/speech.ts";
import type { Language } from "../language.ts";
import { viewerHelpEn } from "../words/viewer-help.en.ts";
import { viewerHelpVi } from "../words/viewer-help.vi.ts";

const speechIn = speaker({ vi: viewerHelpVi, en: viewerHelpEn });

/** What each kind of viewer does and does not tell, folded: for whoever compares this page with their own program. */
export const ViewerHelp = ({ language }: { language: Language }) => {
  const { say } = speechIn(language);
  return (
    <Fold title={say("title")}>
      <p>{say("lead")}</p>
      <SummaryList
        rows={[
          [say("acrobat"), say("acrobatHelp")],
          [say("foxit"), say("foxitHelp")],
          [say("browser"), say("browserHelp")],
          [say("phone"), say("phoneHelp")],
        ]}
      />
      <p>
        <a href={`/help/viewers?lang=${language}`}>{say("more")}</a>
      </p>
    </Fold>
  );
};
