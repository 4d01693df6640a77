import type { Instant } from "./kernel.ts";
import { ok } from "./kernel.ts";
import type { KeyList } from "./key-list.ts";
import { type Believe, type BelievedCheckpoint, believedCheckpoint } from "./record-proof.ts";

type Known = { readonly keyList: KeyList; readonly since: Instant; readonly believed: BelievedCheckpoint };

/**
 * `believedCheckpoint`, which verifies the signatures of a note once: copies of one hour stand under few notes, and the
 * same text under the same list has the same verdict. A key that was good for a later time is good for an earlier one,
 * since keys are left out only from their end on. What was not believed is judged each time.
 *
 * @param most notes kept, some 500 bytes each; the one that came first is forgotten first
 */
export function rememberedCheckpoints(most: number): Believe {
  const known = new Map<string, Known>();
  return (note, keyList, since, ports) => {
    const before = known.get(note);
    if (before !== undefined && before.keyList === keyList && since <= before.since) return ok(before.believed);
    return judge(note, keyList, since, ports);
  };

  async function judge(...[note, keyList, since, ports]: Parameters<Believe>) {
    const judged = await believedCheckpoint(note, keyList, since, ports);
    if (!judged.ok) return judged;
    known.delete(note);
    known.set(note, { keyList, since, believed: judged.value });
    const [first] = known.keys();
    if (known.size > most && first !== undefined) known.delete(first);
    return judged;
  }
}
