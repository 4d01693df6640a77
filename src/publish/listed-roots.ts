import { parseCertificate } from "../../signing/format/certificate.ts";
import { hexOf } from "../core/kernel.ts";
import type { KeyList, ListedAnchor } from "../core/key-list.ts";
import type { ListedRoot } from "../web/verification/root-help.tsx";

/** The roots of a believed key list as an IT office compares them; one that stands for several purposes is told once. */
export async function listedRoots({ anchors }: KeyList): Promise<readonly ListedRoot[]> {
  const told = await Promise.all(anchors.map(rootOf));
  const bySha256 = new Map<string, ListedRoot>();
  for (const root of told) {
    const standing = bySha256.get(root.sha256);
    const purposes = [...(standing?.purposes ?? []), ...root.purposes];
    bySha256.set(root.sha256, { ...root, purposes: [...new Set(purposes)] });
  }
  return [...bySha256.values()];
}

async function rootOf({ purpose, certificate }: ListedAnchor): Promise<ListedRoot> {
  const read = parseCertificate(certificate);
  const digest = async (name: string) => hexOf(new Uint8Array(await crypto.subtle.digest(name, certificate)));
  return {
    purposes: [purpose],
    name: read.ok ? read.value.subject.text : "?",
    until: read.ok ? read.value.notAfter : null,
    sha256: await digest("SHA-256"),
    sha1: await digest("SHA-1"), // "thumbprint" in Windows, beside which people compare; nothing is decided by it
    certificate,
  };
}
