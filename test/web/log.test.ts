import { describe, expect, test } from "vitest";
import { createLog, type LogFields } from "../../src/roof/log.ts";
import { clientAddress } from "../../src/web/client-address.ts";

function written(showMessages = false) {
  const lines: string[] = [];
  const log = createLog({
    now: () => "2026-11-22T03:00:00.000Z",
    write: (line) => void lines.push(line),
    lowest: "info",
    showMessages,
  });
  const only = (): Record<string, unknown> => JSON.parse(lines[0] ?? "{}") as Record<string, unknown>;
  return { log, lines, only };
}

describe("log", () => {
  test("one JSON object a line, with time, level and event", () => {
    const { log, lines, only } = written();
    log.info("request", { requestId: "r1", route: "/v/:code", status: 200, personId: null });
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    expect(only()).toEqual({
      at: "2026-11-22T03:00:00.000Z",
      level: "info",
      event: "request",
      requestId: "r1",
      route: "/v/:code",
      status: 200,
      personId: null,
    });
  });

  test("levels below the lowest are not written", () => {
    const { log, lines } = written();
    log.debug("detail");
    log.warn("low_disk");
    expect(lines).toHaveLength(1);
  });

  test("a field that is not declared is not written, whatever object brings it", () => {
    const { log, lines } = written();
    log.info("sign_in", { userName: "lan", password: "hunter2", requestId: "r1" } as LogFields);
    expect(lines[0]).not.toMatch(/lan|hunter2|userName|password/);
  });

  test.each([
    ["a sentence in a word", { code: "Nguyễn Văn A (hư cấu)" }],
    ["a path with a code in a pattern", { route: "/v/ma bi mat" }],
    ["a new line that forges another entry", { requestId: 'x"}\n{"level":"error"' }],
    ["an object in an id", { dossierId: { name: "Nguyễn" } }],
    ["text in a number", { status: "0123456789" }],
    ["an endless number", { bytes: Number.NaN }],
    ["a huge value", { code: "a".repeat(10_000_000) }],
  ])("%s is replaced, and the line stays one line", (_, fields) => {
    const { log, lines, only } = written();
    log.info("probe", fields as LogFields);
    expect(Object.values(only()).at(-1)).toBe("(malformed)");
    expect(lines[0]?.length).toBeLessThan(200);
    expect(lines[0]?.split("\n")).toHaveLength(2);
  });

  test("circular values, throwing getters and throwing proxies never break the caller", () => {
    const { log, lines } = written();
    const circle: { error?: unknown; requestId: string } = { requestId: "r1" };
    circle.error = circle;
    const trap = new Proxy(
      {},
      {
        get: () => {
          throw new Error("trap");
        },
        getPrototypeOf: () => {
          throw new Error("trap");
        },
      },
    );
    const knot = new Error("knot");
    knot.cause = knot;
    Object.defineProperty(knot, "stack", {
      get: () => {
        throw new Error("trap");
      },
    });
    for (const fields of [circle, trap, { error: trap }, { error: knot }, null])
      log.error("probe", fields as LogFields);
    expect(lines).toHaveLength(5);
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  });

  test("an exception leaves name, code, frames and causes, and none of its words", () => {
    const { log, lines, only } = written();
    const cause = Object.assign(new Error("Key (user_name)=(lan)\n    at lan (/home/lan:1:1)"), { code: "23505" });
    log.error("unexpected", { error: new TypeError("password hunter2", { cause }) });
    const { error } = only() as { error: { name: string; frames: string[]; cause: { code: string } } };
    expect(error).toMatchObject({ name: "TypeError", cause: { name: "Error", code: "23505" } });
    expect(error.frames[0]).toMatch(/log\.test\.ts:\d+:\d+/);
    expect(lines[0]).not.toMatch(/hunter2|Key \(|home/);
  });

  test("in development the words are shown, cut", () => {
    const { log, only } = written(true);
    log.error("unexpected", { error: new Error("x".repeat(100_000)) });
    const { error } = only() as { error: { message: string } };
    expect(error.message).toHaveLength(500);
  });
});

describe("whom attempts are counted against", () => {
  test.each([
    ["192.0.2.1", undefined, 0, "192.0.2.1"],
    ["192.0.2.1", "10.0.0.1", 0, "192.0.2.1"],
    ["127.0.0.1", "10.0.0.1, 198.51.100.7", 1, "198.51.100.7"],
    ["127.0.0.1", "10.0.0.1, 198.51.100.7, 192.0.2.9", 2, "198.51.100.7"],
    ["127.0.0.1", "not an address", 1, "127.0.0.1"],
    ["127.0.0.1", undefined, 1, "127.0.0.1"],
    ["::ffff:192.0.2.1", undefined, 0, "192.0.2.1"],
    ["2001:db8:1:2:3:4:5:6", undefined, 0, "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::9", undefined, 0, "2001:db8:1:2::/64"],
    ["2001:db8::1", undefined, 0, "2001:db8:0:0::/64"],
    ["::1", undefined, 0, "0:0:0:0::/64"],
    ["fe80::1%eth0", undefined, 0, "fe80:0:0:0::/64"],
  ])("socket %s, forwarded %s, %d proxies of ours: %s", (socket, forwarded, proxies, subscriber) => {
    expect(clientAddress(socket, forwarded, proxies)).toBe(subscriber);
  });
});
