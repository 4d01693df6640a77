import { localDateOf } from "../../../core/kernel.ts";
import { bookText } from "../../../core/register.ts";
import { endsSoon, type ReadinessItem } from "../../../usecases/administration/readiness.ts";
import { Card, SummaryList, Table, Tag } from "../../design/content.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { dayText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import { guardedPage, type Route } from "../../route.ts";
import { AdminPage } from "./shell.tsx";
import { speechIn } from "./speech.ts";
import type { AdministrationWorld, Overview } from "./world.ts";

export const overviewPages = (world: AdministrationWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/admin",
    demands: ["administrator"],
    handle: async (c, person) =>
      c.html(<OverviewPage frame={personFrame(c, person)} overview={await world.overview(person)} now={world.now()} />),
  }),
];

const hrefOf: Record<ReadinessItem["name"], string | null> = {
  receiver: "/admin/people",
  comparer: "/admin/people",
  signer: "/admin/people",
  clerk: "/admin/people",
  two_people: "/admin/people",
  official_certificate: "/admin/certificates",
  mandate: "/admin/mandates",
  seal_certificate: "/admin/certificates",
  key_list: "/admin/certificates",
  expiry: "/admin/certificates",
  book: "/admin/books",
  old_book: "/admin/books",
  next_book: "/admin/books",
  calendar: "/admin/calendar",
  seal_picture: "/admin/pictures",
  signature_pictures: "/admin/pictures",
  timestamp: null,
  evidence: null,
  database: null,
  disk: null,
};

type Props = {
  readonly frame: Frame;
  readonly overview: Overview;
  readonly now: ReturnType<AdministrationWorld["now"]>;
};

const OverviewPage = ({ frame, overview, now }: Props) => {
  const { say } = speechIn(frame.language);
  const count = (state: ReadinessItem["state"]) => overview.readiness.filter((item) => item.state === state).length;
  const [missing, care] = [count("missing"), count("care")];
  return (
    <AdminPage frame={frame} title={say("overviewTitle")}>
      <Notice
        tone={missing > 0 ? "bad" : "good"}
        title={missing > 0 ? say("readyNo", { count: missing }) : say("readyYes")}
      >
        {care > 0 && <p>{say("readyCare", { count: care })}</p>}
      </Notice>
      <div class="split aside">
        <Card>
          <Checklist frame={frame} items={overview.readiness} />
        </Card>
        <Card title={say("facts")}>
          <Facts frame={frame} overview={overview} now={now} />
        </Card>
      </div>
    </AdminPage>
  );
};

const tones = { done: "good", care: "care", missing: "bad" } as const;
const stateWords = { done: "stateDone", care: "stateCare", missing: "stateMissing" } as const;

const Checklist = ({ frame, items }: { frame: Frame; items: readonly ReadinessItem[] }) => {
  const { say } = speechIn(frame.language);
  return (
    <Table
      caption={say("checklist")}
      columns={[{ label: say("checkColumn") }, { label: say("stateColumn") }]}
      rows={items.map(({ name, state }) => {
        const href = hrefOf[name];
        const says = say(`item_${name}`);
        return [
          href === null ? says : <a href={href}>{says}</a>,
          <Tag tone={tones[state]}>{say(stateWords[state])}</Tag>,
        ];
      })}
    />
  );
};

const Facts = ({ frame, overview, now }: Props) => {
  const { say } = speechIn(frame.language);
  const { agency, people, certificates, books } = overview;
  const good = certificates.filter(({ validFrom, validTo }) => validFrom <= now && now < validTo);
  const open = books.filter(({ closedAt }) => closedAt === null);
  return (
    <SummaryList
      rows={[
        [say("agencyName"), agency.name],
        [say("factPeople"), people.filter(({ active }) => active).length],
        [
          say("factCertificates"),
          <ul class="plain">
            {good.map(({ fullName, validTo }) => (
              <li>
                {fullName ?? say("sealPicture")}: {dayText(localDateOf(validTo))}{" "}
                {endsSoon(validTo, now) && <Tag tone="care">{say("validSoon")}</Tag>}
              </li>
            ))}
            {good.length === 0 && <li>{say("none")}</li>}
          </ul>,
        ],
        [say("factBook"), open.map(bookText).join(", ") || say("none")],
        [say("factMode"), say(frame.development ? "modeDevelopment" : "modeProduction")],
      ]}
    />
  );
};
