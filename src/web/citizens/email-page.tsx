import type { Context } from "hono";
import { type Dispatch, parseEmail } from "../../core/dispatch.ts";
import type { Result } from "../../core/kernel.ts";
import type { Failure } from "../../usecases/failure.ts";
import { Card } from "../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../design/error-summary.tsx";
import { TextField } from "../design/field.tsx";
import { Button, Form } from "../design/form.tsx";
import { type Frame, publicFrame } from "../design/frame.ts";
import { Page } from "../design/page.tsx";
import { Notice } from "../design/verdict.tsx";
import { typedFields } from "../forms/typed-fields.ts";
import { statusOf, wordsOf } from "../problem.ts";
import { refuse } from "../refusal.tsx";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import { DigitsField } from "./digits-field.tsx";
import { DispatchLines, hasFailed } from "./dispatch-lines.tsx";
import { dispatchSpeech } from "./letter.tsx";
import { speechIn } from "./pages.tsx";

export type OwnEmailView = {
  /** Whether one was given; which is told to nobody who has not shown the digits. */
  readonly hasEmail: boolean;
  /** The result is there: an address is used at once. */
  readonly isReady: boolean;
  /** Newest first. */
  readonly sent: readonly Dispatch[];
  /** Whether letters can be sent at all. */
  readonly canMail: boolean;
};

export type OwnEmailWorld = {
  readonly view: (secret: string) => Promise<Result<OwnEmailView, Failure>>;
  readonly give: (
    secret: string,
    given: { readonly email: string; readonly digits: string },
  ) => Promise<Result<null, Failure>>;
};

type Asked = Context<WebEnv, "/c/:secret/email">;

/** Where the result is sent: GET shows and changes nothing, an address wants the four digits. DISPATCH-1. */
export const ownEmailRoutes = (world: OwnEmailWorld): readonly Route[] => [
  publicPage({ method: "GET", path: "/c/:secret/email", handle: (c) => show(c, world, { faults: [], status: 200 }) }),
  publicPage({ method: "POST", path: "/c/:secret/email", bodyLimitBytes: 4096, handle: (c) => give(c, world) }),
];

type Shown = { readonly faults: readonly Fault[]; readonly status: number; readonly typed?: string | undefined };

const pathOf = (c: Asked): string => `/c/${encodeURIComponent(c.req.param("secret"))}`;

async function show(c: Asked, world: OwnEmailWorld, shown: Shown): Promise<Response> {
  c.header("x-robots-tag", "noindex");
  const view = await world.view(c.req.param("secret"));
  if (!view.ok) return refuse(c, view.failure);
  const path = pathOf(c);
  const frame = { ...publicFrame(c), address: `${path}/email` };
  return c.html(<EmailPage frame={frame} path={path} view={view.value} {...shown} />, shown.status as 200);
}

async function give(c: Asked, world: OwnEmailWorld): Promise<Response> {
  const form = await typedFields(c);
  const [email = "", digits = ""] = ["email", "digits"].map((name) => (form.get(name) ?? "").trim());
  const faults = [
    ...(parseEmail(email).ok ? [] : [{ field: "email", says: dispatchSpeech(c.var.language).say("emailFault") }]),
    ...(/^\d{4}$/.test(digits) ? [] : [{ field: "digits", says: speechIn(c.var.language).say("digitsFault") }]),
  ];
  if (faults.length > 0) return show(c, world, { faults, status: 400, typed: email });
  const given = await world.give(c.req.param("secret"), { email, digits });
  if (given.ok) return c.redirect(`${pathOf(c)}/email`, 303);
  const { failure } = given;
  if (failure.code === "throttled") c.header("retry-after", String(failure.retryAfterSeconds));
  if (failure.code !== "wrong_digits" && failure.code !== "throttled") return refuse(c, failure);
  const { title, detail } = wordsOf(failure, c.var.language);
  const fault = { field: "digits", says: `${title} ${detail}` };
  return show(c, world, { faults: [fault], status: statusOf[failure.code], typed: email });
}

type EmailPageProps = Omit<Shown, "status"> & {
  readonly frame: Frame;
  readonly path: string;
  readonly view: OwnEmailView;
};

const EmailPage = ({ frame, path, view, faults, typed }: EmailPageProps) => {
  const speech = dispatchSpeech(frame.language);
  const { say } = speech;
  return (
    <Page frame={frame} title={say("emailTitle")} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href={path}>
        ‹ {say("back")}
      </a>
      <h1>{say("emailTitle")}</h1>
      {hasFailed(view.sent) && (
        <Notice tone="care" title={say("failedTitle")}>
          <p>{say("failedNext")}</p>
        </Notice>
      )}
      {view.sent.length > 0 && (
        <Card title={say("sentTitle")}>
          <DispatchLines sent={view.sent} speech={speech} />
        </Card>
      )}
      {view.canMail ? (
        <Card>
          <p>{say(view.isReady ? "emailLeadReady" : "emailLead")}</p>
          {view.hasEmail && <p>{say("emailNow")}</p>}
          <Form frame={frame} action={`${path}/email`} once>
            <TextField
              name="email"
              label={say("email")}
              hint={say("emailHint")}
              type="email"
              autocomplete="email"
              value={typed}
              maxlength={254}
              fault={faultAt(faults, "email")}
            />
            <DigitsField language={frame.language} faults={faults} />
            <Button>{say("emailButton")}</Button>
          </Form>
          <p class="hint">{say("emailWhy")}</p>
        </Card>
      ) : (
        <p>{say("emailOff")}</p>
      )}
    </Page>
  );
};
