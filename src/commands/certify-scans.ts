import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { coarsePages } from "../core/coarse-scan.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import type { DemoSecretsByUser } from "../development/demo-secrets.ts";
import { type ApiClient, type ApiFailure, type SignedIn, until } from "./api-client.ts";

export type CertifyRequest = {
  readonly scans: readonly string[];
  readonly applicant: string;
  readonly title: string;
  readonly kind: string;
  /** Counted by whoever holds the original; null where the scan is all there is to count. */
  readonly pages: number | null;
  /** Kept where a page is below 200 dpi. SCAN-1. */
  readonly scanReason: string;
};

/** Of who certifies from a terminal and gave no other. */
export const usualScanReason = "Chạy thử từ dòng lệnh, không có bản quét rõ hơn";

export type Certified = {
  readonly pdf: Uint8Array<ArrayBuffer>;
  readonly number: number;
  readonly bookText: string;
  readonly pages: readonly { readonly number: number; readonly streamSha256: string }[];
  readonly verificationLink: string;
  /** Below 200 dpi, and certified with the reason that was given. */
  readonly coarsePages: readonly number[];
};

type Reply<T> = Promise<Result<T, ApiFailure>>;
type Told = (step: string, milliseconds: number) => void;

type View = {
  readonly status: string;
  readonly originals: readonly { readonly status: string; readonly refusalReason: string | null }[];
  readonly pages: readonly { readonly number: number; readonly streamSha256: string; readonly dpi: number }[];
  readonly certificate: { readonly number: number; readonly bookText: string } | null;
  readonly verificationLink: string | null;
};

const digits = "0000"; // of the fictional applicant's identity paper

/** The whole way through the HTTP API, as the four demo people one after the other. */
export async function certifyScans(
  api: ApiClient,
  secrets: DemoSecretsByUser,
  request: CertifyRequest,
  tell: Told,
): Reply<Certified> {
  const way = newWay(api, secrets, tell);
  const opened = await way.step("open the dossier", () => openDossier(way, request));
  if (!opened.ok) return opened;
  const { dossierId, citizenLink } = opened.value;
  const read = await way.step("receive and read the scans", () => receiveAndRead(way, dossierId, request));
  if (!read.ok) return read;
  const attested = await way.step("compare every page and attest", () =>
    compareAndAttest(way, dossierId, read.value, request),
  );
  if (!attested.ok) return attested;
  const signed = await way.step("number, compose, sign", () => signOnceRead(way, dossierId));
  if (!signed.ok) return signed;
  const sealed = await way.step("seal and examine", () => useKey(way, dossierId, "vanthu", "seal"));
  if (!sealed.ok) return sealed;
  const released = await way.step("log and publish", () => waitFor(way, dossierId, "released", 120));
  if (!released.ok) return released;
  const pdf = await way.step("download as the citizen", () => download(way, citizenLink));
  if (!pdf.ok) return pdf;
  const { certificate, verificationLink } = released.value;
  if (certificate === null || verificationLink === null) return fail({ step: "publish", code: "no_record", title: "" });
  const { number, bookText } = certificate;
  const { pages } = read.value;
  return ok({ pdf: pdf.value, number, bookText, pages, verificationLink, coarsePages: coarsePages(pages) });
}

type Way = {
  readonly api: ApiClient;
  readonly as: (userName: string) => Reply<SignedIn>;
  readonly pinOf: (userName: string) => string;
  readonly step: <T>(name: string, act: () => Reply<T>) => Reply<T>;
};

function newWay(api: ApiClient, secrets: DemoSecretsByUser, tell: Told): Way {
  const sessions = new Map<string, SignedIn>();
  return {
    api,
    pinOf: (userName) => secrets[userName]?.pin ?? "",
    as: async (userName) => {
      const known = sessions.get(userName);
      if (known !== undefined) return ok(known);
      const session = await api.signIn(userName, secrets[userName]?.password ?? "");
      if (session.ok) sessions.set(userName, session.value);
      return session;
    },
    step: async (name, act) => {
      const began = performance.now();
      const done = await act();
      tell(name, Math.round(performance.now() - began));
      return done;
    },
  };
}

/** One request as one of the demo people; the answer's JSON. */
async function askAs<T>(
  way: Way,
  userName: string,
  step: string,
  asked: Omit<Parameters<ApiClient["ask"]>[1], "as">,
): Reply<T> {
  const session = await way.as(userName);
  if (!session.ok) return session;
  const answer = await way.api.ask(step, { ...asked, as: session.value });
  return answer.ok ? ok((await answer.value.json()) as T) : answer;
}

const openDossier = (way: Way, request: CertifyRequest): Reply<{ dossierId: string; citizenLink: string }> =>
  askAs(way, "tiepnhan", "open", {
    method: "POST",
    path: "/api/dossiers",
    json: {
      applicantName: request.applicant,
      identityDigits: digits,
      kind: request.kind,
      title: request.title,
      holderName: request.applicant,
      declaredPages: request.pages ?? 1,
    },
  });

async function receiveAndRead(way: Way, dossierId: string, request: CertifyRequest): Reply<View> {
  for (const scan of request.scans) {
    const body = new Uint8Array(await readFile(scan));
    const headers = { "x-file-name": encodeURIComponent(basename(scan)), "content-type": "application/octet-stream" };
    const asked = { method: "POST", path: `/api/dossiers/${dossierId}/scans`, body, headers } as const;
    const received = await askAs(way, "tiepnhan", "receive", asked);
    if (!received.ok) return received;
  }
  const read = await waitFor(way, dossierId, "read", 300);
  if (!read.ok || request.pages !== null) return read;
  const declared = await declarePages(way, dossierId, read.value.pages.length);
  return declared.ok ? read : declared;
}

const declarePages = (way: Way, dossierId: string, declaredPages: number): Reply<object> =>
  askAs(way, "tiepnhan", "declare", {
    method: "POST",
    path: `/api/dossiers/${dossierId}/declared-pages`,
    json: { declaredPages },
  });

/** Fetches each stream as an official's screen would, so that what is confirmed is what was shown. */
async function compareAndAttest(way: Way, dossierId: string, view: View, request: CertifyRequest): Reply<object> {
  for (const { number, streamSha256 } of view.pages) {
    const path = `/api/dossiers/${dossierId}/pages/${number}`;
    const session = await way.as("doichieu");
    if (!session.ok) return session;
    const shown = await way.api.ask("show", { method: "GET", path, as: session.value });
    if (!shown.ok) return shown;
    const json = { sha256: streamSha256 };
    const confirmed = await askAs(way, "doichieu", "confirm", { method: "POST", path: `${path}/confirmation`, json });
    if (!confirmed.ok) return confirmed;
  }
  const path = `/api/dossiers/${dossierId}/attestation`;
  // whoever runs this again wants another copy
  const json = { originalPresented: true, again: "citizen_insists", coarseReason: request.scanReason };
  return askAs(way, "doichieu", "attest", { method: "POST", path, json });
}

const useKey = (way: Way, dossierId: string, userName: string, act: "signature" | "seal"): Reply<object> =>
  askAs(way, userName, act, {
    method: "POST",
    path: `/api/dossiers/${dossierId}/${act}`,
    json: { pin: way.pinOf(userName) },
  });

const readingSeconds = 300;

/** Nobody here compares with the eyes, so on a slow machine the words of the pages may still be coming. */
const signOnceRead = (way: Way, dossierId: string): Reply<object> =>
  until(
    async () => {
      const signed = await useKey(way, dossierId, "lanhdao", "signature");
      return !signed.ok && signed.failure.code === "words_waiting" ? ok(null) : signed;
    },
    "signature",
    readingSeconds,
  );

function waitFor(way: Way, dossierId: string, status: string, limitSeconds: number): Reply<View> {
  return until(
    async () => {
      const view = await askAs<View>(way, "tiepnhan", status, { method: "GET", path: `/api/dossiers/${dossierId}` });
      if (!view.ok) return view;
      const refused = view.value.originals.find((original) => original.status === "refused");
      if (refused !== undefined) return fail({ step: status, code: refused.refusalReason ?? "refused", title: "" });
      return ok(view.value.status === status ? view.value : null);
    },
    status,
    limitSeconds,
  );
}

async function download(way: Way, citizenLink: string): Reply<Uint8Array<ArrayBuffer>> {
  const body = new TextEncoder().encode(`digits=${digits}`);
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const path = new URL(citizenLink).pathname;
  const answer = await way.api.ask("download", { method: "POST", path, body, headers });
  return answer.ok ? ok(new Uint8Array(await answer.value.arrayBuffer())) : answer;
}
