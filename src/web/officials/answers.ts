import type { Context } from "hono";
import type { ZodType } from "zod";
import type { Actor, Certificate } from "../../core/dossier.ts";
import { type AgencyId, type DossierId, type PersonId, parseDossierId } from "../../core/ids.ts";
import type { Result } from "../../core/kernel.ts";
import type { Failure } from "../../usecases/failure.ts";
import { problem } from "../problem.ts";
import { readJson } from "../read-json.ts";
import type { Actor as SignedIn, WebEnv } from "../route.ts";
import type { DossierView } from "./world.ts";

type Answer<T> = Promise<Result<T, Failure>>;

/** Who is signed in, as the use cases know a person. */
export const actorOf = (person: SignedIn): Actor => ({
  personId: person.personId as PersonId,
  agencyId: person.agencyId as AgencyId,
});

export function answerJson(c: Context<WebEnv>, result: Result<object | null, Failure>, status: 200 | 201 | 202 = 200) {
  return result.ok ? c.json(result.value ?? {}, status) : problem(c, result.failure);
}

export function answerBytes(c: Context<WebEnv>, result: Result<Uint8Array<ArrayBuffer>, Failure>, mediaType: string) {
  return result.ok ? c.body(result.value, 200, { "content-type": mediaType }) : problem(c, result.failure);
}

/** Of a page in its final bytes, by its first byte: a JPEG begins with FF, a PNG with 89. */
export const mediaTypeOfPage = (page: Uint8Array): "image/jpeg" | "image/png" =>
  page[0] === 0x89 ? "image/png" : "image/jpeg";

/** For routes of one dossier. A malformed id is an unknown one: both answer `not_found`. */
export async function onDossier<T>(idText: string, ask: (id: DossierId) => Answer<T>): Answer<T> {
  const id = parseDossierId(idText);
  return id.ok ? ask(id.value) : id;
}

/** The same, with a JSON body that must fit first. */
export async function onDossierWith<B, T>(
  c: Context<WebEnv>,
  idText: string,
  shape: ZodType<B>,
  ask: (id: DossierId, body: B) => Answer<T>,
): Answer<T> {
  const body = await readJson(c, shape);
  return body.ok ? onDossier(idText, (id) => ask(id, body.value)) : body;
}

/** What an official's client shows of a dossier; ids of stored bytes stay inside. */
export function dossierJson(view: DossierView): object {
  const { dossier, certificate, verificationLink, reading, events } = view;
  return {
    ...dossier,
    submission: submissionJson(view),
    offSite: view.offSite,
    sources: view.sources,
    reading,
    originals: view.originals.map(({ id, ordinal, status, refusalReason, sha256, sizeBytes, fileName }) => {
      return { id, ordinal, status, refusalReason, sha256, sizeBytes, fileName };
    }),
    pages: view.pages.map(({ number, streamSha256, widthPx, heightPx, dpi, blank, confirmedSha256 }) => {
      return { number, streamSha256, widthPx, heightPx, dpi, blank, confirmedSha256 };
    }),
    certificate: certificate === null ? null : certificateJson(certificate),
    verificationLink,
    events,
  };
}

/** What was presented with it, each paper with its own way. */
const submissionJson = ({ submission: { code, channel, help, openedAt, papers } }: DossierView): object => ({
  code,
  channel,
  help,
  openedAt,
  papers: papers.map(({ dossierId, ordinal, status, title }) => ({ dossierId, ordinal, status, title })),
});

export function certificateJson(certificate: Certificate): object {
  const { number, bookText, status, printedOn, signerName, sealedAt, identity } = certificate;
  return { number, bookText, status, printedOn, signerName, sealedAt, identity };
}
