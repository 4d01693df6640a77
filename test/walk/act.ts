import type { Dossier } from "../../src/core/dossier.ts";
import type { Result } from "../../src/core/kernel.ts";
import type { Actor } from "../../src/web/route.ts";
import type { Chance } from "../support/seeded.ts";
import type { Town } from "./town.ts";

export type Told = Result<unknown, { readonly code: string }>;

export type Visit = {
  readonly town: Town;
  readonly chance: Chance;
  /** Whoever has the duty; now and then anybody, of the other agency too. */
  readonly by: (duty: string) => Actor;
  /** One that was worked on lately, as a rule; null while there is none. */
  readonly dossier: Dossier | null;
};

export type Act = (visit: Visit) => Promise<Told>;

export const reason = "Người yêu cầu đổi ý (hư cấu)";
