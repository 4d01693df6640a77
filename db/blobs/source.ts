/** The source failed, not the storage. */
export class SourceBroken extends Error {
  override name = "SourceBroken";
}

type Chunk = { readonly plain: Uint8Array; readonly isLast: boolean };

/**
 * Cuts any pieces into chunks of exactly `size` bytes; the last may be shorter and is known as such, so one piece is
 * always held back. An empty source gives one empty last chunk.
 *
 * A chunk's bytes are overwritten by the next one's: use them before asking for it.
 */
export async function* cutIntoChunks(
  source: AsyncIterable<Uint8Array> | Uint8Array,
  size: number,
): AsyncGenerator<Chunk> {
  const held = new Uint8Array(size);
  let heldBytes = 0;
  for await (const piece of source instanceof Uint8Array ? [source] : guarded(source)) {
    for (let offset = 0; offset < piece.length; ) {
      if (heldBytes === size) {
        yield { plain: held, isLast: false };
        heldBytes = 0;
      }
      const taken = Math.min(size - heldBytes, piece.length - offset);
      held.set(piece.subarray(offset, offset + taken), heldBytes);
      heldBytes += taken;
      offset += taken;
    }
  }
  yield { plain: held.subarray(0, heldBytes), isLast: true };
}

async function* guarded(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (cause) {
    throw new SourceBroken("the source of a blob failed", { cause });
  }
}
