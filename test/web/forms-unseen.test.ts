import { readdirSync, readFileSync } from "node:fs";
import { Hono } from "hono";
import { expect, test } from "vitest";
import { z } from "zod";
import { readForm } from "../../src/web/forms/read-form.ts";
import { typedFields } from "../../src/web/forms/typed-fields.ts";
import { readJson } from "../../src/web/read-json.ts";
import type { WebEnv } from "../../src/web/route.ts";

const app = new Hono<WebEnv>();
app.post("/form", async (c) => c.json(await readForm(c, z.object({ name: z.string().max(20) }).loose())));
app.post("/fields", async (c) => c.json(Object.fromEntries(await typedFields(c))));
app.post(
  "/json",
  async (c) =>
  c.json(await readJson(c, z.object({ name: z.string(), pin: z.string().optional(), rows: z.array(z.object({ says: z.string() })).default([]) }))), // biome-ignore format: one line
);

async function sent(path: string, body: string, type: string) {
  const answer = await app.request(path, { method: "POST", body, headers: { "content-type": type } });
  return (await answer.json()) as { ok?: boolean; value?: object; typed?: object; failure?: object };
}
const form = (path: string, fields: Record<string, string>) =>
  sent(path, new URLSearchParams(fields).toString(), "application/x-www-form-urlencoded");
const json = (value: unknown) => sent("/json", JSON.stringify(value), "application/json");

test("ADR 90: a form takes what is seen, gives the same back, and leaves a password as it was typed", async () => {
  const typed = { name: "\ufeffLa\u0300n\u202e \u0000A\u200b", password: " x\u200by ", pin: "1\u200b2" };
  const got = await form("/form", typed);
  expect(got).toMatchObject({ ok: true, value: { ...typed, name: "Làn A" }, typed: { name: "Làn A" } });
  expect(await form("/fields", typed)).toEqual({ ...typed, name: "Làn A" });
});

test("ADR 90: nothing but what is not seen is nothing, and a field that must be filled says so", async () => {
  expect(await form("/form", { name: "\u200b\u2060\u3164" })).toMatchObject({
    faults: [{ field: "name", kind: "missing" }],
  });
});

test("ADR 90: a program is told the field in which it sent what nobody sees; a secret is its own", async () => {
  expect(await json({ name: "Lò", pin: "1\u200b" })).toMatchObject({ ok: true });
  expect(await json({ name: "Lò\u202e" })).toEqual({
    ok: false,
    failure: { code: "malformed_request", field: "name" },
  });
  expect(await json({ name: "Lò", rows: [{ says: "a" }, { says: "\u0000" }] })).toMatchObject({
    failure: { field: "rows.1.says" },
  });
});

test("ADR 90: no page reads a form past the two that leave out what is not seen", () => {
  const files = readdirSync("src/web", { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
  const readers = files.filter((file) =>
    /req\.(text|formData|parseBody|json)\(/.test(readFileSync(`src/web/${file}`, "utf8")),
  );
  expect(readers.sort()).toEqual(["forms/token.ts", "forms/typed-fields.ts", "read-json.ts"]);
});
