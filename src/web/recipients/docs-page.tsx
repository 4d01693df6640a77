import { keyScopes } from "../../core/recipients.ts";
import { Card, Table } from "../design/content.tsx";
import { type Frame, publicFrame } from "../design/frame.ts";
import { Page } from "../design/page.tsx";
import { speaker } from "../design/speech.ts";
import { statusOf, titlesOf } from "../problem.ts";
import { publicPage, type Route } from "../route.ts";
import { apiDocsEn } from "../words/api-docs.en.ts";
import { apiDocsVi } from "../words/api-docs.vi.ts";
import { apiProblems } from "./api-problems.ts";
import { operationList } from "./openapi.ts";

const speechIn = speaker({ vi: apiDocsVi, en: apiDocsEn });

/** `GET /api/v1/docs`: for the people who write the programs. Problem types lead to its lines. */
export const docsRoute = (): Route =>
  publicPage({ method: "GET", path: "/api/v1/docs", handle: (c) => c.html(<DocsPage frame={publicFrame(c)} />) });

const DocsPage = ({ frame }: { frame: Frame }) => {
  const { say } = speechIn(frame.language);
  return (
    <Page frame={frame} title={say("title")} wide>
      <h1>{say("title")}</h1>
      <div class="stack">
        <p>{say("lead")}</p>
        <p>
          <a href="/api/v1/openapi.json">OpenAPI 3.1 (JSON)</a>
        </p>
        <Card>
          <Table
            caption={say("operations")}
            columns={[say("request"), say("does"), say("scope")].map((label) => ({ label }))}
            rows={operationList.map(({ method, path, says, demands }) => [
              <code>{`${method.toUpperCase()} ${path}`}</code>,
              says[frame.language],
              demands.split(":")[1] ?? "–",
            ])}
          />
        </Card>
        <Card title={say("keys")}>
          <p>
            <code>Authorization: Bearer ctk_…</code>
          </p>
          <p>{say("keysLead", { scopes: keyScopes.join(", ") })}</p>
          <p>{say("limits")}</p>
        </Card>
        <Card title={say("batches")}>
          <p>{say("batchesLead")}</p>
        </Card>
        <Card>
          <p>{say("problemsLead")}</p>
          <Table
            caption={say("problems")}
            columns={["code", "status", say("means")].map((label) => ({ label }))}
            rows={apiProblems.map((code) => [
              <code id={code}>{code}</code>,
              statusOf[code],
              titlesOf(code)[frame.language],
            ])}
          />
        </Card>
      </div>
    </Page>
  );
};
