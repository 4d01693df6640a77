/** Memory for files of strangers. A place is asked for before a byte is read, and given back when the answer is made. */
export type UploadRoom = {
  /** Null when the file does not fit beside those under way; what comes back gives its place back. */
  readonly enter: (bytes: number) => (() => void) | null;
};

/**
 * Whoever is not signed in may send files to be checked, each held whole: without a bound a hundred of them at once
 * would end the service for those at the counter too. The bound is of bytes, so that small files find room long after
 * large ones do not.
 */
export function uploadRoom(mostBytes: number): UploadRoom {
  let takenBytes = 0;
  return {
    enter: (bytes) => {
      if (takenBytes + bytes > mostBytes) return null;
      takenBytes += bytes;
      return () => {
        takenBytes -= bytes;
      };
    },
  };
}
