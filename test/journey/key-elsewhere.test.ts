import { sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sweepStore } from "../../src/wiring/sweeping.ts";
import { deskOf } from "../pages/administration-world.ts";
import { type CscServer, cscServer, type HeldCredential } from "../support/csc-server.ts";
import { smallScan } from "../support/officials.ts";
import { canUseTokens, tokenPin } from "../support/soft-token.ts";
import { type HouseWithToken, startWithToken } from "./with-token.ts";

type CopyWaiting = { id: string; copy: number; toBeSigned: string };
type Waiting = { id: string; dossierId: string; toBeSigned: string; code?: string };

describe.skipIf(!canUseTokens)("a key that is elsewhere", () => {
  const credentials: HeldCredential[] = [];
  let csc: CscServer;
  let world: HouseWithToken;
  let scans = 20;
  beforeAll(async () => {
    csc = await cscServer(credentials);
    world = await startWithToken(({ device }) => ({
      tokens: [{ name: "softhsm", ...device }],
      remotes: [{ name: "cloud", ...csc.service }],
    }));
  }, 180_000);
  afterAll(async () => {
    await world?.stop();
    await csc?.end();
  });

  const attested = async (copies = 1) =>
    (await world.officials.attested(await smallScan(++scans), "Giấy thử (hư cấu)", copies)).dossierId;
  const statusOf = async (id: string) => (await world.officials.view(id)).status;
  const asSigner = async (path: string, body: object) => world.officials.ask("lanhdao", "POST", path, body);
  const prepare = async (...dossiers: string[]) =>
    (await asSigner("/api/sign/prepared", { dossiers })).json["items"] as Waiting[];
  const complete = async (values: { id: string; value: string }[]) =>
    (await asSigner("/api/sign/values", { values })).json["items"] as { id: string; code?: string }[];
  const signList = async (ids: readonly string[], pin: string) => {
    const desk = deskOf(world.url, await world.session("lanhdao"));
    return desk.send("/sign", [...ids.map((id) => ["dossier", id] as const), ["pin", pin]]);
  };

  test("decisions 8, 9: prepared here, signed elsewhere, completed here; the seal follows and the copy is released", async () => {
    const { keyFile } = await world.giveKey("agent");
    const key = readFileSync(keyFile, "utf8");
    const signatureOn = (toBeSigned: string) =>
      sign("sha256", Buffer.from(toBeSigned, "base64"), key).toString("base64");
    const id = await attested();
    expect(await asSigner(`/api/dossiers/${id}/signature`, { pin: tokenPin })).toMatchObject({ code: "key_elsewhere" });
    const [waiting] = await prepare(id);
    if (waiting === undefined) return expect.fail("nothing prepared");
    expect(await statusOf(id)).toBe("numbered");

    const changed = Buffer.from(waiting.toBeSigned, "base64");
    changed[40] = (changed[40] ?? 0) ^ 1;
    const [refused] = await complete([{ id: waiting.id, value: signatureOn(changed.toString("base64")) }]);
    expect(refused?.code).toBe("signing_failed"); // over other bytes than were prepared
    const [used] = await complete([{ id: waiting.id, value: signatureOn(waiting.toBeSigned) }]);
    expect(used?.code).toBe("not_found"); // and the attempt is spent
    expect(await statusOf(id)).toBe("numbered");

    const [again] = await prepare(id);
    const values = [{ id: again?.id ?? "", value: signatureOn(again?.toBeSigned ?? "") }];
    const others = await world.officials.ask("vanthu", "POST", "/api/seal/values", { values });
    expect(others.json["items"]).toMatchObject([{ code: "not_found" }]); // not the person it was prepared for
    const otherWay = await world.officials.ask("lanhdao", "POST", "/api/notice/values", { values });
    expect(otherWay.json["items"]).toMatchObject([{ code: "not_found" }]); // nor by the way of another act, and is not spent by it
    expect((await complete(values))[0]?.code).toBeUndefined();
    expect((await complete(values))[0]?.code).toBe("not_found"); // a replay finds nothing
    expect((await world.officials.seal(id)).ok).toBe(true);
    await world.officials.waitFor(id, "released");
  }, 60_000);

  test("COPIES-1, decisions 7, 9: copies of one number are signed and sealed elsewhere; cut in the middle, the next attempt signs what is left", async () => {
    const keys = { sign: await world.giveKey("agent"), seal: await world.giveKey("agent", "", "agency") };
    const people = { sign: "lanhdao", seal: "vanthu" } as const;
    const id = await attested(5);
    const part = async (act: "sign" | "seal", after = 0) =>
      (await world.officials.ask(people[act], "POST", `/api/${act}/prepared-copies`, { dossier: id, after })).json as {
        items: CopyWaiting[];
        next: number | null;
      };
    const bring = async (act: "sign" | "seal", items: readonly CopyWaiting[], who: string = people[act]) => {
      const values = items.map((one) => {
        const value = sign("sha256", Buffer.from(one.toBeSigned, "base64"), readFileSync(keys[act].keyFile, "utf8"));
        return { id: one.id, value: value.toString("base64") };
      });
      const done = (await world.officials.ask(who, "POST", `/api/${act}/values`, { values })).json;
      return ((done["items"] ?? []) as { code?: string }[]).map(({ code }) => code ?? "");
    };
    const signed = () => world.sql`select ordinal, person_signed_blob_id as blob from further_copy
      where person_signed_blob_id is not null and certificate_id in (select id from certificate where dossier_id = ${id}) order by ordinal`;
    expect((await prepare(id))[0]?.code).toBe("key_elsewhere_for_copies"); // a program that knows no copies takes no number
    expect(await statusOf(id)).toBe("attested");

    const first = await part("sign");
    expect([first.items.map(({ copy }) => copy), first.next]).toEqual([[2, 3, 4, 5, 1], null]);
    expect(await bring("sign", first.items.slice(4))).toEqual(["act_cut"]); // the line, before its copies
    expect(await bring("sign", first.items.slice(0, 2))).toEqual(["", ""]);
    const kept = await signed();
    expect([kept.length, await statusOf(id)]).toEqual([2, "numbered"]);

    const again = await part("sign");
    expect(again.items.map(({ copy }) => copy)).toEqual([4, 5, 1]);
    expect(await bring("sign", first.items.slice(2, 3))).toEqual(["not_found"]); // of the attempt before
    expect(await bring("sign", again.items.slice(0, 1), "vanthu")).toEqual([]); // a clerk signs nothing
    const last = await part("sign", 4); // the same part again ends what was prepared of it, and no more
    expect(await bring("sign", again.items)).toEqual(["", "not_found", "not_found"]);
    expect(await bring("sign", last.items)).toEqual(["", ""]);
    expect((await signed()).slice(0, 2)).toEqual(kept);
    expect(await statusOf(id)).toBe("person_signed");

    expect(await bring("seal", (await part("seal")).items)).toEqual(["", "", "", "", ""]);
    await world.officials.waitFor(id, "released");
    expect(
      await world.sql`select count(distinct identity_sha256)::int as files from certified_copy where dossier_id = ${id}`,
    ).toEqual([{ files: 5 }]);
  }, 90_000);

  test("decision 8: what was prepared and never signed is forgotten a day later, a bounded number at a time; what waits since today stays", async () => {
    await world.giveKey("agent");
    const [old, spent, fresh] = (await prepare(await attested(), await attested(), await attested())).map(
      ({ id }) => id,
    );
    const day = "26 hours";
    await world.sql`update prepared_signature set prepared_at = prepared_at - ${day}::interval where id in ${world.sql([old ?? "", spent ?? ""])}`;
    // An attempt that died between taking it and erasing its file.
    await world.sql`update prepared_signature set used_at = prepared_at where id = ${spent ?? ""}`;
    const kept = () => world.sql<{ id: string }[]>`
      select p.id from prepared_signature p join blob b on b.id = p.blob_id where b.erased_at is null`;
    const keptIds = async () => (await kept()).map(({ id }) => id);
    expect(await keptIds()).toEqual(expect.arrayContaining([old, spent, fresh]));
    await sweepStore(world.house);
    const left = await keptIds();
    expect([old, spent, fresh].map((id) => left.includes(id ?? ""))).toEqual([false, false, true]);
    expect((await complete([{ id: old ?? "", value: "AAAA" }]))[0]?.code).toBe("not_found");
    await sweepStore(world.house); // again, with nothing to do
    expect(await keptIds()).toEqual(left);
  }, 90_000);

  test("ADR 80: asked for the same signature many times at once, one file of it waits, and the database refuses a second", async () => {
    await world.giveKey("agent");
    const id = await attested();
    for (let i = 0; i < 3; i += 1) await Promise.all([prepare(id), prepare(id), prepare(id)]);
    const kept = await world.sql<{ id: string; waits: boolean }[]>`select p.id, p.used_at is null as waits
      from prepared_signature p join blob b on b.id = p.blob_id where p.dossier_id = ${id} and b.erased_at is null`;
    expect(kept.map(({ waits }) => waits)).toEqual([true]);
    await expect(world.sql`insert into prepared_signature select gen_random_uuid(), agency_id, dossier_id, certificate_id, act, person_id,
      credential_id, blob_id, to_be_signed, prepared_at, null, mandate_id from prepared_signature where id = ${kept[0]?.id ?? ""}`).rejects.toThrow(
      /prepared_signature_waits_once/,
    );
  }, 60_000);

  test("REFUSE-1, decisions 2, 9: a notice of refusal is prepared here and signed elsewhere, by its own person, once; no number is taken", async () => {
    const { keyFile } = await world.giveKey("agent");
    const key = readFileSync(keyFile, "utf8");
    const id = await attested();
    const notices = async (how: "prepared" | "values", body: object) =>
      (await asSigner(`/api/notice/${how}`, body)).json["items"] as (Waiting & { number: number | null })[];
    expect((await notices("prepared", { dossiers: [id] }))[0]?.code).toBe("wrong_stage"); // not refused yet
    await asSigner(`/api/dossiers/${id}/refusal`, { ground: "A22_1", reason: "Bản chính bị tẩy xóa (hư cấu)" });
    const signer = deskOf(world.url, await world.session("lanhdao"));
    const form = (await signer.get(`/dossiers/${id}/refusal`)).text;
    expect([form.includes('data-act="notice"'), form.includes('name="pin"')]).toEqual([true, false]);
    const value = (toBeSigned = "") => sign("sha256", Buffer.from(toBeSigned, "base64"), key).toString("base64");
    const [spoilt] = await notices("prepared", { dossiers: [id] });
    const over = [{ id: spoilt?.id ?? "", value: value(Buffer.from("other bytes").toString("base64")) }];
    expect((await notices("values", { values: over }))[0]?.code).toBe("signing_failed");
    const [before] = await notices("prepared", { dossiers: [id] });
    const [waiting] = await notices("prepared", { dossiers: [id] });
    expect(waiting).toMatchObject({ dossierId: id, number: null, bookText: null });
    const late = [{ id: before?.id ?? "", value: value(before?.toBeSigned) }];
    expect((await notices("values", { values: late }))[0]?.code).toBe("not_found"); // who begins anew ended it
    const values = [{ id: waiting?.id ?? "", value: value(waiting?.toBeSigned) }];
    const clerk = await world.officials.ask("vanthu", "POST", "/api/seal/values", { values });
    expect(clerk.json["items"]).toMatchObject([{ code: "not_found" }]);
    expect((await notices("values", { values }))[0]?.code).toBeUndefined();
    expect((await notices("values", { values }))[0]?.code).toBe("not_found"); // a replay finds nothing
    expect((await notices("prepared", { dossiers: [id] }))[0]?.code).toBe("wrong_stage"); // signed once
    expect((await signer.get(`/dossiers/${id}/refusal`)).text).toContain("refusal.pdf?save=yes");
    expect((await world.officials.view(id)).certificate ?? null).toBeNull();
  }, 60_000);

  test("a list under one PIN of a token: each has its own number; one that was signed before does not stop the others", async () => {
    await world.giveKey("token:softhsm");
    const ids = [await attested(), await attested(), await attested()];
    const wrong = await signList(ids, "000000");
    expect(wrong.status).toBe(403);
    expect(await Promise.all(ids.map(statusOf))).toEqual(["attested", "attested", "attested"]);
    const [first = "", ...others] = ids;
    expect((await asSigner(`/api/dossiers/${first}/signature`, { pin: tokenPin })).ok).toBe(true);
    expect((await signList([first, ...others], tokenPin)).status).toBe(200);
    expect(await Promise.all(ids.map(statusOf))).toEqual(["person_signed", "person_signed", "person_signed"]);
    const numbers = await Promise.all(ids.map(async (id) => (await world.officials.view(id)).certificate?.number));
    expect(new Set(numbers).size).toBe(3);
  }, 60_000);

  test("a list with a remote service: one authorisation over exactly these digests; what fails alone is signed at the next try", async () => {
    const pin = "830271";
    const { certificate, keyFile } = await world.giveKey("remote:cloud", "khoa-1");
    credentials.push({ id: "khoa-1", keyFile, certificate, pin });
    const ids = [await attested(), await attested(), await attested()];
    csc.behave({ spoil: (index) => index === 1 });
    await signList(ids, pin);
    expect(await Promise.all(ids.map(statusOf))).toEqual(["person_signed", "numbered", "person_signed"]);
    const authorised = csc.asked.filter(({ path }) => path === "/credentials/authorize");
    expect(authorised.map(({ body }) => body["numSignatures"])).toEqual([3]);
    csc.behave({ spoil: () => false });
    const [, failed = ""] = ids;
    expect((await asSigner(`/api/dossiers/${failed}/signature`, { pin: "111111" })).code).toBe("wrong_pin");
    expect((await asSigner(`/api/dossiers/${failed}/signature`, { pin })).ok).toBe(true);
    const order = await attested(4);
    csc.asked.length = 0;
    /** The act may go on behind its answer: how it ended is told by what is kept of it. */
    const end = async (tried: string) => {
      await asSigner(`/api/dossiers/${order}/signature`, { pin: tried });
      const kept = () => world.sql<{ ended: boolean; code: string | null }[]>`
        select a.ended_at is not null as ended, a.failure ->> 'code' as code from copies_act a
        join certificate c on c.id = a.certificate_id where c.dossier_id = ${order}`;
      await expect.poll(async () => (await kept())[0]?.ended, { timeout: 40_000 }).toBe(true);
      return (await kept())[0]?.code;
    };
    expect(await end("111111")).toBe("wrong_pin");
    csc.behave({ spoil: (index) => index === 2 });
    expect(await end(pin)).toBe("signing_failed"); // COPIES-1: the fourth of these copies
    csc.behave({ spoil: () => false });
    expect(await end(pin)).toBe(null);
    expect(await statusOf(order)).toBe("person_signed");
    const perList = csc.asked.filter(({ path }) => path === "/credentials/authorize");
    expect(perList.map(({ body }) => body["numSignatures"])).toEqual([4, 4, 2]);
    csc.behave({ silent: true });
    const id = await attested();
    expect((await asSigner(`/api/dossiers/${id}/signature`, { pin })).ok).toBe(false);
    expect(await statusOf(id)).toBe("attested");
    expect(world.logged()).not.toMatch(new RegExp(`${pin}|${csc.service.clientSecret}|111111`));
  }, 90_000);
});
