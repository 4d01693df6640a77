import { z } from "zod";

/** A sum in whole đồng as people type it: `12000`, `12.000`, `12 000`; at most a thousand million. */
export const dong = z
  .string()
  .transform((text) => text.replace(/\s/g, ""))
  .refine((text) => /^(?:\d{1,10}|\d{1,3}(?:\.\d{3}){1,3}|\d{1,3}(?:,\d{3}){1,3})$/.test(text))
  .transform((text) => Number(text.replace(/[.,]/g, "")))
  .refine((sum) => sum >= 1 && sum <= 1_000_000_000);
