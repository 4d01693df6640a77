import type { Context } from "hono";
import { z } from "zod";
import type { Result } from "../../core/kernel.ts";
import { mayFollow } from "../../core/stages.ts";
import type { Failure } from "../../usecases/failure.ts";
import { Card } from "../design/content.tsx";
import { ErrorSummary, type Fault } from "../design/error-summary.tsx";
import { TextArea } from "../design/field.tsx";
import { Button, Form } from "../design/form.tsx";
import { type Frame, publicFrame } from "../design/frame.ts";
import { Page } from "../design/page.tsx";
import { readForm } from "../forms/read-form.ts";
import { withdrawalSpeech } from "../pages/withdrawal/speech.ts";
import { statusOf } from "../problem.ts";
import { refuse } from "../refusal.tsx";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import { digitsFaultOf } from "./digits-fault.ts";
import { DigitsField } from "./digits-field.tsx";
import type { CitizensWorld, CitizenView } from "./world.ts";

export type OwnWithdrawalWorld = Pick<CitizensWorld, "state"> & {
  readonly withdraw: (secret: string, digits: string, reason: string) => Promise<Result<null, Failure>>;
};

type Asked = Context<WebEnv, "/c/:secret/withdraw">;

const Withdrawing = z.object({
  digits: z.string().regex(/^\d{4}$/),
  reason: z
    .string()
    .max(1000)
    .regex(/^[^\0]*$/)
    .default(""),
});

/** `/c/<secret>/withdraw`: the applicant takes a paper back alone, with the digits. GET changes nothing. WITHDRAW-1. */
export const ownWithdrawalRoutes = (world: OwnWithdrawalWorld): readonly Route[] => [
  publicPage({ method: "GET", path: "/c/:secret/withdraw", handle: (c) => show(c, world, "", null) }),
  publicPage({
    method: "POST",
    path: "/c/:secret/withdraw",
    bodyLimitBytes: 16 * 1024,
    handle: (c) => withdraw(c, world),
  }),
];

const pathOf = (c: Asked): string => `/c/${encodeURIComponent(c.req.param("secret"))}`;

async function withdraw(c: Asked, world: OwnWithdrawalWorld): Promise<Response> {
  const form = await readForm(c, Withdrawing);
  const reason = form.typed["reason"] ?? "";
  if (!form.ok) return show(c, world, reason, { code: "malformed_request", field: "digits" });
  const done = await world.withdraw(c.req.param("secret"), form.value.digits, form.value.reason);
  if (done.ok) return c.redirect(pathOf(c), 303);
  const mendable = done.failure.code === "wrong_digits" || done.failure.code === "throttled";
  // Sent twice, the second finds it withdrawn: its page says so.
  if (done.failure.code === "wrong_stage" && done.failure.status === "withdrawn") return c.redirect(pathOf(c), 303);
  return mendable ? show(c, world, reason, done.failure) : refuse(c, done.failure);
}

async function show(c: Asked, world: OwnWithdrawalWorld, reason: string, failure: Failure | null): Promise<Response> {
  c.header("x-robots-tag", "noindex");
  const view = await world.state(c.req.param("secret"));
  if (!view.ok) return refuse(c, view.failure);
  const { status } = view.value;
  if (!mayFollow(status, "withdrawn")) return refuse(c, { code: "wrong_stage", status });
  if (failure?.code === "throttled") c.header("retry-after", String(failure.retryAfterSeconds));
  const faults = failure === null ? [] : [digitsFaultOf(failure, c.var.language)];
  const page = <OwnWithdrawPage {...{ view: view.value, reason, faults }} frame={publicFrame(c)} path={pathOf(c)} />;
  return c.html(page, failure === null ? 200 : statusOf[failure.code]);
}

type OwnWithdrawPageProps = {
  readonly frame: Frame;
  readonly path: string;
  readonly view: CitizenView;
  readonly reason: string;
  readonly faults: readonly Fault[];
};

const OwnWithdrawPage = ({ frame, path, view, reason, faults }: OwnWithdrawPageProps) => {
  const { say } = withdrawalSpeech(frame.language);
  return (
    <Page frame={frame} title={say("ownTitle")} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <h1>{say("ownTitle")}</h1>
      <p>
        <b>{view.kind}</b>, {view.code}
      </p>
      <p>{say("ownLead")}</p>
      <Card>
        <Form frame={frame} action={`${path}/withdraw`}>
          <TextArea name="reason" label={say("ownReason")} value={reason} maxlength={1000} />
          <DigitsField language={frame.language} faults={faults} />
          <Button look="grave">{say("ownButton")}</Button>
        </Form>
      </Card>
      <p>
        <a href={path}>{say("ownBack")}</a>
      </p>
    </Page>
  );
};
