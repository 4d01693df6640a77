import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { KeyHolder } from "../../../signing/keys/key-holder.ts";
import { openSimPki, type SimProgress, type SimStanding } from "../../../signing/keys/sim-pki.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { httpClient } from "../../../src/http.ts";
import { has } from "../../support/tools.ts";
import { sealingBy } from "../seal/sealing.ts";
import { type ThrowawayPki, throwawayPki } from "../seal/throwaway-pki.ts";

/** A phone of ours: waits two looks, then does what its person does. */
function phone(key: KeyHolder, person: "confirmed" | "refused" | "asleep" | "timed_out" | "confirms one too few") {
  const shown: string[] = [];
  let looks = 0;
  let asked: readonly Bytes[] = [];
  const confirmed = async (): Promise<SimStanding> => {
    const signed = await Promise.all(asked.map((value) => key.sign(value, key.algorithm)));
    const signatures = signed.flatMap((one) => (one.ok ? [one.value] : []));
    return { state: "confirmed", signatures: person === "confirmed" ? signatures : signatures.slice(1) };
  };
  return {
    shown,
    ask: async ({ values, code }: { values: readonly Bytes[]; code: string }) => {
      asked = values;
      shown.push(code);
      return { ok: true as const, value: "request-1" };
    },
    standing: async (): Promise<SimStanding> => {
      if (looks++ < 2 || person === "asleep") return { state: "waiting" };
      if (person === "refused" || person === "timed_out") return { state: person };
      return confirmed();
    },
  };
}

describe.skipIf(!has("openssl"))("a key in a phone's SIM", () => {
  let pki: ThrowawayPki;
  const http = httpClient({ timeoutSeconds: 5, answerBytes: 64 * 1024, reach: "anywhere" });
  beforeAll(async () => {
    pki = await throwawayPki();
  }, 60_000);
  afterAll(async () => {
    http.close();
    await pki.end();
  });

  const values = [new Uint8Array([1]), new Uint8Array([2])];
  function opened(person: Parameters<typeof phone>[1]) {
    const key = sealingBy(pki, http).holder("officer");
    const sim = phone(key, person);
    const told: SimProgress[] = [];
    const tell = (progress: SimProgress) => void told.push(progress);
    const { certificate, chain, algorithm } = key;
    const rest = { sim, random: () => 0.0427, tell, pause: async () => undefined, mostLooks: 5 };
    return { key, sim, told, holder: openSimPki({ certificate, chain, algorithm, ...rest }) };
  }

  test("waiting, then confirmed: one code on both screens for the whole list, and the values of the SIM come back", async () => {
    const { key, sim, told, holder } = opened("confirmed");
    const signed = await holder.signAll?.(values, holder.algorithm);
    const own = await Promise.all(values.map((value) => key.sign(value, key.algorithm)));
    expect(signed).toEqual({ ok: true, value: own });
    expect(sim.shown).toEqual(["0427"]);
    expect(told).toEqual(["waiting", "waiting", "confirmed"].map((state) => ({ state, code: "0427" })));
  });

  test.each([
    { person: "refused", failure: { code: "key_refused", reason: "sim_refused" }, last: "refused" },
    { person: "timed_out", failure: { code: "key_refused", reason: "sim_timed_out" }, last: "timed_out" },
    { person: "asleep", failure: { code: "key_refused", reason: "sim_timed_out" }, last: "timed_out" },
  ] as const)("$person: told as such on the page, and nothing is signed", async ({ person, failure, last }) => {
    const { told, holder } = opened(person);
    expect(await holder.sign(values[0] ?? new Uint8Array(), holder.algorithm)).toEqual({ ok: false, failure });
    expect(told.at(-1)).toEqual({ state: last, code: "0427" });
  });

  test("fewer values than were asked for are none", async () => {
    const { holder } = opened("confirms one too few");
    expect((await holder.signAll?.(values, holder.algorithm))?.ok).toBe(false);
  });
});
