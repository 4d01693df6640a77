import type { Context } from "hono";
import type { AgencyId } from "../../../core/ids.ts";
import { numberText } from "../../../core/register.ts";
import type { PublishedAnnulment } from "../../../core/status/annulment.ts";
import { type Frame, publicFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { dayText } from "../../design/time.ts";
import { publicPage, publicRoute, type Route, type WebEnv } from "../../route.ts";
import type { AnnulmentWord } from "../../words/annulment.vi.ts";
import { type Speech, speechIn } from "./speech.ts";
import type { AnnulmentWorld } from "./world.ts";

const mostListed = 1000;

/** TT 01/2020 Art. 7: decisions are published. Nothing here tells whose paper it was. */
export const listRoutes = (world: AnnulmentWorld): readonly Route[] => [
  publicPage({
    method: "GET",
    path: "/annulled",
    handle: async (c) => {
      const agencyName = c.var.site.agencyName;
      const list = await world.annulments(null, mostListed);
      return c.html(<AnnulledList frame={publicFrame(c)} list={list} agencyName={agencyName} />);
    },
  }),
  publicRoute({ method: "GET", path: "/annulled.json", handle: (c) => listJson(c, world) }),
];

async function listJson(c: Context<WebEnv>, world: AnnulmentWorld): Promise<Response> {
  const annulments = await world.annulments(null, mostListed);
  c.header("cache-control", "no-cache");
  return c.json({ asOf: world.now(), annulments });
}

type ListProps = {
  readonly frame: Frame;
  readonly list: readonly PublishedAnnulment[];
  readonly agencyName: (id: AgencyId) => string;
};

const columns: readonly AnnulmentWord[] = [
  "columnAgency",
  "columnCopy",
  "columnKind",
  "columnDecision",
  "columnReason",
];

const AnnulledList = ({ frame, list, agencyName }: ListProps) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  return (
    <Page frame={frame} title={say("listTitle")} wide>
      <h1>{say("listTitle")}</h1>
      <p>{say("listLead")}</p>
      {list.length === 0 ? (
        <p>{say("listNone")}</p>
      ) : (
        <section class="table" tabindex={0} aria-label={say("listTitle")}>
          <table>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th scope="col">{say(column)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {list.map((one) => (
                <Line speech={speech} one={one} agency={agencyName(one.agencyId)} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      <p>
        <a href="/annulled.json">{say("listJson")}</a>
      </p>
    </Page>
  );
};

const Line = ({ speech: { say }, one, agency }: { speech: Speech; one: PublishedAnnulment; agency: string }) => {
  const { decision, successor } = one;
  const replaced = successor && { number: numberText(successor.number), book: successor.bookText };
  return (
    <tr>
      <td>{agency}</td>
      <td>{say("copyText", { number: numberText(one.number), book: one.bookText, date: dayText(one.date) })}</td>
      <td>{one.kind === "superseded" && replaced ? say("listSuperseded", replaced) : say("listAnnulled")}</td>
      <td>{say("decisionText", { number: decision.number, date: dayText(decision.date), by: decision.by })}</td>
      <td>{decision.reason}</td>
    </tr>
  );
};
