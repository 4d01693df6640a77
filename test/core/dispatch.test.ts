import { expect, test } from "vitest";
import { maskedEmail, outcomeOf, parseEmail } from "../../src/core/dispatch.ts";
import { fail, type Instant, ok, secondsOf } from "../../src/core/kernel.ts";

const now = "2026-11-23T02:00:00Z" as Instant;

test.each([
  ["ten@vi-du.vn", "ten@vi-du.vn"],
  ["Ten.Ho+chung@Vi-Du.VN", "Ten.Ho+chung@vi-du.vn"],
])("RFC 5321 §4.1.2: %s is an address", (text, email) => {
  expect(parseEmail(text)).toEqual({ ok: true, value: email });
});

test.each([
  ...["", "ten", "@vi-du.vn", "ten@", "ten@vi-du", "ten@-vi.du", "te n@vi-du.vn", "ten..ho@vi-du.vn", ".ten@vi-du.vn"],
  ...["ten@vi-du.vn\r\nBcc: a@b.vn", '"ten"@vi-du.vn', "ten@vi-du.vn,b@c.vn", "<ten@vi-du.vn>", "tên@vi-du.vn"],
  ...[`${"a".repeat(65)}@vi-du.vn`, `a@${"b.".repeat(130)}vn`, "ten@[127.0.0.1]", "a@b@c.vn"],
])("%j is none, and brings no header along", (text) => {
  expect(parseEmail(text).ok).toBe(false);
});

test("an address is shown so that its owner alone tells it again", () => {
  expect(maskedEmail("ten@vi-du.vn")).toBe("t***@vi-du.vn");
});

test("DISPATCH-1: each wait is no shorter than the one before, five days in all, and then it is given up", () => {
  const busy = fail({ code: "mail_deferred", retry: true } as const);
  let [waited, total, attempts] = [0, 0, 1];
  for (; ; attempts++) {
    const { state, nextTryAt } = outcomeOf(busy, attempts, now, 0);
    if (nextTryAt === null) {
      expect(state).toBe("given_up");
      break;
    }
    const wait = secondsOf(nextTryAt) - secondsOf(now);
    expect(wait).toBeGreaterThanOrEqual(waited);
    [waited, total] = [wait, total + wait];
  }
  expect(total / 86_400).toBeGreaterThan(4.5); // RFC 5321 §4.5.4.1
  expect(total / 86_400).toBeLessThan(7);
});

test("what is refused for good, and what its holder had erased, is not tried again", () => {
  const refused = outcomeOf(fail({ code: "mail_refused", retry: false }), 1, now, 0.5);
  expect(refused).toEqual({ state: "refused", reason: "mail_refused", nextTryAt: null, endedAt: now });
  expect(outcomeOf(fail({ code: "address_gone", retry: false }), 1, now, 0).state).toBe("withdrawn");
  expect(outcomeOf(ok(null), 3, now, 0)).toEqual({ state: "sent", reason: null, nextTryAt: null, endedAt: now });
});
