import type { Context } from "hono";
import type { z } from "zod";
import type { BatchId } from "../../core/ids.ts";
import { fail, ok, type Result } from "../../core/kernel.ts";
import type { AskedCopy, VerificationBatch } from "../../core/verification-batch.ts";
import type { Caller } from "../../usecases/recipients/admit-key.ts";
import type { BatchFailure } from "../../usecases/recipients/open-batch.ts";
import { readJson } from "../read-json.ts";
import { refuse } from "../refusal.tsx";
import { keyRoute, publicRoute, type Route, type WebEnv } from "../route.ts";
import { maximumUploadBytes } from "../verification/uploads.tsx";
import type { VerificationWorld } from "../verification/world.ts";
import { docsRoute } from "./docs-page.tsx";
import { openApiOf } from "./openapi.ts";
import { type Operation, operations } from "./operations.ts";
import { giveCopy, givePage, openLink, type PullingWorld, showOpening } from "./pulling.ts";
import { type BatchAnswer, BatchToVerify, CopyToVerify, type KeyAnswer, ResultsAsked } from "./shapes.ts";
import { verifyCopy, verifyFile } from "./verifying.ts";
import { type WebhooksWorld, webhookHandlers } from "./webhooks.ts";

export type RecipientsApiWorld = {
  readonly publicUrl: string;
  readonly verification: VerificationWorld;
  readonly openBatch: (
    copies: readonly AskedCopy[],
    idempotencyKey: string | null,
    caller: Caller,
  ) => Promise<Result<VerificationBatch, BatchFailure>>;
  /** Null for a batch of another recipient as for none. */
  readonly batch: (id: BatchId, caller: Caller) => Promise<VerificationBatch | null>;
  readonly pulling: PullingWorld;
  /** Null where this service signs no credentials. */
  readonly credentialIssuer: () => Readonly<Record<string, unknown>> | null;
  readonly results: (id: BatchId, from: number, limit: number) => Promise<readonly unknown[]>;
  readonly webhooks: WebhooksWorld;
};

type C = Context<WebEnv>;
type Handler = (c: C, caller: Caller, world: RecipientsApiWorld) => Response | Promise<Response>;

const batchLimitBytes = 512 * 1024; // a thousand links of the longest kind

/** Every operation of the table, at its address; and what tells programs and people of them. */
export const recipientsApi = (world: RecipientsApiWorld): readonly Route[] => [
  ...Object.values(operations).map((operation: Operation) =>
    keyRoute({
      method: operation.method.toUpperCase() as Uppercase<Operation["method"]>,
      path: operation.path.replace(/\{(\w+)\}/g, ":$1"),
      demands: operation.demands,
      ...limitOf(operation),
      handle: (c, caller) => {
        c.header("cache-control", "no-store");
        return handlers[operation.id as keyof typeof operations](c, caller, world);
      },
    }),
  ),
  publicRoute({ method: "GET", path: "/api/v1/openapi.json", handle: (c) => c.json(openApiOf(world.publicUrl)) }),
  publicRoute({
    method: "GET",
    path: "/.well-known/jwt-vc-issuer",
    handle: (c) => {
      const issuer = world.credentialIssuer();
      return issuer === null ? refuse(c, { code: "not_found" }) : c.json(issuer);
    },
  }),
  docsRoute(),
];

const limitOf = ({ id, file }: Operation) => {
  if (file !== undefined) return { bodyLimitBytes: maximumUploadBytes };
  return id === operations.openBatch.id ? { bodyLimitBytes: batchLimitBytes } : {};
};

const handlers: Record<keyof typeof operations, Handler> = {
  key: (c, { recipient, key }) => {
    const { id, scopes, expiresAt } = key;
    return c.json({ id, recipient: recipient.name, scopes: [...scopes], expiresAt } satisfies z.infer<
      typeof KeyAnswer
    >);
  },
  verify: async (c, _, { verification }) => {
    if (/^application\/pdf\s*(;|$)/i.test(c.req.header("content-type") ?? "")) {
      const told = await verifyFile(new Uint8Array(await c.req.arrayBuffer()), verification);
      if (told !== null) return c.json(told);
      c.header("retry-after", "10");
      return refuse(c, { code: "service_unavailable" });
    }
    const asked = await readJson(c, CopyToVerify);
    return asked.ok ? c.json(await verifyCopy(asked.value as AskedCopy, verification)) : refuse(c, asked.failure);
  },
  openBatch: async (c, caller, world) => {
    const key = idempotencyKeyOf(c);
    if (!key.ok) return refuse(c, key.failure);
    const asked = await readJson(c, BatchToVerify);
    if (!asked.ok) return refuse(c, asked.failure);
    const opened = await world.openBatch(asked.value.items as readonly AskedCopy[], key.value, caller);
    if (!opened.ok) return refuse(c, opened.failure);
    c.header("location", `/api/v1/verification-batches/${opened.value.id}`);
    return told(c, opened.value, 202);
  },
  batch: async (c, caller, world) => {
    const batch = await batchAt(c, caller, world);
    return batch === null ? refuse(c, { code: "not_found" }) : told(c, batch, 200);
  },
  results: async (c, caller, world) => {
    const batch = await batchAt(c, caller, world);
    if (batch === null) return refuse(c, { code: "not_found" });
    const page = ResultsAsked.safeParse(c.req.query());
    if (!page.success) return refuse(c, { code: "malformed_request", field: String(page.error.issues[0]?.path[0]) });
    const { from, limit } = page.data;
    const results = await world.results(batch.id, from, limit);
    const next = from + results.length;
    return c.json({ results, next: results.length > 0 && next < batch.total ? next : null });
  },
  openLink: async (c, caller, { pulling, publicUrl }) => {
    const key = idempotencyKeyOf(c);
    return key.ok ? openLink(c, caller, key.value, pulling, publicUrl) : refuse(c, key.failure);
  },
  opening: (c, caller, { pulling, publicUrl }) => showOpening(c, caller, pulling, publicUrl),
  openedCopy: (c, caller, { pulling }) => giveCopy(c, caller, pulling),
  openedPage: (c, caller, { pulling }) => givePage(c, caller, pulling),
  ...webhookHandlers,
};

function idempotencyKeyOf(c: C): Result<string | null, { code: "malformed_request"; field: string }> {
  const key = c.req.header("idempotency-key") ?? null;
  return key === null || /^[\x20-\x7e]{1,128}$/.test(key)
    ? ok(key)
    : fail({ code: "malformed_request", field: "Idempotency-Key" });
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function batchAt(c: C, caller: Caller, world: RecipientsApiWorld): Promise<VerificationBatch | null> {
  const id = c.req.param("id") ?? "";
  return uuid.test(id) ? world.batch(id as BatchId, caller) : null;
}

function told(c: C, { id, total, done, createdAt, finishedAt }: VerificationBatch, status: 200 | 202): Response {
  const state = finishedAt === null ? "running" : "done";
  if (state === "running") c.header("retry-after", "1");
  return c.json({ id, state, total, done, createdAt, finishedAt } satisfies z.infer<typeof BatchAnswer>, status);
}
