import { describe, expect, test } from "vitest";
import { remembers, speaksOf } from "../../../signing/format/revocation.ts";
import type { Instant } from "../../../src/core/kernel.ts";
import * as made from "./made-pki.ts";

const when = (text: string) => `2025-01-${text}Z` as Instant;

describe("RFC 5280 §5.1.2.5, RFC 6960 §4.2.2.1: of which time words speak", () => {
  const now = when("20T12:00:00");

  test.each<[string, string, string | null, string, boolean]>([
    ["said after the time in question", "10T00:00:00", null, "09T00:00:00", true],
    ["said at that very second", "10T00:00:00", "10T00:00:00", "10T00:00:00", true],
    ["that reach it", "01T00:00:00", "10T00:00:00", "09T00:00:00", true],
    ["that reach it by the five minutes that clocks differ", "01T00:00:00", "10T00:00:00", "10T00:05:00", true],
    ["that end a second before", "01T00:00:00", "10T00:00:00", "10T00:05:01", false],
    ["without an end, within their day", "09T00:00:00", null, "10T00:05:00", true],
    ["without an end, a second after their day", "09T00:00:00", null, "10T00:05:01", false],
    ["from five minutes ahead", "20T12:05:00", null, "20T12:00:00", true],
    ["from further in the future", "20T12:05:01", null, "20T12:00:00", false],
  ])("words %s: %j", (_, said, next, asked, speaks) => {
    const told = { thisUpdate: when(said), nextUpdate: next === null ? null : when(next) };
    expect(speaksOf(told, { asOf: when(asked), now })).toBe(speaks);
  });
});

describe("RFC 6960 §4.4.4, X.509 §9.5.2.8: who has run out is forgotten", () => {
  const notAfter = when("10T00:00:00");
  const certificate = made.issue({ subject: "Leaf (fictional)", issuer: made.newAuthority("A (fictional)"), notAfter });

  test.each<[string, string, string | null, boolean]>([
    ["said before its end", "09T00:00:00", null, true],
    ["said at its end", "10T00:00:00", null, true],
    ["said later, without a promise", "10T00:00:01", null, false],
    ["said later, with a promise to keep it", "12T00:00:00", "09T00:00:00", true],
    ["said later, with a promise from its end on", "12T00:00:00", "10T00:00:00", true],
    ["said later, with a promise that begins too late", "12T00:00:00", "10T00:00:01", false],
  ])("%s: %j", (_, said, kept, isRemembered) => {
    const since = kept === null ? null : when(kept);
    expect(remembers(certificate, { thisUpdate: when(said) }, since)).toBe(isRemembered);
  });
});
