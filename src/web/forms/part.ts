/** A field or a file of a form, in the order sent. Its body is read to the end, or left, before the next part comes. */
export type Part = {
  readonly name: string;
  /** Null for a field that is no file. Text only: no path is ever made of it. */
  readonly fileName: string | null;
  readonly mediaType: string | null;
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
};

/** A body's pieces; whoever leaves before the last one leaves the rest. At the edge a stream cannot be iterated itself. */
export async function* piecesOf(body: Part["body"]): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
  } finally {
    await reader.cancel();
  }
}
