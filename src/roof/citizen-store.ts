import type { CertificateId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, type LocalDate, ok, type Result, type Sha256, utf8 } from "../core/kernel.ts";
import type { HttpAnswer, HttpClient } from "../http.ts";

/** What the citizen's store is given with a copy. LAW 6: code, name, number, day, body, validity and owner of a result. */
export type StoredPaper = {
  /** The store keeps one paper an id, however often it is sent. */
  readonly id: CertificateId;
  readonly owner: { readonly personalNumber: string; readonly name: string };
  /** The original: its code where the national list has one. */
  readonly paper: {
    readonly code: string | null;
    readonly name: string;
    readonly number: string | null;
    /** As the paper has it. */
    readonly issuedOn: string | null;
    readonly issuedBy: string | null;
  };
  /** The certified copy. No law sets an end to its validity; a decision may take it, which the link tells. */
  readonly certification: {
    readonly number: number;
    readonly book: string;
    readonly issuedOn: LocalDate;
    readonly issuedBy: { readonly id: string; readonly name: string };
    readonly signedBy: string;
    readonly validUntil: null;
    /** PROC-1. */
    readonly procedure: string;
    readonly verification: string;
  };
  readonly file: { readonly sha256: Sha256; readonly sealedAt: Instant; readonly pdf: Bytes };
};

export type CitizenStoreFailure = {
  readonly code: "store_refused" | "store_owner_unknown" | "store_busy" | "store_unreachable" | "store_login";
  readonly retry: boolean;
};

/** The citizen's store at the National Public Service Portal. */
export type CitizenStore = {
  /** Sent again under the same id it is the same paper. */
  readonly put: (paper: StoredPaper) => Promise<Result<null, CitizenStoreFailure>>;
};

export type CitizenStoreSetting = { readonly url: string; readonly token: string };

/**
 * The store behind a gateway that speaks the contract of docs/citizen-store.md: one POST of JSON a paper, the id as
 * `Idempotency-Key`. The Portal's own interface is not public, so a province's integration platform translates.
 */
export const httpCitizenStore = (
  { url, token }: CitizenStoreSetting,
  http: Pick<HttpClient, "post">,
): CitizenStore => ({
  put: async (paper) => {
    const answer = await http.post({
      url: `${url}/papers`,
      contentType: "application/json",
      accept: "application/json",
      authorization: `Bearer ${token}`,
      headers: { "idempotency-key": paper.id },
      body: utf8(JSON.stringify(documentOf(paper))),
    });
    return answer.ok ? judged(answer.value) : fail({ code: "store_unreachable", retry: true });
  },
});

const documentOf = ({ id, owner, paper, certification, file }: StoredPaper) => ({
  version: 1,
  id,
  owner,
  paper,
  certification,
  file: {
    mediaType: "application/pdf",
    sha256: file.sha256,
    lengthBytes: file.pdf.length,
    sealedAt: file.sealedAt,
    base64: Buffer.from(file.pdf).toString("base64"),
  },
});

/** RFC 9110 §15: taken, already there, to be tried again, refused for good. A wrong token is ours to mend. */
function judged({ status }: HttpAnswer): Result<null, CitizenStoreFailure> {
  if (status === 200 || status === 201 || status === 208) return ok(null);
  if (status === 401 || status === 403) return fail({ code: "store_login", retry: true });
  if (status === 404) return fail({ code: "store_owner_unknown", retry: false });
  if (status === 408 || status === 429 || status >= 500) return fail({ code: "store_busy", retry: true });
  return fail({ code: "store_refused", retry: false });
}
