import { coarsePages } from "../../../core/coarse-scan.ts";
import type { Page, PageFinding } from "../../../core/dossier.ts";
import { asksToLeaveOut } from "../../../core/left-out.ts";
import { missingNumbers } from "../../../core/page-numbers.ts";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Notice } from "../../design/verdict.tsx";
import type { DossierView } from "../../officials/world.ts";
import { receivingSpeech } from "../receiving/dossier-page.tsx";
import { LeaveOut } from "../receiving/left-out.tsx";
import { imagePath, PageQuality, reasonText } from "../receiving/scans.tsx";
import { pathOf } from "../receiving/with-dossier.ts";
import type { Speech } from "./handled.tsx";
import { Place } from "./place.tsx";

type Props = { readonly view: DossierView; readonly page: Page; readonly speech: Speech };

/** Each thing to look at: its name, a picture of the place, what to do. None of it decides. Apart from the card that stays in sight on a phone, which would cover the page. */
export const Findings = ({ frame, view, page, speech }: Props & { frame: Frame }) =>
  page.findings.length === 0 ? null : (
    <section class="card">
      <h2>{speech.say("findingsTitle")}</h2>
      {page.findings.map((finding) => (
        <section class="finding">
          <p>
            <PageQuality warnings={[finding.code]} say={receivingSpeech(speech.language).say} />{" "}
            {reasonText(finding.code, speech.language)}
          </p>
          {finding.code === "RESOLUTION_TOO_LOW" && coarsePages([page]).length > 0 && <p>{speech.say("coarseSoon")}</p>}
          <Where view={view} page={page} finding={finding} speech={speech} />
          {asksToLeaveOut(finding) && (
            <LeaveOut frame={frame} view={view} page={page} speech={receivingSpeech(speech.language)} from="compare" />
          )}
        </section>
      ))}
    </section>
  );

const Where = ({ view, page, finding, speech: { say } }: Props & { finding: PageFinding }) => {
  if (finding.of !== null) {
    return (
      <p>
        <a href={pathOf(view, `/compare?page=${finding.of}`)}>{say("findingRepeats", { number: finding.of })}</a>
      </p>
    );
  }
  if (finding.place === null) return null;
  return <Place view={view} page={page} place={finding.place} label={say("findingPlace")} />;
};

/** What the pages' own numbering leaves out. */
export const MissingPages = ({ view, speech: { say } }: Pick<Props, "view" | "speech">) => {
  const missing = missingNumbers(view.pages);
  if (missing.length === 0) return null;
  const numbers = missing.slice(0, 20).join(", ");
  return (
    <Notice tone="care" title={say("missingPages", { numbers })}>
      <p>{say("missingNext")}</p>
    </Notice>
  );
};

/** As taken or straightened: an official decides, and what was received is kept either way. */
export const FormChoice = ({ frame, view, page, speech: { say } }: Props & { frame: Frame }) => {
  const { otherForm, form, number } = page;
  if (otherForm === null) return null;
  const isStraight = form === "straightened";
  const other = { ...page, streamSha256: otherForm.sha256 };
  return (
    <section class="card">
      <h2>{say(isStraight ? "formStraightNow" : "formTakenNow")}</h2>
      <p class="hint">{say("formLead")}</p>
      <p class="other-form">
        <img src={imagePath(view, other)} alt={say(isStraight ? "formTakenAlt" : "formStraightAlt")} loading="lazy" />
      </p>
      <Form frame={frame} action={pathOf(view, `/pages/${number}/form`)} once>
        <input type="hidden" name="form" value={isStraight ? "as_taken" : "straightened"} />
        <Button look="quiet">{say(isStraight ? "formTakeTaken" : "formTakeStraight")}</Button>
      </Form>
    </section>
  );
};
