import type { Context } from "hono";
import { z } from "zod";
import type { ListedDossier } from "../../../core/lists.ts";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { Notice } from "../../design/verdict.tsx";
import { readForm } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import { guardedPage, type Role, type Route, type Actor as SignedIn, type WebEnv } from "../../route.ts";
import { type Clock, DossierTable, speechIn } from "./dossier-table.tsx";
import type { QueueWorld } from "./world.ts";

const Search = z.object({ q: z.string().max(200) });
const mostFound = 50;
const mostWords = 8;

const officials = ["receiver", "comparer", "signer", "clerk"] as const;

/**
 * `/search`: a name is personal data and an address ends up in histories and logs, so what is searched for is sent as
 * a form and the answer is not kept by any cache.
 */
export const searchPages = (world: QueueWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/search",
    demands: officials,
    handle: async (c, person) => c.html(<SearchPage {...(await asking(c, person, world))} />),
  }),
  guardedPage({
    method: "POST",
    path: "/search",
    demands: officials,
    bodyLimitBytes: 4096,
    handle: (c, person) => find(c, person, world),
  }),
];

const asking = async (c: Context<WebEnv>, person: SignedIn, world: QueueWorld): Promise<SearchPageProps> => {
  const clock = { now: world.now(), calendar: await world.calendar(actorOf(person)) };
  return { frame: personFrame(c, person), roles: person.roles, clock, q: "", found: null, faults: [] };
};

async function find(c: Context<WebEnv>, person: SignedIn, world: QueueWorld) {
  const form = await readForm(c, Search);
  const page = await asking(c, person, world);
  const { say } = speechIn(c.var.language);
  if (!form.ok) {
    const isTooLong = form.faults.some(({ kind }) => kind === "too_long");
    const faults = [{ field: "q", says: say(isTooLong ? "searchTooLong" : "searchFault") }];
    return c.html(<SearchPage {...page} q={form.typed["q"]?.slice(0, 200) ?? ""} faults={faults} />, 400);
  }
  const words = wordsIn(form.value.q);
  if (words.length === 0) {
    const faults = [{ field: "q", says: say("searchFault") }];
    return c.html(<SearchPage {...page} q={form.value.q} faults={faults} />, 400);
  }
  const found = await world.search(actorOf(person), words, mostFound + 1);
  return c.html(<SearchPage {...page} q={form.value.q} found={found} />);
}

/** Split at spaces and at what people put between name and number; signs that say nothing alone fall away. */
const wordsIn = (typed: string): readonly string[] =>
  typed
    .replaceAll("\0", " ")
    .split(/[\s,;]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, mostWords);

type SearchPageProps = {
  readonly frame: Frame;
  readonly roles: readonly Role[];
  readonly clock: Clock;
  readonly q: string;
  /** Null before anything was searched for. */
  readonly found: readonly ListedDossier[] | null;
  readonly faults: readonly Fault[];
};

const SearchPage = ({ frame, roles, clock, q, found, faults }: SearchPageProps) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  return (
    <Page frame={frame} title={say("searchTitle")} wide scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <h1>{say("searchTitle")}</h1>
      <search class="search">
        <Form frame={frame} action="/search">
          <TextField
            name="q"
            label={say("searchLabel")}
            hint={say("searchHint")}
            type="search"
            value={q}
            maxlength={200}
            starts={found === null && faults.length === 0}
            fault={faultAt(faults, "q")}
          />
          <Button>{say("searchButton")}</Button>
        </Form>
      </search>
      {found === null ? (
        <p class="hint">{say("searchSafe")}</p>
      ) : (
        <Found speech={speech} found={found} roles={roles} clock={clock} />
      )}
    </Page>
  );
};

type FoundProps = Pick<SearchPageProps, "roles" | "clock"> & {
  readonly speech: ReturnType<typeof speechIn>;
  readonly found: readonly ListedDossier[];
};

const Found = ({ speech, found, roles, clock }: FoundProps) => {
  const { say } = speech;
  if (found.length === 0) {
    return (
      <Notice tone="neutral" title={say("foundNone")}>
        <p>{say("foundNoneNext")}</p>
      </Notice>
    );
  }
  const shown = found.slice(0, mostFound);
  return (
    <>
      {found.length > mostFound && <p role="status">{say("foundMore", { count: mostFound })}</p>}
      <DossierTable
        speech={speech}
        caption={say("found", { count: shown.length })}
        dossiers={shown}
        roles={roles}
        clock={clock}
      />
    </>
  );
};
