import type { Context } from "hono";
import { z } from "zod";
import type { Result } from "../../core/kernel.ts";
import type { DossierCode } from "../../core/submission.ts";
import type { Failure } from "../../usecases/failure.ts";
import { Card } from "../design/content.tsx";
import { ErrorSummary, type Fault } from "../design/error-summary.tsx";
import { Button, Form } from "../design/form.tsx";
import { type Frame, publicFrame } from "../design/frame.ts";
import { Page } from "../design/page.tsx";
import { Verdict } from "../design/verdict.tsx";
import { readForm } from "../forms/read-form.ts";
import { linkEndSpeech } from "../pages/link-end/speech.ts";
import { statusOf } from "../problem.ts";
import { refuse } from "../refusal.tsx";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import { digitsFaultOf } from "./digits-fault.ts";
import { DigitsField } from "./digits-field.tsx";

export type OwnLinkEndWorld = {
  readonly code: (secret: string) => Promise<Result<DossierCode, Failure>>;
  readonly end: (secret: string, digits: string) => Promise<Result<null, Failure>>;
};

type Asked = Context<WebEnv, "/c/:secret/end">;

const Ending = z.object({ digits: z.string().regex(/^\d{4}$/) });

/** `/c/<secret>/end`: the holder ends the link alone, with the digits. GET changes nothing. DESIGN decision 14. */
export const ownLinkEndRoutes = (world: OwnLinkEndWorld): readonly Route[] => [
  publicPage({ method: "GET", path: "/c/:secret/end", handle: (c) => show(c, world, null) }),
  publicPage({ method: "POST", path: "/c/:secret/end", bodyLimitBytes: 4096, handle: (c) => end(c, world) }),
];

const pathOf = (c: Asked): string => `/c/${encodeURIComponent(c.req.param("secret"))}`;

/** Loaded again, or sent twice, the dead link itself says that it was ended. */
async function end(c: Asked, world: OwnLinkEndWorld): Promise<Response> {
  const form = await readForm(c, Ending);
  if (!form.ok) return show(c, world, { code: "malformed_request", field: "digits" });
  const ended = await world.end(c.req.param("secret"), form.value.digits);
  if (ended.ok) {
    c.header("x-robots-tag", "noindex");
    return c.html(<EndedPage frame={publicFrame(c)} />);
  }
  const mendable = ended.failure.code === "wrong_digits" || ended.failure.code === "throttled";
  return mendable ? show(c, world, ended.failure) : refuse(c, ended.failure);
}

async function show(c: Asked, world: OwnLinkEndWorld, failure: Failure | null): Promise<Response> {
  c.header("x-robots-tag", "noindex");
  const code = await world.code(c.req.param("secret"));
  if (!code.ok) return refuse(c, code.failure);
  if (failure?.code === "throttled") c.header("retry-after", String(failure.retryAfterSeconds));
  const faults = failure === null ? [] : [digitsFaultOf(failure, c.var.language)];
  const frame = { ...publicFrame(c), address: `${pathOf(c)}/end` };
  const page = <OwnEndPage frame={frame} path={pathOf(c)} code={code.value} faults={faults} />;
  return c.html(page, failure === null ? 200 : statusOf[failure.code]);
}

/** Without a way back: there is none. */
const EndedPage = ({ frame }: { readonly frame: Frame }) => {
  const { say } = linkEndSpeech(frame.language);
  return (
    <Page frame={frame} title={say("ownDone")}>
      <Verdict tone="good" badge={say("ownDoneBadge")} sentence={say("ownDone")} next={say("ownDoneNext")} />
    </Page>
  );
};

type OwnEndPageProps = {
  readonly frame: Frame;
  readonly path: string;
  readonly code: DossierCode;
  readonly faults: readonly Fault[];
};

const OwnEndPage = ({ frame, path, code, faults }: OwnEndPageProps) => {
  const { say } = linkEndSpeech(frame.language);
  return (
    <Page frame={frame} title={say("ownTitle")} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <h1>{say("ownTitle")}</h1>
      <p class="number">{code}</p>
      <p>{say("ownLead")}</p>
      <p>{say("ownStays")}</p>
      <Card>
        <Form frame={frame} action={`${path}/end`}>
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
