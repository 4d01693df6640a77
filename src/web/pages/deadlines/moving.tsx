import type { Context } from "hono";
import { z } from "zod";
import { extensionReasons } from "../../../core/deadline-steps.ts";
import { type LocalDate, parseLocalDate } from "../../../core/kernel.ts";
import type { Failure } from "../../../usecases/failure.ts";
import type { MoveRequest } from "../../../usecases/move-deadline.ts";
import { ErrorSummary, type Fault } from "../../design/error-summary.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import { statusOf, wordsOf } from "../../problem.ts";
import type { Actor, WebEnv } from "../../route.ts";
import type { DeadlineWord } from "../../words/deadlines.vi.ts";
import { pathOf, withDossier } from "../receiving/with-dossier.ts";
import { type DeadlineView, openWays, WayBack, type WayName } from "./deadline-page.tsx";
import { AgreementFields, ApologyFields, ExtensionFields, type FieldsProps } from "./move-forms.tsx";
import { deadlineSpeech, type Speech } from "./speech.ts";
import type { DeadlinesWorld, Decider } from "./world.ts";

const noNul = /^[^\0]*$/; // PostgreSQL takes none
const day = z
  .string()
  .refine((text) => parseLocalDate(text).ok)
  .transform((text) => text as LocalDate);
const common = { after: z.coerce.number().int().min(1).max(10_000), decidedBy: z.uuid() };

/** What each way asks, says and shows; the addresses are their names. */
const ways = {
  extension: {
    shape: z.object({
      ...common,
      kind: z.literal("extended").default("extended"),
      reason: z.enum(extensionReasons),
      workingDays: z.coerce.number().int().min(1).max(31),
    }),
    words: { title: "extendTitle", lead: "extendLead", button: "extendButton" },
    labels: { reason: "extendReason", workingDays: "workingDays", decidedBy: "decidedBy" },
    own: { reason: "reasonFault", workingDays: "daysFault", decidedBy: "deciderFault" },
    Fields: ExtensionFields,
  },
  agreement: {
    shape: z.object({
      ...common,
      kind: z.literal("agreed").default("agreed"),
      agreedWith: z.string().min(2).max(200).regex(noNul),
      agreedOn: day,
      agreement: z.string().min(3).max(300).regex(noNul),
      dueOn: day,
    }),
    words: { title: "agreeTitle", lead: "agreeLead", button: "agreeButton" },
    labels: {
      agreedWith: "agreedWith",
      agreedOn: "agreedOn",
      agreement: "agreement",
      dueOn: "dueOn",
      decidedBy: "decidedBy",
    },
    own: { agreedOn: "agreedOnFault", dueOn: "dueOnFault", decidedBy: "deciderFault" },
    Fields: AgreementFields,
  },
  apology: {
    shape: z.object({
      ...common,
      kind: z.literal("apology").default("apology"),
      reason: z.string().min(10).max(1000).regex(noNul),
      dueOn: day,
    }),
    words: { title: "apologyTitle", lead: "apologyLead", button: "apologyButton" },
    labels: { reason: "apologyReason", dueOn: "dueOn", decidedBy: "decidedBy" },
    own: { reason: "apologyFault", dueOn: "dueOnFault", decidedBy: "deciderFault" },
    Fields: ApologyFields,
  },
} as const satisfies Record<string, Way>;

type Way = {
  readonly shape: z.ZodType<MoveRequest>;
  readonly words: Readonly<Record<"title" | "lead" | "button", DeadlineWord>>;
  readonly labels: Readonly<Record<string, DeadlineWord>>;
  readonly own: Readonly<Record<string, DeadlineWord>>;
  readonly Fields: (props: FieldsProps) => unknown;
};

type Asked = { readonly way: WayName; readonly person: Actor; readonly world: DeadlinesWorld };

export const showMove = (c: Context<WebEnv>, asked: Asked) =>
  withDossier(c, asked.person, asked.world, async (view) => {
    const props = await propsOf(c, asked, view);
    if (!openWays(props.deadline).includes(asked.way)) return c.redirect(pathOf(view, "/deadline"), 303);
    return c.html(<MovePage {...props} typed={{}} faults={[]} />);
  });

/** Sent twice it is written down once; what was typed comes back with its faults. */
export const answerMove = (c: Context<WebEnv>, asked: Asked) =>
  withDossier(c, asked.person, asked.world, async (view) => {
    const { shape, labels, own } = ways[asked.way];
    const form = await readForm<MoveRequest>(c, shape);
    const { say } = deadlineSpeech(c.var.language);
    const props = await propsOf(c, asked, view);
    if (!form.ok) {
      const faults = faultsInWords(form.faults, said(labels, say), c.var.language, said(own, say));
      return c.html(<MovePage {...props} typed={form.typed} faults={faults} />, 400);
    }
    const moved = await asked.world.move(view.dossier.id, form.value, actorOf(asked.person));
    if (moved.ok) return c.redirect(pathOf(view, "/deadline"), 303);
    const faults = [faultOf(c, moved.failure, say)];
    return c.html(<MovePage {...props} typed={form.typed} faults={faults} />, statusOf[moved.failure.code]);
  });

const said = (words: Readonly<Record<string, DeadlineWord>>, say: Speech["say"]): Record<string, string> =>
  Object.fromEntries(Object.entries(words).map(([field, word]) => [field, say(word)]));

function faultOf(c: Context<WebEnv>, failure: Failure, say: Speech["say"]): Fault {
  if (failure.code === "malformed_request" && failure.field !== undefined) {
    return { field: failure.field, says: say(failure.field === "decidedBy" ? "deciderFault" : "signsFault") };
  }
  const { title, detail } = wordsOf(failure, c.var.language);
  return { field: null, says: `${title} ${detail}` };
}

async function propsOf(c: Context<WebEnv>, { way, person, world }: Asked, view: DeadlineView["view"]) {
  const deadline = await deadlineOfView(world, view, person);
  const frame = { ...personFrame(c, person), address: pathOf(view, `/deadline/${way}`) };
  return { frame, way, deadline, deciders: await world.deciders(actorOf(person)) };
}

export const deadlineOfView = async (
  world: DeadlinesWorld,
  view: DeadlineView["view"],
  person: Actor,
): Promise<DeadlineView> => ({
  view,
  steps: await world.steps(view.dossier.id),
  calendar: await world.calendar(actorOf(person)),
  now: world.now(),
});

type MovePageProps = {
  readonly frame: Frame;
  readonly way: WayName;
  readonly deadline: DeadlineView;
  readonly deciders: readonly Decider[];
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

const MovePage = ({ frame, way, deadline, deciders, typed, faults }: MovePageProps) => {
  const speech = deadlineSpeech(frame.language);
  const { say } = speech;
  const { words, Fields } = ways[way];
  const last = deadline.steps.at(-1)?.ordinal ?? 1;
  return (
    <Page frame={frame} title={say(words.title)} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <WayBack view={deadline.view} speech={speech} />
      <h1>{say(words.title)}</h1>
      <p>{say(words.lead)}</p>
      <Form frame={frame} action={pathOf(deadline.view, `/deadline/${way}`)} once>
        <input type="hidden" name="after" value={typed["after"] ?? String(last)} />
        <Fields {...{ deadline, deciders, typed, faults, speech }} />
        <Button>{say(words.button)}</Button>
      </Form>
    </Page>
  );
};
