import type { Context } from "hono";
import { z } from "zod";
import type { Instant, Result } from "../../core/kernel.ts";
import type { LookAlikeReport } from "../../core/look-alikes.ts";
import { ErrorSummary, type Fault, faultAt } from "../design/error-summary.tsx";
import { TextArea, TextField } from "../design/field.tsx";
import { Button } from "../design/form.tsx";
import { faultsInWords, readForm, type Typed } from "../forms/read-form.ts";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import { problemAnswer, voiceOf } from "./answers.tsx";
import { Page, Verdict } from "./layout.tsx";

export type LookAlikeWorld = {
  readonly now: () => Instant;
  /** One visitor sends few; counted before anything is kept. */
  readonly admit: (c: Context<WebEnv>) => Promise<Result<unknown, { readonly retryAfterSeconds: number }>>;
  /** Durable on return. False where so many lie unread that no more are taken. */
  readonly keep: (report: LookAlikeReport) => Promise<boolean>;
};

const mostAddress = 500;
const mostSeen = 2000;
const Shape = z.object({ address: z.string().max(mostAddress), seen: z.string().max(mostSeen).default("") });

/** `/look-alike`: a site that passes itself off as this one. No name, no mail, no script. */
export const lookAlikeRoutes = (world: LookAlikeWorld): readonly Route[] => [
  publicPage({
    method: "GET",
    path: "/look-alike",
    handle: (c) => c.html(<LookAlikePage {...voiceOf(c)} typed={{}} faults={[]} />),
  }),
  publicPage({ method: "POST", path: "/look-alike", bodyLimitBytes: 16 * 1024, handle: (c) => take(c, world) }),
];

async function take(c: Context<WebEnv>, world: LookAlikeWorld): Promise<Response> {
  const { speech, frame } = voiceOf(c);
  const form = await readForm(c, Shape);
  if (!form.ok) {
    const labels = { address: speech.say("lookAlikeAddress"), seen: speech.say("lookAlikeSeen") };
    const faults = faultsInWords(form.faults, labels, speech.language);
    return c.html(<LookAlikePage speech={speech} frame={frame} typed={form.typed} faults={faults} />, 400);
  }
  const admitted = await world.admit(c);
  if (!admitted.ok) {
    c.header("retry-after", String(admitted.failure.retryAfterSeconds));
    return problemAnswer(c, "lookAlikeOften");
  }
  const isKept = await world.keep({ at: world.now(), ...form.value });
  if (!isKept) return problemAnswer(c, "lookAlikeLater");
  return c.html(
    <Page speech={speech} frame={frame} title={speech.say("lookAlikeThanks")}>
      <Verdict speech={speech} tone="neutral" sentence="lookAlikeThanks" next="lookAlikeThanksNext" />
    </Page>,
  );
}

type LookAlikePageProps = ReturnType<typeof voiceOf> & { readonly typed: Typed; readonly faults: readonly Fault[] };

const LookAlikePage = ({ speech, frame, typed, faults }: LookAlikePageProps) => {
  const { say, language } = speech;
  return (
    <Page speech={speech} frame={frame} title={say("reportLookAlike")}>
      <ErrorSummary language={language} faults={faults} />
      <h1>{say("reportLookAlike")}</h1>
      <p>{say("lookAlikeLead")}</p>
      <form method="post" action={`/look-alike?lang=${language}`}>
        <TextField
          name="address"
          label={say("lookAlikeAddress")}
          hint={say("lookAlikeAddressHint")}
          value={typed["address"]}
          maxlength={mostAddress}
          fault={faultAt(faults, "address")}
        />
        <TextArea
          name="seen"
          label={say("lookAlikeSeen")}
          hint={say("lookAlikeSeenHint")}
          value={typed["seen"]}
          maxlength={mostSeen}
          fault={faultAt(faults, "seen")}
        />
        <Button>{say("lookAlikeSend")}</Button>
      </form>
    </Page>
  );
};
