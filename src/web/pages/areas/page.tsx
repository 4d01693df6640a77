import type { Area } from "../../../core/areas.ts";
import type { ImportFailure } from "../../../usecases/administration/import-areas.ts";
import { Card, SummaryList, Table } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { FileField, TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { type SpeechOf, speaker } from "../../design/speech.ts";
import { areasEn } from "../../words/areas.en.ts";
import { type AreasWord, areasVi } from "../../words/areas.vi.ts";
import { AdminPage } from "../administration/shell.tsx";

export const path = "/admin/areas";

export const areasSpeech = speaker({ vi: areasVi, en: areasEn });

const mostFaultsTold = 100;

type Known = ReadonlyMap<string, Area>;
type Props = {
  readonly frame: Frame;
  readonly known: Known;
  readonly ours: Area | null;
  readonly asked: string;
  /** One more than `most` where there are more. */
  readonly found: readonly Area[];
  readonly most: number;
  readonly refused: ImportFailure | { readonly code: "noFile" | "area_unknown" } | null;
};

type Say = SpeechOf<AreasWord>["say"];

export const AreasPage = (props: Props) => {
  const { frame, known, ours, refused } = props;
  const { say } = areasSpeech(frame.language);
  const fault = refused === null ? null : faultOf(refused, say);
  const faults = fault === null ? [] : [fault];
  const list = <ListCard frame={frame} known={known} say={say} fault={faultAt(faults, "file")} />;
  const isFileRefused = fault?.field === "file"; // the next try belongs right below what was wrong
  return (
    <AdminPage frame={frame} title={say("title")} faults={faults} wide={false}>
      <p>{say("lead")}</p>
      {refused?.code === "areas_faulty" && <Faults failure={refused} say={say} />}
      {isFileRefused && list}
      <Card title={say("ours")}>
        {ours === null ? (
          <p>{say("oursNone")}</p>
        ) : (
          <SummaryList
            rows={[
              [say("area"), `${ours.name} (${ours.code})`],
              [say("province"), ours.parent === null ? ours.name : (known.get(ours.parent)?.name ?? ours.parent)],
            ]}
          />
        )}
      </Card>
      <Choosing {...props} say={say} fault={refused?.code === "area_unknown" ? fault : null} />
      {!isFileRefused && list}
    </AdminPage>
  );
};

type ListCardProps = Pick<Props, "frame" | "known"> & { readonly say: Say; readonly fault: string | undefined };

const ListCard = ({ frame, known, say, fault }: ListCardProps) => {
  const all = [...known.values()].filter(({ mergedInto }) => mergedInto === null);
  const provinces = all.filter(({ parent }) => parent === null).length;
  return (
    <Card title={say("listTitle")}>
      <p>
        {say("known")}: {say("knownCounts", { provinces, communes: all.length - provinces })}
      </p>
      <p class="hint">{say("listLead")}</p>
      <Form frame={frame} action={`${path}/preview`} files>
        <FileField name="file" label={say("file")} accept=".csv,text/csv" fault={fault} />
        <Button>{say("previewButton")}</Button>
      </Form>
    </Card>
  );
};

const Choosing = ({ frame, known, asked, found, most, say, fault }: Props & { say: Say; fault: Fault | null }) => (
  <Card title={say("choose")}>
    <form method="get" action={path} class="stack">
      <TextField
        name="q"
        label={say("find")}
        hint={say("findHint")}
        value={asked}
        maxlength={100}
        fault={fault?.says}
      />
      <Button look="quiet">{say("findButton")}</Button>
    </form>
    {asked !== "" && found.length === 0 && <p role="status">{say("foundNone")}</p>}
    {found.slice(0, most).map((area) => (
      <Form frame={frame} action={`${path}/ours`}>
        <input type="hidden" name="code" value={area.code} />
        <Button look="quiet">{say("chooseThis", { name: placed(area, known) })}</Button>
      </Form>
    ))}
    {found.length > most && <p class="hint">{say("foundMost", { count: most })}</p>}
  </Card>
);

const placed = ({ name, code, parent }: Area, known: Known): string =>
  `${name}${parent === null ? "" : `, ${known.get(parent)?.name ?? parent}`} (${code})`;

function faultOf(refused: NonNullable<Props["refused"]>, say: Say): Fault {
  if (refused.code === "areas_faulty") {
    return { field: "file", says: say("areas_faulty", { count: refused.faults.length }) };
  }
  return { field: refused.code === "area_unknown" ? "q" : "file", says: say(refused.code) };
}

const Faults = ({ failure, say }: { failure: Extract<ImportFailure, { code: "areas_faulty" }>; say: Say }) => (
  <Card>
    <Table
      caption={say("faultsTitle")}
      columns={[{ label: say("line") }, { label: say("columnLabel") }, { label: say("wrong") }]}
      rows={failure.faults
        .slice(0, mostFaultsTold)
        .map(({ line, column, code }) => [
          say("faultAt", { line }),
          column === null ? "–" : say(`column_${column}`),
          say(`fault_${code}`),
        ])}
    />
    {failure.faults.length > mostFaultsTold && <p class="hint">{say("faultsMost", { count: mostFaultsTold })}</p>}
  </Card>
);
