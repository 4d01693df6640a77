import { type RoleName, roleNames } from "../../../usecases/administration/person.ts";
import { Card, SummaryList, Table } from "../../design/content.tsx";
import { LinkButton } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { shortTimeText } from "../../design/time.ts";
import { guardedPage, type Route } from "../../route.ts";
import { AdminPage, notFound } from "./shell.tsx";
import { speechIn } from "./speech.ts";
import type { AdminEventView, AdministrationWorld, DemoView } from "./world.ts";

export const logPages = (world: AdministrationWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/admin/log",
    demands: ["administrator"],
    handle: async (c, actor) => {
      const asked = c.req.query("before") ?? "";
      const before = /^[0-9]{1,18}$/.test(asked) ? asked : null;
      return c.html(<LogPage frame={personFrame(c, actor)} acts={await world.acts(actor, before)} />);
    },
  }),
  guardedPage({
    method: "GET",
    path: "/admin/demo",
    demands: ["administrator"],
    handle: async (c, actor) =>
      world.demo === null ? notFound(c) : c.html(<DemoPage frame={personFrame(c, actor)} demo={await world.demo()} />),
  }),
];

const duties = new RegExp(`(?<=: |, |→ )(?:${roleNames.join("|")})(?=,| →|$)`, "g");

/** Duties stand in the line by their names in the code; said here in the reader's words. */
const aboutText = (about: string, frame: Frame): string =>
  about.replace(duties, (role) => speechIn(frame.language).say(`role_${role as RoleName}`));

const LogPage = ({ frame, acts }: { frame: Frame; acts: readonly AdminEventView[] }) => {
  const { say } = speechIn(frame.language);
  const last = acts.at(-1);
  const labels = [say("when"), say("who"), say("what"), say("about")];
  return (
    <AdminPage frame={frame} title={say("logTitle")}>
      <p>{say("logLead")}</p>
      <Card>
        {acts.length === 0 ? (
          <p>{say("logNone")}</p>
        ) : (
          <Table
            caption={say("logTitle")}
            columns={labels.map((label) => ({ label }))}
            rows={acts.map(({ at, who, what, about }) => [
              shortTimeText(at, frame.language),
              who,
              say(`act_${what}`),
              aboutText(about, frame) || "–",
            ])}
          />
        )}
      </Card>
      {acts.length === 100 && last !== undefined && (
        <p>
          <LinkButton href={`/admin/log?before=${last.id}`} look="quiet">
            {say("older")}
          </LinkButton>
        </p>
      )}
    </AdminPage>
  );
};

const DemoPage = ({ frame, demo }: { frame: Frame; demo: DemoView }) => {
  const { say } = speechIn(frame.language);
  return (
    <AdminPage frame={frame} title={say("demoTitle")}>
      <p>{say("demoPageLead")}</p>
      <Card>
        <Table
          caption={say("demoPeople")}
          columns={[say("fullName"), say("userName"), say("rolesLabel")].map((label) => ({ label }))}
          rows={demo.people.map(({ fullName, userName, duty }) => [fullName, userName, say(`role_${duty}`)])}
        />
      </Card>
      <Card>
        <SummaryList
          rows={[
            [say("demoSecrets"), say("demoSecretsValue", { file: demo.secretsFile })],
            [say("demoSample"), say(demo.sampleCertified ? "demoSampleYes" : "demoSampleNo")],
            [
              say("demoAnchors"),
              <ul class="plain">
                {demo.anchors.map((anchor) => (
                  <li>{anchor}</li>
                ))}
              </ul>,
            ],
          ]}
        />
      </Card>
    </AdminPage>
  );
};
