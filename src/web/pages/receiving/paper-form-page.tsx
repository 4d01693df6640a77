import type { Child } from "hono/jsx";
import { Card } from "../../design/content.tsx";
import { ErrorSummary, type Fault } from "../../design/error-summary.tsx";
import { Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import type { DossierView } from "../../officials/world.ts";
import { pathOf } from "./with-dossier.ts";

type PaperFormPageProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly faults: readonly Fault[];
  readonly says: { readonly title: string; readonly back: string; readonly lead: string };
  /** Behind the dossier's own address: `/off-site`. */
  readonly action: string;
  readonly children: Child;
};

/** One form about one paper: its faults, the way back, whose paper it is, what the form is for. */
export const PaperFormPage = ({ frame, view, faults, says, action, children }: PaperFormPageProps) => (
  <Page frame={frame} title={says.title} scripts={["app"]} faulty={faults.length > 0}>
    <ErrorSummary language={frame.language} faults={faults} />
    <a class="way-back" href={pathOf(view)}>
      ‹ {says.back}
    </a>
    <h1>{says.title}</h1>
    <p>
      <b>{view.dossier.title}</b>, {view.dossier.applicantName}
    </p>
    <p>{says.lead}</p>
    <Card>
      <Form frame={frame} action={pathOf(view, action)} once>
        {children}
      </Form>
    </Card>
  </Page>
);
