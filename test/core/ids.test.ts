import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { parseDossierId } from "../../src/core/ids.ts";

test("a dossier's id is a UUID in lower case; anything else is simply not found", () => {
  const id = randomUUID();
  expect(parseDossierId(id)).toEqual({ ok: true, value: id });
  for (const text of [id.toUpperCase(), `${id}\n`, id.slice(1), "", "../../etc/passwd", "1' or '1'='1"]) {
    expect(parseDossierId(text)).toEqual({ ok: false, failure: { code: "not_found" } });
  }
});
