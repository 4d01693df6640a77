import type { LocalDate } from "../../../core/kernel.ts";
import { figuresOf } from "../../../core/statistics/figures.ts";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { Trend } from "../statistics/chart.tsx";
import { Figures } from "../statistics/page.tsx";
import { Spans } from "../statistics/spans.tsx";
import { spanText, statisticsSpeech } from "../statistics/texts.ts";
import { DossierTable, PetitionTable } from "./pressing.tsx";
import { provinceSpeech } from "./speech.ts";
import type { AgencyView } from "./world.ts";

type Props = { readonly frame: Frame; readonly told: AgencyView; readonly today: LocalDate };

/** `/province/<span>/agencies/<id>`: one agency, as its own head sees its figures, and what presses there. */
export const AgencyOfProvincePage = ({ frame, told, today }: Props) => {
  const speech = provinceSpeech(frame.language);
  const statistics = statisticsSpeech(frame.language);
  const { say } = speech;
  return (
    <Page frame={frame} title={`${told.name}, ${spanText(told.span, statistics)}`} wide scripts={["app"]}>
      <a class="way-back" href={`/province/${told.span}`}>
        ‹ {told.province.name}
      </a>
      <h1>{told.name}</h1>
      {told.dossiers.length === 0 ? (
        <p class="nothing">{say("owedNone")}</p>
      ) : (
        <DossierTable title={say("owedTitle")} dossiers={told.dossiers} speech={speech} />
      )}
      <PetitionTable petitions={told.petitions} speech={speech} />
      <h2>{say("figuresTitle")}</h2>
      <Spans
        span={told.span}
        today={today}
        speech={statistics}
        hrefOf={(span) => `/province/${span}/agencies/${told.agencyId}`}
      />
      <div class="split">
        <Figures values={figuresOf(told.counts)} speech={statistics} />
      </div>
      <Trend points={told.trend} speech={statistics} title={say("trendLaunch")} />
    </Page>
  );
};
