import type { Bytes } from "../core/kernel.ts";

/**
 * The files that any edge can serve. Paths are as in the address, without the first slash: `log/checkpoint`,
 * `log/tile/…`, `record/<64 hex>`, `successor/<64 hex>`, `status/…`,
 * `keys`, `.well-known/chungthuc`.
 */
export type PublicFiles = {
  /** What was last written, at once; null when nothing was. */
  readonly read: (path: string) => Promise<Bytes | null>;
  /** Durable on return; readers see the old bytes or the new, never a part; writing the same again is harmless. */
  readonly write: (path: string, bytes: Bytes) => Promise<void>;
  /**
   * Forgets the partial forms of a full tile, which readers ask for instead (tlog-tiles "Partial Tiles"); nothing where
   * there are none. Left out where what was written stays.
   */
  readonly dropPartials?: (path: string) => Promise<void>;
};

export const checkpointPath = "log/checkpoint";
export const keyListPath = "keys";
/** RFC 8615: the one address that a stranger can guess. */
export const statementPath = ".well-known/chungthuc";
/** @param file number of the file, see `statusFileOf` */
export const statusPath = (file: number): string => `status/${file}`;
export const logPath = (tile: string): string => `log/${tile}`;
/** Programmes for a visitor's own browser: the check of a file (`worker`, `page`), the signed code (`code`). */
export const browserScripts = ["worker", "page", "code"] as const;
export type BrowserScript = (typeof browserScripts)[number];
export const browserPath = (name: BrowserScript): string => `app/${name}.js`;
export const recordPath = (name: string): string => `record/${name}`;
/** Which copy stands in the place of another one. ADR 0092 */
export const successorPath = (name: string): string => `successor/${name}`;

/** Nothing but the layout above: a path from an address never leaves it. */
export function isPublicPath(path: string): boolean {
  return (
    /^(log\/checkpoint|keys|\.well-known\/chungthuc|app\/(worker|page|code)\.js|status\/(0|[1-9]\d{0,6})|(record|successor)\/[0-9a-f]{64})$/.test(
      path,
    ) || isTilePath(path)
  );
}

/** C2SP tlog-tiles. */
function isTilePath(path: string): boolean {
  return /^log\/tile\/(entries|\d|[1-5]\d|6[0-3])(\/x\d{3}){0,6}\/\d{3}(\.p\/([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-5]))?$/.test(
    path,
  );
}
