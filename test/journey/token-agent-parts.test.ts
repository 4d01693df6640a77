import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSignedAttributes } from "../../signing/format/cms-writer.ts";
import { tokenAgent } from "../../src/commands/token-agent/agent.tsx";
import type { Bytes } from "../../src/core/kernel.ts";
import { nodePrimitives } from "../../src/primitives-node.ts";
import { canUseTokens, type SoftTokens, softTokens, tokenPin } from "../support/soft-token.ts";

const origin = "https://chungthuc.example";
const host = "127.0.0.1:17437";

describe.skipIf(!canUseTokens)("COPIES-1: a long list at the token agent", () => {
  let tokens: SoftTokens;
  let certificate: Bytes;
  let agent: ReturnType<typeof tokenAgent>;
  let secrets = 0;

  beforeAll(() => {
    tokens = softTokens();
    tokens.add("official");
    const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: tokens.folder, stdio: "pipe" });
    // biome-ignore format: one command
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k.pem", "-out", "c.pem", "-days", "30", "-subj", "/CN=Người ký (fictional)");
    certificate = new Uint8Array(openssl("x509", "-in", "c.pem", "-outform", "DER")) as Bytes;
    openssl("x509", "-in", "c.pem", "-outform", "DER", "-out", "c.der");
    tokens.put("official", "01", join(tokens.folder, "k.pem"), join(tokens.folder, "c.der"));
    const newSecret = () => `secret-${++secrets}`;
    const setting = { origin, port: 17437, pairing: "paired", device: tokens.device, now: Date.now, newSecret };
    agent = tokenAgent(setting);
  });
  afterAll(() => tokens?.end());

  function copies(from: number, to: number) {
    const algorithm = { scheme: "rsa-pkcs1", hash: "sha256" } as const;
    return Array.from({ length: to - from + 1 }, (_, i) => {
      const messageDigest = new Uint8Array(32).fill((from + i) % 256) as Bytes;
      const bytes = buildSignedAttributes({ messageDigest, certificate, algorithm }, nodePrimitives);
      const toBeSigned = Buffer.from(bytes).toString("base64");
      return { id: `copy-${from + i}`, title: "Giấy thử (hư cấu)", number: "7, 01/2026", copy: from + i, toBeSigned };
    });
  }
  const headers = { host, origin, authorization: "Pairing paired", "content-type": "application/json" };
  const api = async (path: string, body?: object) => {
    const sent = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
    const answer = await agent.request(`http://${host}${path}`, sent);
    return (await answer.json()) as { id?: string; code?: string; state?: string; values?: { id: string }[] };
  };
  const page = (path: string) => agent.request(`http://${host}${path}`, { headers: { host } });
  const confirm = (id: string, token: string, pin: string) =>
    agent.request(`http://${host}/requests/${id}`, {
      method: "POST",
      headers: { host, origin: `http://${host}`, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ answer: "sign", token, pin }).toString(),
    });
  const tokenIn = (html: string) => /name="token" value="([^"]+)"/.exec(html)?.[1] ?? "";
  const asked = async (more: boolean, from: number, to: number) =>
    (
      await api("/api/requests", {
        certificate: Buffer.from(certificate).toString("base64"),
        items: copies(from, to),
        more,
      })
    ).id ?? "";

  test("it comes in parts and is shown whole before the one PIN; its values are taken, each once, while others are made", async () => {
    const id = await asked(true, 1, 50);
    expect((await page(`/requests/${id}`)).status).toBe(404); // nothing is shown before the last part
    await api(`/api/requests/${id}/items`, { items: copies(51, 100), more: true });
    await api(`/api/requests/${id}/items`, { items: copies(101, 130), more: false });
    const late = await api(`/api/requests/${id}/items`, { items: copies(131, 131), more: false });
    expect(late.code).toBe("request_refused"); // nothing is added to what a person may have seen
    const shown = await (await page(`/requests/${id}`)).text();
    expect(shown).toContain("<strong>130</strong>");
    expect(shown.match(/<code>[0-9a-f]{64}<\/code>/g)).toHaveLength(130);
    expect((await confirm(id, tokenIn(shown), "000000")).status).toBe(422);
    expect((await api(`/api/requests/${id}`)).state).toBe("waiting");
    const signing = await confirm(id, tokenIn(shown), tokenPin);
    expect([signing.status, signing.headers.get("location")]).toEqual([303, `/requests/${id}`]);
    expect((await confirm(id, tokenIn(shown), tokenPin)).status).toBe(404); // no second opening
    const taken: string[] = [];
    let state: string | undefined = "signing";
    while (state === "signing") {
      const answer = await api(`/api/requests/${id}`);
      taken.push(...(answer.values ?? []).map((value) => value.id));
      state = answer.state;
      await new Promise((later) => setTimeout(later, 20));
    }
    expect([state, taken.length, new Set(taken).size]).toEqual(["signed", 130, 130]);
    expect((await page(`/requests/${id}`)).status).toBe(404);
  }, 60_000);

  test("ADR 90: a sign that turns the order of a title, or is not seen, is named where the person decides", async () => {
    const [item] = copies(1, 1).map(({ copy: _, ...old }) => ({
      ...old,
      title: "Gi\u1ea5y \u202ethua\u200b",
      number: "7\u2066",
    }));
    const made = await api("/api/requests", {
      certificate: Buffer.from(certificate).toString("base64"),
      items: [item],
    });
    const shown = await (await page(`/requests/${made.id}`)).text();
    expect(shown).toContain("<strong>Giấy [U+202E]thua[U+200B]</strong>");
    expect(shown).toContain("7[U+2066]");
    expect(shown).not.toMatch(/[\u200b\u202e\u2066]/);
  });

  test("a page that takes the list at once is told `waiting` until all is signed, and sees no part of it", async () => {
    const items = copies(1, 3).map(({ copy: _, ...old }) => old);
    const made = await api("/api/requests", { certificate: Buffer.from(certificate).toString("base64"), items });
    const shown = await (await page(`/requests/${made.id}`)).text();
    expect((await confirm(made.id ?? "", tokenIn(shown), tokenPin)).status).toBe(200);
    const answer = await api(`/api/requests/${made.id}`);
    expect([answer.state, answer.values?.length]).toEqual(["signed", 3]);
  }, 30_000);

  test("each that is signed is shown, also where the page gave two the same id, or one the name of a paper with copies", async () => {
    const [own, twin, paper, copy] = copies(1, 4).map((item) => ({ ...item, id: "same" }));
    const alone = [own, twin, paper].map((item, i) => ({ ...item, title: `Giấy ${i} (hư cấu)`, copy: undefined }));
    const named = { ...alone[2], id: JSON.stringify([copy?.title, copy?.number]) };
    const items = [alone[0], alone[1], copy, named];
    const made = await api("/api/requests", { certificate: Buffer.from(certificate).toString("base64"), items });
    const shown = await (await page(`/requests/${made.id}`)).text();
    expect(new Set(shown.match(/<code>[0-9a-f]{64}<\/code>/g)).size).toBe(4);
    for (const i of [0, 1, 2]) expect(shown).toContain(`<strong>Giấy ${i} (hư cấu)</strong>`);
  });

  test("more than 1,200 are not taken under one PIN", async () => {
    const id = await asked(true, 1, 50);
    const part = copies(1, 50);
    for (let sent = 50; sent < 1200; sent += 50) await api(`/api/requests/${id}/items`, { items: part, more: true });
    const answer = await api(`/api/requests/${id}/items`, { items: part, more: false });
    expect(answer.code).toBe("request_refused");
  });

  test("a token that is pulled out ends the list: what was made is handed out, and no more is made", async () => {
    const id = await asked(true, 1, 50);
    await api(`/api/requests/${id}/items`, { items: copies(51, 100), more: true });
    await api(`/api/requests/${id}/items`, { items: copies(101, 120), more: false });
    await confirm(id, tokenIn(await (await page(`/requests/${id}`)).text()), tokenPin);
    const told = async () => (await page(`/requests/${id}`)).text();
    await expect.poll(told, { timeout: 20_000 }).toContain("100/120"); // nobody takes them: the token waits
    tokens.pull();
    const ends: [string | undefined, number | undefined][] = [];
    while (ends.at(-1)?.[0] === undefined || ends.at(-1)?.[0] === "signing") {
      const { state, values } = await api(`/api/requests/${id}`);
      ends.push([state, values?.length]);
      await new Promise((later) => setTimeout(later, 50));
    }
    expect(ends.at(-1)?.[0]).toBe("broken");
    expect(ends.reduce((sum, [, count]) => sum + (count ?? 0), 0)).toBe(100);
  }, 60_000);
});
