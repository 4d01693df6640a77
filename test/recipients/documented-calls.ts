import { expect } from "vitest";
import { z } from "zod";
import { bearer } from "./recipient-world.ts";

type Json = Record<string, unknown>;
type Described = { description?: string; responses: Record<string, { content: Record<string, { schema?: Json }> }> };

export type Asked = {
  readonly json?: unknown;
  readonly file?: Uint8Array<ArrayBuffer>;
  readonly id?: string;
  readonly page?: number;
  readonly query?: string;
  readonly key?: string;
  readonly once?: string;
};

const send = (url: string, method: string, path: string, { json, file, id, page, query, key, once }: Asked) =>
  fetch(`${url}${path.replace("{id}", id ?? "").replace("{page}", String(page ?? ""))}${query ?? ""}`, {
    method,
    headers: {
      ...bearer(key ?? ""),
      ...(method === "POST" && { "content-type": file === undefined ? "application/json" : "application/pdf" }),
      ...(once !== undefined && { "idempotency-key": once }),
    },
    body: file ?? (json === undefined ? null : JSON.stringify(json)),
  });

/** Calls by the operation's line in the OpenAPI document; every answer is held against what the document says of it. */
export async function documentedCalls(url: string) {
  const document = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Described>>;
    components: { schemas: { Problem: Json } };
  };
  const called = new Set<string>();
  const call = async (operation: string, init: Asked) => {
    const [method = "", path = ""] = operation.split(" ");
    const answer = await send(url, method, path, init);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const said = document.paths[path]?.[method.toLowerCase()]?.responses ?? {};
    const kind = (answer.headers.get("content-type") ?? "").replace(/;.*/, "");
    const { status, headers } = answer;
    const described = (said[String(status)] ?? said["default"])?.content ?? {};
    expect(Object.keys(described)).toContain(kind);
    expect(kind === "application/problem+json").toBe(!answer.ok);
    const schema = answer.ok ? described[kind]?.schema : document.components.schemas.Problem;
    const json = (kind.includes("json") ? JSON.parse(bytes.toString("utf8")) : {}) as Json;
    if (schema !== undefined) z.fromJSONSchema(schema).parse(json);
    called.add(operation);
    return { status, code: json["code"], json, bytes, headers };
  };
  const operations = (wanted: (scope: string | undefined) => boolean) =>
    Object.entries(document.paths)
      .flatMap(([path, methods]) =>
        Object.entries(methods)
          .filter(([, { description }]) => wanted(description?.replace("scope: ", "")))
          .map(([method]) => `${method.toUpperCase()} ${path}`),
      )
      .sort();
  return { document, called, call, operations };
}

export type DocumentedCalls = Awaited<ReturnType<typeof documentedCalls>>;
