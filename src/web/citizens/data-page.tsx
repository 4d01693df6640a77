import type { ErasureItem } from "../../core/personal-data.ts";
import { dataWishes, type Terms } from "../../core/terms.ts";
import { Card, SummaryList } from "../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../design/error-summary.tsx";
import { RadioGroup, TextField } from "../design/field.tsx";
import { Button, Form } from "../design/form.tsx";
import type { Frame } from "../design/frame.ts";
import { Page } from "../design/page.tsx";
import { shortTimeText } from "../design/time.ts";
import { AccessList, type DataSpeech, dataSpeech } from "./access-list.tsx";
import type { OwnDataView, OwnRequest } from "./data-world.ts";

type DataPageProps = {
  readonly frame: Frame;
  /** Of the secret link. */
  readonly path: string;
  readonly view: OwnDataView;
  readonly typed: { readonly wish?: string | undefined };
  readonly faults: readonly Fault[];
};

/** `/c/<secret>/data`: who reached the content, what may be asked, what was answered. DATA-1, DATA-2. */
export const DataPage = ({ frame, path, view, typed, faults }: DataPageProps) => {
  const speech = dataSpeech(frame.language);
  const { say } = speech;
  return (
    <Page frame={frame} title={say("title")} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href={path}>
        ‹ {say("back")}
      </a>
      <h1>{say("title")}</h1>
      {view.requests.length > 0 && (
        <Card title={say("requestsTitle")}>
          {view.requests.map((request) => (
            <Request request={request} speech={speech} />
          ))}
        </Card>
      )}
      <Card title={say("askTitle")}>
        <Form frame={frame} action={`${path}/data`}>
          <RadioGroup
            name="wish"
            label={say("wish")}
            options={wishesOf(view.terms, speech)}
            value={typed.wish}
            fault={faultAt(faults, "wish")}
          />
          <TextField
            name="digits"
            label={say("digits")}
            hint={say("digitsHint")}
            look="digits"
            numeric
            maxlength={4}
            fault={faultAt(faults, "digits")}
          />
          <Button>{say("askButton")}</Button>
        </Form>
        <p class="hint">{say("neverErased")}</p>
      </Card>
      <AccessList view={view} speech={speech} />
    </Page>
  );
};

function wishesOf({ answer }: Terms, { say }: DataSpeech) {
  const hints = { export: "exportHint", erase: "eraseHint", erase_all: "eraseAllHint" } as const;
  return dataWishes.map((wish) => ({
    value: wish,
    label: say(wish),
    hint: say(hints[wish], { days: answer[wish === "export" ? "export" : "erase"] }),
  }));
}

const Request = ({ request, speech }: { request: OwnRequest; speech: DataSpeech }) => {
  const { say, language } = speech;
  const { kind, askedAt, dueAt, answeredAt, items } = request;
  return (
    <section>
      <h3>{say("requestLine", { kind: say(kind), time: shortTimeText(askedAt, language) })}</h3>
      <p>
        {answeredAt === null
          ? say("requestOpen", { due: shortTimeText(dueAt, language) })
          : say("requestDone", { time: shortTimeText(answeredAt, language) })}
      </p>
      {items.length > 0 && <ErasureList items={items} speech={speech} done />}
    </section>
  );
};

type ErasureListProps = { readonly items: readonly ErasureItem[]; readonly speech: DataSpeech; readonly done: boolean };

/** Each thing in a plain sentence: what became (or will become) of it, and why it stays. */
export const ErasureList = ({ items, speech: { say }, done }: ErasureListProps) => (
  <SummaryList
    rows={items.map((one) => [
      say(`thing_${one.item}`),
      one.outcome === "erased"
        ? say(done ? "erased" : "willErase")
        : `${say(done ? "kept" : "willKeep")}. ${say(`why_${one.why}`)}`,
    ])}
  />
);
