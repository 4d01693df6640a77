import type { Context } from "hono";
import { z } from "zod";
import { isActTold } from "../../../core/off-site.ts";
import { confirmableFields } from "../../../core/paper-fields.ts";
import { nextToCompareIn } from "../../../core/submission.ts";
import type { Statement as UseCaseStatement } from "../../../usecases/attest-copy.ts";
import { Card, SummaryList } from "../../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { CheckField } from "../../design/field.tsx";
import { Button, Buttons, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { ToneIcon } from "../../design/icons.tsx";
import { Page } from "../../design/page.tsx";
import { Notice } from "../../design/verdict.tsx";
import { readForm } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import type { DossierView, OfficialsWorld } from "../../officials/world.ts";
import { type Problem, statusOf, wordsOf } from "../../problem.ts";
import type { Actor, WebEnv } from "../../route.ts";
import { awaitsAnswer, EarlierNotice } from "../give-once/notice.tsx";
import { ActMissing, OffSiteCard, OffSiteWay } from "../off-site/way.tsx";
import { receivingSpeech } from "../receiving/dossier-page.tsx";
import { factRows } from "../receiving/fact-rows.ts";
import { pathOf, withDossier } from "../receiving/with-dossier.ts";
import { SourceDiffers, SourcesCard } from "../sources/card.tsx";
import { PlaceInSubmission } from "../submission/place.tsx";
import { CoarseReason, hasCoarsePages } from "./coarse-pages.tsx";
import { isDone, nextOpenPage } from "./compare-page.tsx";
import { FieldsConfirmed } from "./fields-confirmed.tsx";
import { comparingSpeech, isOwnDeed, type Speech, type Stopped, StoppedNotice } from "./handled.tsx";

const Attestation = z.object({
  originalPresented: z.literal("yes").optional(),
  coarseReason: z.string().default(""),
  fields: z
    .string()
    .default("")
    .transform((lines) => confirmableFields.filter((field) => lines.split("\n").includes(field))),
});

export const showAttest = (c: Context<WebEnv>, person: Actor, world: OfficialsWorld) =>
  withDossier(c, person, world, (view) =>
    c.html(<AttestPage frame={personFrame(c, person)} view={view} faults={[]} stopped={null} typed={nothingTyped} />),
  );

/** The official's statement. Sent twice it is made once; made by another meanwhile, this one is told. */
export async function answerAttest(c: Context<WebEnv>, person: Actor, world: OfficialsWorld): Promise<Response> {
  const form = await readForm(c, Attestation);
  const typed = form.ok ? typedOf(form.value) : nothingTyped;
  return withDossier(c, person, world, async (before) => {
    const attested = await world.attest(before.dossier.id, { ...typed, again: null }, actorOf(person));
    if (attested.ok) return c.redirect(afterAttesting(before), 303);
    return withDossier(c, person, world, (view) => {
      if (isOwnDeed(view, "attested", person)) return c.redirect(pathOf(view), 303);
      return showFailure(c, person, view, { failure: attested.failure, typed });
    });
  });
}

/** A stack is compared one paper after the other: no list lies between two that were presented together. */
function afterAttesting(view: DossierView): string {
  const { papers } = view.submission;
  const own = papers.find(({ dossierId }) => dossierId === view.dossier.id);
  const next = nextToCompareIn(papers, own?.ordinal ?? 0);
  return next === null ? pathOf(view) : `/dossiers/${next.dossierId}/compare`;
}

type Refused = { readonly failure: Problem; readonly typed: TypedStatement };

function showFailure(c: Context<WebEnv>, person: Actor, view: DossierView, { failure, typed }: Refused) {
  const frame = personFrame(c, person);
  const status = statusOf[failure.code];
  const stopped = failure.code === "wrong_stage" ? { failure, view } : null;
  const { title, detail } = wordsOf(failure, c.var.language);
  const field = fieldOf(failure);
  const says = field === "originalPresented" ? detail : `${title} ${detail}`;
  const faults = stopped === null ? [{ field, says }] : [];
  return c.html(<AttestPage frame={frame} view={view} faults={faults} stopped={stopped} typed={typed} />, status);
}

function fieldOf(failure: Problem): "originalPresented" | "coarseReason" | null {
  if (failure.code === "pages_coarse") return "coarseReason";
  return failure.code === "rule_broken" && failure.rule === "ORIG-1" ? "originalPresented" : null;
}

type TypedStatement = Omit<UseCaseStatement, "again" | "coarseReason"> & { readonly coarseReason: string };

const nothingTyped: TypedStatement = { originalPresented: false, coarseReason: "", fields: [] };

const typedOf = ({ originalPresented, coarseReason, fields }: z.infer<typeof Attestation>): TypedStatement => ({
  originalPresented: originalPresented === "yes",
  coarseReason,
  fields,
});

type AttestPageProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly faults: readonly Fault[];
  readonly stopped: Stopped | null;
  readonly typed: TypedStatement;
};

const AttestPage = ({ frame, view, faults, stopped, typed }: AttestPageProps) => {
  const { language } = frame;
  const speech = comparingSpeech(language);
  const { say } = speech;
  const isComparing = view.dossier.status === "read";
  return (
    <Page frame={frame} title={say("attestTitle")} wide scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={language} faults={faults} />
      {stopped && <StoppedNotice stopped={stopped} language={language} />}
      <a class="way-back" href={pathOf(view)}>
        ‹ {say("toDossier")}
      </a>
      <h1>{say("attestTitle")}</h1>
      <PlaceInSubmission view={view} language={language} />
      {!isComparing && stopped === null && <Notice tone="neutral" title={say("pastStage")} />}
      {isComparing && <EarlierNotice view={view} language={language} mayAnswer />}
      {isComparing && <SourceDiffers view={view} language={language} />}
      {isComparing && <ActMissing view={view} language={language} />}
      <div class="split aside">
        <div class="stack">
          {isComparing && <Checks view={view} speech={speech} />}
          {isComparing && isReady(view) && !awaitsAnswer(view) && isActTold(view.offSite) && (
            <Statement frame={frame} view={view} faults={faults} speech={speech} typed={typed} />
          )}
        </div>
        <div class="stack">
          <SourcesCard view={view} language={language} roles={frame.person?.roles ?? []} />
          <OffSiteCard view={view} language={language} roles={frame.person?.roles ?? []} />
          {view.offSite === null && isComparing && (
            <Buttons>
              <OffSiteWay view={view} language={language} />
            </Buttons>
          )}
          <section class="card facts">
            <h2>{say("paper")}</h2>
            <SummaryList rows={factRows(view, receivingSpeech(language))} />
          </section>
        </div>
      </div>
    </Page>
  );
};

const isReady = ({ pages, dossier }: DossierView): boolean =>
  pages.length === dossier.declaredPages && pages.every(isDone);

const Checks = ({ view, speech: { say } }: { view: DossierView; speech: Speech }) => {
  const { pages, dossier } = view;
  const counted = pages.length === dossier.declaredPages;
  const done = pages.filter(isDone).length;
  const open = nextOpenPage(pages, 0);
  return (
    <Card title={say("checks")}>
      <ul class="checks">
        <li class={counted ? "good" : "care"}>
          <ToneIcon tone={counted ? "good" : "care"} />
          <span>
            {say("checkPages", { scanned: pages.length, declared: dossier.declaredPages })}
            {!counted && (
              <>
                <br />
                <a href={pathOf(view, "/declared-pages")}>{say("countLink")}</a>
              </>
            )}
          </span>
        </li>
        <li class={open === null ? "good" : "care"}>
          <ToneIcon tone={open === null ? "good" : "care"} />
          <span>
            {say("checkCompared", { done, total: pages.length })}
            {open !== null && (
              <>
                <br />
                <a href={pathOf(view, `/compare?page=${open}`)}>{say("compareOn", { number: open })}</a>
              </>
            )}
          </span>
        </li>
      </ul>
    </Card>
  );
};

type StatementProps = Omit<AttestPageProps, "stopped"> & { readonly speech: Speech };

const Statement = ({ frame, view, faults, speech, typed }: StatementProps) => {
  const { say } = speech;
  const isCoarse = hasCoarsePages(view);
  return (
    <Card title={say("attestWords")}>
      <blockquote class="attestation" lang="vi">
        <p>
          <b>Chứng thực bản sao đúng với bản chính</b>
        </p>
        <p>Số chứng thực … quyển số …</p>
        <p>Ngày … tháng … năm …</p>
        <p>Người thực hiện chứng thực ký, ghi rõ họ tên và đóng dấu</p>
      </blockquote>
      <Form frame={frame} action={pathOf(view, "/attest")} once>
        <CheckField
          name="originalPresented"
          label={say("presented")}
          fault={faultAt(faults, "originalPresented")}
          checked={typed.originalPresented}
          starts
        />
        {isCoarse && (
          <CoarseReason
            view={view}
            speech={speech}
            typed={typed.coarseReason}
            fault={faultAt(faults, "coarseReason")}
          />
        )}
        <p class="hint">{say("attestLead")}</p>
        <Button>{say("attestButton")}</Button>
        <FieldsConfirmed view={view} speech={speech} ticked={typed.fields} />
      </Form>
      <p>
        <a href={pathOf(view, "/refuse")}>{say("refuseLink")}</a>
      </p>
    </Card>
  );
};
