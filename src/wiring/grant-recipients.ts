import { receivingRecipient } from "../../db/stores/handovers.ts";
import { findRecipient, recipientsOf } from "../../db/stores/recipients.ts";
import type { AgencyId, RecipientId } from "../core/ids.ts";
import type { Recipient } from "../core/recipients.ts";
import type { House } from "./house.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Those that the certifying agency vouches for: another agency's administrator cannot place a name before its citizens. */
export const activeRecipients = async ({ sql }: House, agencyId: AgencyId): Promise<readonly Recipient[]> =>
  (await recipientsOf(sql, agencyId)).filter(({ active }) => active);

/** Null for one that is unknown, not active, or another agency's. */
export async function activeRecipient({ sql }: House, id: string, agencyId: AgencyId): Promise<Recipient | null> {
  const found = uuid.test(id) ? await findRecipient(sql, id as RecipientId, agencyId) : null;
  return found?.active === true ? found : null;
}

/** For a poster or an inbox, whose address names the recipient itself. */
export const recipientAnywhere = async ({ sql }: House, id: string): Promise<Recipient | null> =>
  uuid.test(id) ? receivingRecipient(sql, id as RecipientId) : null;
