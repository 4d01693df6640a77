import { findOpening } from "../../db/stores/openings.ts";
import type { GrantId, OpeningId } from "../core/grant.ts";
import type { RecipientId } from "../core/ids.ts";
import { hexOf, ok, type Result } from "../core/kernel.ts";
import type { Failure } from "../usecases/failure.ts";
import { openGrant } from "../usecases/grants/open-grant.ts";
import type { Caller } from "../usecases/recipients/admit-key.ts";
import type { PulledOpening, PullingWorld } from "../web/recipients/pulling.ts";
import { credentialOf } from "./credentials.ts";
import { type House, keyedHash, newId } from "./house.ts";
import { openedFor } from "./opened.ts";
import { signedReceipt } from "./receipts.ts";
import { grantBy, openingWorld } from "./receivers.ts";

/** Unknown links are counted by the key's own allowance: 600 a minute against 128 bits finds nothing. */
export function pullingWorld(house: House): PullingWorld {
  const opened = openedFor<RecipientId>(house, ({ recipientId }, asking) => recipientId === asking);
  const pulled = async (id: string, { recipient }: Caller): Promise<Result<PulledOpening, Failure>> => {
    const facts = await opened.facts(id, recipient.id);
    if (!facts.ok) return facts;
    const { view, grant } = facts.value;
    return ok({
      view,
      grant,
      receipt: await receiptOf(house, view),
      credential: await credentialOf(house, facts.value),
    });
  };
  return {
    open: async (secret, idempotencyKey, caller) => {
      const id = await openByKey(house, secret, idempotencyKey, caller);
      return id.ok ? pulled(id.value, caller) : id;
    },
    opening: pulled,
    copyOf: (id, { recipient }) => opened.copyOf(id, recipient.id),
    pageOf: (id, page, { recipient }) => opened.pageOf(id, page, recipient.id),
  };
}

async function openByKey(
  house: House,
  secret: string,
  idempotencyKey: string | null,
  { recipient }: Caller,
): Promise<Result<OpeningId, Failure>> {
  const grant = await grantBy(house, secret);
  if (!grant.ok) return grant;
  const id = idempotencyKey === null ? newId<OpeningId>() : repeatableId(house, recipient.id, grant.value.id, idempotencyKey); // biome-ignore format: one line
  // An answer that was lost on its way must not cost a second use, nor be refused because the first was the last.
  if (idempotencyKey !== null && (await findOpening(house.sql, id)) !== null) return ok(id);
  const world = { ...openingWorld(house), newOpeningId: () => id };
  const opening = await openGrant(
    grant.value,
    { proof: "key", recipientId: recipient.id, name: recipient.name },
    world,
  );
  return opening.ok ? ok(opening.value.id) : opening;
}

/** A UUID of version 8 (RFC 9562 §5.8) that follows from who asks, for which link, under which key: no table is needed. */
function repeatableId(house: House, recipientId: RecipientId, grantId: GrantId, key: string): OpeningId {
  const hex = hexOf(keyedHash(house, "opening", `${recipientId}\0${grantId}\0${key}`));
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-") as OpeningId; // biome-ignore format: one line
}

/** The opening stands also where no receipt can be signed now: it is asked for again later. */
async function receiptOf(house: House, view: PulledOpening["view"]): Promise<PulledOpening["receipt"]> {
  const signed = await signedReceipt(house, view, "json", "vi");
  return signed.ok ? JSON.parse(new TextDecoder().decode(signed.value)) : null;
}
