import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { apiClient, type SignedIn } from "../../src/commands/api-client.ts";
import type { DemoSecretsByUser } from "../../src/development/demo-secrets.ts";

export type View = {
  readonly status: string;
  readonly originals: readonly { readonly status: string; readonly refusalReason: string | null }[];
  readonly pages: readonly { readonly number: number; readonly streamSha256: string }[];
  readonly certificate: { readonly number: number; readonly bookText: string; readonly status: string } | null;
  readonly verificationLink: string | null;
};

export type Reply = { readonly ok: boolean; readonly code: string; readonly json: Record<string, unknown> };

/** The demo officials at work over HTTP. Every step says what came back; nothing is retried behind the test's back. */
export type Officials = {
  readonly ask: (userName: string, method: "GET" | "POST", path: string, json?: object) => Promise<Reply>;
  readonly view: (dossierId: string) => Promise<View>;
  /** Opened, scanned, read, compared, attested. */
  readonly attested: (
    scan: Uint8Array<ArrayBuffer>,
    title?: string,
    electronicCopies?: number,
  ) => Promise<{ dossierId: string; citizenLink: string }>;
  readonly sign: (dossierId: string) => Promise<Reply>;
  readonly seal: (dossierId: string) => Promise<Reply>;
  readonly waitFor: (dossierId: string, status: string, seconds?: number) => Promise<View>;
  /** Pages stand before their words: until these are files too, whoever counts files would count one more later. */
  readonly waitForWords: (dossierId: string) => Promise<void>;
  readonly download: (citizenLink: string, digits?: string) => Promise<Response>;
};

export const secretsOf = (dataFolder: string): DemoSecretsByUser =>
  JSON.parse(readFileSync(join(dataFolder, "keys", "demo-people.json"), "utf8"));

export function officialsAt(url: string, dataFolder: string): Officials {
  const secrets = secretsOf(dataFolder);
  const api = apiClient(url);
  const sessions = new Map<string, Promise<SignedIn>>();

  async function signedIn(userName: string): Promise<SignedIn> {
    const session = await api.signIn(userName, secrets[userName]?.password ?? "");
    if (!session.ok) throw new Error(`sign in as ${userName}: ${session.failure.code}`);
    return session.value;
  }
  function sessionOf(userName: string): Promise<SignedIn> {
    const session = sessions.get(userName) ?? signedIn(userName);
    sessions.set(userName, session);
    return session;
  }
  async function ask(userName: string, method: "GET" | "POST", path: string, json?: object): Promise<Reply> {
    const as = await sessionOf(userName);
    const answer = await api.ask(path, { method, path, as, ...(json === undefined ? {} : { json }) });
    if (!answer.ok) return { ok: false, code: answer.failure.code, json: {} };
    return { ok: true, code: "", json: (await answer.value.json()) as Record<string, unknown> };
  }
  const must = async (reply: Promise<Reply>): Promise<Record<string, unknown>> => {
    const got = await reply;
    if (!got.ok) throw new Error(got.code);
    return got.json;
  };
  const view = async (id: string) => (await must(ask("tiepnhan", "GET", `/api/dossiers/${id}`))) as unknown as View;

  async function waitFor(id: string, status: string, seconds = 60): Promise<View> {
    const deadline = performance.now() + seconds * 1000;
    const pause = growingPause();
    let seen = await view(id);
    while (seen.status !== status) {
      if (performance.now() > deadline) throw new Error(`still ${seen.status}, not ${status}`);
      await pause();
      seen = await view(id);
    }
    return seen;
  }
  async function waitForWords(id: string): Promise<void> {
    const deadline = performance.now() + 120_000;
    const isMissing = async () => {
      const { originals, pages } = await view(id);
      if (originals.some(({ status }) => status === "waiting")) return true;
      const asked = pages.map(({ number }) => ask("tiepnhan", "GET", `/api/dossiers/${id}/pages/${number}/words`));
      return (await Promise.all(asked)).some(({ code }) => code === "words_waiting");
    };
    const pause = growingPause();
    while (await isMissing()) {
      if (performance.now() > deadline) throw new Error("the words did not come");
      await pause();
    }
  }
  async function attested(scan: Uint8Array<ArrayBuffer>, title = "Giấy thử (hư cấu)", electronicCopies = 1) {
    const json = { ...aPaper, title, electronicCopies };
    const { dossierId, citizenLink } = (await must(ask("tiepnhan", "POST", "/api/dossiers", json))) as Record<
      string,
      string
    >;
    const as = await sessionOf("tiepnhan");
    const path = `/api/dossiers/${dossierId}/scans`;
    const sent = await api.ask("scan", {
      method: "POST",
      path,
      as,
      body: scan,
      headers: { "content-type": "image/jpeg" },
    });
    if (!sent.ok) throw new Error(sent.failure.code);
    const { pages } = await waitFor(dossierId ?? "", "read", 600);
    for (const { number, streamSha256 } of pages) {
      await must(
        ask("doichieu", "POST", `/api/dossiers/${dossierId}/pages/${number}/confirmation`, { sha256: streamSha256 }),
      );
    }
    await must(ask("doichieu", "POST", `/api/dossiers/${dossierId}/attestation`, statement));
    return { dossierId: dossierId ?? "", citizenLink: citizenLink ?? "" };
  }
  return {
    ask,
    view,
    attested,
    waitFor,
    waitForWords,
    sign: (id) => ask("lanhdao", "POST", `/api/dossiers/${id}/signature`, { pin: secrets["lanhdao"]?.pin }),
    seal: (id) => ask("vanthu", "POST", `/api/dossiers/${id}/seal`, { pin: secrets["vanthu"]?.pin }),
    download: (link, digits = aPaper.identityDigits) =>
      fetch(`${url}${new URL(link).pathname}`, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: `digits=${digits}`,
      }),
  };
}

/** Asks soon at first, and ever more seldom: many who wait would else keep the service from what they wait for. */
function growingPause(): () => Promise<void> {
  let milliseconds = 50;
  return () => {
    const pause = milliseconds;
    milliseconds = Math.min(1000, milliseconds * 1.5);
    return new Promise((resolve) => setTimeout(resolve, pause));
  };
}

/** The same sample is certified again and again. */
const statement = { originalPresented: true, again: "citizen_insists", fields: ["documentNumber", "issuedBy"] };

export const aPaper = {
  applicantName: "Lò Thị Thử (hư cấu)",
  identityDigits: "4321",
  kind: "Giấy chứng nhận",
  title: "Giấy thử (hư cấu)",
  holderName: "Lò Thị Thử (hư cấu)",
  documentNumber: "128/GCN-TTN",
  declaredPages: 1,
};

/** A small page with a mark of its own: quick to read, never blank, never twice the same. */
export async function smallScan(mark: number): Promise<Uint8Array<ArrayBuffer>> {
  const bar = `<rect x="60" y="${40 + (mark % 300)}" width="300" height="14"/><rect x="60" y="420" width="${50 + (mark % 211)}" height="9"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="840" height="560"><rect width="840" height="560" fill="#fff"/>${bar}</svg>`;
  const jpeg = await sharp(Buffer.from(svg)).withMetadata({ density: 200 }).jpeg({ quality: 80 }).toBuffer();
  return new Uint8Array(jpeg);
}
