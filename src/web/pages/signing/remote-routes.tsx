import type { Context } from "hono";
import { z } from "zod";
import type { ActElsewhere } from "../../../usecases/sign-elsewhere.ts";
import { Buttons, LinkButton } from "../../design/form.tsx";
import { personFrame, publicFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { actorOf, onDossier } from "../../officials/answers.ts";
import { statusOf } from "../../problem.ts";
import { refuse } from "../../refusal.tsx";
import { guardedPage, publicPage, type Role, type Route, type Actor as SignedIn, type WebEnv } from "../../route.ts";
import { remoteSpeech } from "./remote-form.tsx";
import { VisitPage } from "./remote-page.tsx";
import { pageOf, type RemoteWorld } from "./remote-world.ts";

/** `/dossiers/:id/sign/remote` and its like for the seal and the notice: prepares, and shows the way to the service. */
export const remoteBeginnings = (use: ActElsewhere, role: Role, world: RemoteWorld): readonly Route[] => [
  guardedPage({
    method: "POST",
    path: `/dossiers/:id/${pageOf[use]}/remote`,
    page: `/dossiers/:id/${pageOf[use]}`,
    demands: [role],
    bodyLimitBytes: 4096,
    handle: async (c, person) => {
      const begun = await onDossier(c.req.param("id"), (id) => world.begin(use, id, actorOf(person)));
      return begun.ok ? c.redirect(`/remote-visits/${begun.value}`, 303) : refuse(c, begun.failure);
    },
  }),
];

/** The way there, back, and the last step. Codes and states stand in one address only: that which the service calls. */
export const remotePages = (world: RemoteWorld): readonly Route[] => [
  publicPage({ method: "GET", path: "/remote-signing/back", handle: (c) => comeBack(c, world) }),
  guardedPage({
    method: "GET",
    path: "/remote-visits/:id",
    demands: ["signer", "clerk"],
    handle: (c, person) => showVisit(c, person, world),
  }),
  guardedPage({
    method: "POST",
    path: "/remote-visits/:id",
    demands: ["signer", "clerk"],
    bodyLimitBytes: 4096,
    handle: async (c, person) => {
      const id = c.req.param("id");
      const visit = z.uuid().safeParse(id).success ? await world.visit(id, actorOf(person)) : null;
      if (visit === null) return refuse(c, { code: "not_found" });
      if (visit.state !== "agreed") return c.redirect(`/remote-visits/${id}`, 303);
      const done = await world.finish(id, actorOf(person));
      return done.ok ? c.redirect(`/dossiers/${visit.dossierId}/${pageOf[visit.act]}`, 303) : refuse(c, done.failure);
    },
  }),
];

const Answer = z.object({ state: z.string().regex(/^[\w-]{43}$/), code: z.string().min(1).max(2048) });
const Refusal = z.object({ state: Answer.shape.state, error: z.string().regex(/^[a-z_]{1,40}$/) });

/**
 * RFC 6749 §4.1.2. The browser comes from another site, so the session's cookie is not with it (SameSite=Strict): the answer
 * is put down under its state, and the person goes on by a link of ours.
 */
async function comeBack(c: Context<WebEnv>, world: RemoteWorld): Promise<Response> {
  const query = c.req.query();
  const refused = Refusal.safeParse(query);
  const agreed = Answer.safeParse(query);
  const frame = publicFrame(c);
  const { say } = remoteSpeech(frame.language);
  const answer = refused.success
    ? { state: refused.data.state, told: { refusal: refused.data.error } }
    : agreed.success
      ? { state: agreed.data.state, told: { code: agreed.data.code } }
      : null;
  const visit = answer === null ? null : await world.returned(answer.state, answer.told);
  const title = say(visit === null ? "backUnknown" : "backTitle");
  return c.html(
    <Page frame={frame} title={title}>
      <h1>{title}</h1>
      <p>{say(visit === null ? "backUnknownNext" : "backNext")}</p>
      <Buttons>
        <LinkButton href={visit === null ? "/queue" : `/remote-visits/${visit}`}>{say("backGoOn")}</LinkButton>
      </Buttons>
    </Page>,
    visit === null ? statusOf.not_found : 200,
  );
}

async function showVisit(c: Context<WebEnv>, person: SignedIn, world: RemoteWorld): Promise<Response> {
  const id = c.req.param("id") ?? "";
  const visit = z.uuid().safeParse(id).success ? await world.visit(id, actorOf(person)) : null;
  if (visit === null) return refuse(c, { code: "not_found" });
  return c.html(<VisitPage frame={personFrame(c, person)} visit={visit} />);
}
