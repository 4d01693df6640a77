import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { idInOrder, parseDossierId } from "../../src/core/ids.ts";

test("a dossier's id is a UUID in lower case; anything else is simply not found", () => {
  const id = randomUUID();
  expect(parseDossierId(id)).toEqual({ ok: true, value: id });
  for (const text of [id.toUpperCase(), `${id}\n`, id.slice(1), "", "../../etc/passwd", "1' or '1'='1"]) {
    expect(parseDossierId(text)).toEqual({ ok: false, failure: { code: "not_found" } });
  }
});

test("RFC 9562 §5.7 and appendix A.6: an id begins with its millisecond and says version and variant", () => {
  const random = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
  expect(idInOrder(0x017f22e279b0, random)).toBe("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  expect(idInOrder(0, new Uint8Array(10).fill(0xff))).toBe("00000000-0000-7fff-bfff-ffffffffffff");
  expect(idInOrder(1, new Uint8Array(10)) > idInOrder(0, new Uint8Array(10).fill(0xff))).toBe(true);
  expect(parseDossierId(idInOrder(Date.now(), random)).ok).toBe(true);
});
