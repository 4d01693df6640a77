import type { Context } from "hono";
import type { Bytes, Result } from "../../core/kernel.ts";
import type { Posting } from "../../core/posting.ts";
import type { Failure } from "../../usecases/failure.ts";
import { answerPdf } from "../answer-pdf.ts";
import { commonPage } from "../common-page.ts";
import { Card, Table } from "../design/content.tsx";
import { SelectField } from "../design/field.tsx";
import { Button, Buttons, LinkButton } from "../design/form.tsx";
import type { Frame } from "../design/frame.ts";
import type { Packing } from "../design/packed-skeleton.ts";
import { Page } from "../design/page.tsx";
import { Notice } from "../design/verdict.tsx";
import { refuse } from "../refusal.tsx";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import { type PostedPart, partsOf, postingSpeech } from "./texts.ts";

export type PostingWorld = {
  /** Address of the service, without a slash at its end. */
  readonly address: string;
  readonly agencies: () => Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** `not_found` for an agency that is not here. */
  readonly posting: (agencyId: string) => Promise<Result<Posting, Failure>>;
  /** A4, to be hung up. */
  readonly paper: (agencyId: string) => Promise<Result<Bytes, Failure>>;
};

/** What each agency posts, for all to read. NĐ 23/2015 Art. 10, POST-1. */
export const postingRoutes = (world: PostingWorld, packing: Packing | null = null): readonly Route[] => [
  publicPage({ method: "GET", path: "/posted", handle: choosing(world, packing) }),
  publicPage({ method: "GET", path: "/posted/:agency", handle: showing(world, packing) }),
  publicPage({
    method: "GET",
    path: "/posted/:agency/paper",
    handle: async (c) => answerPdf(c, await world.paper(c.req.param("agency") ?? ""), "inline", "niem-yet.pdf"),
  }),
];

/** Where there is but one agency nothing is to be chosen. */
function choosing(world: PostingWorld, packing: Packing | null) {
  const pageOf = commonPage((frame, shown: Choice) => <ChoosePage frame={frame} {...shown} />, packing);
  return async (c: Context<WebEnv>): Promise<Response> => {
    const agencies = await world.agencies();
    const asked = c.req.query("agency");
    const chosen = agencies.find(({ id }) => id === asked) ?? (agencies.length === 1 ? agencies[0] : undefined);
    if (chosen !== undefined) return c.redirect(`/posted/${encodeURIComponent(chosen.id)}`, 303);
    const shown: Choice = { agencies, isUnknown: asked !== undefined };
    return pageOf(c, JSON.stringify(shown), shown);
  };
}

function showing(world: PostingWorld, packing: Packing | null) {
  const pageOf = commonPage((frame, shown: Posted) => <PostingPage frame={frame} {...shown} />, packing);
  return async (c: Context<WebEnv>): Promise<Response> => {
    const id = c.req.param("agency") ?? "";
    const posting = await world.posting(id);
    if (!posting.ok) return refuse(c, posting.failure);
    const parts = partsOf(posting.value, c.var.language, world.address);
    const shown: Posted = { id, agencyName: posting.value.agencyName, parts };
    return pageOf(c, JSON.stringify(shown), shown);
  };
}

type Choice = {
  readonly agencies: Awaited<ReturnType<PostingWorld["agencies"]>>;
  readonly isUnknown: boolean;
};

const ChoosePage = ({ frame, agencies, isUnknown }: Choice & { readonly frame: Frame }) => {
  const { say } = postingSpeech(frame.language);
  return (
    <Page frame={frame} title={say("chooseTitle")}>
      <h1>{say("chooseTitle")}</h1>
      {agencies.length === 0 ? (
        <Notice tone="neutral" title={say("none")} />
      ) : (
        <Card>
          <p>{say("chooseLead")}</p>
          <form method="get" action="/posted">
            <SelectField
              name="agency"
              label={say("choose")}
              options={agencies.map(({ id, name }) => ({ value: id, label: name }))}
              fault={isUnknown ? say("chooseFault") : undefined}
            />
            <Button>{say("chooseButton")}</Button>
          </form>
        </Card>
      )}
    </Page>
  );
};

type Posted = {
  readonly id: string;
  readonly agencyName: string;
  readonly parts: readonly PostedPart[];
};

const PostingPage = ({ frame, id, agencyName, parts }: Posted & { readonly frame: Frame }) => {
  const { say } = postingSpeech(frame.language);
  return (
    <Page frame={frame} title={say("title")}>
      <h1>{say("title")}</h1>
      <p>
        <b>{agencyName}</b>
      </p>
      <p class="hint">{say("lead")}</p>
      {parts.map((part) => (
        <PartCard part={part} />
      ))}
      <Buttons>
        <LinkButton href={`/posted/${encodeURIComponent(id)}/paper`}>{say("paper")}</LinkButton>
      </Buttons>
    </Page>
  );
};

const PartCard = ({ part: { heading, lines, numbered = false, table } }: { readonly part: PostedPart }) => {
  const items = lines.map((line) => <li>{line}</li>);
  return (
    <Card title={heading}>
      {lines.length === 1 ? <p>{lines[0]}</p> : numbered ? <ol>{items}</ol> : <ul>{items}</ul>}
      {table && (
        <Table
          caption={table.caption}
          columns={table.columns.map((label) => ({ label, number: true }))}
          rows={table.rows}
          fold={false}
        />
      )}
    </Card>
  );
};
