import { type ZodType, z } from "zod";
import { keyScopes } from "../../core/recipients.ts";
import { apiProblems, problemType } from "./api-problems.ts";
import { type Operation, operations } from "./operations.ts";

export const operationList: readonly Operation[] = Object.values(operations);

const problemSchema = (publicUrl: string) => ({
  type: "object",
  required: ["type", "title", "titles", "status", "detail", "code", "requestId"],
  properties: {
    type: { type: "string", enum: apiProblems.map((code) => problemType(publicUrl, code)) },
    title: { type: "string" },
    titles: {
      type: "object",
      required: ["vi", "en"],
      properties: { vi: { type: "string" }, en: { type: "string" } },
    },
    detail: { type: "string" },
    status: { type: "integer" },
    code: { type: "string", enum: [...apiProblems] },
    data: { type: "object" },
    requestId: { type: "string" },
  },
});

/** The API in OpenAPI 3.1 (JSON Schema 2020-12), from the same shapes that read the requests. */
export const openApiOf = (publicUrl: string) => ({
  openapi: "3.1.0",
  info: {
    title: "chungthuc – API của nơi nhận / recipients' API",
    version: "1",
    description: "Kiểm tra bản sao chứng thực điện tử / Checking certified electronic copies",
  },
  servers: [{ url: publicUrl }],
  security: [{ recipientKey: [] }],
  paths: pathsOf(),
  components: {
    securitySchemes: {
      recipientKey: {
        type: "http",
        scheme: "bearer",
        description: `ctk_… ; phạm vi / scopes: ${keyScopes.join(", ")}`,
      },
    },
    schemas: { Problem: problemSchema(publicUrl) },
  },
});

function pathsOf(): Record<string, Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operationList)
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationOf(operation) };
  return paths;
}

function operationOf(operation: Operation) {
  const { id, says, demands, status } = operation;
  const [, scope] = demands.split(":");
  return {
    operationId: id,
    summary: `${says.vi} / ${says.en}`,
    ...(scope === undefined ? {} : { description: `scope: ${scope}` }),
    parameters: parametersOf(operation),
    ...bodyOf(operation),
    responses: {
      [status]: { description: says.en, content: contentOf(operation) },
      default: {
        description: "RFC 9457",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

function contentOf({ answers, gives }: Operation): Record<string, object> {
  if (gives !== undefined) return Object.fromEntries(gives.map((type) => [type, {}]));
  const [only] = answers;
  const answer = answers.length === 1 && only !== undefined ? answered(only) : { oneOf: answers.map(answered) };
  return { "application/json": { schema: answer } };
}

const answered = (shape: ZodType) => withoutDialect(z.toJSONSchema(shape, { io: "output" }));
const asked = (shape: ZodType) => withoutDialect(z.toJSONSchema(shape, { io: "input" }));

/** OpenAPI 3.1 names the dialect once, for the whole document. */
function withoutDialect({ $schema: _, ...schema }: Record<string, unknown>): Record<string, unknown> {
  return schema;
}

function bodyOf({ body, file }: Operation) {
  if (body === undefined) return {};
  const content = { "application/json": { schema: asked(body) }, ...(file === undefined ? {} : { [file]: {} }) };
  return { requestBody: { required: true, content } };
}

function parametersOf({ path, query, idempotent }: Operation) {
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    ...{ name, in: "path", required: true },
    schema: name === "page" ? { type: "integer", minimum: 1 } : { type: "string", format: "uuid" },
  }));
  const properties = query === undefined ? {} : ((asked(query)["properties"] ?? {}) as Record<string, object>);
  const queried = Object.entries(properties).map(([name, schema]) => ({ name, in: "query", schema }));
  const key = { name: "Idempotency-Key", in: "header", schema: { type: "string", minLength: 1, maxLength: 128 } };
  return [...named, ...queried, ...(idempotent === true ? [key] : [])];
}
