import { readFileSync } from "node:fs";
import { apiClient } from "../../src/commands/api-client.ts";
import { samplePaths } from "../../src/development/sample.ts";
import { aPaper, officialsAt, secretsOf } from "./officials.ts";
import type { Sights } from "./pages-to-see.ts";

/** One dossier released and one under way, brought there by the demo officials over the API. */
export async function prepareSights(url: string, dataFolder: string): Promise<Sights> {
  const officials = officialsAt(url, dataFolder);
  const opened = await officials.ask("tiepnhan", "POST", "/api/dossiers", aPaper);
  const scan = new Uint8Array(readFileSync(samplePaths.scan));
  const released = await officials.attested(scan, "Giấy chứng nhận hoàn thành khóa tập huấn (hư cấu)");
  const signed = await officials.sign(released.dossierId);
  const sealed = await officials.seal(released.dossierId);
  if (!signed.ok || !sealed.ok) throw new Error(`${signed.code} ${sealed.code}`);
  const { verificationLink } = await officials.waitFor(released.dossierId, "released");
  const pathOf = (link: unknown) => new URL(String(link)).pathname;
  return {
    waitingLink: pathOf(opened.json["citizenLink"]),
    releasedLink: pathOf(released.citizenLink),
    verificationPath: pathOf(verificationLink),
  };
}

/** The session cookie of a demo official, as a Cookie header has it. */
export async function cookieOf(url: string, dataFolder: string, userName: string): Promise<string> {
  const session = await apiClient(url).signIn(userName, secretsOf(dataFolder)[userName]?.password ?? "");
  if (!session.ok) throw new Error(session.failure.code);
  return session.value.cookie;
}
