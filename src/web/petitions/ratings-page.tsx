import type { Context } from "hono";
import { localDateOf } from "../../core/kernel.ts";
import { ratingReasons, ratingSteps } from "../../core/petition.ts";
import { daysAfter } from "../../core/terms.ts";
import { Card, Table } from "../design/content.tsx";
import { type Frame, personFrame } from "../design/frame.ts";
import { Page } from "../design/page.tsx";
import { dayText } from "../design/time.ts";
import { actorOf } from "../officials/answers.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../route.ts";
import { voiceSpeech } from "./form.tsx";
import { Prose } from "./public-pages.tsx";
import type { RatingSums, VoiceDesk } from "./world.ts";

/** Sums for the head of the agency: no rating leads to a dossier, and none to an hour. VOICE-1. */
export const ratingsPages = (desk: VoiceDesk): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/ratings",
    demands: ["signer", "administrator"],
    handle: (c, person) => ratings(c, person, desk),
  }),
];

const periods = [30, 90, 365] as const;

async function ratings(c: Context<WebEnv>, person: Actor, desk: VoiceDesk): Promise<Response> {
  const days = periods.find((known) => String(known) === c.req.query("days")) ?? 90;
  const from = localDateOf(daysAfter(desk.now(), -days));
  const sums = await desk.ratings(actorOf(person), from);
  return c.html(<RatingsPage frame={personFrame(c, person)} sums={sums} from={dayText(from)} days={days} />);
}

type RatingsProps = {
  readonly frame: Frame;
  readonly sums: RatingSums;
  readonly from: string;
  readonly days: (typeof periods)[number];
};

const RatingsPage = ({ frame, sums, from, days }: RatingsProps) => {
  const { say } = voiceSpeech(frame.language);
  const total = [...sums.steps.values()].reduce((sum, count) => sum + count, 0);
  const share = (count: number) => (total === 0 ? 0 : Math.round((100 * count) / total));
  const good = (sums.steps.get(5) ?? 0) + (sums.steps.get(4) ?? 0);
  return (
    <Page frame={frame} title={say("ratingsTitle")} wide scripts={["app"]}>
      <a class="way-back" href="/petitions">
        ‹ {say("deskTitle")}
      </a>
      <h1>{say("ratingsTitle")}</h1>
      <p>{say("ratingsLead", { from })}</p>
      <nav class="choices" aria-label={say("period")}>
        <ul>
          {periods.map((one) => (
            <li>
              <a href={`/ratings?days=${one}`} aria-current={one === days ? "true" : undefined}>
                {say(`days${one}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {total === 0 ? (
        <p class="nothing">{say("ratingsNone")}</p>
      ) : (
        <>
          <p>
            <b>{say("ratingsShare", { share: share(good), count: total })}</b>
          </p>
          <Table
            caption={say("steps")}
            columns={[
              { label: say("steps") },
              { label: say("count"), number: true },
              { label: say("share"), number: true },
            ]}
            rows={ratingSteps.map((step) => {
              const count = sums.steps.get(step) ?? 0;
              return [say(`step${step}`), count, `${share(count)} %`];
            })}
          />
        </>
      )}
      {sums.reasons.size > 0 && (
        <Table
          caption={say("ratingsReasons")}
          columns={[{ label: say("ratingsReasons") }, { label: say("count"), number: true }]}
          rows={ratingReasons
            .filter((reason) => sums.reasons.has(reason))
            .map((reason) => [say(`reason_${reason}`), sums.reasons.get(reason) ?? 0])}
        />
      )}
      {sums.words.length > 0 && (
        <Card title={say("ratingsWords")}>
          {sums.words.map(({ month, steps, words }) => (
            <section>
              <p class="hint">
                {say("month", { month: month.split("-").reverse().join("/") })} · {say(`step${steps}`)}
              </p>
              <Prose text={words} />
            </section>
          ))}
        </Card>
      )}
    </Page>
  );
};
