import { hash, verify } from "@node-rs/argon2";

// OWASP's least for argon2id; id and version 0x13 are the library's defaults, and a test reads them from the result.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Argon2id, RFC 9106, as a PHC string with its own 16 random bytes of salt. NFC, so that every keyboard types the same. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize("NFC"), cost);

/** Some 60 ms on a thread of the pool; false also for a hash that cannot be read. */
export async function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password.normalize("NFC")).catch(() => false);
}
