import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { smallScan } from "../support/officials.ts";
import { canUseTokens, tokenPin } from "../support/soft-token.ts";
import { type HouseWithToken, startWithToken } from "./with-token.ts";

describe.skipIf(!canUseTokens)("a key on a token at the service's machine", () => {
  let world: HouseWithToken;
  beforeAll(async () => {
    world = await startWithToken(({ device }) => ({ tokens: [{ name: "softhsm", ...device }] }));
  }, 180_000);
  afterAll(() => world?.stop());

  test("DESIGN decision 2: a certificate registered on a token signs a copy that is sealed and released; the PIN is in no log", async () => {
    const { certificate } = await world.giveKey("token:softhsm");
    const { dossierId } = await world.officials.attested(await smallScan(11));
    const path = `/api/dossiers/${dossierId}/signature`;
    const wrong = await world.officials.ask("lanhdao", "POST", path, { pin: "000000" });
    expect(wrong).toMatchObject({ ok: false, code: "wrong_pin" });
    expect((await world.officials.view(dossierId)).certificate).toBe(null); // a mistyped PIN costs no number
    const signed = await world.officials.ask("lanhdao", "POST", path, { pin: tokenPin });
    expect(signed).toMatchObject({ ok: true });
    expect((await world.officials.seal(dossierId)).ok).toBe(true);
    await world.officials.waitFor(dossierId, "released");
    expect(world.logged()).not.toContain(tokenPin);
    const [kept] = await world.sql`select pkcs12, key_place from credential where certificate = ${certificate}`;
    expect(kept).toEqual({ pkcs12: null, key_place: { kind: "token", device: "softhsm" } });
  }, 60_000);

  test("a place that the operator did not configure is not registered", async () => {
    await expect(world.giveKey("token:elsewhere")).rejects.toThrow("registering: 409");
    await expect(world.giveKey("../../evil.so")).rejects.toThrow("registering: 409");
  });

  test("a token that was pulled out is an outage: no number is taken, and the dossier waits", async () => {
    await world.giveKey("token:softhsm");
    const { dossierId } = await world.officials.attested(await smallScan(12));
    world.tokens.pull();
    const path = `/api/dossiers/${dossierId}/signature`;
    const away = await world.officials.ask("lanhdao", "POST", path, { pin: tokenPin });
    expect(away).toMatchObject({ ok: false, code: "token_absent" }); // the reason of `key_unavailable`
    expect((await world.officials.view(dossierId)).status).toBe("attested");
  }, 60_000);
});
