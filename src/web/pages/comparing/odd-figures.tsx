import type { Page } from "../../../core/dossier.ts";
import type { SpeechOf } from "../../design/speech.ts";
import { Notice } from "../../design/verdict.tsx";
import type { DossierView, PaperSeen } from "../../officials/world.ts";
import type { ComparingWord } from "../../words/comparing.vi.ts";
import { Place } from "./place.tsx";

type Props = {
  readonly paper: PaperSeen;
  readonly view: DossierView;
  readonly page: Page;
  readonly say: SpeechOf<ComparingWord>["say"];
};

/** Figures that are taller or stand higher than the others of their number, each with its place. Where it was altered only the paper can tell. */
export const OddFigures = ({ paper, view, page, say }: Props) =>
  paper.oddFigures.length === 0 ? null : (
    <Notice tone="care" title={say("oddFiguresTitle")}>
      {paper.oddFigures.map(({ figure, x, y, width, height }) => (
        <Place
          view={view}
          page={page}
          place={{
            x: x / page.widthPx,
            y: y / page.heightPx,
            width: width / page.widthPx,
            height: height / page.heightPx,
          }}
          label={say("oddFigureAt", { figure })}
        />
      ))}
      <p>{say("oddFiguresNext")}</p>
    </Notice>
  );
