import { type Grant, grantState, type Opening, type OpeningId, type ReceiverProof } from "../../core/grant.ts";
import type { RecipientId } from "../../core/ids.ts";
import { fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import type { Failure } from "../failure.ts";

/** Who asks, and how that was proven a moment ago. */
export type ProvenReceiver =
  | { readonly proof: "key" | "code"; readonly recipientId: RecipientId; readonly name: string }
  /** The citizen compared the number that both screens show; which grant it was about stands with it. */
  | { readonly proof: "confirmation"; readonly grantId: Grant["id"]; readonly requestId: string };

export type OpeningWorld = {
  readonly now: () => Instant;
  readonly newOpeningId: () => OpeningId;
  readonly hasLostItsValue: (grant: Grant) => Promise<boolean>;
  /**
   * Durable on return, with its audit entry; the grant's row is locked, so that of many at once no more are opened than
   * it allows. A confirmation opens once: asked again it answers the opening that it made.
   */
  readonly keepOpening: (grant: Grant, opening: NewOpening, requestId: string | null) => Promise<Opening | null>;
  /** For the audit trail; an outage of it is an outage. */
  readonly noteRefusal: (grant: Grant, why: GrantRefusal) => Promise<void>;
};

export type NewOpening = Omit<Opening, "ordinal">;
export type GrantRefusal = "expired" | "revoked" | "exhausted" | "annulled" | "other_recipient";

const failures = {
  expired: { code: "grant_expired" },
  revoked: { code: "grant_revoked" },
  exhausted: { code: "grant_exhausted" },
  annulled: { code: "copy_without_value" },
  other_recipient: { code: "other_recipient" },
} as const satisfies Record<GrantRefusal, Failure>;

/** One use: nothing is shown of the copy before it is kept. */
export async function openGrant(
  grant: Grant,
  receiver: ProvenReceiver,
  world: OpeningWorld,
): Promise<Result<Opening, Failure>> {
  const refused = async (why: GrantRefusal) => {
    await world.noteRefusal(grant, why);
    return fail(failures[why]);
  };
  if (!isFor(grant, receiver)) return refused("other_recipient");
  const openedAt = world.now();
  const state = grantState(grant, openedAt, await world.hasLostItsValue(grant));
  const requestId = receiver.proof === "confirmation" ? receiver.requestId : null;
  // A confirmed request that was answered already comes back to its own opening, also once the grant is used up.
  if (state !== "open" && !(state === "exhausted" && requestId !== null)) return refused(state);
  const opened = await world.keepOpening(
    grant,
    { id: world.newOpeningId(), grantId: grant.id, openedAt, ...provenBy(grant, receiver) },
    requestId,
  );
  return opened === null ? refused("exhausted") : ok(opened);
}

const isFor = (grant: Grant, receiver: ProvenReceiver): boolean =>
  receiver.proof === "confirmation" ? receiver.grantId === grant.id : receiver.recipientId === grant.grantee.id;

function provenBy(
  { grantee }: Grant,
  receiver: ProvenReceiver,
): { proof: ReceiverProof; recipientId: RecipientId | null; openedBy: string } {
  if (receiver.proof === "confirmation") return { proof: receiver.proof, recipientId: null, openedBy: grantee.name };
  return { proof: receiver.proof, recipientId: receiver.recipientId, openedBy: receiver.name };
}
