import { readFileSync } from "node:fs";
import { apiClient } from "../../src/commands/api-client.ts";
import { samplePaths } from "../../src/development/sample.ts";
import { aPaper, type Officials, officialsAt, secretsOf, smallScan } from "./officials.ts";
import type { Sights } from "./pages-to-see.ts";
import { withLeftOutPage } from "./sights-of-pages.ts";

/** One dossier released and one under way, brought there by the demo officials over the API. */
export async function prepareSights(url: string, dataFolder: string): Promise<Sights> {
  const officials = officialsAt(url, dataFolder);
  const opened = await officials.ask("tiepnhan", "POST", "/api/dossiers", aPaper);
  const scan = new Uint8Array(readFileSync(samplePaths.scan));
  const good = await released(officials, scan);
  const refusedDossier = await refused(officials);
  const withNotice = await refused(officials);
  const pin = secretsOf(dataFolder)["lanhdao"]?.pin;
  const noticed = await officials.ask("lanhdao", "POST", `/api${withNotice.path}/refusal/signature`, { pin });
  if (!noticed.ok) throw new Error(noticed.code);
  const readDossier = await read(url, dataFolder, officials, scan);
  const comparedDossier = await compared(officials, await read(url, dataFolder, officials, scan));
  const copy = Buffer.from(await (await officials.download(good.citizenLink)).arrayBuffer());
  const toSign = await officials.attested(await smallScan(1), "Giấy chứng nhận kết hôn (hư cấu)");
  const toSeal = await officials.attested(await smallScan(2), "Giấy chứng nhận đăng ký hộ kinh doanh (hư cấu)");
  const signedOnly = await officials.sign(toSeal.dossierId);
  if (!signedOnly.ok) throw new Error(signedOnly.code);
  const annulled = await released(officials, await smallScan(3));
  const decision = {
    ...{ outcome: "annulled", decisionNumber: "12/QĐ-UBND", decidedBy: "Chủ tịch Ủy ban nhân dân phường (hư cấu)" },
    decisionDate: new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10),
    reason: "Bản chính thiếu trang 2 khi chứng thực.",
  };
  const done = await officials.ask("lanhdao", "POST", `/api/dossiers/${annulled.dossierId}/annulment`, decision);
  if (!done.ok) throw new Error(done.code);
  const largeOrder = await officials.attested(await smallScan(4), "Quyết định (hư cấu)", 30);
  const pathOf = (link: unknown) => new URL(String(link)).pathname;
  return {
    waitingLink: pathOf(opened.json["citizenLink"]),
    releasedLink: pathOf(good.citizenLink),
    verificationPath: pathOf(good.verificationLink),
    readDossier,
    comparedDossier,
    copy,
    refusedDossier: refusedDossier.path,
    noticeDossier: withNotice.path,
    noticeLink: pathOf(withNotice.link),
    toSign: `/dossiers/${toSign.dossierId}`,
    toSeal: `/dossiers/${toSeal.dossierId}`,
    releasedDossier: `/dossiers/${good.dossierId}`,
    leftOutDossier: await withLeftOutPage(
      { url, dataFolder, officials, cookie: await cookieOf(url, dataFolder, "tiepnhan") },
      scan,
    ),
    largeOrder: `/dossiers/${largeOrder.dossierId}`,
    pinOfSigner: pin ?? "",
    annulledDossier: `/dossiers/${annulled.dossierId}`,
    annulledPath: pathOf(annulled.verificationLink),
  };
}

async function released(officials: Officials, scan: Uint8Array<ArrayBuffer>) {
  const opened = await officials.attested(scan, "Giấy chứng nhận hoàn thành khóa tập huấn (hư cấu)");
  const signed = await officials.sign(opened.dossierId);
  const sealed = await officials.seal(opened.dossierId);
  if (!signed.ok || !sealed.ok) throw new Error(`${signed.code} ${sealed.code}`);
  const { verificationLink } = await officials.waitFor(opened.dossierId, "released");
  return { ...opened, verificationLink };
}

async function refused({ ask }: Officials): Promise<{ path: string; link: unknown }> {
  const { json } = await ask("tiepnhan", "POST", "/api/dossiers", { ...aPaper, title: "Giấy khai sinh (hư cấu)" });
  const refusal = { ground: "A22_2", reason: "Bản chính bị ố, mất dòng họ tên người mẹ và số quyển." };
  await ask("doichieu", "POST", `/api/dossiers/${json["dossierId"]}/refusal`, refusal);
  return { path: `/dossiers/${json["dossierId"]}`, link: json["citizenLink"] };
}

async function compared({ view, ask }: Officials, dossier: string): Promise<string> {
  for (const { number, streamSha256 } of (await view(dossier.slice("/dossiers/".length))).pages) {
    await ask("doichieu", "POST", `/api${dossier}/pages/${number}/confirmation`, { sha256: streamSha256 });
  }
  return dossier;
}

async function read(
  url: string,
  dataFolder: string,
  { ask, waitFor }: Officials,
  body: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const { json } = await ask("tiepnhan", "POST", "/api/dossiers", aPaper);
  const id = String(json["dossierId"]);
  const api = apiClient(url);
  const as = await api.signIn("tiepnhan", secretsOf(dataFolder)["tiepnhan"]?.password ?? "");
  if (!as.ok) throw new Error(as.failure.code);
  const headers = { "content-type": "image/jpeg" };
  await api.ask("scan", { method: "POST", path: `/api/dossiers/${id}/scans`, as: as.value, body, headers });
  await waitFor(id, "read", 120);
  return `/dossiers/${id}`;
}

/** The session cookie of a demo official, as a Cookie header has it. */
export async function cookieOf(url: string, dataFolder: string, userName: string): Promise<string> {
  const session = await apiClient(url).signIn(userName, secretsOf(dataFolder)[userName]?.password ?? "");
  if (!session.ok) throw new Error(session.failure.code);
  return session.value.cookie;
}
