import type { Context } from "hono";
import { z } from "zod";
import { mayBeRecorded } from "../../../core/forgery.ts";
import { clauseOf, isOther, type RefusalGround, refusalGrounds } from "../../../core/refusal-grounds.ts";
import { mayFollow } from "../../../core/stages.ts";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { RadioGroup, TextArea, TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { Notice } from "../../design/verdict.tsx";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import type { Language } from "../../language.ts";
import { actorOf } from "../../officials/answers.ts";
import type { DossierView, OfficialsWorld } from "../../officials/world.ts";
import { statusOf, wordsOf } from "../../problem.ts";
import type { Actor, WebEnv } from "../../route.ts";
import { groundRulesEn, refusalGroundsEn } from "../../words/rules.en.ts";
import { groundRulesVi, refusalGroundsVi } from "../../words/rules.vi.ts";
import { pathOf, withDossier } from "../receiving/with-dossier.ts";
import { comparingSpeech, isOwnDeed, type Speech, type Stopped, StoppedNotice } from "./handled.tsx";

const refusing = (pages: number) =>
  z.object({
    ground: z.enum(refusalGrounds),
    // the law wants a reason that says something (REFUSE-1); PostgreSQL takes no NUL
    reason: z
      .string()
      .min(10)
      .max(4000)
      .regex(/^[^\0]*$/),
    page: z.coerce.number().int().min(1).max(Math.max(pages, 1)).nullable().default(null),
  });

export const showRefuse = (c: Context<WebEnv>, person: Actor, world: OfficialsWorld) =>
  withDossier(c, person, world, (view) => {
    const typed = { page: c.req.query("page") ?? "" };
    return c.html(<RefusePage frame={personFrame(c, person)} view={view} typed={typed} faults={[]} stopped={null} />);
  });

/** One of the six grounds and the reason in writing; then the notice. */
export const answerRefuse = (c: Context<WebEnv>, person: Actor, world: OfficialsWorld) =>
  withDossier(c, person, world, async (before) => {
    const form = await readForm(c, refusing(before.pages.length));
    const { say } = comparingSpeech(c.var.language);
    const page = { frame: personFrame(c, person), typed: form.typed };
    if (!form.ok) {
      const faults = faultsInWords(form.faults, labelsOf(say), c.var.language, ownFaults(say));
      return c.html(<RefusePage {...page} view={before} faults={faults} stopped={null} />, 400);
    }
    const refused = await world.refuse(before.dossier.id, form.value, actorOf(person));
    if (refused.ok) return c.redirect(pathOf(before, afterRefusal(before, form.value.ground)), 303);
    return withDossier(c, person, world, (view) => {
      if (isOwnDeed(view, "refused", person)) return c.redirect(pathOf(view, "/refusal"), 303);
      const { failure } = refused;
      const { title, detail } = wordsOf(failure, c.var.language);
      const isLate = failure.code === "wrong_stage";
      const isUnprintable = failure.code === "malformed_request";
      const fault = isUnprintable ? reasonSigns(say) : { field: null, says: `${title} ${detail}` };
      const faults = isLate ? [] : [fault];
      const stopped = isLate ? { failure, view } : null;
      return c.html(<RefusePage {...page} view={view} faults={faults} stopped={stopped} />, statusOf[failure.code]);
    });
  });

/** What is suspected to be forged is recorded next, unless it was before. REFUSE-2 */
const afterRefusal = ({ events }: DossierView, ground: RefusalGround): string =>
  ground === "SUSPECTED_FAKE" && !events.some(({ what }) => what === "forgery_recorded") ? "/forgery" : "/refusal";

/** The notice is signed as it stands: a sign that cannot be printed is mended by who typed it. */
const reasonSigns = (say: Speech["say"]): Fault => ({ field: "reason", says: say("reasonSignsFault") });

const labelsOf = (say: Speech["say"]) => ({ ground: say("ground"), reason: say("reason"), page: say("refusePage") });
const ownFaults = (say: Speech["say"]) => ({
  ground: say("groundFault"),
  reason: say("reasonFault"),
  page: say("refusePageFault"),
});

type RefusePageProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  readonly stopped: Stopped | null;
};

const RefusePage = ({ frame, view, typed, faults, stopped }: RefusePageProps) => {
  const { say } = comparingSpeech(frame.language);
  const isRefusable = mayFollow(view.dossier.status, "refused");
  return (
    <Page frame={frame} title={say("refuseTitle")} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      {stopped && <StoppedNotice stopped={stopped} language={frame.language} />}
      <a class="way-back" href={pathOf(view)}>
        ‹ {say("toDossier")}
      </a>
      <h1>{say("refuseTitle")}</h1>
      <p>
        <b>{view.dossier.title}</b> · {[...new Set([view.dossier.holderName, view.dossier.applicantName])].join(" · ")}
      </p>
      {isRefusable ? (
        <RefuseForm frame={frame} view={view} typed={typed} faults={faults} />
      ) : (
        stopped === null && <Notice tone="neutral" title={say("notRefusable")} />
      )}
    </Page>
  );
};

const groundsIn = { vi: refusalGroundsVi, en: refusalGroundsEn } satisfies Record<Language, typeof refusalGroundsEn>;
const rulesIn = { vi: groundRulesVi, en: groundRulesEn } satisfies Record<Language, typeof groundRulesEn>;

/** The notice will say that a record was made, so whoever refuses is told to make it. NĐ 23/2015 Art. 9 */
function hintOf(ground: RefusalGround, language: Language): string | undefined {
  const inLaw = language === "en" ? `${refusalGroundsVi[ground]}.` : "";
  const first = ground === "SUSPECTED_FAKE" ? comparingSpeech(language).say("suspectedFirst") : "";
  return [inLaw, first].filter(Boolean).join(" ") || undefined;
}

const RefuseForm = ({ frame, view, typed, faults }: Omit<RefusePageProps, "stopped">) => {
  const { say } = comparingSpeech(frame.language);
  const { language } = frame;
  const options = refusalGrounds.map((ground) => {
    const rule = isOther(ground) ? rulesIn[language][ground] : say("groundClause", { number: clauseOf(ground) });
    return {
      value: ground,
      label: `${rule}. ${groundsIn[language][ground]}.`,
      hint: hintOf(ground, language),
    };
  });
  return (
    <>
      <p>{say("refuseLead")}</p>
      <Form frame={frame} action={pathOf(view, "/refuse")} once>
        <RadioGroup
          name="ground"
          label={say("ground")}
          options={options}
          value={typed["ground"]}
          fault={faultAt(faults, "ground")}
        />
        <TextArea
          name="reason"
          label={say("reason")}
          hint={say("reasonHint")}
          value={typed["reason"]}
          maxlength={4000}
          fault={faultAt(faults, "reason")}
        />
        <TextField
          name="page"
          label={say("refusePage")}
          look="short"
          numeric
          maxlength={4}
          required={false}
          value={typed["page"]}
          fault={faultAt(faults, "page")}
        />
        <Button look="grave">{say("refuseButton")}</Button>
      </Form>
      {mayBeRecorded({ status: view.dossier.status, ground: null, isRecorded: false }) && (
        <p>
          {say("suspectedWay")} <a href={pathOf(view, "/forgery")}>{say("suspectedLink")}</a>
        </p>
      )}
    </>
  );
};
