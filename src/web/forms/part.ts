/** A field or a file of a form, in the order sent. Its body is read to the end, or left, before the next part comes. */
export type Part = {
  readonly name: string;
  /** Null for a field that is no file. Text only: no path is ever made of it. */
  readonly fileName: string | null;
  readonly mediaType: string | null;
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
};
