import sharp from "sharp";
import { apiClient } from "../../src/commands/api-client.ts";
import { aPaper, type Officials, secretsOf } from "./officials.ts";

type Place = {
  readonly url: string;
  readonly dataFolder: string;
  readonly officials: Officials;
  readonly cookie: string;
};

/** A dossier of two scans, of which the blank one was left out by its page's own button; its path. */
export async function withLeftOutPage(place: Place, scan: Uint8Array<ArrayBuffer>): Promise<string> {
  const { officials } = place;
  const opened = await officials.ask("tiepnhan", "POST", "/api/dossiers", { ...aPaper, title: "Học bạ (hư cấu)" });
  const id = String(opened.json["dossierId"]);
  for (const [nth, body] of [scan, await blankScan()].entries()) {
    await sendScan(place, id, body);
    await pagesOf(officials, id, nth + 1);
  }
  await pressLeaveOut(place, `/dossiers/${id}`);
  return `/dossiers/${id}`;
}

const blankScan = async (): Promise<Uint8Array<ArrayBuffer>> => {
  const white = sharp({ create: { width: 840, height: 1188, channels: 3, background: "#fff" } });
  return new Uint8Array(await white.withMetadata({ density: 100 }).jpeg().toBuffer());
};

async function sendScan({ url, dataFolder }: Place, id: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
  const api = apiClient(url);
  const as = await api.signIn("tiepnhan", secretsOf(dataFolder)["tiepnhan"]?.password ?? "");
  if (!as.ok) throw new Error(as.failure.code);
  const headers = { "content-type": "image/jpeg" };
  const sent = await api.ask("scan", {
    method: "POST",
    path: `/api/dossiers/${id}/scans`,
    as: as.value,
    body,
    headers,
  });
  if (!sent.ok) throw new Error(sent.failure.code);
}

async function pagesOf({ waitFor }: Officials, id: string, count: number): Promise<void> {
  const { pages } = await waitFor(id, "read", 120);
  if (pages.length !== count) throw new Error(`${pages.length} pages, not ${count}`);
}

async function pressLeaveOut({ url, cookie }: Place, path: string): Promise<void> {
  const headers = { cookie, accept: "text/html" };
  const page = await (await fetch(`${url}${path}`, { headers })).text();
  const form = page.split("<form").find((one) => one.includes(`action="${path}/left-out"`)) ?? "";
  const inputs = [...form.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [
    name,
    value,
  ]);
  const answer = await fetch(`${url}${path}/left-out`, {
    ...{ method: "POST", redirect: "manual", headers },
    body: new URLSearchParams(Object.fromEntries(inputs)),
  });
  if (answer.status !== 303) throw new Error(`a page was not left out: ${answer.status}`);
}
