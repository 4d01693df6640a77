import { numberText } from "../../../core/register.ts";
import type { StrangeEntry } from "../../../core/sealed-entry.ts";
import { Card, Table } from "../../design/content.tsx";
import { LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { Told } from "./feed.ts";
import { type Speech, speechIn } from "./speech.ts";
import type { Scope } from "./world.ts";

type Props = Told & { readonly frame: Frame; readonly scopes: readonly Scope[] };

export const InYourNamePage = ({ frame, scope, scopes, entries, strange, older }: Props) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  const title = say(scope === "mine" ? "titleMine" : "titleAgency");
  return (
    <Page frame={frame} title={title} wide>
      <h1>{title}</h1>
      {strange.length > 0 && <Strange speech={speech} strange={strange} />}
      <p>{say(scope === "mine" ? "leadMine" : "leadAgency")}</p>
      {scopes.length > 1 && (
        <p>
          <a href={`/in-your-name?of=${scope === "mine" ? "agency" : "mine"}`}>
            {say(scope === "mine" ? "showAgency" : "showMine")}
          </a>
        </p>
      )}
      <Card>
        {entries.length === 0 ? <p>{say("none")}</p> : <Entries speech={speech} entries={entries} title={title} />}
      </Card>
      <p class="hint">{say("notYours")}</p>
      <p class="hint">
        <a href={`/in-your-name.json?of=${scope}`}>{say("feed")}</a>
      </p>
      {older !== null && (
        <LinkButton href={`/in-your-name?of=${scope}&before=${older}`} look="quiet">
          {say("older")}
        </LinkButton>
      )}
    </Page>
  );
};

const Entries = ({
  speech: { say, language },
  entries,
  title,
}: Pick<Props, "entries"> & { speech: Speech; title: string }) => (
  <Table
    caption={title}
    columns={[
      { label: say("number") },
      { label: say("paper") },
      { label: say("loggedAt") },
      { label: say("signedBy") },
      { label: say("sealedBy") },
      { label: say("place"), number: true },
    ]}
    rows={entries.map(({ number, bookText, title: paper, at, signedBy, sealedBy, index }) => [
      `${numberText(number)} – ${bookText}`,
      paper,
      shortTimeText(at, language),
      signedBy,
      sealedBy ?? "–",
      String(index),
    ])}
  />
);

const Strange = ({ speech: { say, language }, strange }: { speech: Speech; strange: readonly StrangeEntry[] }) => (
  <Notice tone="bad" title={say("strangeTitle")}>
    <p>{say("strangeNext")}</p>
    <ul>
      {strange.map(({ number, bookText, at, index }) => (
        <li>
          {say("strangeItem", { number: numberText(number), book: bookText })} ({shortTimeText(at, language)};{" "}
          {say("place")} {index})
        </li>
      ))}
    </ul>
  </Notice>
);
