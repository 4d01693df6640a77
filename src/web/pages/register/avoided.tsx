import type { Context } from "hono";
import { feeDong } from "../../../core/fees.ts";
import { againReasons, type OnceCount } from "../../../core/give-once.ts";
import { localDateOf } from "../../../core/kernel.ts";
import { yearOf } from "../../../core/register.ts";
import { Card, Table } from "../../design/content.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { actorOf } from "../../officials/answers.ts";
import { guardedPage, type Route, type Actor as SignedIn, type WebEnv } from "../../route.ts";
import { giveOnceSpeech } from "../give-once/notice.tsx";
import { dongText } from "../receiving/money.ts";
import type { RegisterWorld } from "./world.ts";

/** `/register/avoided?year=`: what giving once has saved, for the head of the agency. */
export const avoidedPages = (world: Pick<RegisterWorld, "now" | "onceCounts">): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/register/avoided",
    demands: ["signer", "administrator"],
    handle: (c, person) => showAvoided(c, person, world),
  }),
];

async function showAvoided(
  c: Context<WebEnv>,
  person: SignedIn,
  world: Pick<RegisterWorld, "now" | "onceCounts">,
): Promise<Response> {
  const thisYear = yearOf(localDateOf(world.now()));
  const asked = Number(/^20\d\d$/.exec(c.req.query("year") ?? "")?.[0] ?? thisYear);
  const year = Math.min(asked, thisYear);
  const counts = await world.onceCounts(actorOf(person), year);
  return c.html(<AvoidedPage frame={personFrame(c, person)} year={year} thisYear={thisYear} counts={counts} />);
}

type Props = {
  readonly frame: Frame;
  readonly year: number;
  readonly thisYear: number;
  readonly counts: readonly OnceCount[];
};

const AvoidedPage = ({ frame, year, thisYear, counts }: Props) => {
  const { say } = giveOnceSpeech(frame.language);
  const lines = linesOf(counts);
  const sum = (of: (line: AvoidedLine) => number) => lines.reduce((total, line) => total + of(line), 0);
  const fills = {
    count: sum((l) => l.reused + l.vneid),
    pages: sum((l) => l.pages),
    money: dongText(sum((l) => l.dong)),
  };
  return (
    <Page frame={frame} title={say("avoidedTitle", { year })} wide scripts={["app"]}>
      <h1>{say("avoidedTitle", { year })}</h1>
      <p>{say("avoidedLead")}</p>
      <nav class="filters screen" aria-label={say("years")}>
        <a class="button quiet" href={`/register/avoided?year=${year - 1}`}>
          ‹ {say("yearBefore")}
        </a>
        {year < thisYear && (
          <a class="button quiet" href={`/register/avoided?year=${year + 1}`}>
            {say("yearAfter")} ›
          </a>
        )}
      </nav>
      <p>
        <b>{lines.length === 0 ? say("avoidedNone") : say("avoidedSum", fills)}</b>
      </p>
      {lines.length > 0 && <Lines lines={lines} frame={frame} caption={say("avoidedTitle", { year })} />}
      <Reasons counts={counts} frame={frame} />
      <p class="hint">{say("moneyNote")}</p>
    </Page>
  );
};

type AvoidedLine = {
  readonly month: string;
  readonly kind: string;
  readonly reused: number;
  readonly vneid: number;
  readonly again: number;
  readonly pages: number;
  readonly dong: number;
};

/** One line a month and kind; money by the fee of what was not certified. FEE-1. */
function linesOf(counts: readonly OnceCount[]): readonly AvoidedLine[] {
  const lines = new Map<string, AvoidedLine>();
  for (const { month, kind, answer, pages, dossiers } of counts) {
    const key = `${month} ${kind}`;
    const line = lines.get(key) ?? { month, kind, reused: 0, vneid: 0, again: 0, pages: 0, dong: 0 };
    const avoided = answer === "again" ? 0 : dossiers;
    lines.set(key, {
      ...line,
      reused: line.reused + (answer === "reused" ? dossiers : 0),
      vneid: line.vneid + (answer === "in_vneid" ? dossiers : 0),
      again: line.again + (answer === "again" ? dossiers : 0),
      pages: line.pages + avoided * pages,
      dong: line.dong + avoided * feeDong(pages),
    });
  }
  return [...lines.values()];
}

const Lines = ({ lines, frame, caption }: { lines: readonly AvoidedLine[]; frame: Frame; caption: string }) => {
  const { say } = giveOnceSpeech(frame.language);
  const columns = [
    { label: say("columnMonth") },
    { label: say("columnKind") },
    { label: say("columnReused"), number: true },
    { label: say("columnVneid"), number: true },
    { label: say("columnPages"), number: true },
    { label: say("columnMoney"), number: true },
    { label: say("columnAgain"), number: true },
  ];
  const rows = lines.map(({ month, kind, reused, vneid, pages, dong, again }) => {
    return [month.split("-").reverse().join("/"), kind, reused, vneid, pages, dongText(dong), again];
  });
  return (
    <Card>
      <Table caption={caption} columns={columns} rows={rows} />
    </Card>
  );
};

const Reasons = ({ counts, frame }: { counts: readonly OnceCount[]; frame: Frame }) => {
  const { say } = giveOnceSpeech(frame.language);
  const rows = againReasons.flatMap((reason) => {
    const dossiers = counts.filter((one) => one.reason === reason).reduce((total, one) => total + one.dossiers, 0);
    return dossiers === 0 ? [] : [[say(`again_${reason}`), dossiers]];
  });
  if (rows.length === 0) return null;
  const columns = [{ label: say("columnReason") }, { label: say("columnCount"), number: true }];
  return (
    <Card>
      <Table caption={say("reasonsTitle")} columns={columns} rows={rows} />
    </Card>
  );
};
