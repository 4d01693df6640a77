/** Memory for files of strangers. A place is asked for before a byte is read, and given back when the answer is made. */
export type UploadRoom = {
  /**
   * Null when the file does not fit beside those under way; what comes back gives its place back.
   *
   * @param holder who sends it, as far as can be told
   */
  readonly enter: (bytes: number, holder: string) => (() => void) | null;
};

/**
 * Whoever is not signed in may send files to be checked, each held whole: without a bound a hundred of them at once
 * would end the service for those at the counter too. The bound is of bytes, so that small files find room long after
 * large ones do not. One holder has half of it at most: whoever sends slowly from one address keeps nobody else out.
 */
export function uploadRoom(mostBytes: number): UploadRoom {
  const takenBy = new Map<string, number>();
  let takenBytes = 0;
  const take = (bytes: number, holder: string) => {
    takenBytes += bytes;
    const held = (takenBy.get(holder) ?? 0) + bytes;
    if (held === 0) takenBy.delete(holder);
    else takenBy.set(holder, held);
  };
  return {
    enter: (bytes, holder) => {
      const heldBytes = takenBy.get(holder) ?? 0;
      if (takenBytes + bytes > mostBytes || heldBytes + bytes > mostBytes / 2) return null;
      take(bytes, holder);
      return () => take(-bytes, holder);
    },
  };
}
