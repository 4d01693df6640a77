import type { ErasureItem } from "../../core/personal-data.ts";
import { answerDays, dataWishes, wordBounds } from "../../core/terms.ts";
import { Card, SummaryList } from "../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../design/error-summary.tsx";
import { RadioGroup, TextArea } from "../design/field.tsx";
import { Button, Form } from "../design/form.tsx";
import type { Frame } from "../design/frame.ts";
import { Page } from "../design/page.tsx";
import { shortTimeText } from "../design/time.ts";
import { AccessList, type DataSpeech, dataSpeech } from "./access-list.tsx";
import type { OwnDataView, OwnRequest } from "./data-world.ts";
import { DigitsField } from "./digits-field.tsx";

type DataPageProps = {
  readonly frame: Frame;
  /** Of the secret link. */
  readonly path: string;
  readonly view: OwnDataView;
  readonly typed: { readonly wish?: string | undefined; readonly says?: string | undefined };
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
            options={wishesOf(view, speech)}
            value={typed.wish}
            fault={faultAt(faults, "wish")}
          />
          <TextArea
            name="says"
            label={say("says")}
            hint={say("saysHint")}
            value={typed.says}
            maxlength={wordBounds.most}
            fault={faultAt(faults, "says")}
          />
          <DigitsField language={frame.language} faults={faults} />
          <Button>{say("askButton")}</Button>
        </Form>
        <p class="hint">{say("neverErased")}</p>
      </Card>
      <AccessList view={view} speech={speech} />
    </Page>
  );
};

const hints = {
  export: "exportHint",
  erase: "eraseHint",
  erase_all: "eraseAllHint",
  correct: "correctHint",
  restrict: "restrictHint",
  lift: "liftHint",
} as const;

/** Beside what may be asked: to see what the link alone does not show. */
export const looking = "look" as const;

function wishesOf({ terms, isRestricted, isProven }: OwnDataView, { say }: DataSpeech) {
  const absent = isRestricted ? "restrict" : "lift";
  const wishes = dataWishes
    .filter((wish) => wish !== absent)
    .map((wish) => ({ value: wish, label: say(wish), hint: say(hints[wish], { days: answerDays(wish, terms) }) }));
  return isProven ? wishes : [{ value: looking, label: say("look"), hint: say("lookHint") }, ...wishes];
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
      {request.words !== null && <p>{say("asked", { words: request.words.asked })}</p>}
      <Told request={request} speech={speech} />
      {items.length > 0 && <ErasureList items={items} speech={speech} done />}
    </section>
  );
};

/** Why the term was extended, and the answer in words. */
export const Told = ({ request, speech: { say, language } }: { request: OwnRequest; speech: DataSpeech }) => {
  const { extension, outcome, words } = request;
  const time = extension === null ? "" : shortTimeText(extension.at, language);
  return (
    <>
      {extension !== null && <p>{say("extendedLine", { time, reason: extension.reason })}</p>}
      {outcome !== null && (
        <p>
          <b>{say(`outcome_${outcome}`)}</b> {words?.answered ?? ""}
        </p>
      )}
    </>
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
