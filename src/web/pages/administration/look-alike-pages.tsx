import type { LookAlikeCase } from "../../../core/look-alikes.ts";
import { Card, SummaryList, Table, Tag } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { TextArea } from "../../design/field.tsx";
import { Button, Form, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { speaker } from "../../design/speech.ts";
import { shortTimeText } from "../../design/time.ts";
import { lookAlikesEn } from "../../words/look-alikes.en.ts";
import { lookAlikesVi } from "../../words/look-alikes.vi.ts";
import { AdminPage } from "./shell.tsx";

export const reportsPath = "/admin/look-alikes";
export const lookAlikesAtOnce = 100;
export const speechIn = speaker({ vi: lookAlikesVi, en: lookAlikesEn });

/** Newest first. An address is text and never a link: nobody shall open it from here by mistake. */
export const ReportsPage = ({ frame, reports }: { frame: Frame; reports: readonly LookAlikeCase[] }) => {
  const { say } = speechIn(frame.language);
  const labels = [say("number"), say("reported"), say("address"), say("state")];
  const last = reports.at(-1);
  return (
    <AdminPage frame={frame} title={say("title")}>
      <p>{say("lead")}</p>
      <Card>
        {reports.length === 0 ? (
          <p>{say("none")}</p>
        ) : (
          <Table
            caption={say("title")}
            columns={labels.map((label) => ({ label }))}
            rows={reports.map((report) => [
              <a href={`${reportsPath}/${report.id}`}>{say("report", { id: report.id })}</a>,
              shortTimeText(report.at, frame.language),
              <span class="address">{report.address}</span>,
              <StateTag report={report} frame={frame} />,
            ])}
          />
        )}
      </Card>
      {reports.length === lookAlikesAtOnce && last !== undefined && (
        <p>
          <LinkButton href={`${reportsPath}?before=${last.id}`} look="quiet">
            {say("older")}
          </LinkButton>
        </p>
      )}
    </AdminPage>
  );
};

const StateTag = ({ report: { closed }, frame }: { report: LookAlikeCase; frame: Frame }) => {
  const { say } = speechIn(frame.language);
  return closed === null ? <Tag tone="care">{say("open")}</Tag> : <Tag tone="good">{say("closed")}</Tag>;
};

type ReportProps = {
  readonly frame: Frame;
  readonly report: LookAlikeCase;
  /** as it was typed */
  readonly note: string;
  readonly faults: readonly Fault[];
};

/** One report, and how it was dealt with or the form to say so. */
export const ReportPage = ({ frame, report, note, faults }: ReportProps) => {
  const { say } = speechIn(frame.language);
  const { at, address, seen, closed } = report;
  const time = (instant: LookAlikeCase["at"]) => shortTimeText(instant, frame.language);
  const ending: readonly (readonly [string, string])[] =
    closed === null
      ? []
      : [
          [say("closed"), say("closedBy", { who: closed.who, time: time(closed.at) })],
          [say("note"), closed.note],
        ];
  return (
    <AdminPage frame={frame} title={say("report", { id: report.id })} faults={faults} wide={false}>
      <p>
        <a href={reportsPath}>‹ {say("all")}</a>
      </p>
      <Card>
        <SummaryList
          rows={[
            [say("state"), <StateTag report={report} frame={frame} />],
            [say("reported"), time(at)],
            [say("address"), <span class="address">{address}</span>],
            [say("seen"), seen === "" ? say("seenNothing") : seen],
            ...ending,
          ]}
        />
      </Card>
      {closed === null && (
        <Card>
          <Form frame={frame} action={`${reportsPath}/${report.id}`} once>
            <TextArea
              name="note"
              label={say("note")}
              hint={say("noteHint")}
              value={note}
              maxlength={300}
              fault={faultAt(faults, "note")}
            />
            <Button>{say("close")}</Button>
          </Form>
        </Card>
      )}
    </AdminPage>
  );
};
