import { statSync } from "node:fs";
import { type Bytes, fail, ok, type Result } from "../../core/kernel.ts";
import type { HttpClient } from "../../http.ts";
import { publicFolder } from "../../publish/folder.ts";

/** Why the public files could not be asked for at all; a file that is simply not there is no such failure. */
export type SourceFailure = { readonly code: "source_unreadable"; readonly reason: string };

/** Reads one public file by its path in the public layout (src/publish/public-files.ts); null where there is none. */
export type PublicSource = (path: string) => Promise<Result<Bytes | null, SourceFailure>>;

/** @param place the address of a service or an edge, or the folder `public` of a store */
export function sourceOf(place: string, http: HttpClient): Result<PublicSource, SourceFailure> {
  if (/^https?:\/\//i.test(place)) return ok(fromAddress(place.replace(/\/+$/, ""), http));
  if (!isFolder(place)) return unreadable(`no folder ${place}`);
  const { read } = publicFolder(place);
  return ok(async (path) => {
    try {
      return ok(await read(path));
    } catch (thrown) {
      return unreadable(thrown instanceof Error ? thrown.message : path);
    }
  });
}

function fromAddress(base: string, http: HttpClient): PublicSource {
  return async (path) => {
    const answer = await http.get({ url: `${base}/${path}`, accept: "*/*" });
    if (!answer.ok) return unreadable(`${path}: ${answer.failure.reason}`);
    if (answer.value.status === 404) return ok(null);
    return answer.value.status === 200 ? ok(answer.value.body) : unreadable(`${path}: HTTP ${answer.value.status}`);
  };
}

const unreadable = (reason: string) => fail({ code: "source_unreadable", reason } as const);

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
