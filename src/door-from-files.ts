import { examinePdf } from "../signing/examine/examine.ts";
import { identityOf } from "../signing/examine/identity.ts";
import { copyFactsOf, reportOf } from "../signing/examine/report.ts";
import { certifiedCopyVerdict } from "./core/certified-copy.ts";
import { type Bytes, type Instant, ok } from "./core/kernel.ts";
import type { KeyList } from "./core/key-list.ts";
import { withListedRoles } from "./core/listed-role.ts";
import { webCipher } from "./core/record-cipher.ts";
import { matchingRecord } from "./core/status/standing.ts";
import { webPrimitives, webSha256, webVerifyEd25519 } from "./primitives-web.ts";
import { listedRoots } from "./publish/listed-roots.ts";
import type { PublicFiles } from "./publish/public-files.ts";
import { publishedRecords, type RecordReadingPorts } from "./publish/published-records.ts";
import type { Examined, VerificationWorld } from "./web/verification/world.ts";

/** Published files, the root that vouches for them, and what they are read by. */
export type DoorFiles = Pick<RecordReadingPorts, "read" | "pinnedRoot"> & {
  /** Another runtime's own, for its speed; the answers are the same. */
  readonly parts?: DoorParts;
};

/** `second` only where one visitor's reading may be awaited by another: in workerd each request has its own. */
export type DoorParts = Pick<RecordReadingPorts, "sha256" | "verifyEd25519" | "inflate" | "cipher" | "second">;

const webParts: DoorParts = {
  sha256: webSha256,
  verifyEd25519: webVerifyEd25519,
  inflate: webPrimitives.inflate,
  cipher: webCipher(crypto.subtle, webSha256),
};

/** What the verification pages stand on without a server: published files and the pinned root alone. Edge and browser alike. */
export function doorFromFiles(files: DoorFiles, now: () => Instant): VerificationWorld {
  const records = recordsFrom(files);
  return {
    find: records.find,
    prove: records.prove,
    now,
    statusNow: ({ statusIndex }) => records.statusAt(statusIndex, now()),
    // No process of its own: here each request has its own bounds of time and memory.
    examineUpload: async (pdf) => {
      const keyList = await records.keyList();
      return ok(await judge(pdf, keyList.ok ? keyList.value : null, now()));
    },
  };
}

const recordsFrom = ({ parts = webParts, ...files }: DoorFiles) => publishedRecords({ ...files, ...parts });

/** The roots that the pinned one vouches for; null where there is no key list to believe. */
export const rootsFromFiles = (read: PublicFiles["read"], pinnedRoot: Bytes) => async () => {
  const keyList = await recordsFrom({ read, pinnedRoot }).keyList();
  return keyList.ok ? await listedRoots(keyList.value) : null;
};

/** Without a key list nothing is trusted: the mathematics is still told. */
async function judge(pdf: Bytes, keyList: KeyList | null, at: Instant): Promise<Examined> {
  const examination = await examinePdf(pdf, { anchors: keyList?.anchors ?? [], at }, webPrimitives);
  const found = identityOf(pdf, examination, webPrimitives);
  const copy = copyFactsOf(examination, found.ok ? found.value : null);
  return {
    identity: copy.identity,
    reportWith: (record) => {
      const matching = record === null ? null : matchingRecord(record);
      const verdict = certifiedCopyVerdict(copy, keyList?.agencies ?? [], matching);
      return withListedRoles(reportOf(examination, verdict, keyList?.sequence ?? null), keyList?.agencies ?? []);
    },
  };
}
