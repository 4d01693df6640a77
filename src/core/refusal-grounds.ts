import type { BlobId } from "./ids.ts";
import { fail, type Instant, ok, type Result } from "./kernel.ts";

/**
 * The six grounds of NĐ 23/2015 Art. 22 on which an original may not be copied, in the order of its clauses; then what is refused for
 * what it is: no original (NĐ 45/2020 Art. 10(3)), suspected to be forged (NĐ 23/2015 Art. 9), not for this agency to certify (Art. 5).
 */
export const refusalGrounds = [
  "A22_1",
  "A22_2",
  "A22_3",
  "A22_4",
  "A22_5",
  "A22_6",
  "NOT_ORIGINAL",
  "SUSPECTED_FAKE",
  "NOT_COMPETENT",
] as const;

export type RefusalGround = (typeof refusalGrounds)[number];
type OriginalGround = Extract<RefusalGround, `A22_${number}`>;
export type OtherGround = Exclude<RefusalGround, OriginalGround>;

/** Of Art. 22. */
export const clauseOf = (ground: OriginalGround): number => Number(ground.slice("A22_".length));

export const isOther = (ground: RefusalGround): ground is OtherGround => !ground.startsWith("A22_");

/** What an official writes when refusing: NĐ 23/2015 Art. 9 wants the reason explained in writing. */
export type Refusal = { readonly ground: RefusalGround; readonly reason: string; readonly page: number | null };

/** As it stands in the dossier: the written notice is made from it. */
export type KeptRefusal = Refusal & { readonly by: string; readonly at: Instant };

/** The notice once it is signed: what is handed out in place of a copy. */
export type KeptNotice = { readonly blobId: BlobId; readonly signerName: string; readonly signedAt: Instant };

/** REFUSE-1: one of the grounds, with a reason of at least ten characters, tied to a page where one shows it. */
export function parseRefusal(input: {
  ground: string;
  reason: string;
  page: number | null;
}): Result<Refusal, { code: "rule_broken"; rule: "REFUSE-1" }> {
  const ground = refusalGrounds.find((known) => known === input.ground);
  const reason = input.reason.normalize("NFC").trim();
  return ground !== undefined && reason.length >= 10
    ? ok({ ground, reason, page: input.page })
    : fail({ code: "rule_broken", rule: "REFUSE-1" });
}
