import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SignedIn } from "../../src/commands/api-client.ts";
import { isKeyRoute, type Role, type Route } from "../../src/web/route.ts";
import { allRoutes } from "../../src/wiring/routes.ts";
import { aPaper, secretsOf, smallScan } from "../support/officials.ts";
import { type FeeTargets, feeFields, feesOf, keepFeeTargets } from "./fee-targets.ts";
import { startTwoAgencies, type TwoAgencies } from "./two-agencies.ts";
import { keepVoiceTargets, petitionWords, voiceFields, voicesOf } from "./voice-targets.ts";

const theirs = { ...aPaper, title: "Giấy riêng của Hoa Ban (hư cấu)", holderName: "Quàng Thị Riêng (hư cấu)" };
const demoNames: Record<Role, string> = {
  receiver: "tiepnhan",
  comparer: "doichieu",
  signer: "lanhdao",
  clerk: "vanthu",
  administrator: "quantri",
  province: "tinh",
};
const roles = Object.keys(demoNames) as Role[];

let world: TwoAgencies;
let routes: readonly Route[];
/** One dossier of the first agency at each stage where something could still be done or fetched. */
let dossiers: readonly Dossier[];

type Dossier = { readonly stage: string; readonly id: string; readonly sha256: string; readonly originalId: string };

beforeAll(async () => {
  world = await startTwoAgencies();
  const setting = { house: world.house, dataFolder: world.dataFolder, trustedProxies: 0, scripts: [] };
  routes = allRoutes({ ...setting, nobodysPasswordHash: "", isDraining: () => false });
  const key = crypto.randomUUID();
  await world.sql`insert into recipient_key (id, recipient_id, secret_hash, scopes, created_by, created_at, expires_at)
    select ${key}, id, ${new Uint8Array(32)}, '{verify}', registered_by, now(), now() + interval '1 day' from recipient`;
  const absence = crypto.randomUUID(); // long past, so that nobody here is kept from signing
  await world.sql`insert into absence (id, agency_id, person_id, from_day, to_day, kept_by, kept_at)
    select ${absence}, agency_id, id, '2020-01-01', '2020-01-02', id, now() from person where user_name = 'lanhdao'`;
  const endpoint = crypto.randomUUID();
  await world.sql`insert into webhook_endpoint (id, recipient_id, url, secret_salt, created_at)
    select ${endpoint}, id, 'https://truong.example/', ${new Uint8Array(32)}, now() from recipient`;
  const [row] = await world.sql<
    Omit<typeof kept, "petition" | "request" | "reception">[]
  >`select p.id as person, m.id as mandate, ${absence} as absence, k.id as credential, b.id as book,
      r.id as recipient, ${key} as key, ${endpoint} as endpoint
    from person p join mandate m on m.person_id = p.id join credential k on k.person_id = p.id join book b on b.agency_id = p.agency_id
      join recipient r on r.agency_id = p.agency_id
    where p.agency_id = 'hoaban'`;
  if (row === undefined) throw new Error("nothing to attack");
  const underWay = [await waitingAt("read"), await waitingAt("attested"), await waitingAt("person_signed")];
  dossiers = [...underWay, await released(), await refused("waits"), await refused("signed")];
  for (const { id } of dossiers) await world.officials.waitForWords(id);
  feeTargets = await keepFeeTargets(world.sql, dossiers[0]?.id ?? "");
  kept = { ...row, ...(await keepVoiceTargets(world.sql, dossiers[0]?.id ?? "")) };
});
afterAll(() => world?.stop());

const isGuarded = (route: Route) => route.demands !== "public" && !isKeyRoute(route);
const mayBeReached = (route: Route, role: Role | null) =>
  route.demands === "session" || (role !== null && route.demands !== "public" && route.demands.includes(role));
const nameOf = (route: Route) => `${route.method} ${route.path}`;

describe("object-level authorisation, over the whole table of routes", { timeout: 120_000 }, () => {
  test("another agency's people, whatever their role, neither read nor change a dossier", async () => {
    const before = await everythingOfHoaBan();
    const people = await Promise.all(roles.map(async (role) => ({ role, session: await world.session(`la-${role}`) })));
    const shots = people.flatMap(({ role, session }) =>
      shotsAt((route) => mayBeReached(route, role) && !endsSession(route), `la-${role}`, session),
    );
    const leaks = await leaksOf(shots, ({ status, text }, { route, dossier }) => {
      if ([theirs.title, theirs.holderName, petitionWords, dossier.sha256].some((secret) => text.includes(secret)))
        return false;
      // a page may repeat the id of its own address, a list must not know it
      return route.path.includes(":id") ? status === 404 || status === 403 : !text.includes(dossier.id);
    });
    expect(leaks).toEqual([]);
    expect(await everythingOfHoaBan()).toEqual(before);
  });

  test("a dossier of one's own opens no part of another's", async () => {
    const session = await world.session("la-receiver");
    const open = routes.find((route) => nameOf(route) === "POST /api/dossiers");
    const [victim] = dossiers;
    if (open === undefined || victim === undefined) throw new Error("nothing to attack");
    const own = JSON.parse((await send(open, victim, session)).text) as { dossierId: string };
    const parts = shotsAt(
      (route) => /:id.*:/.test(route.path) && mayBeReached(route, "receiver"),
      "la-receiver",
      session,
    );
    const mixed = parts.map((shot) => ({ ...shot, dossier: { ...shot.dossier, id: own.dossierId } }));
    expect(await leaksOf(mixed, ({ status }) => status === 404)).toEqual([]);
  });

  test("the agency's own people without the role are refused and change nothing", async () => {
    const before = await everythingOfHoaBan();
    const people = [...roles.map((role) => ({ role, name: demoNames[role] })), { role: null, name: "khong-vai" }];
    const shots: Shot[] = [];
    for (const { role, name } of people) {
      const own = shotsAt((route) => !mayBeReached(route, role), name, await world.session(name));
      // who watches has no way to any dossier: one of them stands for all
      shots.push(...(role === "province" ? own.filter(({ dossier }) => dossier === dossiers[0]) : own));
    }
    const leaks = await leaksOf(shots, ({ status, text }) => status === 403 && !text.includes(theirs.holderName));
    expect(leaks).toEqual([]);
    expect(await everythingOfHoaBan()).toEqual(before);
  });

  test("nobody signed in: every guarded route refuses or sends to the sign-in page", async () => {
    const before = await everythingOfHoaBan();
    const leaks = await leaksOf(
      shotsAt(() => true, "nobody", null),
      ({ status, text }, { route }) =>
        !text.includes(theirs.title) &&
        (status === 401 || status === 403 || (status === 303 && route.method === "GET")),
    );
    expect(leaks).toEqual([]);
    expect(await everythingOfHoaBan()).toEqual(before);
  });

  test("a session without its own token, as another site would send it, changes nothing", async () => {
    const before = await everythingOfHoaBan();
    const { csrf } = await world.session("khong-vai");
    const shots: Shot[] = [];
    for (const role of roles) {
      const session = { ...(await world.session(demoNames[role])), csrf };
      const changes = (route: Route) => route.method !== "GET" && mayBeReached(route, role);
      shots.push(...shotsAt(changes, demoNames[role], session));
    }
    expect(await leaksOf(shots, ({ status }) => status === 403)).toEqual([]);
    expect(await everythingOfHoaBan()).toEqual(before);
  });
});

type Shot = {
  readonly route: Route;
  readonly dossier: Dossier;
  readonly name: string;
  readonly session: SignedIn | null;
};

/** Every guarded route that fits, at every dossier; one that names no dossier once. */
function shotsAt(fits: (route: Route) => boolean, name: string, session: SignedIn | null): Shot[] {
  const aimed = routes.filter((route) => isGuarded(route) && fits(route));
  return aimed.flatMap((route) => {
    const targets = route.path.includes(":id") ? dossiers : dossiers.slice(0, 1);
    return targets.map((dossier) => ({ route, dossier, name, session }));
  });
}

type Got = { readonly status: number; readonly text: string };

async function leaksOf(shots: readonly Shot[], isFine: (got: Got, shot: Shot) => boolean): Promise<string[]> {
  expect(shots.length).toBeGreaterThan(0);
  const leaks: string[] = [];
  for (const shot of shots) {
    const got = await send(shot.route, shot.dossier, shot.session);
    if (!isFine(got, shot)) leaks.push(`${nameOf(shot.route)} as ${shot.name}, ${shot.dossier.stage}: ${got.status}`);
  }
  return leaks;
}

const endsSession = (route: Route) => route.method === "DELETE" || route.path === "/sign-out";

/** With a body that holds every field any form knows, rightly filled: what is refused is refused for who asks. */
async function send(route: Route, dossier: Dossier, as: SignedIn | null): Promise<Got> {
  const { body, headers } = bodyOf(route, dossier, as?.csrf ?? "");
  const answer = await fetch(`${world.url}${addressOf(route, dossier)}`, {
    method: route.method,
    redirect: "manual",
    headers: { ...headers, ...(as === null ? {} : { cookie: as.cookie }), accept: "text/html, application/json" },
    body,
  });
  return { status: answer.status, text: await answer.text() };
}

/** What an administrator's addresses name: a person, a certificate, a book, a recipient, its key and endpoint of the first agency. */
let kept: {
  person: string;
  mandate: string;
  absence: string;
  credential: string;
  book: string;
  recipient: string;
  key: string;
  endpoint: string;
  petition: string;
  request: string;
  reception: string;
  breach: string;
};

let feeTargets: FeeTargets;

const thisYear = new Date().toISOString().slice(0, 4);

const keptBy = [
  ["/admin/people/", "person"],
  ["/admin/certificates/", "credential"],
  ["/admin/mandates/", "mandate"],
  ["/admin/absences/", "absence"],
  ["/admin/books/", "book"],
  ["/admin/recipients/", "recipient"],
  ["/petitions/", "petition"],
  ["/admin/data-requests/", "request"],
  ["/admin/receptions/", "reception"],
  ["/admin/breaches/", "breach"],
] as const;

function addressOf(route: Route, dossier: Dossier): string {
  const [, table] = keptBy.find(([start]) => route.path.startsWith(start)) ?? [];
  const ofFees = route.path.startsWith("/admin/fees/") ? feeTargets.exemption : undefined;
  const id = ofFees ?? (table === undefined ? dossier.id : kept[table]);
  const values: Record<string, string> = {
    id,
    number: "1",
    original: dossier.originalId,
    holder: kept.person,
    period: thisYear,
    year: thisYear,
    agency: "hoaban",
    step: "2.pdf",
    key: kept.key,
    endpoint: kept.endpoint,
    ...feeTargets,
  };
  return route.path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined)
      throw new Error(`say what :${name} of ${nameOf(route)} is to be, so that it is attacked too`);
    return value;
  });
}

type Sent = { readonly body: string | URLSearchParams | null; readonly headers: Record<string, string> };

function bodyOf(route: Route, dossier: Dossier, csrf: string): Sent {
  if (route.method === "GET") return { body: null, headers: {} };
  const secrets = secretsOf(world.dataFolder);
  const pin = route.path.includes("seal") ? secrets["vanthu"]?.pin : secrets["lanhdao"]?.pin;
  const answers = {
    presented: "yes",
    sha256: dossier.sha256,
    originalPresented: true,
    declaredPages: 2,
    pin,
    page: 1,
    number: 1,
  };
  const refusal = { ground: "A22_1", reason: "Lý do đủ dài để được nhận (hư cấu)" };
  const decision = { outcome: "annulled", decisionNumber: "1/QĐ", decisionDate: "2026-11-22", decidedBy: "Người Lạ" };
  const fields = {
    ...feeFields(feeTargets),
    ...voiceFields,
    ...theirs,
    ...decision,
    ...answers,
    ...refusal,
    title: "Giấy của người lạ (hư cấu)",
    holderName: "Người Lạ",
  };
  if ((route.face ?? "program") === "program")
    return { body: JSON.stringify(fields), headers: { "content-type": "application/json", "x-csrf-token": csrf } };
  const form = new URLSearchParams({ csrf });
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
  return { body: form, headers: {} };
}

async function everythingOfHoaBan(): Promise<unknown> {
  const { sql } = world;
  const ofDossier = sql`dossier_id in (select id from dossier where agency_id = 'hoaban')`;
  return {
    dossier: await sql`select * from dossier where agency_id = 'hoaban' order by id`,
    submission: await sql`select * from submission where agency_id = 'hoaban' order by id`,
    paperLine: await sql`select * from paper_line where agency_id = 'hoaban' order by id`,
    withdrawal: await sql`select * from withdrawal where ${ofDossier} order by dossier_id`,
    original: await sql`select * from original where ${ofDossier} order by id`,
    page: await sql`select * from page where ${ofDossier} order by sha256`,
    confirmation: await sql`select * from confirmation where ${ofDossier} order by id`,
    attestation: await sql`select * from attestation where ${ofDossier} order by dossier_id`,
    refusal: await sql`select * from refusal where ${ofDossier} order by dossier_id`,
    notice: await sql`select * from refusal_notice where ${ofDossier} order by dossier_id`,
    certificate: await sql`select * from certificate where agency_id = 'hoaban' order by number`,
    annulment: await sql`select * from annulment where agency_id = 'hoaban' order by certificate_id`,
    fees: await feesOf(sql, "hoaban"),
    voices: await voicesOf(sql, "hoaban"),
    book: await sql`select * from book where agency_id = 'hoaban' order by id`,
    series: await sql`select * from number_series where agency_id = 'hoaban'`,
    event: await sql`select * from dossier_event where ${ofDossier} order by id`,
    recipient: await sql`select * from recipient where agency_id = 'hoaban' order by id`,
    key: await sql`select k.* from recipient_key k join recipient r on r.id = k.recipient_id
      where r.agency_id = 'hoaban' order by k.id`,
    person: await sql`select * from person where agency_id = 'hoaban' order by id`,
    role: await sql`select r.* from person_role r join person p on p.id = r.person_id
      where p.agency_id = 'hoaban' order by person_id, role`,
    absence: await sql`select * from absence where agency_id = 'hoaban' order by id`,
    policy: await sql`select * from comparing_policy where agency_id = 'hoaban' order by id`,
    mandate: await sql`select * from mandate where agency_id = 'hoaban' order by id`,
    credential: await sql`select id, valid_from, valid_to from credential where agency_id = 'hoaban' order by id`,
    // evidence is appended by the service itself, seconds after a release
    blob: await sql`select id, erased_at from blob where agency_id = 'hoaban' and kind <> 'evidence' order by id`,
  };
}

async function waitingAt(stage: "read" | "attested" | "person_signed"): Promise<Dossier> {
  const { officials } = world;
  if (stage !== "read") {
    const { dossierId } = await officials.attested(await smallScan(stage.length), theirs.title);
    await world.sql`update dossier set holder_name = ${theirs.holderName} where id = ${dossierId}`;
    if (stage === "person_signed") expect((await officials.sign(dossierId)).code).toBe("");
    return describeDossier(stage, dossierId);
  }
  const opened = await officials.ask("tiepnhan", "POST", "/api/dossiers", theirs);
  const id = String(opened.json["dossierId"]);
  const { cookie, csrf } = await world.session("tiepnhan");
  const headers = { cookie, "x-csrf-token": csrf, "content-type": "image/jpeg" };
  await fetch(`${world.url}/api/dossiers/${id}/scans`, { method: "POST", headers, body: await smallScan(3) });
  await officials.waitFor(id, "read");
  return describeDossier(stage, id);
}

async function released(): Promise<Dossier> {
  const { id } = await waitingAt("person_signed");
  expect((await world.officials.seal(id)).code).toBe("");
  await world.officials.waitFor(id, "released");
  return describeDossier("released", id);
}

async function refused(notice: "waits" | "signed"): Promise<Dossier> {
  const { id } = await waitingAt("read");
  const { ask } = world.officials;
  const refusal = { ground: "A22_1", reason: "Tẩy xóa ở dòng họ tên (hư cấu)" };
  expect((await ask("doichieu", "POST", `/api/dossiers/${id}/refusal`, refusal)).code).toBe("");
  const pin = secretsOf(world.dataFolder)["lanhdao"]?.pin;
  if (notice === "signed")
    expect((await ask("lanhdao", "POST", `/api/dossiers/${id}/refusal/signature`, { pin })).code).toBe("");
  return describeDossier(`refused, notice ${notice}`, id);
}

async function describeDossier(stage: string, id: string): Promise<Dossier> {
  const { pages } = await world.officials.view(id);
  const [original] = await world.sql<{ id: string }[]>`select id from original where dossier_id = ${id}`;
  return { stage, id, sha256: pages[0]?.streamSha256 ?? "", originalId: original?.id ?? "" };
}
