import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { keepGrant } from "../../db/stores/grants.ts";
import type { Grant, GrantId } from "../../src/core/grant.ts";
import type { AgencyId, CertificateId, RecipientId } from "../../src/core/ids.ts";
import { instantOfSeconds } from "../../src/core/kernel.ts";
import { grantSecretHash } from "../../src/wiring/grants.ts";
import { startTwoAgencies, type TwoAgencies } from "../attacks/two-agencies.ts";
import { aPaper, smallScan } from "../support/officials.ts";

export const school = "Trường THPT Ví Dụ (hư cấu)";
export const bank = "Ngân hàng Minh Họa (hư cấu)";

export type Copy = { readonly dossierId: string; readonly citizen: string; readonly certificateId: CertificateId };

export type GrantsHouse = TwoAgencies & {
  readonly schoolId: RecipientId;
  readonly bankId: RecipientId;
  /** A released copy with its citizen's path, `/c/…`. */
  readonly released: () => Promise<Copy>;
  /** By a decision of today. */
  readonly annul: (copy: Copy, changes?: Record<string, unknown>) => Promise<void>;
  /** Straight into the store, as it was made that many seconds ago: for what is over. */
  readonly grantOf: (copy: Copy, changes: Partial<Grant> & { madeSecondsAgo?: number }) => Promise<string>;
  /** Letters that lie in the outbox of a development store, newest last. */
  readonly letters: () => readonly string[];
  readonly events: (grantId: string) => Promise<readonly string[]>;
};

export async function startGrantsHouse(): Promise<GrantsHouse> {
  const world = await startTwoAgencies();
  const { sql, officials } = world;
  const register = async (name: string, email: string) => {
    const id = randomUUID() as RecipientId;
    await sql`insert into recipient (id, agency_id, name, email, registered_by, registered_at)
      select ${id}, 'hoaban', ${name}, ${email}, p.id, now() from person p where p.user_name = 'quantri'`;
    return id;
  };
  let marks = 40;
  const folder = join(world.dataFolder, "outbox");
  return {
    ...world,
    schoolId: await register(school, "vanthu@truong-vi-du.example"),
    bankId: await register(bank, "hoso@ngan-hang-minh-hoa.example"),
    released: async () => {
      const { dossierId, citizenLink } = await officials.attested(await smallScan(++marks));
      const acts = [await officials.sign(dossierId), await officials.seal(dossierId)];
      if (acts.some(({ ok }) => !ok)) throw new Error(JSON.stringify(acts));
      await officials.waitFor(dossierId, "released");
      const [row] = await sql<{ id: CertificateId }[]>`select id from certificate where dossier_id = ${dossierId}`;
      if (row === undefined) throw new Error("no certificate");
      return { dossierId, citizen: new URL(citizenLink).pathname, certificateId: row.id };
    },
    annul: async ({ dossierId }, changes = {}) => {
      const decision = {
        ...{ outcome: "annulled", decisionNumber: "12/QĐ-UBND", decidedBy: "Chủ tịch (hư cấu)" },
        decisionDate: new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10),
        reason: "Bản chính thiếu trang 2 khi chứng thực.",
        ...changes,
      };
      const answer = await officials.ask("lanhdao", "POST", `/api/dossiers/${dossierId}/annulment`, decision);
      if (!answer.ok) throw new Error("the decision was refused");
    },
    grantOf: async ({ certificateId }, { madeSecondsAgo = 0, ...changes }) => {
      const secret = Buffer.from(randomUUID().replaceAll("-", ""), "hex").toString("base64url");
      const made = Math.floor(Date.now() / 1000) - madeSecondsAgo;
      const grant: Grant = {
        id: randomUUID() as GrantId,
        certificateId,
        agencyId: "hoaban" as AgencyId,
        grantee: { id: null, name: school },
        procedure: "nhập học lớp 10",
        pages: null,
        uses: 1,
        used: 0,
        madeAt: instantOfSeconds(made),
        expiresAt: instantOfSeconds(made + 3600),
        revokedAt: null,
        ...changes,
      };
      await keepGrant(sql, grant, grantSecretHash(world.house, secret));
      return `/g/${secret}`;
    },
    letters: () => readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8")),
    events: async (id) =>
      (await sql<{ what: string }[]>`select what from grant_event where grant_id = ${id} order by id`).map(
        ({ what }) => what,
      ),
  };
}

/** The six digits of the newest code that was asked for, as its letter carries them. */
export async function codeFor({ sql, letters }: GrantsHouse, challenge: string): Promise<string> {
  for (let i = 0; i < 100; i++) {
    const [row] = await sql<{ state: string }[]>`select state from outbox_mail where subject = ${challenge}`;
    if (row?.state === "sent") break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const [mail] = await sql<{ id: string }[]>`select id from outbox_mail where subject = ${challenge}`;
  const letter = letters().find((text) => text.includes(`<${mail?.id}@chungthuc>`)) ?? "";
  const text = letter.includes("base64")
    ? Buffer.from(letter.split(/\r?\n\r?\n/)[1] ?? "", "base64").toString("utf8")
    : letter;
  return /\b(\d{6})\b/.exec(text)?.[1] ?? "";
}

/** A browser without JavaScript: keeps cookies, sends forms, follows nowhere by itself. */
export function visitor(url: string) {
  const jar = new Map<string, string>();
  const keep = (answer: Response) => {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      if (/Max-Age=0/i.test(line)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  };
  const headers = () => ({
    accept: "text/html",
    cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
  });
  const ask = async (path: string, fields?: Record<string, string> | URLSearchParams | FormData) => {
    const answer = await fetch(`${url}${path}`, {
      method: fields === undefined ? "GET" : "POST",
      headers: headers(),
      redirect: "manual",
      ...(fields !== undefined && { body: fields instanceof FormData ? fields : new URLSearchParams(fields) }),
    });
    const bytes = Buffer.from(await keep(answer).arrayBuffer());
    return { status: answer.status, to: answer.headers.get("location"), text: bytes.toString("utf8"), bytes, answer };
  };
  return {
    get: (path: string) => ask(path),
    post: (path: string, fields: Record<string, string> | URLSearchParams | FormData = {}) => ask(path, fields),
  };
}

export type Visitor = ReturnType<typeof visitor>;

/** A citizen who has typed the four digits. */
export async function citizenAt(house: GrantsHouse, { citizen }: Copy): Promise<Visitor> {
  const phone = visitor(house.url);
  await phone.post(`${citizen}/links/prove`, { digits: aPaper.identityDigits });
  return phone;
}

/** The citizen's form, filled in as the page offers it. */
export async function makeLink(phone: Visitor, { citizen }: Copy, fields: Record<string, string>) {
  const form = await phone.get(`${citizen}/links`);
  const id = /name="id" value="([0-9a-f-]{36})"/.exec(form.text)?.[1] ?? "";
  const made = await phone.post(`${citizen}/links`, {
    id,
    procedure: "nhập học lớp 10",
    given: "all",
    days: "7",
    uses: "1",
    ...fields,
  });
  const link = /\/g\/[\w-]{22}/.exec(made.text)?.[0] ?? "";
  return { ...made, id, link };
}

export const fieldOf = (text: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? "";

/** Before a recipient's poster, by the copies' own links and the digits; the first of them is handed over. */
export async function handOverAt(
  house: Pick<GrantsHouse, "url">,
  to: string,
  copies: readonly Copy[],
  procedure = "xin giấy phép xây dựng",
) {
  const phone = visitor(house.url);
  const links = copies.map(({ citizen }) => `${house.url}${citizen}`).join("\r\n");
  const choose = await phone.post(`/h/${to}/copies`, { links, digits: aPaper.identityDigits });
  const [id, shown] = [fieldOf(choose.text, "id"), fieldOf(choose.text, "shown")];
  const done = await phone.post(`/h/${to}/handover`, { id, shown, copies: copies[0]?.dossierId ?? "", procedure });
  return { phone, choose, done, id, shown };
}
