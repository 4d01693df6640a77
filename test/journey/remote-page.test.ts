import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deskOf } from "../pages/administration-world.ts";
import { type CscServer, cscServer, type HeldCredential } from "../support/csc-server.ts";
import { smallScan } from "../support/officials.ts";
import { canUseTokens } from "../support/soft-token.ts";
import { type HouseWithToken, startWithToken } from "./with-token.ts";

describe.skipIf(!canUseTokens)("CSC API v2 §8.3.3: a service that wants the signer on its own page", () => {
  const credentials: HeldCredential[] = [];
  let csc: CscServer;
  let world: HouseWithToken;
  let scans = 60;
  beforeAll(async () => {
    csc = await cscServer(credentials);
    csc.behave({ mode: "oauth2code" });
    world = await startWithToken(() => ({
      tokens: [],
      remotes: [{ name: "cloud", asks: "page" as const, ...csc.service }],
    }));
    const { certificate, keyFile } = await world.giveKey("remote:cloud", "khoa-trang");
    credentials.push({ id: "khoa-trang", keyFile, certificate, pin: "no-such-pin" });
  }, 180_000);
  afterAll(async () => {
    await world?.stop();
    await csc?.end();
  });

  const attested = async () => (await world.officials.attested(await smallScan(++scans))).dossierId;
  const statusOf = async (id: string) => (await world.officials.view(id)).status;
  const desk = async (user = "lanhdao") => deskOf(world.url, await world.session(user));

  /** Presses the button, and reads the way to the service off the page that follows. */
  async function begun(id: string, where = "sign") {
    const signer = await desk();
    const sent = await signer.send(`/dossiers/${id}/${where}/remote`, []);
    const visit = sent.to ?? "";
    expect([sent.status, visit]).toEqual([303, expect.stringMatching(/^\/remote-visits\/[0-9a-f-]{36}$/)]);
    const page = (await signer.get(visit)).text;
    const way = /href="(http:\/\/127\.0\.0\.1:\d+\/csc\/v2\/oauth2\/authorize[^"]+)"/.exec(page)?.[1];
    return { signer, visit, page, way: (way ?? "").replaceAll("&amp;", "&") };
  }

  /** What the person's browser does there; it comes back from another site, so without the session's cookie. */
  async function agreedTo(way: string): Promise<{ back: string; answer: Response }> {
    const there = await fetch(way, { redirect: "manual" });
    const told = new URL(there.headers.get("location") ?? "");
    const back = `${world.url}${told.pathname}${told.search}`; // the address that the operator told need not be this one
    return { back, answer: await fetch(back) };
  }

  test("there, back, finished: signed by the registered key; the PIN is asked nowhere here, and one way is good once", async () => {
    const id = await attested();
    const form = (await (await desk()).get(`/dossiers/${id}/sign`)).text;
    expect(form).toContain(`action="/dossiers/${id}/sign/remote`);
    expect(form).not.toContain('name="pin"');
    const { signer, visit, way } = await begun(id);
    const asked = new URL(way).searchParams;
    expect(asked.get("redirect_uri")).toMatch(/\/remote-signing\/back$/);
    expect([asked.get("numSignatures"), asked.get("code_challenge_method")]).toEqual(["1", "S256"]);
    const { back, answer } = await agreedTo(way);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(visit);
    expect(await statusOf(id)).toBe("numbered"); // a GET signs nothing
    const done = await signer.send(visit, []);
    expect([done.status, done.to]).toEqual([303, `/dossiers/${id}/sign`]);
    expect(await statusOf(id)).toBe("person_signed");

    expect((await fetch(back)).status).toBe(404); // the state was answered
    expect((await signer.send(visit, [])).to).toBe(visit); // and the code is spent
    const signing = csc.asked.filter(({ path }) => path === "/signatures/signHash");
    expect(signing.map(({ body }) => body["hashes"])).toEqual([[asked.get("hashes")]]);
    expect((await world.officials.seal(id)).ok).toBe(true);
    await world.officials.waitFor(id, "released");
  }, 60_000);

  test("REFUSE-1: a notice of refusal goes the same way there and back, and takes no number", async () => {
    const id = await attested();
    await world.officials.ask("lanhdao", "POST", `/api/dossiers/${id}/refusal`, {
      ground: "A22_1",
      reason: "Bản chính bị tẩy xóa (hư cấu)",
    });
    const { signer, visit, page, way } = await begun(id, "refusal");
    expect([page.includes("thông báo từ chối"), page.includes("Số chứng thực")]).toEqual([true, false]);
    await agreedTo(way);
    const done = await signer.send(visit, []);
    expect([done.status, done.to]).toEqual([303, `/dossiers/${id}/refusal`]);
    expect((await signer.get(`/dossiers/${id}/refusal`)).text).toContain("refusal.pdf?save=yes");
    const { certificate } = await world.officials.view(id);
    expect(certificate ?? null).toBeNull();
  }, 60_000);

  test("refused there: nothing is signed, the number is kept, and it can be begun again under it", async () => {
    const id = await attested();
    const { signer, visit, way } = await begun(id);
    csc.behave({ person: "refuses" });
    await agreedTo(way);
    csc.behave({ person: "agrees" });
    expect((await signer.get(visit)).text).toContain("bị từ chối");
    await signer.send(visit, []);
    expect(await statusOf(id)).toBe("numbered");
    const number = (await world.officials.view(id)).certificate?.number;
    const again = await begun(id);
    await agreedTo(again.way);
    await again.signer.send(again.visit, []);
    expect(await statusOf(id)).toBe("person_signed");
    expect((await world.officials.view(id)).certificate?.number).toBe(number);
  }, 60_000);

  test("RFC 6749 §10.12, decision 9: a state of nobody, another person's way and an unanswered one lead nowhere", async () => {
    const id = await attested();
    const { signer, visit, way } = await begun(id);
    const origin = new URL(world.url).origin;
    const stray = await fetch(`${origin}/remote-signing/back?code=x&state=${"A".repeat(43)}`);
    expect(stray.status).toBe(404);
    expect((await fetch(`${origin}/remote-signing/back?code=x`)).status).toBe(404);
    expect((await signer.send(visit, [])).to).toBe(visit); // not agreed to yet
    const clerk = await desk("vanthu");
    expect((await clerk.get(visit)).status).toBe(404);
    await agreedTo(way);
    expect((await clerk.send(visit, [])).status).toBe(404);
    expect(await statusOf(id)).toBe("numbered");
  }, 60_000);

  test("RFC 7636: a code of another way does not fit; an activation that ran out signs nothing; a list is told one by one", async () => {
    const [first, second] = [await attested(), await attested()];
    const [one, two] = [await begun(first), await begun(second)];
    const there = await fetch(one.way, { redirect: "manual" });
    const code = new URL(there.headers.get("location") ?? "").searchParams.get("code") ?? "";
    const state = new URL(two.way).searchParams.get("state") ?? "";
    await fetch(`${new URL(world.url).origin}/remote-signing/back?code=${code}&state=${state}`);
    const swapped = await two.signer.send(two.visit, []);
    expect(swapped.status).toBe(503);
    expect(await statusOf(second)).toBe("numbered");

    const again = await begun(second);
    csc.behave({ activationSeconds: -1 });
    await agreedTo(again.way);
    expect((await again.signer.send(again.visit, [])).status).toBe(503);
    csc.behave({ activationSeconds: 60 });
    expect(await statusOf(second)).toBe("numbered");
    expect((await (await desk()).get("/sign")).text).toContain("từng hồ sơ");
    expect(world.logged()).not.toMatch(new RegExp(`${csc.service.clientSecret}|${code}|${state}`));
  }, 60_000);

  test("timed out: after ten minutes neither an answer nor the last step is taken", async () => {
    const id = await attested();
    const { signer, visit, way } = await begun(id);
    const other = await begun(await attested());
    await agreedTo(other.way);
    await world.sql`update remote_visit set begun_at = begun_at - interval '11 minutes' where used_at is null`;
    expect((await agreedTo(way)).answer.status).toBe(404);
    expect((await signer.get(visit)).text).toContain("quá 10 phút");
    expect((await other.signer.send(other.visit, [])).to).toBe(other.visit);
    expect(await statusOf(id)).toBe("numbered");
  }, 60_000);
});
