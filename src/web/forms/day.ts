import { z } from "zod";
import { type LocalDate, parseLocalDate } from "../../core/kernel.ts";

/** A day as `<input type="date">` sends it: `2026-01-31`, and one that the calendar has. */
export const day = z
  .string()
  .refine((text) => parseLocalDate(text).ok)
  .transform((text) => text as LocalDate);
