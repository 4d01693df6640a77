/**
 * Why an upload is refused, or taken with a warning. Closed: a new code does not compile until every table has a word for it.
 * The sentences are for readers of this code; words for people live in one table a language (DESIGN decision 18).
 */
export const reasonCodes = {
  EMPTY_FILE: "Nothing was received.",
  UNRECOGNISED_TYPE: "The first bytes belong to no type that we know.",
  UNSUPPORTED_TYPE: "A known type that is not taken here.",
  TYPE_MISMATCH: "The bytes are of another type than the file name or the declared type says.",
  INVALID_FILENAME: "The file name cannot be used.",
  CORRUPT_IMAGE: "The picture is cut, damaged or contradicts itself.",
  IMAGE_TOO_LARGE: "More pixels than the limit, read from the header.",
  IMAGE_TOO_SMALL: "Too few pixels, or a shape that no paper has.",
  RESOLUTION_TOO_LOW: "Too few pixels an inch to be read.",
  ANIMATED_IMAGE: "A moving picture.",
  BLANK_PAGE: "A page without any mark.",
  CORRUPT_PDF: "The PDF is damaged, contradicts itself, loops, or nests too deep.",
  NO_PAGES: "The PDF has no page.",
  TOO_MANY_PAGES: "More pages than the limit.",
  PAGE_TOO_LARGE: "A page larger than the limit.",
  DECOMPRESSION_LIMIT: "Something packed grows beyond the limit.",
  ENCRYPTED_PDF: "The PDF is encrypted.",
  ACTIVE_CONTENT: "The PDF holds a script, or an action that runs, sends or opens something.",
  EMBEDDED_FILE: "The PDF carries another file.",
  EXTERNAL_REFERENCE: "The PDF takes content from outside itself.",
  OPTIONAL_CONTENT: "The PDF has layers, so that screen and print can differ.",
  HIDDEN_CONTENT: "The PDF holds content that is not shown.",
  FORM_FIELDS: "The PDF has form fields whose look is left to the reader's program.",
  XFA_FORM: "The PDF is an XFA form.",
  POLYGLOT: "The file can be read as two different things.",
} as const;

export type ReasonCode = keyof typeof reasonCodes;

export const isReasonCode = (text: unknown): text is ReasonCode =>
  typeof text === "string" && Object.hasOwn(reasonCodes, text);

/**
 * Thrown inside a decoder process where a parser finds the input unfit, and turned into a value at the edge of the job
 * (decode/session.ts). Nested readers stay short, and nothing of it reaches the service.
 */
export class Refusal extends Error {
  readonly reason: ReasonCode;
  constructor(reason: ReasonCode) {
    super(reason);
    this.reason = reason;
  }
}
