import type { Context } from "hono";
import { z } from "zod";
import type { Actor as Official } from "../../../core/dossier.ts";
import { type Instant, type LocalDate, localDateOf, type Result } from "../../../core/kernel.ts";
import {
  mostStandardMinutes,
  type StandardTimes,
  standardsBy,
  type TracedStep,
  tracedSteps,
} from "../../../core/statistics/step-times.ts";
import type { KeptStepTime } from "../../../usecases/administration/keep-step-times.ts";
import { Card, Table } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { speaker } from "../../design/speech.ts";
import { dayText, shortTimeText } from "../../design/time.ts";
import { day } from "../../forms/day.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { stepTimesEn } from "../../words/step-times.en.ts";
import { stepTimesVi } from "../../words/step-times.vi.ts";
import { statisticsSpeech } from "../statistics/texts.ts";
import { AdminPage, doneAt } from "./shell.tsx";

const path = "/admin/step-times";

export const stepTimesSpeech = speaker({ vi: stepTimesVi, en: stepTimesEn });

export type StepTimesPagesWorld = {
  readonly now: () => Instant;
  /** What holds where an agency wrote nothing. */
  readonly usual: StandardTimes;
  /** In the order of writing. */
  readonly kept: (actor: Official) => Promise<readonly KeptStepTime[]>;
  readonly keep: (
    wanted: StandardTimes,
    from: LocalDate,
    actor: Official,
  ) => Promise<Result<number, { readonly code: "day_was" }>>;
};

const minutes = z.coerce.number().int().min(1).max(mostStandardMinutes).optional();
const TimesForm = z.object({
  ...{ scan: minutes, compare: minutes, number: minutes, sign: minutes, seal: minutes, publish: minutes },
  ...{ hand: minutes, refuse: minutes, notice: minutes, from: day },
});

type Asked = { readonly c: Context<WebEnv>; readonly person: Actor; readonly world: StepTimesPagesWorld };

/** How long each step should take, as the agency's administrator says from a day on. STAT-3. */
export const stepTimesPages = (world: StepTimesPagesWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path,
    demands: ["administrator"],
    handle: (c, person) => show({ c, person, world }, null, [], 200),
  }),
  guardedPage({
    method: "POST",
    path,
    demands: ["administrator"],
    bodyLimitBytes: 4096,
    handle: (c, person) => keep({ c, person, world }),
  }),
];

async function show({ c, person, world }: Asked, typed: Typed | null, faults: readonly Fault[], status: 200 | 400) {
  const kept = await world.kept(actorOf(person));
  const today = localDateOf(world.now());
  const inForce = standardsBy(kept, world.usual)(today);
  const shown = typed ?? { ...typedOf(inForce), from: today };
  return c.html(
    <TimesPage {...{ frame: personFrame(c, person), usual: world.usual, kept, faults, typed: shown }} />,
    status,
  );
}

const typedOf = (times: StandardTimes): Typed =>
  Object.fromEntries(tracedSteps.map((step) => [step, String(times[step] ?? "")]));

async function keep(asked: Asked): Promise<Response> {
  const { c, person, world } = asked;
  const { say } = stepTimesSpeech(c.var.language);
  const form = await readForm(c, TimesForm);
  if (!form.ok) {
    const own = Object.fromEntries(
      tracedSteps.map((step) => {
        const fills = { step: statisticsSpeech(c.var.language).say(`trace_${step}`), most: mostStandardMinutes };
        return [step, say("minutesFault", fills)];
      }),
    );
    const labels = { ...own, from: say("from") };
    return show(asked, form.typed, faultsInWords(form.faults, labels, c.var.language, own), 400);
  }
  const { from, ...times } = form.value;
  const wanted = Object.fromEntries(tracedSteps.map((step) => [step, times[step] ?? null])) as StandardTimes;
  const kept = await world.keep(wanted, from, actorOf(person));
  if (!kept.ok) return show(asked, form.typed, [{ field: "from", says: say("fromFault") }], 400);
  return c.redirect(doneAt(path, "saved"), 303);
}

type Props = {
  readonly frame: Frame;
  readonly usual: StandardTimes;
  readonly kept: readonly KeptStepTime[];
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

const TimesPage = (props: Props) => {
  const { frame, typed, faults } = props;
  const { say } = stepTimesSpeech(frame.language);
  return (
    <AdminPage frame={frame} title={say("title")} faults={faults}>
      <p class="lead">{say("lead")}</p>
      <Card title={say("formTitle")}>
        <Form frame={frame} action={path} once>
          {tracedSteps.map((step) => (
            <StepField {...props} step={step} />
          ))}
          <TextField
            name="from"
            label={say("from")}
            hint={say("fromHint")}
            type="date"
            look="short"
            value={typed["from"]}
            fault={faultAt(faults, "from")}
          />
          <Button>{say("save")}</Button>
        </Form>
      </Card>
      <History {...props} />
    </AdminPage>
  );
};

const StepField = ({ frame, usual, typed, faults, step }: Props & { readonly step: TracedStep }) => {
  const { say } = stepTimesSpeech(frame.language);
  const most = usual[step];
  return (
    <TextField
      name={step}
      label={statisticsSpeech(frame.language).say(`trace_${step}`)}
      hint={most === null ? say("usualNone") : say("usual", { minutes: most })}
      value={typed[step]}
      look="short"
      numeric
      maxlength={5}
      required={false}
      fault={faultAt(faults, step)}
    />
  );
};

const History = ({ frame, kept }: Props) => {
  const { say, language } = stepTimesSpeech(frame.language);
  if (kept.length === 0) {
    return (
      <Card title={say("history")}>
        <p class="nothing">{say("none")}</p>
      </Card>
    );
  }
  const columns = ["step", "minutes", "from", "who", "when"] as const;
  return (
    <Card>
      <Table
        caption={say("history")}
        columns={columns.map((word) => ({ label: say(word), number: word === "minutes" }))}
        rows={kept
          .toReversed()
          .map((one) => [
            statisticsSpeech(language).say(`trace_${one.step}`),
            one.minutes ?? say("noStandard"),
            dayText(one.validFrom),
            one.keptBy,
            shortTimeText(one.keptAt, language),
          ])}
      />
    </Card>
  );
};
