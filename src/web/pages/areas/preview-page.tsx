import type { Area, AreaChanges } from "../../../core/areas.ts";
import { Card, Table } from "../../design/content.tsx";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { AdminPage } from "../administration/shell.tsx";
import { areasSpeech, path } from "./page.tsx";

type Props = {
  readonly frame: Frame;
  readonly changes: AreaChanges;
  readonly known: ReadonlyMap<string, Area>;
  /** The list itself, which comes back with the button. */
  readonly list: string;
};

const mostShown = 100;

/** What the file would say that is new: nothing is kept before the button. */
export const PreviewPage = ({ frame, changes: { added, changed, unchanged }, known, list }: Props) => {
  const { say } = areasSpeech(frame.language);
  const fresh = added.length + changed.length;
  const rows = [
    ...changed.map((area) => ({ area, is: "whatChanged" as const })),
    ...added.map((area) => ({ area, is: "whatAdded" as const })),
  ];
  const labels = [say("code"), say("name"), say("kind"), say("parent"), say("mergedInto"), say("what")];
  return (
    <AdminPage frame={frame} title={say("previewTitle")}>
      <p>
        <a class="way-back" href={path}>
          ‹ {say("back")}
        </a>
      </p>
      <p>{say("previewCounts", { added: added.length, changed: changed.length, unchanged })}</p>
      {fresh === 0 ? (
        <p>{say("nothingNew")}</p>
      ) : (
        <>
          <Form frame={frame} action={`${path}/list`} once>
            <textarea name="list" hidden>
              {list}
            </textarea>
            <Button>{say("takeButton")}</Button>
          </Form>
          <Card>
            <Table
              caption={say("previewTitle")}
              columns={labels.map((label) => ({ label }))}
              rows={rows.slice(0, mostShown).map(({ area, is }) => {
                const before = known.get(area.code);
                const named =
                  before === undefined || before.name === area.name ? area.name : `${before.name} → ${area.name}`;
                return [
                  area.code,
                  named,
                  say(`kind_${area.kind}`),
                  area.parent ?? "–",
                  area.mergedInto ?? "–",
                  say(is),
                ];
              })}
            />
            {rows.length > mostShown && <p class="hint">{say("previewMost", { count: mostShown })}</p>}
          </Card>
        </>
      )}
    </AdminPage>
  );
};
