import { z } from "zod";

/** The two processes that this PKI runs beside the service. */
export const authorityNames = ["timestamp", "ocsp"] as const;
export type AuthorityName = (typeof authorityNames)[number];

/** What an authority process tells its parent, once. */
export const AuthorityMessage = z.discriminatedUnion("state", [
  z.object({ state: z.literal("listening") }),
  z.object({ state: z.literal("port_taken") }),
  z.object({ state: z.literal("pki_unreadable"), file: z.string() }),
]);
export type AuthorityMessage = z.infer<typeof AuthorityMessage>;
