import { createHash } from "node:crypto";
import { type AskedLink, findDossiersBySecret } from "../../db/stores/dossiers.ts";
import { isLinkEnded } from "../../db/stores/submissions.ts";
import type { Dossier } from "../core/dossier.ts";
import { type Bytes, utf8 } from "../core/kernel.ts";
import { type House, randomOf } from "./house.ts";

/** 128 bits: the citizen's link is as hard to guess as a key. DESIGN decision 13. */
export function newSecret() {
  const text = Buffer.from(randomOf(16)).toString("base64url");
  return { text, hash: hashSecret(text) };
}

export const linkFor = ({ publicUrl }: House, secret: string): string => `${publicUrl}/c/${secret}`;

export const hashSecret = (secret: string): Bytes => new Uint8Array(createHash("sha256").update(utf8(secret)).digest());

/** `<secret>` names all papers that were presented together, `<secret>.2` the second of them; no secret has a dot. */
export function askedBy(text: string): AskedLink {
  const [, secret = text, ordinal] = /^(.+)\.([1-9]\d{0,2})$/.exec(text) ?? [];
  return { secretHash: hashSecret(secret), ordinal: ordinal === undefined ? null : Number(ordinal) };
}

/** Those that the link names; none where it opens nothing. */
export const dossiersBySecret = (house: House, text: string): Promise<Dossier[]> =>
  findDossiersBySecret(house.sql, askedBy(text), house.now());

/** Of the slip's link and of letters'; each is unknown once another was given out. */
export const isEndedLink = (house: House, text: string): Promise<boolean> =>
  isLinkEnded(house.sql, askedBy(text).secretHash);

/** For what is done with one paper: null too where the link names several. */
export async function dossierBySecret(house: House, text: string): Promise<Dossier | null> {
  const [dossier, another] = await dossiersBySecret(house, text);
  return dossier === undefined || another !== undefined ? null : dossier;
}
