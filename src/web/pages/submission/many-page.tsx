import type { Context } from "hono";
import { mostPapers } from "../../../core/submission.ts";
import type { Added } from "../../../usecases/add-scanned-papers.ts";
import { Card, SummaryList } from "../../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { FileField, TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { Notice } from "../../design/verdict.tsx";
import { faultsInWords, type Typed } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import type { DossierView, OfficialsWorld } from "../../officials/world.ts";
import { type Problem, statusOf, wordsOf } from "../../problem.ts";
import type { Actor, WebEnv } from "../../route.ts";
import { usualKinds } from "../../words/receiving.vi.ts";
import { receivingSpeech } from "../receiving/dossier-page.tsx";
import { faultOf } from "../receiving/opening-page.tsx";
import { AbroadField, common, labelsOf, ownFaults } from "../receiving/paper-form.tsx";
import { acceptedFiles } from "../receiving/scans.tsx";
import { faultText } from "../receiving/upload.ts";
import { pathOf, withDossier } from "../receiving/with-dossier.ts";
import { digitsFault } from "./another-page.tsx";
import { manyFieldNames, readManyForm, scansOf } from "./many-form.ts";
import { submissionSpeech } from "./speech.ts";

/** A browser that shows a form anew has forgotten its files. */
const chooseAgain = (c: Context<WebEnv>): Fault => ({
  field: "scans",
  says: submissionSpeech(c.var.language).say("manyChooseAgain"),
});

export const showMany = (c: Context<WebEnv>, person: Actor, world: OfficialsWorld) =>
  withDossier(c, person, world, ({ dossier, ...view }) => {
    const { kind, holderName, applicantName, declaredPages, electronicCopies } = dossier;
    const typed = {
      ...{ kind, declaredPages: String(declaredPages), electronicCopies: String(electronicCopies) },
      holderName: holderName === applicantName ? "" : holderName,
    };
    return c.html(<ManyPage frame={personFrame(c, person)} view={{ dossier, ...view }} typed={typed} faults={[]} />);
  });

type Asked = { readonly c: Context<WebEnv>; readonly person: Actor; readonly world: OfficialsWorld };

/** A paper for each file. What was taken stays taken; the form comes back with what was not. */
export const answerMany = (c: Context<WebEnv>, person: Actor, world: OfficialsWorld) =>
  withDossier(c, person, world, async (view) => {
    const { form, files } = await readManyForm(c);
    if (!form.ok) return again({ c, person, world }, form.typed, { faults: faultsOfFields(c, form.faults) });
    const strange: Fault[] = [];
    const scans = scansOf(files, (name) => {
      strange.push({
        field: "scans",
        says: faultText(c, name, { code: "upload_refused", reason: "INVALID_FILENAME" }),
      });
    });
    const added = await world.addScannedPapers(view.dossier.id, form.value, scans, actorOf(person));
    if (!added.ok) {
      const faults = [digitsFault(added.failure, c) ?? faultOf(added.failure, c), chooseAgain(c)];
      return again({ c, person, world }, form.typed, { faults, status: statusOf[added.failure.code] });
    }
    const faults = [...strange, ...faultsOfFiles(c, added.value)];
    const { ended, kept, known } = added.value;
    if (faults.length === 0 && kept > 0) return c.redirect(toldAt(pathOf(view), known), 303);
    const none = kept + known + faults.length === 0;
    if (none) faults.push({ field: "scans", says: receivingSpeech(c.var.language).say("addScansFault") });
    const status = ended === null ? statusOf.upload_refused : statusOf[ended.code];
    return again({ c, person, world }, form.typed, { faults, status, added: added.value });
  });

const toldAt = (path: string, known: number): string => (known === 0 ? path : `${path}?known=${known}`);

function faultsOfFields(c: Context<WebEnv>, faults: Parameters<typeof faultsInWords>[0]): readonly Fault[] {
  const { say } = receivingSpeech(c.var.language);
  return [...faultsInWords(faults, labelsOf(manyFieldNames, say), c.var.language, ownFaults(say)), chooseAgain(c)];
}

const mostTold = 20; // a stack of bad files is one mistake, not two hundred

function faultsOfFiles(c: Context<WebEnv>, { refused, ended }: Added): Fault[] {
  const { say } = submissionSpeech(c.var.language);
  const told: Fault[] = refused
    .slice(0, mostTold)
    .map(({ fileName, failure }) => ({ field: "scans", says: faultText(c, fileName ?? "", failure) }));
  if (refused.length > mostTold)
    told.push({ field: "scans", says: say("manyMore", { count: refused.length - mostTold }) });
  return ended === null ? told : [...told, { field: null, says: sentenceOf(ended, c) }];
}

function sentenceOf(failure: Problem, c: Context<WebEnv>): string {
  const { title, detail } = wordsOf(failure, c.var.language);
  return `${title} ${detail}`;
}

type Told = { readonly faults: readonly Fault[]; readonly status?: number; readonly added?: Added };

/** The papers that stand now are read anew: some of the files may be among them. */
const again = ({ c, person, world }: Asked, typed: Typed, told: Told) =>
  withDossier(c, person, world, (view) => {
    const { faults, status = 400, added } = told;
    const rest = { typed, faults, added: added ?? null };
    return c.html(<ManyPage frame={personFrame(c, person)} view={view} {...rest} />, status as 400);
  });

type ManyPageProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  readonly added?: Added | null;
};

const ManyPage = ({ frame, view, typed, faults, added = null }: ManyPageProps) => {
  const { say } = submissionSpeech(frame.language);
  return (
    <Page frame={frame} title={say("manyTitle")} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href={pathOf(view)}>
        ‹ {say("back")}
      </a>
      <h1>{say("manyTitle")}</h1>
      <p>{say("manyLead")}</p>
      {added !== null && <Taken added={added} frame={frame} isFaulty={faults.length > 0} />}
      <Card title={say("code", { code: view.submission.code })}>
        <SummaryList
          rows={[
            [say("applicant"), view.dossier.applicantName],
            [say("manyHas"), say("manyHasValue", { count: view.submission.papers.length, most: mostPapers })],
          ]}
        />
      </Card>
      <ManyFields frame={frame} view={view} typed={typed} faults={faults} />
    </Page>
  );
};

type TakenProps = { readonly added: Added; readonly frame: Frame; readonly isFaulty: boolean };

const Taken = ({ added: { kept, known }, frame, isFaulty }: TakenProps) => {
  const { say } = submissionSpeech(frame.language);
  return (
    <Notice tone="neutral" title={say("manyTaken", { count: kept })}>
      {known > 0 && <p>{say("manyKnown", { count: known })}</p>}
      {isFaulty && <p>{say("manyAgain")}</p>}
    </Notice>
  );
};

const ManyFields = ({ frame, view, typed, faults }: ManyPageProps) => {
  const own = submissionSpeech(frame.language);
  return (
    <Form frame={frame} action={pathOf(view, "/many")} files once>
      <AlikeCard frame={frame} typed={typed} faults={faults} />
      <Card title={own.say("manyFiles")}>
        {view.originals.length === 0 && !view.dossier.onPaperOnly && (
          <p>{own.say("manyFirst", { title: view.dossier.title })}</p>
        )}
        <FileField
          name="scans"
          label={own.say("manyChoose")}
          hint={own.say("manyFilesHint")}
          accept={acceptedFiles}
          multiple
          progress
          fault={faultAt(faults, "scans")}
        />
        <Button>{own.say("manySave")}</Button>
      </Card>
    </Form>
  );
};

type AlikeProps = Pick<ManyPageProps, "frame" | "typed" | "faults">;

/** What is the same of every paper is typed once. */
const AlikeCard = ({ frame, typed, faults }: AlikeProps) => {
  const { say } = receivingSpeech(frame.language);
  const own = submissionSpeech(frame.language);
  const part = { say, typed, faults };
  return (
    <Card title={own.say("manyAlike")}>
      <TextField
        {...common("identityDigits", part)}
        hint={own.say("digitsHint")}
        look="digits"
        numeric
        maxlength={4}
        starts={faults.length === 0}
      />
      <TextField {...common("kind", part)} hint={say("kindHint")} maxlength={120} suggestions={usualKinds} />
      <TextField
        {...common("declaredPages", part)}
        hint={own.say("manyPagesHint")}
        look="short"
        numeric
        maxlength={4}
      />
      <TextField {...common("title", part)} hint={say("titleHint")} maxlength={300} required={false} />
      <TextField {...common("holderName", part)} hint={own.say("manyHolderHint")} maxlength={200} required={false} />
      <AbroadField {...part} />
      <TextField {...common("electronicCopies", part)} look="short" numeric maxlength={4} required={false} />
      <TextField
        {...common("paperCopies", part)}
        value={typed["paperCopies"] ?? "0"}
        look="short"
        numeric
        maxlength={4}
        required={false}
      />
    </Card>
  );
};
