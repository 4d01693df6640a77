import type { Context } from "hono";
import { z } from "zod";
import type { PersonId } from "../../../core/ids.ts";
import type { Result } from "../../../core/kernel.ts";
import type { AdministrationFailure } from "../../../usecases/administration/failure.ts";
import type { AgencyPerson } from "../../../usecases/administration/person.ts";
import { Card, SummaryList } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { faultsInWords, readForm } from "../../forms/read-form.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { PasswordPage, RolesField, rolesField, StateTag } from "./people.tsx";
import { AdminPage, type DoneName, doneAt, idFrom, isAbsent, notFound } from "./shell.tsx";
import { faultOf, speechIn, statusOfFailure } from "./speech.ts";
import type { AdministrationWorld } from "./world.ts";

const Roles = z.object({ roles: rolesField });
const page = "/admin/people/:id";

/** One person: duties, password, activity. Of another agency there is none. */
export const personPages = (world: AdministrationWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: page,
    demands: ["administrator"],
    handle: async (c, actor) => {
      const person = await personAt(c, actor, world);
      if (person === null) return notFound(c);
      return c.html(<PersonPage frame={personFrame(c, actor)} {...{ actor, person }} faults={[]} />);
    },
  }),
  guardedPage({
    method: "POST",
    path: `${page}/roles`,
    page,
    demands: ["administrator"],
    handle: (c, actor) => saveRoles(c, actor, world),
  }),
  guardedPage({
    method: "POST",
    path: `${page}/deactivate`,
    page,
    demands: ["administrator"],
    handle: (c, actor) => setActive(c, actor, false, world),
  }),
  guardedPage({
    method: "POST",
    path: `${page}/activate`,
    page,
    demands: ["administrator"],
    handle: (c, actor) => setActive(c, actor, true, world),
  }),
  guardedPage({
    method: "POST",
    path: `${page}/password`,
    page,
    demands: ["administrator"],
    handle: async (c, actor) => {
      const id = idFrom<PersonId>(c.req.param("id"));
      const reset = id === null || id === actor.personId ? null : await world.resetPassword(id, actor);
      if (reset === null || !reset.ok) return notFound(c);
      const { person, password } = reset.value;
      return c.html(<PasswordPage frame={personFrame(c, actor)} name={person.fullName} password={password} />);
    },
  }),
];

type C = Context<WebEnv>;

/** With whether the agency is a province's own, where people may watch. */
type Shown = AgencyPerson & { readonly ofProvince: boolean };

async function personAt(c: C, actor: Actor, world: AdministrationWorld): Promise<Shown | null> {
  const id = idFrom<PersonId>(c.req.param("id") ?? "");
  const person = id === null ? null : await world.person(id, actor);
  return person && { ...person, ofProvince: await world.isProvince(actor) };
}

async function saveRoles(c: C, actor: Actor, world: AdministrationWorld) {
  const person = await personAt(c, actor, world);
  if (person === null) return notFound(c);
  const { language } = c.var;
  const { say } = speechIn(language);
  const form = await readForm(c, Roles);
  if (!form.ok) {
    const labels = { roles: say("rolesLabel") };
    return again(c, actor, person, faultsInWords(form.faults, labels, language, { roles: say("rolesFault") }), 400);
  }
  return answer(c, actor, person, await world.changeRoles(person.personId, form.value.roles, actor), "saved");
}

async function setActive(c: C, actor: Actor, active: boolean, world: AdministrationWorld) {
  const person = await personAt(c, actor, world);
  if (person === null) return notFound(c);
  const done = await world.setActive(person.personId, active, actor);
  return answer(c, actor, person, done, active ? "activated" : "deactivated");
}

function answer(c: C, actor: Actor, person: Shown, done: Result<null, AdministrationFailure>, name: DoneName) {
  if (done.ok) return c.redirect(doneAt(`/admin/people/${person.personId}`, name), 303);
  if (isAbsent(done.failure)) return notFound(c);
  return again(c, actor, person, [faultOf(done.failure, c.var.language, ["roles"])], statusOfFailure(done.failure));
}

function again(c: C, actor: Actor, person: Shown, faults: readonly Fault[], status: 400 | 403 | 409 | 422 | 429) {
  const frame = { ...personFrame(c, actor), address: `/admin/people/${person.personId}` };
  return c.html(<PersonPage frame={frame} actor={actor} person={person} faults={faults} />, status);
}

type Props = {
  readonly frame: Frame;
  readonly actor: Actor;
  readonly person: Shown;
  readonly faults: readonly Fault[];
};

const PersonPage = ({ frame, actor, person, faults }: Props) => {
  const { say } = speechIn(frame.language);
  const at = `/admin/people/${person.personId}`;
  return (
    <AdminPage frame={frame} title={person.fullName} faults={faults} wide={false}>
      <Card>
        <SummaryList
          rows={[
            [say("userName"), person.userName],
            [say("state"), <StateTag frame={frame} person={person} />],
          ]}
        />
      </Card>
      <Card title={say("changeRoles")}>
        <Form frame={frame} action={`${at}/roles`} once>
          <RolesField
            frame={frame}
            chosen={person.roles}
            fault={faultAt(faults, "roles")}
            ofProvince={person.ofProvince}
          />
          <Button>{say("save")}</Button>
        </Form>
      </Card>
      <Card title={say("resetTitle")}>
        {person.personId === actor.personId ? (
          <p>
            <a href="/account">{say("resetOwn")}</a>
          </p>
        ) : (
          <Form frame={frame} action={`${at}/password`} once>
            <p>{say("resetLead")}</p>
            <Button look="quiet">{say("resetButton")}</Button>
          </Form>
        )}
      </Card>
      <Activity frame={frame} person={person} at={at} />
    </AdminPage>
  );
};

const Activity = ({ frame, person, at }: { frame: Frame; person: AgencyPerson; at: string }) => {
  const { say } = speechIn(frame.language);
  if (!person.active) {
    return (
      <Card title={say("activate")}>
        <Form frame={frame} action={`${at}/activate`} once>
          <Button look="quiet">{say("activate")}</Button>
        </Form>
      </Card>
    );
  }
  return (
    <Card title={say("deactivateTitle")}>
      <Form frame={frame} action={`${at}/deactivate`} once>
        <p>{say("deactivateLead")}</p>
        <Button look="grave">{say("deactivate")}</Button>
      </Form>
    </Card>
  );
};
