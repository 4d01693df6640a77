import { type Bytes, equalBytes, fail, type Hash, type Instant, ok, type Result, secondsOf } from "../core/kernel.ts";
import { type KeyList, type KeyListFailure, verifyKeyList } from "../core/key-list.ts";
import type { VerifyEd25519 } from "../core/log/checkpoint.ts";
import {
  openStatusToken,
  type StatusList,
  type StatusListFailure,
  type StatusPorts,
} from "../core/status/status-list.ts";
import { checkpointPath, keyListPath, type PublicFiles } from "./public-files.ts";

// What every page asks for and nobody changes between two of them is read and verified once. The same bytes under the
// same key have the same verdict; only a list's time, which runs out, is looked at each time.

/** Key list, status lists and checkpoint are read once in each second of the clock; all else each time it is asked for. */
export function readOnceASecond(read: PublicFiles["read"], second: () => number): PublicFiles["read"] {
  const readings = new Map<string, ReturnType<PublicFiles["read"]>>();
  let at = -1;
  return (path) => {
    if (!isEveryonesFile(path)) return read(path);
    const now = second();
    if (now !== at) readings.clear();
    at = now;
    const reading = readings.get(path) ?? read(path);
    readings.set(path, reading);
    return reading;
  };
}

const isEveryonesFile = (path: string): boolean =>
  path === keyListPath || path === checkpointPath || path.startsWith("status/");

export function verifiedKeyLists(
  pinnedRoot: Bytes,
  ports: { readonly sha256: Hash; readonly verifyEd25519: VerifyEd25519 },
) {
  type Verdict = Result<KeyList, KeyListFailure>;
  let last: { readonly bytes: Bytes; readonly verdict: Verdict } | null = null;
  return async (bytes: Bytes): Promise<Verdict> => {
    const isKnown = last !== null && equalBytes(last.bytes, bytes);
    const verdict =
      isKnown && last !== null ? last.verdict : await verifyKeyList(new TextDecoder().decode(bytes), pinnedRoot, ports);
    last = { bytes, verdict }; // also where they are known: the same array once more is equal at a glance
    return verdict;
  };
}

type AskedStatus = {
  readonly bytes: Bytes;
  readonly file: number;
  readonly keyList: KeyList;
  readonly now: Instant;
};

const listsInMind = 64; // some 33 KiB each: eight million copies

/** One opened list a file, while bytes and key list are the same. A list that is not believed is judged each time. */
export function verifiedStatusLists(ports: StatusPorts) {
  const known = new Map<number, Pick<AskedStatus, "bytes" | "keyList"> & { readonly list: StatusList }>();
  return async (asked: AskedStatus): Promise<Result<StatusList, StatusListFailure>> => {
    const { bytes, file, keyList, now } = asked;
    const before = known.get(file);
    if (before !== undefined && before.keyList === keyList && equalBytes(before.bytes, bytes)) {
      const { until } = before.list;
      known.set(file, { ...before, bytes });
      return secondsOf(now) < secondsOf(until) ? ok(before.list) : fail({ code: "status_list_expired", until });
    }
    const opened = await openStatusToken(new TextDecoder().decode(bytes), file, keyList, now, ports);
    if (!opened.ok) return opened;
    known.set(file, { bytes, keyList, list: opened.value });
    const [first] = known.keys();
    if (known.size > listsInMind && first !== undefined) known.delete(first);
    return opened;
  };
}
