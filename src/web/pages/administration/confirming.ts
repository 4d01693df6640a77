import { z } from "zod";

/** A ticked box before what cannot be taken back. */
export const confirmed = z.object({ confirm: z.literal("yes") });
