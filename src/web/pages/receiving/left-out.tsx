import type { Context } from "hono";
import { z } from "zod";
import type { Page } from "../../../core/dossier.ts";
import type { OriginalId } from "../../../core/ids.ts";
import { mayBeLeftOut, type PagePlace } from "../../../core/left-out.ts";
import { Card } from "../../design/content.tsx";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import type { SpeechOf } from "../../design/speech.ts";
import { shortTimeText } from "../../design/time.ts";
import { readForm } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import type { DossierView, OfficialsWorld } from "../../officials/world.ts";
import { refuse } from "../../refusal.tsx";
import { type Actor, guardedPage, type Role, type Route, type WebEnv } from "../../route.ts";
import type { ReceivingWord } from "../../words/receiving.vi.ts";
import { nameOf } from "./scans.tsx";
import { pathOf, withDossier } from "./with-dossier.ts";

type Props = { readonly frame: Frame; readonly view: DossierView; readonly speech: SpeechOf<ReceivingWord> };

/** Who has the paper at hand. */
const mayLeaveOut = ["receiver", "comparer"] as const satisfies readonly Role[];

const isAsked = ({ frame, view }: Props): boolean =>
  view.dossier.status === "read" && mayLeaveOut.some((role) => frame.person?.roles.includes(role) === true);

/** One press leaves a repeated or blank page out; the next picture shows where it went. */
export const LeaveOut = ({ page, from, ...props }: Props & { page: Page; from: "dossier" | "compare" }) => {
  const { frame, view, speech } = props;
  if (!isAsked(props) || !mayBeLeftOut(page, view.pages)) return null;
  return (
    <Form frame={frame} action={pathOf(view, "/left-out")} once>
      <Place place={page} leftOut={true} from={from} />
      <Button look="quiet">{speech.say("leaveOut", { number: page.number })}</Button>
    </Form>
  );
};

/** What was scanned and will not be copied, by whom; taken back by a press. */
export const LeftOut = (props: Props) => {
  const { frame, view, speech } = props;
  if (view.leftOut.length === 0) return null;
  return (
    <Card title={speech.say("leftOutPart")}>
      <ul class="scans">
        {view.leftOut.map((place) => {
          const original = view.originals.find(({ id }) => id === place.originalId);
          const file = original === undefined ? "" : nameOf(original, speech);
          const named = { index: place.indexInOriginal, file };
          return (
            <li>
              <p>
                <b class="file-name">{speech.say("leftOutPage", named)}</b>
              </p>
              <p class="hint">
                {place.by}, {shortTimeText(place.at, speech.language)}
              </p>
              {isAsked(props) && (
                <Form frame={frame} action={pathOf(view, "/left-out")} once>
                  <Place place={place} leftOut={false} from="dossier" />
                  <Button look="quiet">{speech.say("takeBack", named)}</Button>
                </Form>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
};

const Place = ({ place, leftOut, from }: { place: PagePlace; leftOut: boolean; from: "dossier" | "compare" }) => (
  <>
    <input type="hidden" name="original" value={place.originalId} />
    <input type="hidden" name="index" value={String(place.indexInOriginal)} />
    <input type="hidden" name="leave" value={leftOut ? "out" : "in"} />
    <input type="hidden" name="from" value={from} />
  </>
);

const Asked = z.object({
  original: z.uuid(),
  index: z.coerce.number().int().min(1).max(9999),
  leave: z.enum(["out", "in"]),
  from: z.enum(["dossier", "compare"]),
});

export const leftOutRoute = (world: OfficialsWorld): Route =>
  guardedPage({
    method: "POST",
    path: "/dossiers/:id/left-out",
    demands: mayLeaveOut,
    page: "/dossiers/:id",
    handle: (c, person) => answerLeftOut(c, person, world),
  });

/** Back to where it was pressed, whose pages are now numbered anew. */
const answerLeftOut = (c: Context<WebEnv>, person: Actor, world: OfficialsWorld) =>
  withDossier(c, person, world, async (view) => {
    const form = await readForm(c, Asked);
    if (!form.ok) return refuse(c, { code: "malformed_request" });
    const { original, index, leave, from } = form.value;
    const place = { originalId: original as OriginalId, indexInOriginal: index };
    const done = await world.leaveOutPage(view.dossier.id, { place, leftOut: leave === "out" }, actorOf(person));
    if (!done.ok) return refuse(c, done.failure);
    return c.redirect(pathOf(view, from === "compare" ? "/compare" : ""), 303);
  });
