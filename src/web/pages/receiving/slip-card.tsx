import { endsWithNothingToSend } from "../../../core/stages.ts";
import { Card } from "../../design/content.tsx";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import type { SpeechOf } from "../../design/speech.ts";
import type { DossierView } from "../../officials/world.ts";
import type { ReceivingWord } from "../../words/receiving.vi.ts";
import { LinkEnd } from "../link-end/way.tsx";
import { pathOf } from "./with-dossier.ts";

type SlipProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly speech: SpeechOf<ReceivingWord>;
};

/** Handed over on paper, the applicant still rates and asks for the own data by the link. */
const endsWithoutLink = (status: DossierView["dossier"]["status"]): boolean =>
  endsWithNothingToSend(status) && status !== "handed_over";

/** The slip, with a new link each time it is given; what ended without a result is told by the slip alone. */
export const SlipCard = ({ frame, view, speech: { say, language } }: SlipProps) => {
  const given = view.events.some(({ what }) => what === "link_renewed");
  if (endsWithoutLink(view.dossier.status)) {
    return (
      <Card title={say("slip")}>
        <p>
          <a href={pathOf(view, "/slip.pdf")}>{say("slipFileWithout")}</a>
        </p>
        <LinkEnd view={view} language={language} />
      </Card>
    );
  }
  return (
    <Card title={say("slip")}>
      <p>{say("slipLead")}</p>
      <Form frame={frame} action={pathOf(view, "/slip")} once>
        <Button look="quiet" starts={!given && view.originals.length > 0}>
          {say(given ? "slipAgainButton" : "slipButton")}
        </Button>
      </Form>
      <Form frame={frame} action={pathOf(view, "/slip.pdf")} once>
        <Button look="quiet">{say("slipFileButton")}</Button>
      </Form>
      <p>
        <a href={pathOf(view, "/deadline")}>{say("deadlineLink")}</a>
      </p>
      <p>
        <a href={pathOf(view, "/slip")}>{say("slipWithout")}</a>
      </p>
      <p>
        <a href={pathOf(view, "/slip.pdf")}>{say("slipFileWithout")}</a>
      </p>
      <LinkEnd view={view} language={language} />
    </Card>
  );
};
