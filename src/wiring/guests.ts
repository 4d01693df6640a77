import { type Comer, findGuest, type Guest, keepGuest } from "../../db/stores/guests.ts";
import { type Instant, instantOfSeconds, secondsOf } from "../core/kernel.ts";
import type { Visit } from "../web/grants/world.ts";
import { sessionIdHash, sessionTokenOf } from "../web/session.ts";
import { type House, keyedHash, randomOf } from "./house.ts";

/** A citizen's phone may be borrowed; an office works through a pile. */
const visitSeconds: Readonly<Record<Guest["kind"], number>> = { citizen: 900, recipient: 3600, counter: 3600 };

export const later = (at: Instant, seconds: number): Instant => instantOfSeconds(secondsOf(at) + seconds);

/** 256 random bits for a cookie; the store keeps only their hash. */
export async function beginVisit(house: House, guest: Comer): Promise<Visit> {
  const token = sessionTokenOf(randomOf(32));
  const createdAt = house.now();
  const expiresAt = later(createdAt, visitSeconds[guest.kind]);
  await keepGuest(house.sql, sessionIdHash(token), guest, { createdAt, expiresAt });
  return { token, expiresAt };
}

export const guestOf = async (house: House, token: string | null): Promise<Guest | null> =>
  token === null ? null : findGuest(house.sql, sessionIdHash(token), house.now());

/**
 * Decimal digits that follow from an id and the store's secret: what is sent or shown is kept nowhere, and whoever reads
 * the database cannot tell it. 48 bits before the remainder: no number is likelier than another by more than one part in 2^28.
 */
export function digitsOf(house: Pick<House, "hashSecret">, purpose: string, id: string, digits: 4 | 6): string {
  const bits = Buffer.from(keyedHash(house, purpose, id)).readUIntBE(0, 6);
  return String(bits % 10 ** digits).padStart(digits, "0");
}
