import { z } from "zod";
import { type AgencyPerson, type RoleName, roleNames } from "../../../usecases/administration/person.ts";
import { Card, Table, Tag } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { CheckGroup, TextField } from "../../design/field.tsx";
import { Button, Form, LinkButton } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { guardedPage, type Route } from "../../route.ts";
import { AdminPage, SecretPage } from "./shell.tsx";
import { faultOf, speechIn, statusOfFailure } from "./speech.ts";
import type { AdministrationWorld } from "./world.ts";

/** Ticked boxes come as lines of one field. */
export const rolesField = z
  .string()
  .transform((lines) => lines.split("\n"))
  .pipe(z.array(z.enum(roleNames)).min(1));

const NewPerson = z.object({
  fullName: z.string().min(2).max(120),
  userName: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,63}$/),
  roles: rolesField,
});

export const peoplePages = (world: AdministrationWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/admin/people",
    demands: ["administrator"],
    handle: async (c, person) =>
      c.html(<PeoplePage frame={personFrame(c, person)} people={await world.people(person)} />),
  }),
  guardedPage({
    method: "GET",
    path: "/admin/people/new",
    demands: ["administrator"],
    handle: async (c, person) => {
      const ofProvince = await world.isProvince(person);
      return c.html(<NewPersonPage frame={personFrame(c, person)} typed={{}} faults={[]} ofProvince={ofProvince} />);
    },
  }),
  guardedPage({
    method: "POST",
    path: "/admin/people/new",
    demands: ["administrator"],
    handle: async (c, person) => {
      const { language } = c.var;
      const frame = personFrame(c, person);
      const ofProvince = await world.isProvince(person);
      const { say } = speechIn(language);
      const form = await readForm(c, NewPerson);
      const again = (faults: readonly Fault[], status: 400 | 403 | 409 | 422 | 429) =>
        c.html(<NewPersonPage {...{ frame, ofProvince, faults }} typed={form.typed} />, status);
      const labels = { fullName: say("fullName"), userName: say("userName"), roles: say("rolesLabel") };
      const own = { userName: say("userNameFault"), roles: say("rolesFault") };
      if (!form.ok) return again(faultsInWords(form.faults, labels, language, own), 400);
      const added = await world.addPerson(form.value, person);
      if (!added.ok) {
        return again([faultOf(added.failure, language, Object.keys(labels))], statusOfFailure(added.failure));
      }
      return c.html(<PasswordPage frame={frame} name={form.value.fullName} password={added.value.password} />);
    },
  }),
];

export const PasswordPage = ({ frame, name, password }: { frame: Frame; name: string; password: string }) => {
  const { say } = speechIn(frame.language);
  return (
    <SecretPage
      frame={{ ...frame, address: "/admin/people" }}
      title={say("passwordTitle", { name })}
      lead={say("passwordLead")}
      label={say("password")}
      secret={password}
      back={{ href: "/admin/people", says: say("toPeople") }}
    />
  );
};

export const StateTag = ({ frame, person }: { frame: Frame; person: AgencyPerson }) => {
  const { say } = speechIn(frame.language);
  if (!person.active) return <Tag tone="neutral">{say("inactive")}</Tag>;
  return person.passwordInitial ? (
    <Tag tone="care">{say("passwordInitial")}</Tag>
  ) : (
    <Tag tone="good">{say("active")}</Tag>
  );
};

const PeoplePage = ({ frame, people }: { frame: Frame; people: readonly AgencyPerson[] }) => {
  const { say } = speechIn(frame.language);
  const labels = [say("fullName"), say("userName"), say("rolesLabel"), say("state")];
  return (
    <AdminPage frame={frame} title={say("peopleTitle")}>
      <div class="between">
        <p>{say("peopleLead")}</p>
        <LinkButton href="/admin/people/new">{say("addPerson")}</LinkButton>
      </div>
      <Card>
        <Table
          caption={say("peopleTitle")}
          columns={labels.map((label) => ({ label }))}
          rows={people.map((person) => [
            <a href={`/admin/people/${person.personId}`}>{person.fullName}</a>,
            person.userName,
            person.roles.map((role) => say(`role_${role}`)).join(", "),
            <StateTag frame={frame} person={person} />,
          ])}
        />
      </Card>
    </AdminPage>
  );
};

type RolesProps = {
  readonly frame: Frame;
  readonly chosen: readonly string[];
  readonly fault: string | undefined;
  /** Only a province's own agency has people who watch. AUTH-5. */
  readonly ofProvince: boolean;
};

export const RolesField = ({ frame, chosen, fault, ofProvince }: RolesProps) => {
  const { say } = speechIn(frame.language);
  const offered = roleNames.filter((role) => role !== "province" || ofProvince);
  const options = offered.map((role: RoleName) => ({
    value: role,
    label: say(`role_${role}`),
    hint: say(`roleHint_${role}`),
  }));
  return <CheckGroup name="roles" label={say("rolesLabel")} options={options} values={chosen} fault={fault} />;
};

type NewProps = {
  readonly frame: Frame;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  readonly ofProvince: boolean;
};

const NewPersonPage = ({ frame, typed, faults, ofProvince }: NewProps) => {
  const { say } = speechIn(frame.language);
  return (
    <AdminPage frame={frame} title={say("addPersonTitle")} faults={faults} wide={false}>
      <Card>
        <Form frame={frame} action="/admin/people/new" once>
          <TextField
            name="fullName"
            label={say("fullName")}
            value={typed["fullName"]}
            maxlength={120}
            fault={faultAt(faults, "fullName")}
          />
          <TextField
            name="userName"
            label={say("userName")}
            hint={say("userNameHint")}
            value={typed["userName"]}
            maxlength={64}
            fault={faultAt(faults, "userName")}
          />
          <RolesField
            frame={frame}
            chosen={(typed["roles"] ?? "").split("\n")}
            fault={faultAt(faults, "roles")}
            ofProvince={ofProvince}
          />
          <Button>{say("create")}</Button>
        </Form>
      </Card>
    </AdminPage>
  );
};
