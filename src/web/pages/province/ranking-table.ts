import { measured, rankBy, rankMeasures } from "../../../core/statistics/ranking.ts";
import type { Language } from "../../language.ts";
import { provinceSpeech } from "./speech.ts";
import type { ProvinceWork } from "./world.ts";

/** Every agency with its figures and its place by each measure; bare numbers, empty where there is nothing to divide by. */
export function rankingTable(
  works: readonly ProvinceWork[],
  language: Language,
): readonly (readonly (string | number)[])[] {
  const { say } = provinceSpeech(language);
  const places = rankMeasures.map(
    (measure) => new Map(rankBy(works, measure).map(({ work, place }) => [work.agencyId, place])),
  );
  const head = [
    ...[say("agency"), say("acts"), say("actsElectronic"), `${say("electronicShare")}, %`],
    ...[say("answered"), `${say("onTimeRate")}, %`, say("late"), say("atRisk")],
    ...[say("petitionsLate"), say("petitionsSoon")],
    ...rankMeasures.map((measure) => `${say("place")}: ${say(`by_${measure}`)}`),
  ];
  const rows = works.map((work) => [
    ...[work.name, work.electronic + work.paper, work.electronic, measured(work, "electronicShare") ?? ""],
    ...[work.answered, measured(work, "onTimeRate") ?? "", work.late, work.atRisk],
    ...[work.petitionsLate, work.petitionsSoon],
    ...places.map((place) => place.get(work.agencyId) ?? ""),
  ]);
  const definitions = rankMeasures.map((measure) => [say(`by_${measure}`), say(`how_${measure}`)]);
  return [head, ...rows, [], ...definitions];
}
