import { z } from "zod";
import { Card } from "../../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { TextField } from "../../design/field.tsx";
import { Button, Form, LinkButton } from "../../design/form.tsx";
import { type Frame, personFrame, publicFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { Notice, Verdict } from "../../design/verdict.tsx";
import { faultsInWords, readForm } from "../../forms/read-form.ts";
import { guardedPage, publicPage, type Route } from "../../route.ts";
import { takeSessionCookie } from "../../session.ts";
import { faultOf, speechIn, statusOfFailure } from "./speech.ts";
import type { AccountWorld } from "./world.ts";

const password = z.string().min(10).max(200);

const Change = z.object({ current: z.string().min(1).max(500), password, repeated: z.string().max(500).default("") });

/** `/account`: everyone's own password. The only page that a first password opens. */
export const accountPages = (world: AccountWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/account",
    demands: "session",
    handle: (c, person) => {
      const initial = person.roles.length === 0;
      return c.html(<AccountPage frame={personFrame(c, person)} initial={initial} faults={[]} />);
    },
  }),
  guardedPage({
    method: "POST",
    path: "/account",
    demands: "session",
    bodyLimitBytes: 8192,
    handle: async (c, person) => {
      const { language } = c.var;
      const { say } = speechIn(language);
      const again = (faults: readonly Fault[], status: 400 | 403 | 409 | 422 | 429) => {
        const initial = person.roles.length === 0;
        return c.html(<AccountPage frame={personFrame(c, person)} initial={initial} faults={faults} />, status);
      };
      const form = await readForm(c, Change);
      const labels = { current: say("currentPassword"), password: say("newPassword"), repeated: say("repeatPassword") };
      if (!form.ok) {
        return again(faultsInWords(form.faults, labels, language, { password: say("newPasswordFault") }), 400);
      }
      const { current, password: wanted, repeated } = form.value;
      if (wanted !== repeated) return again([{ field: "repeated", says: say("repeatFault") }], 400);
      const changed = await world.changePassword(current, wanted, person);
      if (!changed.ok) {
        return again([faultOf(changed.failure, language, Object.keys(labels))], statusOfFailure(changed.failure));
      }
      takeSessionCookie(c);
      return c.redirect("/account/done", 303);
    },
  }),
  publicPage({
    method: "GET",
    path: "/account/done",
    handle: (c) => {
      const frame = publicFrame(c);
      const { say } = speechIn(frame.language);
      return c.html(
        <Page frame={frame} title={say("accountDone")}>
          <Verdict tone="good" badge={say("doneBadge")} sentence={say("accountDone")} next={say("accountDoneNext")} />
          <p>
            <LinkButton href="/sign-in">{say("signIn")}</LinkButton>
          </p>
        </Page>,
      );
    },
  }),
];

type Props = { readonly frame: Frame; readonly initial: boolean; readonly faults: readonly Fault[] };

const AccountPage = ({ frame, initial, faults }: Props) => {
  const { say } = speechIn(frame.language);
  const field = (name: string, label: string, autocomplete: string, hint?: string) => (
    <TextField
      name={name}
      label={label}
      hint={hint}
      type="password"
      autocomplete={autocomplete}
      fault={faultAt(faults, name)}
    />
  );
  return (
    <Page frame={frame} title={say("accountTitle")} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <h1>{say("accountTitle")}</h1>
      {initial && (
        <Notice tone="care" title={say("passwordInitial")}>
          <p>{say("accountInitial")}</p>
        </Notice>
      )}
      <p>{say("accountLead")}</p>
      <Card>
        <Form frame={frame} action="/account" once>
          {field("current", say("currentPassword"), "current-password")}
          {field("password", say("newPassword"), "new-password", say("newPasswordHint"))}
          {field("repeated", say("repeatPassword"), "new-password")}
          <Button>{say("changePassword")}</Button>
        </Form>
      </Card>
    </Page>
  );
};
