import { type Bytes, fail, ok, type Result } from "../../src/core/kernel.ts";

/**
 * Another program that signs whole files: the second seam of DESIGN decision 2. What it returns is judged by
 * `judgeReturned` of signing/examine before anything else is done with it.
 */
export type DocumentSigner = {
  /** @param pdf prepared, without the signature; @returns the file as the program made it, unjudged */
  readonly sign: (pdf: Bytes, fileName: string) => Promise<Result<Bytes, DocumentSignerFailure>>;
};

export type DocumentSignerFailure =
  /** The program does not answer at this computer. */
  | { readonly code: "signer_unreachable" }
  /** It answered with one of its own error numbers. */
  | { readonly code: "signer_refused"; readonly status: number }
  | { readonly code: "signer_answer_malformed" }
  /** It says that it signed, and no file came. */
  | { readonly code: "nothing_returned" };

/** What VGCA Sign Service needs around it, given by the roof. */
export type VgcaWorld = {
  /** Puts the file where the program fetches it, once, and takes what it posts, once: both under one unguessable token. */
  readonly offer: (pdf: Bytes, fileName: string) => Promise<VgcaOffer>;
  /** `vgca_sign_approved`, `vgca_sign_issued` or `vgca_sign_copy` of its script; null where the program is not there. */
  readonly call: (parameters: string) => Promise<string | null>;
};

export type VgcaOffer = {
  readonly downloadUrl: string;
  readonly uploadUrl: string;
  readonly token: string;
  /** What was posted to the upload address; null while nothing was. */
  readonly returned: () => Bytes | null;
};

/**
 * VGCA Sign Service, LAW 5.6. UNCONFIRMED: written after what public systems show of its script, tried against a service of
 * our own only. Statuses 14 and 28 were seen as errors; every status but 0 is taken for one.
 */
export const vgcaSigner = (world: VgcaWorld): DocumentSigner => ({
  sign: async (pdf, fileName) => {
    const offer = await world.offer(pdf, fileName);
    const parameters = {
      FileUploadHandler: offer.uploadUrl,
      SessionId: "",
      JWTToken: offer.token,
      FileName: offer.downloadUrl,
      MetaData: [],
    };
    const answer = await world.call(JSON.stringify(parameters));
    if (answer === null) return fail({ code: "signer_unreachable" });
    const status = statusIn(answer);
    if (status === null) return fail({ code: "signer_answer_malformed" });
    if (status !== 0) return fail({ code: "signer_refused", status });
    const returned = offer.returned();
    return returned === null ? fail({ code: "nothing_returned" }) : ok(returned);
  },
});

/** The callback's string: `{Status, Message, FileName, FileServer, …}`; its message is never shown or kept. */
function statusIn(answer: string): number | null {
  try {
    const status = (JSON.parse(answer) as { Status?: unknown } | null)?.Status;
    return typeof status === "number" && Number.isInteger(status) ? status : null;
  } catch {
    return null;
  }
}
