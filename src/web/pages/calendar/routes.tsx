import type { Context } from "hono";
import { z } from "zod";
import { proposedDays, proposedYear } from "../../../core/holidays.ts";
import { localDateOf } from "../../../core/kernel.ts";
import { yearOf } from "../../../core/register.ts";
import { Card } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { CheckField, TextField } from "../../design/field.tsx";
import { Button, Form, LinkButton } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Notice } from "../../design/verdict.tsx";
import { readForm, type Typed } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import { refuse } from "../../refusal.tsx";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { AdminPage } from "../administration/shell.tsx";
import { Changes } from "./changes.tsx";
import { DaysTable } from "./days-table.tsx";
import { calendarSpeech, type Speech } from "./speech.ts";
import { faultsOf, typedOf, yearIn } from "./typed-year.ts";
import type { CalendarPagesWorld, KeptVersion } from "./world.ts";

const lastYear = 2100;
const Fields = z.record(z.string().max(40), z.string().max(2000));

/** `/admin/calendar`: an agency's working time, a year a page. LAW 8.1. */
export const calendarPages = (world: CalendarPagesWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/admin/calendar",
    demands: ["administrator"],
    handle: (c) => c.redirect(`/admin/calendar/${yearOf(localDateOf(world.now()))}`, 303),
  }),
  guardedPage({
    method: "GET",
    path: "/admin/calendar/:year",
    demands: ["administrator"],
    handle: (c, person) => withYear(c, (year) => showYear(c, person, world, year)),
  }),
  guardedPage({
    method: "POST",
    path: "/admin/calendar/:year",
    demands: ["administrator"],
    bodyLimitBytes: 131_072,
    handle: (c, person) => withYear(c, (year) => answerYear(c, person, world, year)),
  }),
];

async function withYear(c: Context<WebEnv>, show: (year: number) => Promise<Response>): Promise<Response> {
  const text = c.req.param("year") ?? "";
  const year = /^20\d\d$|^2100$/.test(text) ? Number(text) : 0;
  return year >= 2020 && year <= lastYear ? show(year) : refuse(c, { code: "not_found" });
}

async function showYear(c: Context<WebEnv>, person: Actor, world: CalendarPagesWorld, year: number) {
  const { content, versions } = await world.year(actorOf(person), year);
  const isFresh = c.req.query("proposal") === "yes";
  const typed = typedOf(isFresh ? { ...proposedYear(year), hours: content.hours } : content);
  const props = { frame: personFrame(c, person), year, thisYear: yearOf(localDateOf(world.now())), versions };
  return c.html(<CalendarPage {...props} typed={typed} faults={[]} wasSaved={c.req.query("saved") === "yes"} />);
}

/** Sent twice it is kept once; what was typed comes back with its faults. */
async function answerYear(c: Context<WebEnv>, person: Actor, world: CalendarPagesWorld, year: number) {
  const form = await readForm(c, Fields);
  const { typed } = form;
  const { say } = calendarSpeech(c.var.language);
  const after = /^\d{1,5}$/.test(typed["after"] ?? "") ? Number(typed["after"]) : 0;
  const faults = await keep();
  if (faults === null) return c.redirect(`/admin/calendar/${year}?saved=yes`, 303);
  const { versions } = await world.year(actorOf(person), year);
  const frame = { ...personFrame(c, person), address: `/admin/calendar/${year}` };
  const props = { frame, year, thisYear: yearOf(localDateOf(world.now())), versions, wasSaved: false };
  return c.html(<CalendarPage {...props} typed={typed} faults={faults} />, 400);

  async function keep(): Promise<readonly Fault[] | null> {
    const read = yearIn(year, typed, say);
    if (!read.ok) return read.failure;
    const kept = await world.keep(read.value, after, actorOf(person));
    if (kept.ok) return null;
    if (kept.failure.code === "faulty") return faultsOf(kept.failure.faults, typed, year, say);
    return [{ field: null, says: say(kept.failure.code === "year_over" ? "faultYearOver" : "faultMeanwhile") }];
  }
}

type Props = {
  readonly frame: Frame;
  readonly year: number;
  readonly thisYear: number;
  readonly versions: readonly KeptVersion[];
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  readonly wasSaved: boolean;
};

const CalendarPage = ({ frame, year, thisYear, versions, typed, faults, wasSaved }: Props) => {
  const speech = calendarSpeech(frame.language);
  const { say } = speech;
  return (
    <AdminPage frame={frame} title={say("title", { year })} faults={faults}>
      {wasSaved && <Notice tone="good" title={say("saved")} />}
      <p class="lead">{say("lead")}</p>
      <Years year={year} thisYear={thisYear} speech={speech} />
      <Standing year={year} versions={versions} speech={speech} />
      {year >= thisYear && (
        <CalendarForm {...{ frame, year, typed, faults, speech }} after={versions[0]?.ordinal ?? 0} />
      )}
      <Changes year={year} versions={versions} speech={speech} />
    </AdminPage>
  );
};

type PartProps = { readonly year: number; readonly speech: Speech };

const Years = ({ year, thisYear, speech: { say } }: PartProps & { readonly thisYear: number }) => (
  <nav class="choices" aria-label={say("years")}>
    <ul>
      {Array.from({ length: 5 }, (_, i) => thisYear + i).map((one) => (
        <li>
          <a href={`/admin/calendar/${one}`} aria-current={one === year ? "true" : undefined}>
            <span class="number">{one}</span>
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

const Standing = ({ year, versions, speech: { say } }: PartProps & { readonly versions: readonly KeptVersion[] }) => {
  const announcement = versions[0]?.content.announcement ?? "";
  const hasLunar = proposedDays(year).some(({ note }) => note.startsWith("Tết Âm lịch"));
  return (
    <>
      {announcement === "" ? (
        <Notice tone="care" title={say("proposedTitle")}>
          <p>{say(hasLunar ? "proposedNext" : "unknownLunar")}</p>
        </Notice>
      ) : (
        <Notice tone="good" title={say("checkedTitle")}>
          <p>{say("checkedNext", { announcement })}</p>
        </Notice>
      )}
      <p class="hint">{say("promiseStands")}</p>
    </>
  );
};

type FormProps = PartProps & Pick<Props, "frame" | "typed" | "faults"> & { readonly after: number };

const CalendarForm = ({ frame, year, typed, faults, speech, after }: FormProps) => {
  const { say } = speech;
  const about = (name: "hours" | "saturdayHours" | "announcement") => ({
    ...{ name, label: say(name), value: typed[name] ?? "", fault: faultAt(faults, name) },
  });
  return (
    <Form frame={frame} action={`/admin/calendar/${year}`} once>
      <input type="hidden" name="after" value={typed["after"] ?? String(after)} />
      <Card title={say("hoursPart")}>
        <TextField {...about("hours")} hint={say("hoursHint")} maxlength={100} />
        <TextField {...about("saturdayHours")} hint={say("saturdayHint")} maxlength={100} required={false} />
        <CheckField
          name="cultureDay"
          label={say("cultureDay")}
          hint={say("cultureHint")}
          checked={typed["cultureDay"] === "yes"}
        />
        <TextField {...about("announcement")} hint={say("announcementHint")} maxlength={300} required={false} />
      </Card>
      <Card>
        <DaysTable year={year} typed={typed} faults={faults} speech={speech} />
        <p class="hint">{say("daysHint")}</p>
      </Card>
      <Button>{say("save", { year })}</Button>
      <p>
        <LinkButton href={`/admin/calendar/${year}?proposal=yes`} look="quiet">
          {say("useProposal")}
        </LinkButton>
      </p>
    </Form>
  );
};
