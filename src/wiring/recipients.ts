import { timingSafeEqual } from "node:crypto";
import { findCaller, findKeyOf, keepKeyWith, keysOf, revokeKeyWith, touchKey } from "../../db/stores/recipient-keys.ts";
import { changeRecipientWith, findRecipient, keepRecipientWith, recipientsOf } from "../../db/stores/recipients.ts";
import { healthOfEndpoints, tellAgain } from "../../db/stores/webhook-health.ts";
import type { RecipientKeyId } from "../core/ids.ts";
import { allowanceOf } from "../roof/allowance.ts";
import { guessLimit } from "../roof/guesses.ts";
import { changeRecipient, setRecipientActive } from "../usecases/recipients/change-recipient.ts";
import { issueKey, type KeysWorld, revokeKey, rotateKey } from "../usecases/recipients/recipient-keys.ts";
import { registerRecipient } from "../usecases/recipients/register-recipient.ts";
import type { AdministrationWorld } from "../web/pages/administration/world.ts";
import { type KeyWorld, tokenOf } from "../web/recipients/key-guard.ts";
import { type House, keyedHash, newId, randomOf } from "./house.ts";

/** The administrator's acts on recipients and keys, each bound to its world. */
export function recipientsWorld(house: House) {
  const { sql, now } = house;
  const changing = {
    now,
    recipient: (...asked: Parameters<KeysWorld["recipient"]>) => findRecipient(sql, ...asked),
    keepChanged: (...kept: Parameters<Parameters<typeof changeRecipient>[3]["keepChanged"]>) =>
      changeRecipientWith(sql, ...kept),
  };
  const keys = keysWorld(house);
  return {
    recipients: ({ agencyId }) => recipientsOf(sql, agencyId),
    recipient: async (id, { agencyId }) => {
      const recipient = await findRecipient(sql, id, agencyId);
      return recipient === null
        ? null
        : { recipient, keys: await keysOf(sql, id), endpoints: await healthOfEndpoints(sql, id) };
    },
    tellAgain: async (at, { agencyId }) =>
      (await findRecipient(sql, at.recipientId, agencyId)) !== null && tellAgain(sql, at, now()),
    registerRecipient: (facts, actor) =>
      registerRecipient(facts, actor, {
        now,
        newRecipientId: newId,
        keepRecipient: (...kept) => keepRecipientWith(sql, ...kept),
      }),
    changeRecipient: (id, facts, actor) => changeRecipient(id, facts, actor, changing),
    setRecipientActive: (id, active, actor) => setRecipientActive(id, active, actor, changing),
    issueKey: (id, asked, actor) => issueKey(id, asked, actor, keys),
    rotateKey: (at, asked, actor) => rotateKey(at, asked, actor, keys),
    revokeKey: (at, actor) => revokeKey(at, actor, keys),
  } satisfies Partial<AdministrationWorld>;
}

const keysWorld = (house: House): KeysWorld => ({
  now: house.now,
  newKeyId: newId,
  newSecret: (id) => {
    const secret = Buffer.from(randomOf(32)).toString("base64url");
    return { token: tokenOf(id, secret), hash: secretHash(house, secret) };
  },
  recipient: (...asked) => findRecipient(house.sql, ...asked),
  key: (...asked) => findKeyOf(house.sql, ...asked),
  keepKey: (...kept) => keepKeyWith(house.sql, ...kept),
  keepRevoked: (...kept) => revokeKeyWith(house.sql, ...kept),
});

const secretHash = (house: Pick<House, "hashSecret">, secret: string) => keyedHash(house, "recipient key", secret);

/** Ten a second over a minute; a thousand copies go in one request. */
const keyPolicy = { requests: 600, windowSeconds: 60 };

/** Wrong keys from one address, most of them a program with an old key. */
const guessRule = { misses: 30, windowSeconds: 60, mostAddresses: 10_000 };

export function keyWorld(house: House, addressOf: KeyWorld["addressOf"]): KeyWorld {
  const { sql, now } = house;
  const nobodys = new Uint8Array(32);
  return {
    now,
    findKey: (id) => findCaller(sql, id),
    isSecret: (secret, hash) => timingSafeEqual(secretHash(house, secret), hash ?? nobodys) && hash !== null,
    touchKey: (id, usedAt) => touchKey(sql, id, usedAt),
    keyPolicy,
    takeRequest: allowanceOf(keyPolicy, now) as (id: RecipientKeyId) => ReturnType<KeyWorld["takeRequest"]>,
    guesses: guessLimit(guessRule, { now, randomKey: () => randomOf(32) }),
    addressOf,
  };
}
